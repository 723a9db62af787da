"""Two groups of cases with their case mix held equal: the difference of their means, by strata that hold both.

Post-stratification: within every stratum the groups' means differ by d; the average of d, weighted by the stratum's
cases (or those of the first group alone), is the difference. Its error is that of the linearised estimator whose
independent units are the clusters (Binder 1983), each stratum's squared residuals scaled by n/(n−1).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.models.arrays import Floats
from pipelines.policy.expected import strata
from pipelines.policy.rows import NO_CONCLUSION
from pipelines.policy.share import clustered_error

FEWEST_A_SIDE = 30
FEWEST_IN_STRATUM = 5
LEAST_HELD = 0.5


@dataclass(frozen=True)
class Difference:
    """Mean of those it holds for less the mean of the others, 95 % limits; ``plain`` is the unadjusted difference.

    ``n`` cases were compared, ``n_with`` of them on the first side; ``held`` is the share of cases in strata that hold
    both sides. ``value`` is missing where ``reason`` says why.
    """

    value: float | None
    low: float | None
    high: float | None
    plain: float | None
    n: int
    n_with: int
    held: float
    reason: str = ""
    error: float = 0.0

    def columns(self) -> dict[str, Any]:
        """The columns of a row of ``decisions``; an adjusted comparison of observed cases is graded C, never better.

        With fewer than half of the cases comparable it allows no conclusion: grade D.
        """
        if self.value is None:
            return {"n": self.n, "observed": self.plain, "verdict": "not_estimable", "reason": self.reason}
        few = self.held < LEAST_HELD
        support = f"{100 * self.held:.0f} % of the cases have comparable ones." if self.held < 1 else ""
        reason = f"Only {support} {NO_CONCLUSION}" if few else support or None
        return {
            "estimate": self.value, "ci_low": self.low, "ci_high": self.high, "n": self.n, "observed": self.plain,
            "grade": "D" if few else "C", "reason": reason,
        }  # fmt: skip


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
    if min(sides) < FEWEST_A_SIDE:
        reason = (
            f"{sides[0]} cases with it and {sides[1]} without are known; at least {FEWEST_A_SIDE} of each are needed."
        )
        return Difference(None, None, None, None, len(y), sides[0], 0.0, reason)
    plain = float(y[t].mean() - y[~t].mean())
    codes = pd.factorize(strata(frame[known], columns))[0]
    both = _both_sides(codes, t)
    held = float(both.mean())
    if min(int((t & both).sum()), int((~t & both).sum())) < FEWEST_A_SIDE:
        return Difference(None, None, None, plain, len(y), sides[0], held, "Too few cases have comparable ones.")
    value, influence = _post_stratified(y[both], t[both], codes[both], as_first=as_first)
    error, count = clustered_error(influence, clusters[known].to_numpy()[both])
    if count < 2 or error == 0:
        return Difference(None, None, None, plain, len(y), sides[0], held, "Too few independent cases for an interval.")
    half = float(stats.t.ppf(0.975, count - 1)) * error
    return Difference(value, value - half, value + half, plain, len(y), sides[0], held, error=error)


def _both_sides(codes: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Where a case's stratum holds enough cases of both sides."""
    least = np.minimum(np.bincount(codes, t, codes.max() + 1), np.bincount(codes, ~t, codes.max() + 1))
    return np.asarray(least[codes] >= FEWEST_IN_STRATUM)


def _post_stratified(y: Floats, t: np.ndarray, codes: np.ndarray, *, as_first: bool) -> tuple[float, Floats]:
    """The weighted difference, and each case's influence on it."""
    s = np.unique(codes, return_inverse=True)[1]
    counted = t.astype("float64") if as_first else np.ones(len(y))
    size = np.bincount(s, counted)
    own: Floats = np.zeros(len(y))
    gap: Floats = np.zeros(len(size))
    for side, sign in ((t, 1.0), (~t, -1.0)):
        n = np.bincount(s[side], minlength=len(size)).astype("float64")
        mean = np.bincount(s[side], y[side], len(size)) / n
        gap += sign * mean
        own[side] = (sign * (size / n * np.sqrt(n / (n - 1)))[s] * (y - mean[s]))[side]
    value = float(np.average(gap, weights=size))
    return value, np.asarray((own + counted * (gap[s] - value)) / counted.sum())
