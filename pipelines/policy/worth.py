"""What speed and offers are worth: published effects on spend times declared or counted constants.

Interval and grade carry over from the effect's row; nothing is estimated again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog import OUTCOMES
from pipelines.models.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.cost import incident_costs
from pipelines.policy.mart import missing, number
from pipelines.policy.rows import Row, decision_row, refused

PART = "money"
DELAY, HOURLY, PER_1 = "cost_of_delay", "cost_of_one_hour_of_delay", "margin_per_1_of_compensation"
NO_MARGIN = "The profile declares no margin, so spend can't be turned into money earned. Set margin_rate in [profile]."
NO_CONCLUSION = "No conclusion: keep the current standard and test."
HOURS = (
    "Hours are counted to the response cap for customers never answered, so this averages short waits and no answer at "
    "all: {share:.0%} of the hours are those of the unanswered."
)
UNMEASURED = "An unmeasured difference between cases answered sooner and later would overturn it."
FIXED_COST = "Giving more costs what compensation has cost so far per unit of face value."


@dataclass(frozen=True)
class Spend:
    """The spend outcome money is computed from: net of vouchers where they are recorded."""

    outcome: str
    net: bool

    def column(self, days: int) -> str:
        """Its column of the mart."""
        return OUTCOMES[self.outcome].column.format(h=days)


def missing_margin(company: Company) -> str:
    """Why spend can't be turned into money earned, or ""."""
    return missing(company, "spend") or ("" if company.margin_rate is not None else NO_MARGIN)


def missing_costs(company: Company) -> str:
    """Why the cost of compensation isn't known, or ""."""
    if reason := missing(company, "compensation_kind"):
        return reason
    if not company.facts.has("compensations", "face_amount"):
        return "Compensation comes without amounts. Map face_amount and currency in compensations."
    return "" if len(company.compensations) else "The table compensations is empty."


def delay_rows(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Margin lost today against everyone answered within each promise: per incident, and per hour beyond it."""
    days = main_horizon(company.facts)
    ladder = _ladder(effects, "speed", spend.outcome, days)
    reason = missing_margin(company) or missing(company, "speed")
    if reason or not ladder:
        reason = reason or "No effect of speed on spend was estimated."
        for measure, unit in _delay_units(company).items():
            yield refused(PART, measure, reason, unit=unit, population="all")
        return
    followed = mart[number(mart, spend.column(days)).notna()]
    for effect in ladder:
        yield from _delay(effect, followed, company)


def _delay_units(company: Company) -> dict[str, str]:
    money = f"{company.currency} margin per".strip()
    return {DELAY: f"{money} incident", HOURLY: f"{money} hour and incident"}


def _delay(effect: Row, followed: pd.DataFrame, company: Company) -> Iterator[Row]:
    """One promise, per incident and per hour."""
    units, margin = _delay_units(company), company.margin_rate or 0.0
    common = {"level": str(effect["level_to"]), "population": effect["population"], "assumption": UNMEASURED}
    yield decision_row(PART, DELAY, unit=units[DELAY], **common, **_scaled(effect, margin))
    hours, unanswered = hours_beyond(followed, float(effect["level_to"]), company.facts.response_cap_minutes)
    if hours == 0:
        yield refused(PART, HOURLY, "Nobody waited longer.", unit=units[HOURLY], **common)
        return
    row = _scaled(effect, margin / hours)
    if row["verdict"] == "estimated":
        row["reason"] = " ".join(r for r in (HOURS.format(share=unanswered), row["reason"]) if r)
    yield decision_row(PART, HOURLY, unit=units[HOURLY], **common, **row)


def hours_beyond(mart: pd.DataFrame, promise_minutes: float, cap_minutes: float) -> tuple[float, float]:
    """Mean hours waited beyond a promise, per incident, capped; and the share of those hours without any answer."""
    status = mart["response_status"]
    minutes = number(mart, "first_contact_minutes").clip(lower=0.0, upper=cap_minutes)
    minutes = minutes.where(status == "answered").where(status != "unanswered", cap_minutes).dropna()
    beyond = (minutes - promise_minutes).clip(lower=0.0) / 60.0
    total = float(beyond.sum())
    if total == 0:
        return 0.0, 0.0
    return total / len(beyond), float(beyond[status[beyond.index] == "unanswered"].sum()) / total


def offer_rows(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Margin earned per 1 of cost when everyone is given a share of the loss, against nothing."""
    days, unit = main_horizon(company.facts), "ratio"
    ladder = [row for row in _ladder(effects, "compensation", spend.outcome, days) if float(row["level_to"]) > 0]
    reason = missing_margin(company) or missing(company, "compensation") or missing_costs(company)
    if reason or not ladder:
        reason = reason or "No effect of compensation on spend was estimated."
        yield refused(PART, PER_1, reason, unit=unit, population="answered")
        return
    whole_loss = _cost_of_face(mart, company) * _mean_loss(mart, spend, days)
    for effect in ladder:
        common = {"level": str(effect["level_to"]), "population": effect["population"], "unit": unit}
        cost = whole_loss * float(effect["level_to"])
        if not cost > 0:
            yield refused(PART, PER_1, "What compensation costs isn't known, or it has cost nothing so far.", **common)
            continue
        row = _scaled(effect, (company.margin_rate or 0.0) / cost)
        yield decision_row(PART, PER_1, assumption=FIXED_COST, **common, **row)


def _ladder(effects: Sequence[Row], treatment: str, outcome: str, days: int) -> list[Row]:
    """The headline effects of a treatment over everybody."""
    wanted = {"treatment": treatment, "outcome": outcome, "horizon_days": days, "spec": "adjusted", "segment": ""}
    return [row for row in effects if all(row[name] == value for name, value in wanted.items())]


def _scaled(effect: Row, factor: float) -> Row:
    """An effect's numbers times a constant, 0 or more, with its id, grade and cases."""
    reasons = [effect["reason"] or "", NO_CONCLUSION if effect["grade"] == "D" else ""]
    return {
        **{name: None if effect[name] is None else factor * effect[name] for name in ("estimate", "ci_low", "ci_high")},
        "n": effect["n_incidents"], "grade": effect["grade"], "effect_id": effect["effect_id"],
        "verdict": effect["verdict"], "within_days": float(effect["horizon_days"]),
        "reason": " ".join(r for r in reasons if r) or None,
    }  # fmt: skip


def _cost_of_face(mart: pd.DataFrame, company: Company) -> float:
    """Cost by the data cut of one unit of face value given."""
    cost, face = incident_costs(mart, company)["cost"], number(mart, "compensation_amount")
    both = cost.notna() & (face > 0)
    return float(cost[both].sum() / face[both].sum()) if both.any() else 0.0


def _mean_loss(mart: pd.DataFrame, spend: Spend, days: int) -> float:
    """Mean known loss of answered incidents with full follow-up."""
    loss = number(mart, "loss_amount")
    chosen = (mart["response_status"] == "answered") & number(mart, spend.column(days)).notna() & (loss > 0)
    return float(loss[chosen].mean())
