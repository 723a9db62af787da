"""Few drawn units: what chance alone would do, by drawing the lots again as they were drawn.

Studentised, so that it holds for arms of different spread as well (Chung & Romano 2013; Wu & Ding 2021). The interval
holds every effect, the same for each row, that isn't rejected at 5 %: its limits are found by bisection.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from pipelines.models.arrays import Floats, Ints
from pipelines.models.drawn.draws import Draws
from pipelines.models.fit.interval import LEVEL, Interval

_REDRAWS, _SEED, _STEPS = 1_999, 20_261_202, 40


@dataclass(frozen=True)
class Redrawn:
    """One arm against another: an interval by drawing again, and the smallest p-value that these units can give."""

    interval: Interval
    least_p: float


@dataclass(frozen=True)
class _Pair:
    """Units of two arms: sums and rows of each (G,), strata 0…S−1, and who is in the second arm."""

    sums: Floats
    rows: Floats
    stratum: Ints
    there: Floats

    @cached_property
    def weight(self) -> Floats:
        """Rows of each stratum as a share of all."""
        return np.asarray(np.bincount(self.stratum, self.rows) / self.rows.sum())

    @cached_property
    def members(self) -> Floats:
        """Who is in which stratum, (G, S)."""
        return np.asarray((self.stratum[:, None] == np.arange(len(self.weight))).astype(float))

    def statistic(self, drawn: Floats, sums: Floats) -> tuple[Floats, Floats]:
        """Differences and their errors for R draws (R, G); ``sums`` (R, G) or (G,)."""
        sums = np.broadcast_to(sums, drawn.shape)
        parts, variances = [], []
        small = False
        for side in (drawn, 1.0 - drawn):
            units, size = side @ self.members, (side * self.rows) @ self.members
            mean = ((side * sums) @ self.members) / size
            residual = side * (sums - self.rows * mean[:, self.stratum])
            inner = (residual**2) @ self.members / size**2
            small = small or bool((units < 2).any())
            variances.append(inner * units / np.maximum(units - 1, 1))
            parts.append(mean)
        gap = parts[0] - parts[1]
        difference = gap @ self.weight
        if small:
            return difference, self._between(gap, difference)
        return difference, np.sqrt((variances[0] + variances[1]) @ self.weight**2)

    def _between(self, gap: Floats, difference: Floats) -> Floats:
        """The error from how strata differ, where an arm has one unit in some."""
        strata = len(self.weight)
        if strata < 2:
            return np.full(len(gap), np.nan)
        spread = ((gap - difference[:, None]) * self.weight) ** 2
        return np.asarray(np.sqrt(spread.sum(axis=1) * strata / (strata - 1)))


def redrawn(draws: Draws, y: Floats, arm: int, level: float = LEVEL) -> Redrawn:
    """The difference of ``arm`` to arm 0, drawn again within strata; ``level``: of the interval."""
    pair = _pair(draws, y, arm)
    again = _again(pair)
    observed, error = (float(v[0]) for v in pair.statistic(pair.there[None, :], pair.sums))
    p_of = _rejection(pair, again)
    p = p_of(0.0)
    reach = max(error, 1e-12) if math.isfinite(error) else float(np.ptp(y)) or 1.0
    low = _limit(p_of, observed, -reach, 1.0 - level)
    high = _limit(p_of, observed, reach, 1.0 - level)
    found = Interval(observed, error, float(max(1, len(pair.rows) - 2 * len(pair.weight))), low, high, p)
    return Redrawn(found, _least_p(pair))


def _pair(draws: Draws, y: Floats, arm: int) -> _Pair:
    units = draws.units
    sums = np.bincount(draws.unit, y, minlength=len(units.rows))
    inside = (units.arm == arm) | (units.arm == 0)
    strata = len(draws.shares)
    table = np.stack([np.bincount(units.stratum[units.arm == a], minlength=strata) for a in (0, arm)])
    inside &= np.asarray((table > 0).all(axis=0))[units.stratum]
    stratum = np.unique(units.stratum[inside], return_inverse=True)[1].astype(np.int64)
    return _Pair(sums[inside], units.rows[inside].astype(float), stratum, (units.arm[inside] == arm).astype(float))


def _again(pair: _Pair) -> Floats:
    """Lots drawn again within strata, with as many in each arm as there were: (R, G), the first as they fell.

    Every draw that there is, where these are few.
    """
    if _ways(pair) <= _REDRAWS:
        return _every(pair)
    rng = np.random.default_rng(_SEED)
    drawn = np.empty((_REDRAWS + 1, len(pair.there)))
    drawn[0] = pair.there
    for stratum in range(len(pair.weight)):
        here = np.flatnonzero(pair.stratum == stratum)
        order = np.argsort(rng.random((_REDRAWS, len(here))), axis=1)
        drawn[1:, here] = pair.there[here][order]
    return drawn


def _every(pair: _Pair) -> Floats:
    """All draws, the one that fell first."""
    found = [pair.there]
    for stratum in range(len(pair.weight)):
        here = np.flatnonzero(pair.stratum == stratum)
        chosen = list(combinations(here.tolist(), int(pair.there[here].sum())))
        found = [_with(draw, here, those) for draw in found for those in chosen]
    every = np.unique(np.array(found), axis=0)
    return np.vstack([pair.there, every[(every != pair.there).any(axis=1)]])


def _with(draw: Floats, here: Ints, those: tuple[int, ...]) -> Floats:
    again = draw.copy()
    again[here] = 0.0
    again[list(those)] = 1.0
    return again


def _rejection(pair: _Pair, again: Floats) -> Callable[[float], float]:
    """The p-value of an effect, the same for each row."""

    def p_of(effect: float) -> float:
        without = pair.sums - effect * pair.rows * pair.there
        difference, error = pair.statistic(again, without)
        size = np.abs(difference) / np.where(error > 1e-12, error, np.nan)
        size = np.where(np.isnan(size), np.where(np.abs(difference) > 1e-12, np.inf, 0.0), size)
        return float((size >= size[0] - 1e-9).mean())

    return p_of


def _limit(p_of: Callable[[float], float], centre: float, step: float, alpha: float) -> float:
    """The effect on one side of the estimate at which rejection begins; infinite where no effect is rejected."""
    inside, outside = centre, centre + step
    for _ in range(_STEPS):
        if p_of(outside) <= alpha:
            break
        inside, outside = outside, outside + 2 * (outside - centre)
    else:
        return math.copysign(math.inf, step)
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if p_of(middle) <= alpha else (middle, outside)
        if abs(outside - inside) < 1e-4 * abs(step):
            break
    return outside


def _ways(pair: _Pair) -> float:
    """How many draws there are."""
    ways = 1.0
    for stratum in range(len(pair.weight)):
        here = pair.there[pair.stratum == stratum]
        ways *= math.comb(len(here), int(here.sum()))
    return ways


def _least_p(pair: _Pair) -> float:
    """How seldom chance could give the most extreme draw: one of all there are, or two where arms are as large."""
    sides = np.bincount(pair.stratum, pair.there) * 2 == np.bincount(pair.stratum)
    return min(1.0, (2.0 if sides.all() else 1.0) / _ways(pair))
