"""What speed and offers are worth: published effects on spend times declared or counted constants.

Interval and grade carry over from the effect's row; nothing is estimated again.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.mart import missing, number
from pipelines.policy.money.cost import unit_cost
from pipelines.policy.money.incident_year import a_year_of
from pipelines.policy.money.margin import Spend, earned_share, missing_margin
from pipelines.policy.plans.population import losses_of, population_of
from pipelines.policy.rows import NO_CONCLUSION, Row, decision_row, refused

PART = "money"
DELAY, HOURLY, PER_1 = "cost_of_delay", "cost_of_one_hour_of_delay", "margin_per_1_of_compensation"
YEARLY, ON_FILE = "cost_of_delay_a_year", "incidents_on_file_a_year"
OF_A_YEAR = "incidents of customers on file; what the others would have bought isn't known"
FOR_ALL_ONLY = (
    "The effect of speed on spend is estimated over everyone, so delay has no price by severity. Effects by severity "
    "are on coming back: see Speed."
)
HOURS = (
    "Hours are counted to the response cap for customers never answered, so this averages short waits and no answer at "
    "all: {share:.0%} of the hours are those of the unanswered."
)
UNMEASURED = "An unmeasured difference between cases answered sooner and later would overturn it."
FIXED_COST = "Giving more costs what compensation has cost so far per unit of face value."
NO_LOSS = (
    "No case of the effect has a known loss above 0, so an offer can't be priced. Map loss_amount for more of them."
)


def missing_costs(company: Company) -> str:
    """Why the cost of compensation isn't known, or ""."""
    if reason := missing(company, "compensation_kind"):
        return reason
    if not company.facts.has("compensations", "face_amount"):
        return "Compensation comes without amounts. Map face_amount and currency in compensations."
    return "" if len(company.compensations) else "The table compensations is empty."


def delay_rows(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Margin lost today against everyone answered within each promise: per incident, per hour beyond it, and a year.

    A year: what a year's incidents answered within the promise would have earned more, each over the horizon that
    follows it; the effect per incident × incidents a year of customers on file. Spend has no effects by severity.
    """
    days = main_horizon(company.facts)
    ladder = headline_effects(effects, "speed", spend.outcome, days)
    reason = missing_margin(company) or missing(company, "speed")
    if reason or not ladder:
        reason = reason or "No effect of speed on spend was estimated."
        for measure, unit in _delay_units(company).items():
            yield refused(PART, measure, reason, unit=unit, population="all")
        return
    followed = mart[number(mart, spend.column(days)).notna()]
    earned = earned_share(mart, spend, days, company)
    for effect in ladder:
        yield from _delay(effect, followed, earned, company)
    yield from _a_year(mart, ladder, earned, company)
    yield refused(PART, HOURLY, FOR_ALL_ONLY, segment="severity", unit=_delay_units(company)[HOURLY], population="all")


def _delay_units(company: Company) -> dict[str, str]:
    money = f"{company.currency} margin per".strip()
    return {DELAY: f"{money} incident", HOURLY: f"{money} hour and incident", YEARLY: f"{money} year"}


def _a_year(mart: pd.DataFrame, ladder: Sequence[Row], earned: float, company: Company) -> Iterator[Row]:
    """How many incidents a year the effects speak of, and per promise what delay costs in such a year."""
    inside = population_of(mart, str(ladder[0]["population"]), company.facts)
    if inside is None:
        return
    year = a_year_of(mart, inside & (number(mart, Col.CUSTOMER_ON_FILE) != 0), company)
    counted = {"n": year.counted, "period": year.period, "verdict": "counted", "clock": "known_now"}
    yield decision_row(
        PART, ON_FILE, estimate=year.incidents, unit="incidents a year", population=OF_A_YEAR,
        assumption=year.assumption, **counted,
    )  # fmt: skip
    for effect in ladder:
        yield decision_row(
            PART, YEARLY, level=str(effect["level_to"]), population=effect["population"], period=year.period,
            unit=_delay_units(company)[YEARLY], assumption=f"{UNMEASURED} {year.assumption}",
            **scaled(effect, earned * year.incidents),
        )  # fmt: skip


def _delay(effect: Row, followed: pd.DataFrame, earned: float, company: Company) -> Iterator[Row]:
    """One promise, per incident and per hour."""
    units = _delay_units(company)
    common = {"level": str(effect["level_to"]), "population": effect["population"], "assumption": UNMEASURED}
    yield decision_row(PART, DELAY, unit=units[DELAY], **common, **scaled(effect, earned))
    hours, unanswered = hours_beyond(followed, float(effect["level_to"]), company.facts.response_cap_minutes)
    if hours == 0:
        yield refused(PART, HOURLY, "Nobody waited longer.", unit=units[HOURLY], **common)
        return
    row = scaled(effect, earned / hours)
    if row["verdict"] == "estimated":
        row["reason"] = " ".join(r for r in (HOURS.format(share=unanswered), row["reason"]) if r)
    yield decision_row(PART, HOURLY, unit=units[HOURLY], **common, **row)


def hours_beyond(mart: pd.DataFrame, promise_minutes: float, cap_minutes: float) -> tuple[float, float]:
    """Mean hours waited beyond a promise, per incident, capped; and the share of those hours without any answer."""
    beyond = waits_beyond(mart, promise_minutes, cap_minutes)
    total = float(beyond.sum())
    if total == 0:
        return 0.0, 0.0
    unanswered = mart[Col.RESPONSE_STATUS][beyond.index] == "unanswered"
    return total / len(beyond), float(beyond[unanswered].sum()) / total


def waits_beyond(mart: pd.DataFrame, promise_minutes: float, cap_minutes: float) -> pd.Series:
    """Hours waited beyond a promise, capped, of the incidents answered or never answered."""
    status = mart[Col.RESPONSE_STATUS]
    minutes = number(mart, Col.FIRST_CONTACT_MINUTES).clip(lower=0.0, upper=cap_minutes)
    minutes = minutes.where(status == "answered").where(status != "unanswered", cap_minutes).dropna()
    return (minutes - promise_minutes).clip(lower=0.0) / 60.0


def offer_rows(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Margin earned per 1 of cost when everyone is given a share of the loss, against nothing."""
    days, unit = main_horizon(company.facts), "ratio"
    ladder = [r for r in headline_effects(effects, "compensation", spend.outcome, days) if float(r["level_to"]) > 0]
    reason = missing_margin(company) or missing(company, "compensation") or missing_costs(company)
    if reason or not ladder:
        reason = reason or "No effect of compensation on spend was estimated."
        yield refused(PART, PER_1, reason, unit=unit, population="answered")
        return
    price, earned = unit_cost(mart, company), earned_share(mart, spend, days, company)
    for effect in ladder:
        common = {"level": str(effect["level_to"]), "population": effect["population"], "unit": unit}
        cost = (price.value or 0.0) * mean_loss(mart, effect, spend, company) * float(effect["level_to"])
        if not cost > 0:
            yield refused(PART, PER_1, price.reason or NO_LOSS, **common)
            continue
        row = scaled(effect, earned / cost)
        yield decision_row(PART, PER_1, assumption=f"{FIXED_COST} {price.assumption}".strip(), **common, **row)


def headline_effects(effects: Sequence[Row], treatment: str, outcome: str, days: int) -> list[Row]:
    """The headline effects of a treatment over everybody."""
    wanted = {"treatment": treatment, "outcome": outcome, "horizon_days": days, "spec": "adjusted", "segment": ""}
    return [row for row in effects if all(row[name] == value for name, value in wanted.items())]


def scaled(effect: Row, factor: float) -> Row:
    """An effect's numbers times a constant, 0 or more, with its id, grade and cases."""
    reasons = [effect["reason"] or "", NO_CONCLUSION if effect["grade"] == "D" else ""]
    return {
        **{name: None if effect[name] is None else factor * effect[name] for name in ("estimate", "ci_low", "ci_high")},
        "n": effect["n_incidents"], "grade": effect["grade"], "effect_id": effect["effect_id"],
        "verdict": effect["verdict"], "within_days": float(effect["horizon_days"]),
        "reason": " ".join(r for r in reasons if r) or None,
    }  # fmt: skip


def mean_loss(mart: pd.DataFrame, effect: Row, spend: Spend, company: Company) -> float:
    """Mean loss of the incidents the effect was estimated on; 0 where none of them is known."""
    losses = losses_of(mart, effect["population"], spend.column(main_horizon(company.facts)), company.facts)
    return float(losses.mean()) if len(losses) else 0.0
