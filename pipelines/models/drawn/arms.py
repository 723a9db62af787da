"""Means of the arms of a trial, and their differences with errors by what was drawn.

*Plain*: the mean of each arm. *Within strata*: least squares in each arm on strata and covariates, read off at the mean
of everybody in the trial (Lin 2013). Strata weigh by their rows, whatever their shares; so an arm that was drawn more
often where outcomes are better has no advantage. Strata in which an arm has fewer than two units are taken together
where their shares are the same. Where most are such strata (matched pairs), differences are taken pair by pair, and
whole strata are left out for the error (Imai, King & Nall 2009).

Errors are CV3 by unit; degrees of freedom are Welch's over the arms, with as many units as their sizes leave effective
(Carter, Schnepel & Steigerwald 2017).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipelines.contracts.catalog.thresholds import FEWEST_DRAWN_OF_AN_ARM
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.drawn.draws import Draws, Units, counts
from pipelines.models.drawn.leave_out import least_squares
from pipelines.models.fit.interval import Interval, interval

# Units an arm needs for each covariate held; with fewer, covariates take more than they give.
UNITS_PER_COVARIATE = 5
# Spread, as a share of its own, that a column keeps beside others, below which they determine it.
_OWN_SPREAD = 1e-9


@dataclass(frozen=True)
class Means:
    """Means of K arms, and without each of C clusters (C, K); ``cluster_arm``: the arm a cluster belongs to, −1 to all.

    ``sizes``: rows of each cluster. ``rows``: how many were compared; ``covariates``: how many columns were held.
    """

    means: Floats
    without: Floats
    cluster_arm: Ints
    sizes: Ints
    rows: int
    covariates: int = 0

    def difference(self, arm: int, base: int = 0) -> Interval:
        """The mean of an arm less that of another, with a t interval."""
        estimate = float(self.means[arm] - self.means[base])
        moves = self.moves(arm, base)
        kept = np.isfinite(moves)
        variance = (kept.sum() - 1) / max(int(kept.sum()), 1) * float((moves[kept] ** 2).sum())
        return interval(estimate, float(np.sqrt(variance)), self._df(moves, kept, arm, base))

    def moves(self, arm: int, base: int = 0) -> Floats:
        """How the difference moves without each cluster, (C,)."""
        return np.asarray(self.without[:, arm] - self.without[:, base] - (self.means[arm] - self.means[base]))

    def _df(self, moves: Floats, kept: Flags, arm: int, base: int) -> float:
        """Welch 1947, over arms with their effective numbers of clusters."""
        parts = []
        for side in (arm, base, -1):
            inside = kept & (self.cluster_arm == side)
            variance, size = float((moves[inside] ** 2).sum()), self.sizes[inside].astype(float)
            if variance > 0:
                effective = float((size**2).sum() ** 2 / (size**4).sum())
                parts.append((variance, max(effective - 1.0 - self.covariates, 1.0)))
        total = sum(v for v, _ in parts)
        return max(1.0, total**2 / sum(v**2 / df for v, df in parts)) if total > 0 else 1.0


def plain(draws: Draws, y: Floats) -> Means:
    """The mean of each arm as it is."""
    units, arms = draws.units, draws.arms
    sums = np.bincount(draws.unit, y, minlength=len(units.rows))
    total = np.bincount(units.arm, sums, minlength=arms)
    rows = np.bincount(units.arm, units.rows, minlength=arms).astype(float)
    means = total / rows
    without = np.tile(means, (len(sums), 1))
    place = np.arange(len(sums))
    left = rows[units.arm] - units.rows
    without[place, units.arm] = (total[units.arm] - sums) / np.where(left > 0, left, np.nan)
    return Means(means, without, units.arm, units.rows, len(y))


def within(draws: Draws, y: Floats, X: Floats) -> Means:
    """Means of the arms within strata, with covariates X (N, k) held where the arms have units enough for them."""
    merged = merge_small(draws)
    if fine(draws):
        return _by_stratum(draws, y)
    kept = compared(merged)
    if not kept.all():
        merged, y, X = merged.of(kept), y[kept], X[kept]
    per_arm = np.bincount(merged.units.arm, minlength=merged.arms).min()
    strata = np.unique(merged.stratum, return_inverse=True)[1]
    dummies = (strata[:, None] == np.arange(1, strata.max() + 1)).astype(float)
    held = independent(X - X.mean(axis=0), dummies) if len(y) else X[:, :0]
    if held.shape[1] + dummies.shape[1] > per_arm / UNITS_PER_COVARIATE:
        held = held[:, :0]
    return _interacted(merged, y, np.column_stack([np.ones(len(y)), dummies, held]))


def _interacted(draws: Draws, y: Floats, Z: Floats) -> Means:
    """Least squares in each arm, read off at the mean of all rows, which leaving a unit out moves as well."""
    units = draws.units
    size = len(units.rows)
    centre = Z.mean(axis=0)
    rows = np.arange(len(y))
    own = sparse.csr_matrix((np.ones(len(y)), (draws.unit, rows)), shape=(size, len(y))) @ Z
    centres = (centre * len(y) - own) / (len(y) - units.rows)[:, None]
    means, without = np.empty(draws.arms), np.empty((size, draws.arms))
    for arm in range(draws.arms):
        inside = draws.arm == arm
        left = least_squares(Z[inside], y[inside], draws.unit[inside], size)
        means[arm] = centre @ left.beta
        without[:, arm] = np.einsum("gp,gp->g", centres, left.without)
    return Means(means, without, units.arm, units.rows, len(y), Z.shape[1] - 1)


def _by_stratum(draws: Draws, y: Floats) -> Means:
    """Arm means stratum by stratum, whole strata left out: for pairs and strata nearly as small."""
    kept = compared(draws)
    strata = np.unique(draws.stratum[kept], return_inverse=True)[1]
    cell, arms, size = strata * draws.arms + draws.arm[kept], draws.arms, int(strata.max()) + 1
    rows = np.bincount(cell, minlength=size * arms).reshape(size, arms)
    inner = np.bincount(cell, y[kept], minlength=size * arms).reshape(size, arms) / rows
    weight = rows.sum(axis=1).astype(float)
    means = weight @ inner / weight.sum()
    without = (weight @ inner - weight[:, None] * inner) / (weight.sum() - weight)[:, None]
    everybody = np.full(size, -1, dtype=np.int64)
    return Means(means, without, everybody, weight.astype(np.int64), int(kept.sum()))


def fine(draws: Draws) -> bool:
    """Whether most units stand in strata in which some arm has but one of them."""
    table = counts(draws.units, len(draws.shares), draws.arms)
    full = (table >= 1).all(axis=1)
    small = full & (table.min(axis=1) < FEWEST_DRAWN_OF_AN_ARM)
    return bool(small.sum() >= 2 and table[small].sum() > table.sum() / 2)


def compared(draws: Draws) -> Flags:
    """Rows in strata that hold every arm: elsewhere there is nothing to compare with."""
    table = counts(draws.units, len(draws.shares), draws.arms)
    return np.asarray(np.asarray((table >= 1).all(axis=1))[draws.stratum])


def merge_small(draws: Draws) -> Draws:
    """Strata in which an arm has fewer than two units, taken together with others of the same shares."""
    table = counts(draws.units, len(draws.shares), draws.arms)
    small = table.min(axis=1) < FEWEST_DRAWN_OF_AN_ARM
    said = np.where(np.isfinite(draws.shares), np.round(draws.shares, 9), -1.0)
    alike = np.unique(said, axis=0, return_inverse=True)[1].reshape(-1)
    to = np.arange(len(table))
    for kind in np.unique(alike[small]):
        together = np.flatnonzero(small & (alike == kind))
        while table[together].sum(axis=0).min() < FEWEST_DRAWN_OF_AN_ARM:
            others = np.setdiff1d(np.flatnonzero(alike == kind), together)
            if not len(others):
                break
            together = np.append(together, others[np.argmin(table[others].sum(axis=1))])
        to[together] = together.min()
    return Draws(draws.arm, draws.unit, to[draws.stratum], draws.shares)


def independent(X: Floats, beside: Floats) -> Floats:
    """Columns of X that the constant, ``beside`` and the columns before them don't determine (Cholesky by columns)."""
    every = np.column_stack([beside, X])
    every = every - every.mean(axis=0)
    length = np.sqrt((every**2).sum(axis=0))
    gram = (every / np.where(length > 0, length, 1.0)).T @ (every / np.where(length > 0, length, 1.0))
    kept: list[int] = []
    factor = np.zeros_like(gram)
    for j in range(len(gram)):
        row = np.zeros(len(gram))
        for place, k in enumerate(kept):
            row[place] = (gram[j, k] - row[:place] @ factor[k, :place]) / factor[k, place]
        rest = gram[j, j] - row @ row
        if length[j] > 0 and rest > _OWN_SPREAD:
            row[len(kept)] = np.sqrt(rest)
            factor[j] = row
            kept.append(j)
    return X[:, [j - beside.shape[1] for j in kept if j >= beside.shape[1]]]


def joint_errors(found: Means, arms: Sequence[int]) -> Floats:
    """Covariance (m, m) of the differences of some arms to arm 0, from what leaving clusters out moves."""
    moves = np.column_stack([found.moves(arm) for arm in arms])
    moves = moves[np.isfinite(moves).all(axis=1)]
    return np.asarray((len(moves) - 1) / len(moves) * moves.T @ moves)


def effective_units(units: Units) -> float:
    """As many equal units as would tell as much, if what units share were all."""
    size = units.rows.astype(float)
    return float(size.sum() ** 2 / (size**2).sum())
