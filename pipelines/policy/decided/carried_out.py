"""How far a decision was carried out, what gain that much of it lets one expect, and where what happened lies.

An effect is that of doing something everywhere against nowhere (or against the practice of the day). Where one case
counts as done or not, half of the way brings half of the gain, if those it reached gain as much as the rest would; of
doses and forms that isn't so, and no gain is expected of part of the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.outcomes import TREATMENTS
from pipelines.contracts.mart import Col
from pipelines.policy.counted.stratified import LEAST_DF, Difference
from pipelines.policy.mart import number

Effect = Mapping[str, Any]

NOTHING_LEFT = 0.01
NOT_DONE = "It can't be shown to have been carried out, so no gain can be expected of it."
NOT_LINEAR = "Its gain holds for a whole step, and nobody knows what part of the step brings."
PART_OF_IT = (
    "{percent:.0f} % of the way was gone, so that share of the gain is expected, as if those reached gained as much as "
    "the rest would."
)
BOTH_WAYS = ("two_arm", "action", "as_assigned")


@dataclass(frozen=True)
class Expected:
    """The gain to hold the change against, with its error and degrees of freedom; missing where ``reason`` says why."""

    value: float | None
    error: float = 0.0
    df: float = float("inf")
    reason: str = ""


def practice(mart: pd.DataFrame, effect: Effect) -> tuple[pd.Series, str]:
    """What the effect's treatment asks to be done, per incident, and its unit."""
    treatment, level, kind = effect["treatment"], effect["level_to"], mart[Col.COMPENSATION_KIND]
    if treatment == "speed":
        minutes = float(level)
        known = mart[Col.RESPONSE_STATUS].notna() & (mart[Col.FOLLOW_UP_DAYS] * 1440.0 >= minutes)
        within = (number(mart, Col.FIRST_CONTACT_MINUTES) <= minutes).astype("float64")
        return within.where(known), "share of incidents"
    if treatment == "compensation":
        return number(mart, Col.COMPENSATION_SHARE), "share of the loss"
    if treatment in ("cash", "compensation_kind"):
        wanted = "cash" if treatment == "cash" else level
        return (kind == wanted).astype("float64").where(kind.notna()), "share of incidents"
    if treatment == "assignment":
        return (mart[Col.ASSIGNMENT] == level).astype("float64").where(
            mart[Col.ASSIGNMENT].notna()
        ), "share of incidents"
    return number(mart, TREATMENTS[treatment].column), "hours" if treatment == "resolution" else "share of incidents"


def expected_of(effect: Effect, done: Difference, share_since: float) -> Expected:
    """The effect's gain at the part of the way that was gone.

    ``done`` is how much more often it is done since, on the cases whose outcome is judged, ``share_since`` how often. A
    promise's gain counts from the practice before it, the others' from nowhere.
    """
    promise = effect["estimand"] == "policy_shift"
    if not promise and effect["estimand"] not in BOTH_WAYS and effect["treatment"] != "cash":
        return Expected(None, reason=NOT_LINEAR)
    if done.plain == 1.0:
        return Expected(effect["estimate"], effect["std_error"] or 0.0, effect["df"] or float("inf"))
    way = 1.0 - (share_since - done.value) if promise and done.value is not None else 1.0
    if done.value is None or not (done.low or 0.0) > 0 or way < NOTHING_LEFT or done.df < LEAST_DF:
        return Expected(None, reason=NOT_DONE)
    gone = done.value / way
    parts = gone * (effect["std_error"] or 0.0), effect["estimate"] * done.error / way
    error = (parts[0] ** 2 + parts[1] ** 2) ** 0.5
    df = _freedom((parts[0], effect["df"]), (parts[1], done.df))
    return Expected(gone * effect["estimate"], error, df, PART_OF_IT.format(percent=100 * gone))


def standing(found: Difference, effect: Effect, expected: Expected) -> str:
    """Where what happened lies against what was expected, both with their errors; a loss of a bad outcome is a gain."""
    if expected.value is None:
        return "cannot_say"
    better = 1.0 if effect["estimate"] >= 0 else -1.0
    gap = better * ((found.value or 0.0) - expected.value)
    df = _freedom((found.error, found.df), (expected.error, expected.df))
    reach = float(stats.t.ppf(0.975, df)) * (found.error**2 + expected.error**2) ** 0.5
    if gap + reach < 0:
        return "less_than_expected"
    clear = (found.low or 0.0) > 0 if better > 0 else (found.high or 0.0) < 0
    if not clear:
        return "cannot_say"
    return "more_than_expected" if gap - reach > 0 else "as_expected"


def _freedom(*parts: tuple[float, float | None]) -> float:
    """Degrees of freedom of a sum of independent errors (Satterthwaite 1946), at least 1; unknown ones are many."""
    variance = sum(error**2 for error, _ in parts)
    spent = sum(error**4 / df for error, df in parts if df)
    return max(1.0, variance**2 / spent) if spent > 0 else float("inf")
