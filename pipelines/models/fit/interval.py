"""Intervals and bands from leave-one-cluster-out estimates (CV3) with a t quantile and its degrees of freedom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import stdtr, stdtrit

from pipelines.models.arrays import Floats

LEVEL = 0.95
_DRAWS = 4_000
_SEED = 20_250_101


@dataclass(frozen=True)
class Interval:
    """An estimate with its cluster-robust error, degrees of freedom, 95 % limits and p-value against zero."""

    estimate: float
    std_error: float
    df: float
    ci_low: float
    ci_high: float
    p_value: float


def cv3(estimate: float, left_out: Floats) -> Interval:
    """Interval from estimates without each of G clusters: V = (G−1)/G Σ d², df = (Σ d²)² / Σ d⁴."""
    d = left_out[np.isfinite(left_out)] - estimate
    squares = d * d
    variance = (len(d) - 1) / len(d) * float(squares.sum())
    df = float(squares.sum() ** 2 / (squares**2).sum()) if variance > 0 else 1.0
    return interval(estimate, float(np.sqrt(variance)), max(df, 1.0))


def interval(estimate: float, std_error: float, df: float) -> Interval:
    """A t interval."""
    half = float(stdtrit(df, 0.5 + LEVEL / 2)) * std_error
    p = float(2 * stdtr(df, -abs(estimate) / std_error)) if std_error > 0 else float("nan")
    return Interval(estimate, std_error, df, estimate - half, estimate + half, p)


def two_way(by_first: Interval, by_second: Interval, by_both: Interval) -> Interval:
    """Two-way clustering: the largest of V₁, V₂ and V₁ + V₂ − V₁₂, with the smaller df."""
    first, second, both = (i.std_error**2 for i in (by_first, by_second, by_both))
    variance = max(first, second, first + second - both)
    return interval(by_first.estimate, float(np.sqrt(variance)), min(by_first.df, by_second.df))


def largest(found: Sequence[Interval]) -> Interval:
    """The widest error of several clusterings, with the smallest df."""
    return interval(found[0].estimate, max(i.std_error for i in found), min(i.df for i in found))


@dataclass(frozen=True)
class Bands:
    """Limits of a curve at m points, point by point and for the whole curve at once."""

    estimate: Floats
    low: Floats
    high: Floats
    low_everywhere: Floats
    high_everywhere: Floats


def bands(estimates: Floats, left_out: Floats) -> Bands:
    """Bands from curves without each cluster (G, m).

    Simultaneous: the level at which the largest of the correlated normal deviations stays inside, from a fixed seed,
    turned into each point's t quantile with its own df.
    """
    complete = left_out[np.isfinite(left_out).all(axis=1)]
    d = complete - estimates
    groups = len(d)
    squares, fourth = (d * d).sum(axis=0), (d**4).sum(axis=0)
    errors = np.sqrt((groups - 1) / groups * squares)
    df = np.maximum(squares**2 / np.where(fourth > 0, fourth, 1.0), 1.0)
    half = stats.t.ppf(0.5 + LEVEL / 2, df) * errors
    everywhere = stats.t.isf(_outside_share(d, squares) / 2, df) * errors
    return Bands(estimates, estimates - half, estimates + half, estimates - everywhere, estimates + everywhere)


def _outside_share(d: Floats, squares: Floats) -> float:
    """Two-sided tail probability at one point that leaves 5 % for the whole curve; between .05/m and .05."""
    moving = squares > 1e-16 * max(float(squares.max()), 1e-300)
    if not moving.any():
        return 1 - LEVEL
    unit = d[:, moving] / np.sqrt(squares[moving])
    values, vectors = np.linalg.eigh(unit.T @ unit)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    draws = np.random.default_rng(_SEED).standard_normal((_DRAWS, root.shape[1])) @ root.T
    largest = float(np.quantile(np.abs(draws).max(axis=1), LEVEL))
    return min(float(2 * stats.norm.sf(largest)), 1 - LEVEL)
