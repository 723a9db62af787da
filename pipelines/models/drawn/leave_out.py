"""Least squares, and the same without each drawn unit in turn: CV3, the jackknife by clusters.

Source: MacKinnon, Nielsen & Webb 2023; for units of one row it is HC3 (MacKinnon & White 1985).
"""

from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats, Ints

_LEAST_LEFT = 1e-10
# Units of more rows are left out by solving anew, since a matrix of their rows costs more than one of the columns.
_LARGE_UNIT_ROWS = 25
_BATCH_CELLS = 2_000_000


@dataclass(frozen=True)
class Left:
    """Coefficients (p,), and those without each unit (G, p); NaN rows where too little is left to fit."""

    beta: Floats
    without: Floats


def least_squares(Z: Floats, y: Floats, unit: Ints, units: int) -> Left:
    """Fit y on Z (n, p) and leave out each of ``units`` units (codes 0…G−1; one without rows changes nothing).

    Small units go in batches of one size through (A − ZᵀZ)⁻¹Zᵀ = A⁻¹Zᵀ(I − Z A⁻¹ Zᵀ)⁻¹.
    """
    information, score = Z.T @ Z, Z.T @ y
    inverse: Floats = np.asarray(np.linalg.pinv(information, hermitian=True), dtype=float)
    beta = inverse @ score
    without = np.tile(beta, (units, 1))
    sizes = np.bincount(unit, minlength=units)
    order = np.argsort(unit, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    for size in np.unique(sizes[(sizes > 0) & (sizes < _LARGE_UNIT_ROWS)]):
        same = np.flatnonzero(sizes == size)
        for part in np.array_split(same, max(1, len(same) * int(size) * Z.shape[1] // _BATCH_CELLS)):
            rows = order[starts[part][:, None] + np.arange(size)]
            without[part] += _steps(Z[rows], y[rows] - Z[rows] @ beta, inverse)
    for g in np.flatnonzero(sizes >= _LARGE_UNIT_ROWS):
        rows = order[starts[g] : starts[g] + sizes[g]]
        without[g] = _anew(information - Z[rows].T @ Z[rows], score - Z[rows].T @ y[rows])
    return Left(beta, without)


def _steps(Z: Floats, residual: Floats, inverse: Floats) -> Floats:
    """Change of β when each of b equally small units leaves: Z (b, n, p), residual (b, n)."""
    spread = Z @ inverse
    if Z.shape[1] == 1:
        left = 1.0 - np.einsum("bnp,bnp->bn", spread, Z)
        return np.asarray(-spread[:, 0] * (residual / np.where(left > _LEAST_LEFT, left, np.nan)))
    left = np.eye(Z.shape[1]) - spread @ Z.transpose(0, 2, 1)
    informed = np.linalg.eigvalsh(left)[:, 0] > _LEAST_LEFT
    left[~informed] = np.eye(Z.shape[1])
    inflated = np.linalg.solve(left, residual[:, :, None])
    steps = -(spread.transpose(0, 2, 1) @ inflated)[:, :, 0]
    steps[~informed] = np.nan
    return np.asarray(steps)


def _anew(information: Floats, score: Floats) -> Floats:
    """Coefficients without one unit; NaN where the rest doesn't inform them all."""
    scale = 1.0 / np.sqrt(np.maximum(np.diag(information), 1e-300))
    scaled = information * scale[:, None] * scale
    if np.linalg.eigvalsh(scaled)[0] <= _LEAST_LEFT:
        return np.full(len(score), np.nan)
    return np.asarray(scale * np.linalg.solve(scaled, scale * score))
