"""How far a decision was carried out, what gain that much of it lets one expect, and where what happened lies.

An effect is that of doing something everywhere against nowhere (or against the practice of the day). Where one case
counts as done or not, half of the way brings half of the gain, if those it reached gain as much as the rest would; of
doses and forms that isn't so, and no gain is expected of part of the way.
"""

from dataclasses import dataclass

import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.estimation import Estimand
from pipelines.contracts.catalog.thresholds import LEAST_COMPARED_DF, NOTHING_LEFT_SHARE
from pipelines.contracts.catalog.treatments import (
    ASSIGNMENT,
    CASH,
    COMPENSATION,
    COMPENSATION_KIND,
    RESOLUTION,
    SPEED,
    TREATMENTS,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.plans import NotCarriedOut, NotLinear, PartOfTheWay
from pipelines.contracts.tables.effect import Effect
from pipelines.policy.counted.stratified import Difference
from pipelines.policy.mart import number

BOTH_WAYS = (Estimand.TWO_ARM, Estimand.ACTION, Estimand.AS_ASSIGNED)


@dataclass(frozen=True)
class Expected:
    """The gain to hold the change against, with its error and degrees of freedom; missing where ``reason`` says why."""

    value: float | None
    error: float = 0.0
    df: float = float("inf")
    reason: Reason | None = None


def practice(mart: pd.DataFrame, effect: Effect) -> tuple[pd.Series, Unit]:
    """What the effect's treatment asks to be done, per incident, and its unit."""
    treatment, level, kind = effect.treatment, effect.level_to, mart[Col.COMPENSATION_KIND]
    if treatment == SPEED:
        minutes = float(level or 0.0)
        known = mart[Col.RESPONSE_STATUS].notna() & (mart[Col.FOLLOW_UP_DAYS] * 1440.0 >= minutes)
        within = (number(mart, Col.FIRST_CONTACT_MINUTES) <= minutes).astype("float64")
        return within.where(known), Unit.SHARE_OF_INCIDENTS
    if treatment == COMPENSATION:
        return number(mart, Col.COMPENSATION_SHARE), Unit.SHARE_OF_THE_LOSS
    if treatment in (CASH, COMPENSATION_KIND):
        wanted = Form.CASH if treatment == CASH else level
        return (kind == wanted).astype("float64").where(kind.notna()), Unit.SHARE_OF_INCIDENTS
    if treatment == ASSIGNMENT:
        assigned = mart[Col.ASSIGNMENT]
        return (assigned == level).astype("float64").where(assigned.notna()), Unit.SHARE_OF_INCIDENTS
    unit = Unit.HOURS if treatment == RESOLUTION else Unit.SHARE_OF_INCIDENTS
    return number(mart, TREATMENTS[treatment].column), unit


def expected_of(effect: Effect, done: Difference, share_since: float) -> Expected:
    """The effect's gain at the part of the way that was gone; the effect has an estimate.

    ``done`` is how much more often it is done since, on the cases whose outcome is judged, ``share_since`` how often. A
    promise's gain counts from the practice before it, the others' from nowhere.
    """
    promise = effect.estimand is Estimand.POLICY_SHIFT
    gain, error = effect.estimate or 0.0, effect.std_error or 0.0
    if not promise and effect.estimand not in BOTH_WAYS and effect.treatment != CASH:
        return Expected(None, reason=NotLinear())
    if done.plain == 1.0:
        return Expected(gain, error, effect.df or float("inf"))
    way = 1.0 - (share_since - done.value) if promise and done.value is not None else 1.0
    if done.value is None or not (done.low or 0.0) > 0 or way < NOTHING_LEFT_SHARE or done.df < LEAST_COMPARED_DF:
        return Expected(None, reason=NotCarriedOut())
    gone = done.value / way
    parts = gone * error, gain * done.error / way
    df = _freedom((parts[0], effect.df), (parts[1], done.df))
    return Expected(gone * gain, (parts[0] ** 2 + parts[1] ** 2) ** 0.5, df, PartOfTheWay(gone))


def standing(found: Difference, effect: Effect, expected: Expected) -> Standing:
    """Where what happened lies against what was expected, both with their errors; a loss of a bad outcome is a gain."""
    if expected.value is None:
        return Standing.CANNOT_SAY
    better = 1.0 if (effect.estimate or 0.0) >= 0 else -1.0
    gap = better * ((found.value or 0.0) - expected.value)
    df = _freedom((found.error, found.df), (expected.error, expected.df))
    reach = float(stats.t.ppf(0.975, df)) * (found.error**2 + expected.error**2) ** 0.5
    if gap + reach < 0:
        return Standing.LESS_THAN_EXPECTED
    clear = (found.low or 0.0) > 0 if better > 0 else (found.high or 0.0) < 0
    if not clear:
        return Standing.CANNOT_SAY
    return Standing.MORE_THAN_EXPECTED if gap - reach > 0 else Standing.AS_EXPECTED


def _freedom(*parts: tuple[float, float | None]) -> float:
    """Degrees of freedom of a sum of independent errors (Satterthwaite 1946), at least 1; unknown ones are many."""
    variance = sum(error**2 for error, _ in parts)
    spent = sum(error**4 / df for error, df in parts if df)
    return max(1.0, variance**2 / spent) if spent > 0 else float("inf")
