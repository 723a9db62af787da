"""The experiment that would settle what the data can't: arms, unit, size, and how long it takes to enrol."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.plans import TrialArms, TrialUnit
from pipelines.contracts.catalog.thresholds import SMALLEST_TESTED_POINTS, TESTABLE_WEEKS
from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.plans import TrialSizedAtBreakEven, TrialSizedAtLeast
from pipelines.models.arrays import Floats, Ints
from pipelines.policy.company import Company
from pipelines.policy.mart import number

# Normal quantiles of 5 % two-sided, and of 80 % power.
Z_TWO_SIDED, Z_POWER = 1.96, 0.84
WEEKS_BACK = 26


@dataclass(frozen=True)
class Trial:
    """A test of offers against today: incidents per arm to see ``points`` per 100, and weeks until they are enrolled.

    ``break_even``: the change in returns per 100 at which the offers break even. ``weeks`` is None where no incident
    came lately.
    """

    per_arm: int
    points: float
    break_even: float
    design_effect: float
    weeks: float | None
    arms: TrialArms = TrialArms.AS_TODAY_AGAINST_OFFERS
    unit: TrialUnit = TrialUnit.CUSTOMER_OR_EVENT

    @property
    def too_long(self) -> bool:
        """Whether it takes longer than any company would wait."""
        return self.weeks is not None and self.weeks > TESTABLE_WEEKS

    @property
    def aim(self) -> Reason:
        """What the test looks for, and why so much."""
        even = round(self.break_even, 1)
        if self.break_even >= SMALLEST_TESTED_POINTS:
            return TrialSizedAtBreakEven(even)
        return TrialSizedAtLeast(SMALLEST_TESTED_POINTS, even)


def per_arm(rate: float, points: float, design_effect: float) -> int:
    """Incidents per arm for 80 % power to see ``points`` per 100 at 5 % two-sided, from today's share ``rate``."""
    size = 2 * (Z_TWO_SIDED + Z_POWER) ** 2 * rate * (1 - rate) / (points / 100) ** 2 * design_effect
    return int(np.ceil(size / 10) * 10)


def design_effect(y: Floats, cluster: Ints) -> float:
    """How much the variance of a mean grows because incidents come in clusters, at least 1."""
    away = np.bincount(cluster, y - y.mean())
    return max(1.0, float((away**2).sum() / ((y - y.mean()) ** 2).sum()))


def trial(y: Floats, cluster: Ints, break_even: float, weekly: float) -> Trial:
    """Sized for the change in returns, per 100, at which the offers break even, at least 2."""
    points, effect = max(break_even, SMALLEST_TESTED_POINTS), design_effect(y, cluster)
    size = per_arm(float(y.mean()), points, effect)
    return Trial(size, points, break_even, effect, float(np.ceil(2 * size / weekly)) if weekly > 0 else None)


def weekly_incidents(mart: pd.DataFrame, company: Company) -> float:
    """Answered incidents with a known loss per week, over the last half year before the data cut."""
    opened = pd.to_datetime(mart[Col.OPENED_AT], utc=True)
    recent = (opened >= company.cut - pd.Timedelta(weeks=WEEKS_BACK)) & (opened < company.cut)
    counted = recent & (mart[Col.RESPONSE_STATUS] == ResponseStatus.ANSWERED) & number(mart, Col.LOSS_AMOUNT).notna()
    return float(counted.sum()) / WEEKS_BACK
