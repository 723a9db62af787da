"""Whether arms look as lots would have left them: exact moments of what redrawing units within strata does.

Sums of any columns by arm have a known mean and covariance over all draws (Hansen & Bowers 2008). Tails are those of
χ²; where few units or a small chance make that doubtful, lots are drawn again.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from pipelines.models.arrays import Floats, Ints

# From here on a chance is small enough to decide, and the units few enough to draw again.
DOUBTED_P, DOUBTED_UNITS = 0.05, 1_000
_BATCH, _MOST, _ENOUGH, _SEED = 1_000, 20_000, 20, 20_261_203


@dataclass(frozen=True)
class Exchanged:
    """How unlikely the columns' sums by arm are together (``p_value``) and by their largest (``p_largest``).

    ``largest``: which column that is.
    """

    p_value: float
    p_largest: float
    largest: int


def exchanged(F: Floats, arm: Ints, block: Ints) -> Exchanged | None:
    """Columns F (G, q) of units against their arms 0…K−1, drawn within blocks; None where nothing varies."""
    centred = _centred(F, block)
    varies = centred.std(axis=0) > 1e-9 * np.maximum(np.abs(F).max(axis=0), 1e-300)
    places = np.flatnonzero(varies)
    arms = np.unique(arm)
    if not len(places) or len(arms) < 2:
        return None
    centred = centred[:, places]
    shown = (arm[:, None] == arms[1:]).astype(float)
    covariance = _covariance(centred, shown, block)
    spread = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    inverse: Floats = np.asarray(np.linalg.pinv(covariance, hermitian=True, rcond=1e-9), dtype=float)
    rank = int(np.linalg.matrix_rank(covariance, hermitian=True, tol=1e-9 * max(float(spread.max()) ** 2, 1e-300)))
    if rank == 0:
        return None
    joint, size = _statistics((shown.T @ centred).ravel()[None, :], inverse, spread)
    p, p_largest = float(stats.chi2.sf(joint[0], rank)), _sidak(float(size[0]), int((spread > 0).sum()))
    sizes = np.abs(shown.T @ centred) / np.where(spread > 0, spread, np.inf).reshape(shown.shape[1], -1)
    largest = int(places[int(np.argmax(sizes.max(axis=0)))])
    if min(p, p_largest) < DOUBTED_P and len(arm) < DOUBTED_UNITS:
        p, p_largest = _again(centred, shown, block, inverse, spread, (float(joint[0]), float(size[0])))
    return Exchanged(p, p_largest, largest)


def _centred(F: Floats, block: Ints) -> Floats:
    """Columns less their mean in each block."""
    size = np.bincount(block)
    means = np.column_stack([np.bincount(block, column) / np.maximum(size, 1) for column in F.T])
    return np.asarray(F - means[block])


def _covariance(centred: Floats, shown: Floats, block: Ints) -> Floats:
    """Of the sums by arm over all draws within blocks, arm by arm: ((K−1)q, (K−1)q)."""
    total = np.zeros((shown.shape[1] * centred.shape[1],) * 2)
    for b in np.unique(block):
        here = block == b
        units = int(here.sum())
        if units > 1:
            share = shown[here].mean(axis=0)
            chance = (np.diag(share) - np.outer(share, share)) * units / (units - 1)
            total += np.kron(chance, centred[here].T @ centred[here])
    return total


def _statistics(sums: Floats, inverse: Floats, spread: Floats) -> tuple[Floats, Floats]:
    joint = np.einsum("rk,kl,rl->r", sums, inverse, sums)
    return joint, np.asarray((np.abs(sums) / np.where(spread > 0, spread, np.inf)).max(axis=1))


def _sidak(largest: float, looks: int) -> float:
    return float(-np.expm1(looks * np.log1p(-min(1.0 - 1e-16, 2 * stats.norm.sf(largest)))))


def _again(
    centred: Floats, shown: Floats, block: Ints, inverse: Floats, spread: Floats, found: tuple[float, float]
) -> tuple[float, float]:
    """Both chances by drawing the lots again, until enough draws are as extreme or there were many."""
    rng, units = np.random.default_rng(_SEED), len(block)
    batch, arms = max(50, min(_BATCH, 400_000 // units)), shown.shape[1]
    base, extreme, drawn = np.argsort(block, kind="stable"), np.zeros(2), 0
    while drawn < _MOST and extreme.min() < _ENOUGH:
        keys = rng.random((batch, units)) + block
        order = np.argsort(keys, axis=1)
        again = np.empty((batch, units, arms))
        again[np.arange(batch)[:, None], order] = shown[base]
        sums = np.einsum("rga,gq->raq", again, centred, optimize=True).reshape(batch, -1)
        joint, size = _statistics(sums, inverse, spread)
        extreme += (joint >= found[0] - 1e-9).sum(), (size >= found[1] - 1e-9).sum()
        drawn += batch
    chance = (1 + extreme) / (1 + drawn)
    return float(chance[0]), float(chance[1])


def concordance(group: Ints, arm: Ints, block: Ints, arms: int) -> float | None:
    """How unlikely it is that units of one group (codes, −1 for none) share an arm as often; None without pairs.

    Summed products of residuals within groups, matched by three moments (Pearson III).
    """
    inside = group >= 0
    group = np.unique(group[inside], return_inverse=True)[1]
    arm, block = arm[inside], block[inside]
    if not len(group) or np.bincount(group).max() < 2:
        return None
    strata = int(block.max()) + 1
    table = np.bincount(block * arms + arm, minlength=strata * arms).reshape(strata, arms).astype(float)
    units = table.sum(axis=1)
    share = table / np.maximum(units, 1)[:, None]
    chances = np.stack([np.diag(p) - np.outer(p, p) for p in share])
    residual = np.eye(arms)[arm] - share[block]
    size = np.bincount(group)
    sums = np.column_stack([np.bincount(group, column) for column in residual.T])
    own = (residual**2).sum(axis=1)
    found = float((sums**2).sum() - own.sum())
    traces = np.trace(chances, axis1=1, axis2=2)
    together = np.bincount(group * strata + block, minlength=len(size) * strata).reshape(-1, strata)
    fixed = traces / np.maximum(units - 1, 1)
    mean = -float((together * (together - 1) * fixed).sum())
    by_group = np.einsum("gs,sab->gab", together.astype(float), chances) / size[:, None, None]
    values = np.linalg.eigvalsh(by_group)
    many = size[:, None].astype(float)
    second = float((2 * values**2 * many * (many - 1)).sum())
    third = float((8 * values**3 * ((many - 1) ** 3 - (many - 1))).sum())
    if not second > 0:
        return None
    z, skew = (found - mean) / np.sqrt(second), max(third / second**1.5, 0.0)
    return float(stats.pearson3.sf(z, skew)) if skew > 1e-6 else float(stats.norm.sf(z))
