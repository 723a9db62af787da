"""Augmented inverse probability weighting for two arms, cross-fitted over folds of whole clusters.

Estimates E[Y(there)] − E[Y] – everyone as those already there, against today – with a logistic propensity and a linear
outcome model: φ_i = m₁(W) + A/π(W)·(Y − m₁(W)) − Y, its mean and its cluster jackknife. Statsmodels' own AIPW clips
differently in its two stages and is not used.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.fit.interval import Interval, cv3
from pipelines.models.fit.propensity import propensity

FOLDS = 2
SMALLEST_CHANCE = 0.01
_SEED = 7


@dataclass(frozen=True)
class TwoArms:
    """The two-arm contrast by AIPW and by the outcome model alone."""

    aipw: Interval
    outcome_model: float
    clipped_share: float


def two_arms(X: Floats, there: Flags, y: Floats, cluster: Ints) -> TwoArms:
    """AIPW of everyone there against today; ``X`` (N, k) with its constant first; ``y`` binary or numeric."""
    fold = _folds(np.column_stack([X, there, y]), cluster)
    chance, predicted = np.zeros(len(y)), np.zeros(len(y))
    for f in range(FOLDS):
        learn, use = fold != f, fold == f
        chance[use] = propensity(X, there, learn)[use]
        predicted[use] = _outcome_model(X, y, learn & there)[use]
    phi = augmented(y, there, np.maximum(chance, SMALLEST_CHANCE), predicted) - y
    return TwoArms(
        aipw=_clustered_mean(phi, cluster),
        outcome_model=float((_outcome_model(X, y, there) - y).mean()),
        clipped_share=float((chance < SMALLEST_CHANCE).mean()),
    )


def _folds(known: Floats, cluster: Ints) -> Ints:
    """Each row's fold: clusters are told apart by their rows alone, so that names and order change nothing."""
    rng = np.random.default_rng(_SEED)
    fingerprint = np.bincount(cluster, np.sin(known @ rng.standard_normal(known.shape[1]))).round(9)
    dealt = rng.permutation(len(fingerprint)) % FOLDS
    return np.asarray(dealt[np.argsort(np.argsort(fingerprint, kind="stable"))][cluster])


def augmented(y: Floats, arm: Flags, chance: Floats, predicted: Floats) -> Floats:
    """Per row, the score whose mean estimates E[Y(arm)]: m(W) + 1{arm}/π(W)·(Y − m(W)). Robins et al. 1994."""
    return predicted + np.where(arm, (y - predicted) / chance, 0.0)


def _outcome_model(X: Floats, y: Floats, rows: Flags) -> Floats:
    return np.asarray(X @ np.linalg.lstsq(X[rows], y[rows], rcond=None)[0])


def _clustered_mean(phi: Floats, cluster: Ints) -> Interval:
    total, size = np.bincount(cluster, phi), np.bincount(cluster)
    mean = float(phi.mean())
    return cv3(mean, (total.sum() - total) / (len(phi) - size))
