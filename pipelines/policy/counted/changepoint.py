"""When a weekly count changed its level: binary segmentation with a permutation test (Vostrikova 1981).

Counts are Poisson with one rate per segment. The statistic of a split is the likelihood ratio against one rate; its
p-value the share of shuffled weeks whose best split does at least as well, so that no distribution is assumed.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from pipelines.contracts.catalog.thresholds import CHANGE_P, SHORTEST_STRETCH_WEEKS
from pipelines.models.arrays import Floats

SHUFFLES = 999


@dataclass(frozen=True)
class Change:
    """The first week of the new level (position in the series) and the p-value of the split."""

    week: int
    p_value: float


def changepoints(counts: Floats, level: float = CHANGE_P) -> tuple[Change, ...]:
    """All changes of a series in order of time, each found at ``level`` within the stretch it splits."""
    return tuple(sorted(_split(np.asarray(counts, dtype=float), 0, level), key=lambda change: change.week))


def _split(counts: Floats, start: int, level: float) -> list[Change]:
    found = strongest(counts)
    if found is None or found.p_value > level:
        return []
    at = found.week
    return [
        *_split(counts[:at], start, level),
        Change(start + at, found.p_value),
        *_split(counts[at:], start + at, level),
    ]


def strongest(counts: Floats) -> Change | None:
    """The best split of a series and its p-value; ``None`` for a series too short or without any count."""
    if len(counts) < 2 * SHORTEST_STRETCH_WEEKS or counts.sum() == 0:
        return None
    gains = _gains(np.asarray(counts, dtype=float)[None, :])[0]
    best = int(np.argmax(gains))
    shuffled = np.random.default_rng(len(counts)).permuted(np.tile(counts, (SHUFFLES, 1)), axis=1)
    as_good = int((_gains(shuffled).max(axis=1) >= gains[best] - 1e-9).sum())
    return Change(best + SHORTEST_STRETCH_WEEKS, (1 + as_good) / (1 + SHUFFLES))


def _gains(counts: Floats) -> Floats:
    """Log likelihood ratio of every split of each row, both sides at least the shortest stretch."""
    weeks = counts.shape[1]
    places = np.arange(SHORTEST_STRETCH_WEEKS, weeks - SHORTEST_STRETCH_WEEKS + 1)
    before = np.cumsum(counts, axis=1)[:, places - 1]
    total = counts.sum(axis=1, keepdims=True)
    after = total - before
    return np.asarray(
        xlogy(before, before / places) + xlogy(after, after / (weeks - places)) - xlogy(total, total / weeks)
    )
