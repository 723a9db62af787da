"""Several arms against one: limits that hold for all of them at once (Dunnett 1955, as max-T with any correlation)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import stats

from pipelines.models.arrays import Floats
from pipelines.models.fit.interval import LEVEL, Interval

_DRAWS, _SEED = 40_000, 20_261_201


def together(found: Sequence[Interval], covariance: Floats) -> list[Interval]:
    """The same differences with limits that hold together in 95 % of trials, and p-values that count all arms.

    ``covariance`` (m, m) of the differences. The largest deviation of all is drawn with a fixed seed from their joint
    t distribution, with the fewest degrees of freedom; small p-values are Bonferroni's where these are smaller.
    """
    if len(found) < 2:
        return list(found)
    df = min(one.df for one in found)
    largest = _largest(covariance, df)
    reach = float(np.quantile(largest, LEVEL))
    return [_told(one, largest, reach, len(found)) for one in found]


def _told(one: Interval, largest: Floats, reach: float, arms: int) -> Interval:
    if not one.std_error > 0:
        return one
    drawn = float((1 + (largest >= abs(one.estimate) / one.std_error).sum()) / (1 + len(largest)))
    # Fewer degrees of freedom than another arm has would be lost if its own quantile were the wider.
    half = max(reach, float(stats.t.ppf(0.5 + LEVEL / 2, one.df))) * one.std_error
    p = max(one.p_value, min(drawn, arms * one.p_value))
    return replace(one, ci_low=one.estimate - half, ci_high=one.estimate + half, p_value=p)


def _largest(covariance: Floats, df: float) -> Floats:
    """The largest of |t| over the differences, drawn."""
    spread = np.sqrt(np.maximum(np.diag(covariance), 1e-300))
    values, vectors = np.linalg.eigh(covariance / np.outer(spread, spread))
    rng = np.random.default_rng(_SEED)
    draws = rng.standard_normal((_DRAWS, len(spread))) @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    scale = np.sqrt(rng.chisquare(df, _DRAWS) / df) if np.isfinite(df) else 1.0
    return np.asarray(np.abs(draws).max(axis=1) / scale)


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values that count all tests (Holm 1979)."""
    order = np.argsort(p_values)
    adjusted, least = np.empty(len(p_values)), 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return [float(p) for p in adjusted]
