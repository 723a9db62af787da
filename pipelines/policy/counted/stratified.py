"""Two groups of cases with their case mix held equal: the difference of their means, by strata that hold both.

Post-stratification: within every stratum the groups' means differ by d; the average of d, weighted by the stratum's
cases (or those of the first group alone), is the difference. Its interval comes from the differences without each
cluster in turn, so that one that moves much of it leaves few degrees of freedom (MacKinnon, Nielsen and Webb 2023).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import (
    FEWEST_COMPARED,
    FEWEST_COMPARED_IN_STRATUM,
    LEAST_COMPARABLE_SHARE,
    LEAST_COMPARED_DF,
)
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import (
    Comparable,
    FewComparable,
    FewIndependent,
    FewOnOneSide,
    NoConclusion,
    TooFewComparable,
    TooFewIndependent,
)
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.fit.interval import cv3
from pipelines.policy.counted.expected import strata


@dataclass(frozen=True)
class Difference:
    """Mean of those it holds for less the mean of the others, 95 % limits; ``plain`` is the unadjusted difference.

    ``n`` cases were compared, ``n_with`` of them on the first side; ``held`` is the share of cases in strata that hold
    both sides. ``value`` is missing where ``refusal`` says why. ``error`` has ``df`` degrees of freedom;
    ``independent`` is the effective number of clusters on the side that has fewer.
    """

    value: float | None
    low: float | None
    high: float | None
    plain: float | None
    n: int
    n_with: int
    held: float
    refusal: Reason | None = None
    error: float = 0.0
    df: float = 0.0
    independent: float = 0.0

    @property
    def is_weak(self) -> bool:
        """Whether it allows no conclusion: few cases are comparable, or one cluster weighs too much."""
        return self._rests_on_few or self.held < LEAST_COMPARABLE_SHARE

    @property
    def _rests_on_few(self) -> bool:
        return min(self.df, self.independent) < LEAST_COMPARED_DF

    @property
    def grade(self) -> Grade | None:
        """An adjusted comparison of observed cases is graded C, never better; D where it allows no conclusion.

        With fewer than half of the cases comparable, or fewer than four degrees of freedom or effective clusters on a
        side, it allows none.
        """
        return None if self.value is None else Grade.D if self.is_weak else Grade.C

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is no number, or what weakens it."""
        if self.refusal is not None:
            return (self.refusal,)
        support = FewComparable(self.held) if self.held < LEAST_COMPARABLE_SHARE else Comparable(self.held)
        return (
            *((support,) if self.held < 1 else ()),
            *((FewIndependent(),) if self._rests_on_few else ()),
            *((NoConclusion(),) if self.is_weak else ()),
        )


def difference(
    values: pd.Series,
    holds: pd.Series,
    clusters: pd.Series,
    frame: pd.DataFrame,
    columns: tuple[str, ...],
    *,
    as_first: bool = False,
) -> Difference:
    """Adjusted difference of ``values`` between cases where ``holds`` is 1 and where it is 0.

    Cases with either unknown are left out. ``columns`` of ``frame`` make the strata, pooled by ever fewer of them where
    cells are small. ``as_first``: the case mix is that of the cases where it holds, else that of all.
    """
    known = values.notna() & holds.notna() & clusters.notna()
    y, t = values[known].to_numpy("float64"), holds[known].to_numpy("float64") == 1
    sides = int(t.sum()), int((~t).sum())
    if min(sides) < FEWEST_COMPARED:
        return Difference(None, None, None, None, len(y), sides[0], 0.0, FewOnOneSide(*sides, FEWEST_COMPARED))
    plain = float(y[t].mean() - y[~t].mean())
    codes = pd.factorize(strata(frame[known], columns))[0]
    both = _both_sides(codes, t)
    held = float(both.mean())
    if min(int((t & both).sum()), int((~t & both).sum())) < FEWEST_COMPARED:
        return Difference(None, None, None, plain, len(y), sides[0], held, TooFewComparable())
    own = pd.factorize(clusters[known].to_numpy()[both])[0]
    value, left_out = _post_stratified(y[both], t[both], codes[both], own, as_first=as_first)
    found = cv3(value, left_out) if np.isfinite(left_out).all() else None
    if found is None or found.std_error == 0:
        return Difference(None, None, None, plain, len(y), sides[0], held, TooFewIndependent())
    side = [_independent(np.bincount(own[side])) for side in (t[both], ~t[both])]
    return Difference(
        value, found.ci_low, found.ci_high, plain, len(y), sides[0], held,
        error=found.std_error, df=found.df, independent=min(side),
    )  # fmt: skip


def _both_sides(codes: Ints, t: Flags) -> Flags:
    """Where a case's stratum holds enough cases of both sides."""
    least = np.minimum(np.bincount(codes, t, codes.max() + 1), np.bincount(codes, ~t, codes.max() + 1))
    return np.asarray(least[codes] >= FEWEST_COMPARED_IN_STRATUM)


def _post_stratified(y: Floats, t: Flags, codes: Ints, clusters: Ints, *, as_first: bool) -> tuple[float, Floats]:
    """The weighted difference, and the same without each cluster (codes 0…G−1).

    A stratum that has one side alone without a cluster counts nothing then; where none is left, the value is missing.
    """
    s = np.unique(codes, return_inverse=True)[1]
    pairs, of = np.unique(np.stack([clusters, s]), axis=1, return_inverse=True)
    cluster, stratum = pairs
    parts = [_sums(of, values, len(cluster)) for values in (t, t * y, ~t, ~t * y)]
    whole = [_sums(stratum, part, int(s.max()) + 1) for part in parts]
    size, total = _weighted_gaps(*whole, as_first=as_first)
    left_size, left_total = _weighted_gaps(
        *(w[stratum] - p for w, p in zip(whole, parts, strict=True)), as_first=as_first
    )
    lost_size = np.bincount(cluster, size[stratum] - left_size)
    lost_total = np.bincount(cluster, total[stratum] - left_total)
    remaining = size.sum() - lost_size
    left_out = (total.sum() - lost_total) / np.where(remaining > 0.5, remaining, np.nan)
    return float(total.sum() / size.sum()), np.asarray(left_out)


def _sums(codes: Ints, values: np.ndarray, count: int) -> Floats:
    return np.bincount(codes, values, count).astype("float64")


def _independent(sizes: Ints) -> float:
    """How many equal clusters would weigh as much as these: (Σ n)² / Σ n²."""
    return float(sizes.sum() ** 2 / (sizes.astype("float64") ** 2).sum())


def _weighted_gaps(
    n_with: Floats, sum_with: Floats, n: Floats, sum_without: Floats, *, as_first: bool
) -> tuple[Floats, Floats]:
    """Each stratum's weight, and the weight times the difference of its means; 0 where a side is empty."""
    both = (n_with > 0.5) & (n > 0.5)
    gap = sum_with / np.where(both, n_with, 1.0) - sum_without / np.where(both, n, 1.0)
    weight = np.where(both, n_with if as_first else n_with + n, 0.0)
    return weight, np.asarray(weight * gap)
