"""How large and long an experiment has to be, by the company's own rates, and what would shorten it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from scipy import stats

from pipelines.contracts.catalog.thresholds import LONGEST_TEST_WEEKS

LEVEL, POWER = 0.05, 0.80
# Ten years: nobody waits longer for anything.
MOST_WEEKS = 520


class Shorter(StrEnum):
    """What would shorten an experiment."""

    EARLIER_OUTCOME = "earlier_outcome"
    LARGER_CONTRAST = "larger_contrast"
    EVEN_SHARES = "even_shares"
    HELD_BEFORE = "held_before"
    SMALLER_UNITS = "smaller_units"


@dataclass(frozen=True)
class Rates:
    """Today's share (0 to 1) with the outcome, cases a week, and what is drawn.

    ``unit_cases``: cases of a unit that comes once. ``standing``: how many units there are where they stay, as sites
    do, and gather cases; None where new ones come. ``likeness``: intraclass correlation of cases of a unit.
    ``follow_up_days``: until the outcome is known. ``explained``: the share of its variance that is known before.
    """

    share: float
    weekly_cases: float
    unit_cases: float = 1.0
    likeness: float = 0.0
    follow_up_days: float = 0.0
    explained: float = 0.0
    standing: int | None = None

    def variance(self, cases: float) -> float:
        """Of the mean outcome of a unit of so many cases."""
        alone = self.share * (1 - self.share) * (1 - self.explained)
        return alone * (1 + (cases - 1) * self.likeness) / cases


@dataclass(frozen=True)
class Sized:
    """Units of all arms together, and weeks until the last outcome is known; None where no unit came lately."""

    units: int
    weeks: float | None

    @property
    def too_long(self) -> bool:
        """Whether it takes more than the year that companies plan ahead."""
        return self.weeks is None or self.weeks > LONGEST_TEST_WEEKS


def sized(rates: Rates, shares: Sequence[float], points: float) -> Sized:
    """For 80 % power of each arm against the first to see ``points`` per 100 at 5 % over all arms (Bonferroni)."""
    reach = float(stats.norm.isf(LEVEL / 2 / (len(shares) - 1)) + stats.norm.isf(1 - POWER))
    worst = max(1 / shares[0] + 1 / share for share in shares[1:])
    per_variance = reach**2 * worst / (points / 100) ** 2
    if rates.standing is not None:
        return _standing(rates, per_variance)
    units = ceil(per_variance * rates.variance(rates.unit_cases))
    if not rates.weekly_cases > 0:
        return Sized(units, None)
    return Sized(units, float(ceil(units * rates.unit_cases / rates.weekly_cases + rates.follow_up_days / 7)))


def _standing(rates: Rates, per_variance: float) -> Sized:
    """Weeks until units that stay have gathered cases enough; never, where there are too few of them."""
    units = rates.standing or 0
    for weeks in range(1, MOST_WEEKS + 1):
        cases = rates.weekly_cases * weeks / max(units, 1)
        if cases > 0 and per_variance * rates.variance(cases) <= units:
            return Sized(units, float(ceil(weeks + rates.follow_up_days / 7)))
    return Sized(ceil(per_variance * rates.share * (1 - rates.share) * rates.likeness), None)


@dataclass(frozen=True)
class Shortened:
    """One thing that would shorten it, and how long it would take then; ``by``: days, points or a share."""

    how: Shorter
    by: float
    sized: Sized


def shortened(
    rates: Rates, shares: Sequence[float], points: float, earlier: Sequence[Rates], single_cases: Rates | None,
    explained: float = 0.0,
) -> list[Shortened]:  # fmt: skip
    """What would shorten an experiment, most first: an outcome known ``earlier``, twice the effect, arms as large …

    ``single_cases``: the rates if cases were drawn one by one. ``explained``: the share of the outcome's variance
    that is known before the draw, so that holding it takes it away.
    """
    even = [1 / len(shares)] * len(shares)
    found = [
        *(Shortened(Shorter.EARLIER_OUTCOME, r.follow_up_days, sized(r, shares, points)) for r in earlier),
        Shortened(Shorter.LARGER_CONTRAST, 2 * points, sized(rates, shares, 2 * points)),
        Shortened(Shorter.EVEN_SHARES, even[0], sized(rates, even, points)),
    ]
    if explained > 0:
        less = sized(replace(rates, explained=explained), shares, points)
        found.append(Shortened(Shorter.HELD_BEFORE, explained, less))
    if single_cases is not None:
        found.append(Shortened(Shorter.SMALLER_UNITS, 1.0, sized(single_cases, shares, points)))
    now = sized(rates, shares, points).weeks
    shorter = [f for f in found if f.sized.weeks is not None and (now is None or f.sized.weeks < now)]
    return sorted(shorter, key=lambda f: f.sized.weeks or 0.0)
