"""Least squares, and the same without each drawn unit in turn: CV3, the jackknife by clusters.

Source: MacKinnon, Nielsen & Webb 2023; for units of one row it is HC3 (MacKinnon & White 1985).
"""

from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats, Ints

_LEAST_LEFT = 1e-10
_BATCH_CELLS = 4_000_000


@dataclass(frozen=True)
class Left:
    """Coefficients (p,), and those without each unit (G, p); NaN rows where too little is left to fit."""

    beta: Floats
    without: Floats


def least_squares(Z: Floats, y: Floats, unit: Ints, units: int) -> Left:
    """Fit y on Z (n, p) and leave out each of ``units`` units (codes 0…G−1; one without rows changes nothing)."""
    information = Z.T @ Z
    inverse: Floats = np.asarray(np.linalg.pinv(information, hermitian=True), dtype=float)
    beta = inverse @ (Z.T @ y)
    without = np.tile(beta, (units, 1))
    sizes = np.bincount(unit, minlength=units)
    single = sizes[unit] == 1
    if single.any():
        without[unit[single]] = _without_rows(Z[single], y[single], beta, inverse)
    larger = np.flatnonzero(sizes > 1)
    for part in np.array_split(larger, max(1, len(larger) * Z.shape[1] ** 2 // _BATCH_CELLS)):
        if len(part):
            without[part] = _without_units(Z, y, unit, part, information, Z.T @ y)
    return Left(beta, without)


def _without_rows(Z: Floats, y: Floats, beta: Floats, inverse: Floats) -> Floats:
    spread = Z @ inverse
    left = 1.0 - np.einsum("np,np->n", spread, Z)
    step = (y - Z @ beta) / np.where(left > _LEAST_LEFT, left, np.nan)
    return np.asarray(beta - spread * step[:, None])


def _without_units(Z: Floats, y: Floats, unit: Ints, part: Ints, information: Floats, score: Floats) -> Floats:
    place = np.full(int(unit.max()) + 1, -1, dtype=np.int64)
    place[part] = np.arange(len(part))
    rows = np.flatnonzero(place[unit] >= 0)
    rows = rows[np.argsort(place[unit[rows]], kind="stable")]
    starts = np.searchsorted(place[unit[rows]], np.arange(len(part)))
    own = np.add.reduceat(Z[rows][:, :, None] * Z[rows][:, None, :], starts, axis=0)
    own_score = np.add.reduceat(Z[rows] * y[rows][:, None], starts, axis=0)
    scale = 1.0 / np.sqrt(np.maximum(np.diag(information), 1e-300))
    left = (information - own) * scale[:, None] * scale
    informed = np.linalg.eigvalsh(left)[:, 0] > _LEAST_LEFT
    found = np.full((len(part), Z.shape[1]), np.nan)
    if informed.any():
        right = ((score - own_score[informed]) * scale)[:, :, None]
        found[informed] = np.linalg.solve(left[informed], right)[:, :, 0] * scale
    return found
