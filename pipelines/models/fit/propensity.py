"""Chance of having been treated, given what was known before: a logistic model that always exists.

A light ridge on standardised columns (half a case's worth of information) keeps separated groups finite: there the
chance is near 0 or 1, which the overlap check reports.
"""

import numpy as np
from scipy.special import expit

from pipelines.models.arrays import Flags, Floats

RIDGE = 0.5
_STEPS = 25
_TOLERANCE = 1e-9


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
    for _ in range(_STEPS):
        p = expit(Z @ beta)
        score = Z.T @ (y - p) - penalty * beta
        root = Z * np.sqrt(np.maximum(p * (1 - p), 1e-10))[:, None]
        information = root.T @ root + np.diag(penalty)
        step = np.linalg.solve(information, score)
        beta = beta + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(score @ step) < _TOLERANCE:
            break
    return beta
