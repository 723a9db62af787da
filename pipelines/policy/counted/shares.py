"""Shares and means of clustered incidents, and shares reached by a time while young cases are still undecided."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import AllAlike, FewOlderThanDays, FewOlderThanHours, NoCaseKnown, OneCluster
from pipelines.models.arrays import Floats

HOURS_A_DAY = 24.0
Z95 = float(ndtri(0.975))


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % limits and the cases behind it; ``value`` is missing where ``reason`` says why."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    reason: Reason | None = None


NOTHING_KNOWN = Estimate(None, None, None, 0, NoCaseKnown())


def share(flags: pd.Series, clusters: pd.Series) -> Estimate:
    """Share of ones among the known zeros and ones, with Wilson's interval on the effective n.

    The error is that of a linearised mean whose independent units are the clusters.
    """
    y, groups = _known(flags, clusters)
    if len(y) == 0:
        return NOTHING_KNOWN
    centre = float(y.mean())
    error, count = clustered_error((y - centre) / len(y), groups)
    if count < 2:
        return Estimate(centre, None, None, len(y), OneCluster())
    return Estimate(centre, *share_limits(centre, error, len(y), count), len(y))


def weighted_share(shares: pd.Series, sizes: pd.Series, clusters: pd.Series) -> Estimate:
    """Share of everyone in groups of known share and size, Wilson's interval; groups of a cluster hang together."""
    known = shares.notna() & (sizes > 0) & clusters.notna()
    y, size = shares[known].to_numpy("float64"), sizes[known].to_numpy("float64")
    total = int(size.sum())
    if total == 0:
        return NOTHING_KNOWN
    centre = float((y * size).sum() / total)
    error, count = clustered_error(size * (y - centre) / total, clusters[known].to_numpy())
    if count < 2:
        return Estimate(centre, None, None, total, OneCluster())
    return Estimate(centre, *share_limits(centre, error, total, count), total)


def mean(values: pd.Series, clusters: pd.Series) -> Estimate:
    """Mean of the known values with a t interval, clusters − 1 degrees of freedom.

    What is never below 0 has no lower limit below 0.
    """
    y, groups = _known(values, clusters)
    if len(y) == 0:
        return NOTHING_KNOWN
    centre = float(y.mean())
    error, count = clustered_error((y - centre) / len(y), groups)
    if count < 2 or error == 0:
        return Estimate(centre, None, None, len(y), OneCluster() if count < 2 else AllAlike())
    half = float(stdtrit(count - 1, 0.975)) * error
    low = centre - half if y.min() < 0 else max(0.0, centre - half)
    return Estimate(centre, low, centre + half, len(y))


def _known(values: pd.Series, clusters: pd.Series) -> tuple[Floats, np.ndarray]:
    """Values and clusters where both are known."""
    known = values.notna() & clusters.notna()
    return values[known].to_numpy("float64"), clusters[known].to_numpy()


def reached(days: pd.Series, followed_days: pd.Series, clusters: pd.Series, at: float, least: int) -> Estimate:
    """Share reached within ``at`` days, cases still undecided censored: 1 − Kaplan–Meier.

    ``days`` is missing where nothing has happened in ``followed_days``. The error is the infinitesimal jackknife
    summed by cluster; with one case per cluster it is Greenwood's (Therneau and Grambsch 2000, 2.2). At least
    ``least`` cases must be followed for ``at`` days.
    """
    happened = (days.notna() & (days <= followed_days)).to_numpy()
    times = np.where(happened, days.astype("float64").clip(lower=0.0), followed_days.astype("float64"))
    if np.count_nonzero(followed_days >= at) < least:
        return Estimate(None, None, None, len(times), _few_older(least, at))
    portion, influence = product_limit(times, happened, at)
    error, count = clustered_error(influence, clusters.to_numpy())
    if count < 2:
        return Estimate(portion, None, None, len(times), OneCluster())
    return Estimate(portion, *share_limits(portion, error, len(times), count), len(times))


def _few_older(least: int, days: float) -> Reason:
    return FewOlderThanDays(least, days) if days >= 1 else FewOlderThanHours(least, HOURS_A_DAY * days)


def product_limit(times: Floats, happened: np.ndarray, at: float) -> tuple[float, Floats]:
    """1 − S(at), and each case's derivative of it with respect to its weight."""
    moments, deaths = np.unique(times[happened & (times <= at)], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), moments, side="left")
    left = at_risk - deaths
    if (left == 0).any():
        return 1.0, np.zeros(len(times))
    survival = float(np.prod(left / at_risk))
    spent = np.concatenate([[0.0], np.cumsum(deaths / (at_risk * left))])
    passed = np.searchsorted(moments, np.minimum(times, at), side="right")
    own = np.where(happened & (times <= at), np.concatenate([[0.0], 1 / left])[passed], 0.0)
    return 1.0 - survival, survival * (own - spent[passed])


def clustered_error(influence: Floats, clusters: np.ndarray) -> tuple[float, int]:
    """Standard error from influences summed by cluster, G/(G−1) corrected, and the number of clusters G."""
    codes, names = pd.factorize(clusters)
    sums = np.bincount(codes, influence, len(names))
    count = len(names)
    return float(np.sqrt(count / max(count - 1, 1) * (sums**2).sum())), count


def share_limits(portion: float, error: float, n: int, clusters: int) -> tuple[float, float]:
    """Wilson's 95 % limits (1927) on the n that has this error.

    At 0 or 1, where errors vanish, on the number of clusters.
    """
    inside = error > 0 and 0 < portion < 1
    effective = min(float(n), portion * (1 - portion) / error**2) if inside else float(clusters)
    squared = Z95 * Z95
    centre = (portion + squared / (2 * effective)) / (1 + squared / effective)
    reach = Z95 * sqrt(portion * (1 - portion) / effective + squared / (4 * effective**2)) / (1 + squared / effective)
    return max(0.0, centre - reach), min(1.0, centre + reach)
