"""Chance of having been treated, given what was known before: a logistic model that always exists.

A light ridge on standardised columns (half a case's worth of information) keeps separated groups finite: there the
chance is near 0 or 1, which the overlap check reports.
"""

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from pipelines.models.arrays import Flags, Floats

RIDGE = 0.5
# Looks: a step, or fresh information where the last step with the same came no closer by ``_CLOSER``.
_STEPS = 60
_TOLERANCE = 1e-9
_CLOSER = 0.01


def propensity(X: Floats, treated: Flags, rows: Flags | None = None) -> Floats:
    """Chances for all rows of ``X`` (first column the constant), learnt on ``rows`` (all when not given)."""
    chosen = np.ones(len(X), dtype=bool) if rows is None else rows
    scale = X[chosen].std(axis=0)
    centre = np.where(scale > 0, X[chosen].mean(axis=0), 0.0)
    Z = (X - centre) / np.where(scale > 0, scale, 1.0)
    return np.asarray(expit(Z @ _ridge_logit(Z[chosen], treated[chosen].astype(float))))


def _ridge_logit(Z: Floats, y: Floats) -> Floats:
    penalty = np.full(Z.shape[1], RIDGE)
    penalty[0] = 1e-8
    beta = np.zeros(Z.shape[1])
    chance = expit(Z @ beta)
    factor, last = _factor(Z, chance, penalty), np.inf
    for _ in range(_STEPS):
        score = Z.T @ (y - chance) - penalty * beta
        step = cho_solve(factor, score)
        left = float(score @ step)
        if left > _CLOSER * last:
            factor, last = _factor(Z, chance, penalty), np.inf
            continue
        beta = beta + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if left < (_TOLERANCE if last == np.inf else _TOLERANCE**2):
            break
        chance, last = expit(Z @ beta), left
    return beta


def _factor(Z: Floats, chance: Floats, penalty: Floats) -> tuple[Floats, bool]:
    """The information at some chances, for solving."""
    root = Z * np.sqrt(np.maximum(chance * (1 - chance), 1e-10))[:, None]
    factor: tuple[Floats, bool] = cho_factor(root.T @ root + np.diag(penalty))
    return factor
