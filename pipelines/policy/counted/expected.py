"""Indirect standardisation: what cases like these would lead to expect, how far a unit lies from it, and shrinkage.

The case mix is held by strata that partition the cases. Intervals of observed ÷ expected are score intervals, which are
Wilson's when every case has the same expectation (Wilson 1927); shrinkage is Morris (1983, JASA 78, 47–65).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.thresholds import SMALLEST_STRATUM
from pipelines.models.arrays import Floats

Z95 = float(stats.norm.ppf(0.975))
POOLED = "\x1f"


def strata(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """A label per row: the cell of all ``columns`` where it has enough rows, else rows pooled by ever fewer columns."""
    cells = frame[list(columns)].astype("object")
    cells = cells.where(cells.notna(), "unknown").astype(str)
    label = pd.Series("all", index=frame.index, dtype="object")
    free = pd.Series(True, index=frame.index)
    for depth in range(len(columns), 0, -1):
        keys = reduce(lambda left, right: left + "\x1f" + right, (cells[c] for c in columns[:depth]))[free]
        chosen = keys[keys.map(keys.value_counts()) >= SMALLEST_STRATUM]
        label[chosen.index] = chosen
        free[chosen.index] = False
    return label


@dataclass(frozen=True)
class Comparison:
    """Observed events O against expected E among n cases; Q is the sum of squared expectations.

    ``reference_variance`` is the variance of E itself where the expectation comes from other, finitely many cases.
    """

    n: int
    observed: float
    expected: float
    squares: float
    reference_variance: float = 0.0

    @property
    def ratio(self) -> float:
        """Observed ÷ expected."""
        return self.observed / self.expected

    @property
    def tells(self) -> bool:
        """Whether chance could have left it elsewhere: not where nobody, or everybody, met the event."""
        return self.expected > 0 and self.expected - self.squares > 1e-9 * self.expected

    @property
    def variance(self) -> float:
        """Of the ratio, were the truth 1."""
        return (self.expected - self.squares + self.reference_variance) / self.expected**2

    def limits(self) -> tuple[float, float]:
        """95 % limits of the ratio θ: where (O − θE)² = z²(θE − θ²Q + θ²V)."""
        z2 = Z95**2
        a = self.expected**2 + z2 * (self.squares - self.reference_variance)
        b = 2 * self.observed * self.expected + z2 * self.expected
        if a <= 0:
            return 0.0, float("inf")
        root = float(np.sqrt(max(b * b - 4 * a * self.observed**2, 0.0)))
        return max(0.0, (b - root) / (2 * a)), (b + root) / (2 * a)


def compare(values: pd.Series, units: pd.Series, strata_of: pd.Series) -> dict[str, Comparison]:
    """Each unit against the mean of everybody's cases in the same strata; observed and expected agree in total."""
    known = values.notna() & units.notna()
    y = values[known].astype("float64")
    p = y.groupby(strata_of[known]).transform("mean")
    table = pd.DataFrame({"y": y, "p": p, "q": p * p}).groupby(units[known].astype(str)).agg(["sum", "size"])
    return {
        str(unit): Comparison(int(r["y", "size"]), float(r["y", "sum"]), float(r["p", "sum"]), float(r["q", "sum"]))
        for unit, r in table.iterrows()
    }


@dataclass(frozen=True)
class Reference:
    """What other cases met, by stratum (mean, size), all of them together under ``POOLED``; ``n`` cases in all."""

    rates: pd.DataFrame
    n: int

    def expects(self, values: pd.Series, strata_of: pd.Series) -> Comparison:
        """One unit's known values against the reference's cases in the same strata, all where it has too few."""
        where = strata_of.where(strata_of.isin(self.rates.index), POOLED)
        counts = where.value_counts()
        p, size = self.rates.loc[counts.index, "mean"], self.rates.loc[counts.index, "size"]
        variance = float((counts**2 * p * (1 - p) / size).sum())
        expected, squares = float((counts * p).sum()), float((counts * p * p).sum())
        return Comparison(len(values), float(values.sum()), expected, squares, variance)


def reference_of(values: pd.Series, strata_of: pd.Series, cases: pd.Series) -> Reference | None:
    """The reference that the flagged cases with a known value make; ``None`` when they are too few."""
    pool = values[cases & values.notna()].astype("float64")
    if len(pool) < SMALLEST_STRATUM:
        return None
    rates = pool.groupby(strata_of[pool.index]).agg(["mean", "size"])
    rates = rates[rates["size"] >= SMALLEST_STRATUM]
    rates.loc[POOLED] = [pool.mean(), len(pool)]
    return Reference(rates, len(pool))


@dataclass(frozen=True)
class Shrunk:
    """Ratios drawn towards their common mean, with 95 % limits; ``between`` is the variance of true ratios."""

    ratio: Floats
    low: Floats
    high: Floats
    between: float


def shrink(ratios: Floats, variances: Floats) -> Shrunk:
    """Empirical Bayes for normal means of unequal variance (at least four), τ² by DerSimonian and Laird (1986)."""
    k, weights = len(ratios), 1 / variances
    between = between_variance(ratios, variances)
    total = variances + between
    centre = float(np.average(ratios, weights=1 / total))
    pull = (k - 3) / (k - 1) * variances / total
    away = ratios - centre
    unsure = 2 / (k - 3) * pull**2 * (np.average(variances, weights=weights) + between) / total * away**2
    spread = np.sqrt(variances * (1 - (k - 1) / k * pull) + unsure)
    ratio = ratios - pull * away
    return Shrunk(ratio, np.maximum(ratio - Z95 * spread, 0.0), ratio + Z95 * spread, between)


def between_variance(ratios: Floats, variances: Floats) -> float:
    """τ²: how far the true values differ beyond chance, at least 0."""
    w = 1 / variances
    spread = float((w * (ratios - np.average(ratios, weights=w)) ** 2).sum())
    return max(0.0, (spread - (len(ratios) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
