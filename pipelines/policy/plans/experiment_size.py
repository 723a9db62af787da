"""The experiment that would settle what the data can't: arms, unit, size, and how long it takes to enrol."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.contracts.numerals import local_number
from pipelines.contracts.wording import SMALLEST_TESTED_POINTS
from pipelines.models.arrays import Floats, Ints
from pipelines.policy.company import Company
from pipelines.policy.mart import number

Row = dict[str, Any]
Z_TWO_SIDED, Z_POWER = 1.96, 0.84
WEEKS_BACK = 26
UNIT = "customer; a mass event as one"
ARMS = "as today; the offers of this policy"


def per_arm(rate: float, points: float, design_effect: float) -> int:
    """Incidents per arm for 80 % power to see ``points`` per 100 at 5 % two-sided, from today's share ``rate``."""
    size = 2 * (Z_TWO_SIDED + Z_POWER) ** 2 * rate * (1 - rate) / (points / 100) ** 2 * design_effect
    return int(np.ceil(size / 10) * 10)


def design_effect(y: Floats, cluster: Ints) -> float:
    """How much the variance of a mean grows because incidents come in clusters, at least 1."""
    away = np.bincount(cluster, y - y.mean())
    return max(1.0, float((away**2).sum() / ((y - y.mean()) ** 2).sum()))


def trial(y: Floats, cluster: Ints, break_even: float, weekly: float) -> Row:
    """The columns ``test_…``: sized for the change in returns, per 100, at which the offers break even, at least 2."""
    points, effect = max(break_even, SMALLEST_TESTED_POINTS), design_effect(y, cluster)
    size = per_arm(float(y.mean()), points, effect)
    return {
        "test_arms": ARMS, "test_unit": UNIT, "test_per_arm": size, "test_points": points,
        "test_design_effect": effect, "test_weeks": float(np.ceil(2 * size / weekly)) if weekly > 0 else None,
    }  # fmt: skip


def aim_of(break_even: float) -> str:
    """What the test looks for, and why so much."""
    even = local_number(f"{break_even:.1f}")
    if break_even >= SMALLEST_TESTED_POINTS:
        return f"The test is sized for {even} per 100 coming back: there these offers break even."
    return (
        f"The test is sized for {SMALLEST_TESTED_POINTS:.0f} per 100 coming back, the least worth a test; these offers "
        f"break even at {even}."
    )


def weekly_incidents(mart: pd.DataFrame, company: Company) -> float:
    """Answered incidents with a known loss per week, over the last half year before the data cut."""
    opened = pd.to_datetime(mart[Col.OPENED_AT], utc=True)
    recent = (opened >= company.cut - pd.Timedelta(weeks=WEEKS_BACK)) & (opened < company.cut)
    counted = recent & (mart[Col.RESPONSE_STATUS] == "answered") & number(mart, Col.LOSS_AMOUNT).notna()
    return float(counted.sum()) / WEEKS_BACK
