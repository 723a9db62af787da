"""Rates of rare occasions under an exposure, and how a rate changed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.models.arrays import Floats

PER_UNITS = 10_000.0


@dataclass(frozen=True)
class Calendar:
    """Exposure by period, all sites together: where periods start (days since the first), their end, and units."""

    origin: pd.Timestamp
    starts: Floats
    end: float
    units: Floats

    def day(self, at: pd.Timestamp) -> float:
        """A moment as days since the first period's start."""
        return float((at - self.origin) / pd.Timedelta(days=1))

    def between(self, first: float, last: float) -> float:
        """Units from day ``first`` to day ``last``, a period's units spread evenly over its days."""
        ends = np.append(self.starts[1:], self.end)
        overlap = np.clip(np.minimum(ends, last) - np.maximum(self.starts, first), 0.0, None)
        return float((self.units * overlap / (ends - self.starts)).sum())


def calendar(exposure: pd.DataFrame, cut: pd.Timestamp) -> Calendar:
    """The calendar of ``exposure``; its last period is as long as the longest, or ends at the cut."""
    starts = pd.to_datetime(exposure["period_start"], utc=True)
    units = exposure["units"].astype("float64").groupby(starts).sum().sort_index()
    units = units[units.index < cut]
    origin = units.index[0]
    days = np.asarray((units.index - origin) / pd.Timedelta(days=1), dtype=np.float64)
    last = float((cut - origin) / pd.Timedelta(days=1))
    end = min(last, days[-1] + float(np.diff(days).max())) if len(days) > 1 else last
    return Calendar(origin, days, end, np.asarray(units, dtype=np.float64))


def rate_limits(count: float, units: float) -> tuple[float, float]:
    """Exact 95 % limits of a Poisson rate per unit (Garwood 1936)."""
    low = float(stats.gamma.ppf(0.025, count)) / units if count > 0 else 0.0
    return low, float(stats.gamma.ppf(0.975, count + 1)) / units


def rate_ratio(after: float, before: float, units_after: float, units_before: float) -> tuple[float, float, float]:
    """Rate after ÷ rate before with conditional limits: after | total is binomial (Przyborowski and Wilenski 1940).

    Counts may be fractions where a dispersion was divided out. An empty "before" leaves the upper limit infinite.
    """
    scale = units_before / units_after
    low = float(stats.beta.ppf(0.025, after, before + 1)) if after > 0 else 0.0
    high = float(stats.beta.ppf(0.975, after + 1, before)) if before > 0 else 1.0
    ratio = after / before * scale if before > 0 else float("inf")
    return ratio, low / (1 - low) * scale, high / (1 - high) * scale if high < 1 else float("inf")


def dispersion(counts: Floats, expected: Floats, parameters: int) -> float:
    """Pearson's χ² ÷ degrees of freedom, at least 1: how much more counts vary than chance alone (quasi-Poisson)."""
    used = expected > 0
    freedom = int(used.sum()) - parameters
    if freedom < 1:
        return 1.0
    return max(1.0, float(((counts - expected)[used] ** 2 / expected[used]).sum()) / freedom)
