"""Money: what a returning customer is worth, what compensation costs, and what the speed and offer effects come to.

Effects are taken from their published rows and multiplied by declared or counted constants, so interval and grade carry
over; nothing is estimated again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog import OUTCOMES
from pipelines.models.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.cost import incident_costs
from pipelines.policy.mart import missing, number
from pipelines.policy.rows import Row, decision_row, numbers, refused
from pipelines.policy.share import mean

PART = "money"
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


def money_rows(mart: pd.DataFrame, effects: Sequence[Row], company: Company) -> list[Row]:
    """Margins by horizon, cost of compensation by kind and severity, worth of speed and of compensation by level."""
    net = number(mart, f"spend_without_voucher_{main_horizon(company.facts)}d").notna().any()
    spend = Spend("spend_without_voucher", True) if net else Spend("spend", False)
    return [
        *_margins(mart, spend, company),
        *_costs(mart, company),
        *_delay(mart, effects, spend, company),
        *_returns_on_compensation(mart, effects, spend, company),
    ]


def _missing_margin(company: Company) -> str:
    return missing(company, "spend") or ("" if company.margin_rate is not None else NO_MARGIN)


def _margins(mart: pd.DataFrame, spend: Spend, company: Company) -> Iterator[Row]:
    """Margin earned within each horizon: per customer who returned, and per incident, zeros included."""
    unit = f"{company.currency} margin per customer"
    vouchers = "net of vouchers" if spend.net else "vouchers not taken off: the profile doesn't record them"
    for days in company.facts.horizons_days:
        came_back = number(mart, f"returned_within_{days}d")
        populations = {
            "margin_of_returning_customer": ("customers who returned", came_back == 1),
            "margin_per_incident": ("incidents with full follow-up", came_back.notna()),
        }
        for measure, (who, chosen) in populations.items():
            where = {"within_days": float(days), "unit": unit, "population": f"{who}, spend {vouchers}"}
            if reason := _missing_margin(company):
                yield refused(PART, measure, reason, **where)
                continue
            margin = number(mart, spend.column(days))[chosen] * (company.margin_rate or 0.0)
            yield decision_row(PART, measure, **where, **numbers(mean(margin, mart["cluster_key"][chosen])))


def _costs(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    unit, reason = f"{company.currency} per incident", _missing_costs(company)
    if reason:
        yield refused(PART, "compensation_cost", reason, unit=unit, population="all incidents")
        return
    costs, clusters = incident_costs(mart, company), mart["cluster_key"]
    values = {"compensation_face": number(mart, "compensation_amount"), "compensation_cost": costs["cost"],
              "compensation_cost_if_all_redeemed": costs["cost_if_redeemed"]}  # fmt: skip
    for segment, population, chosen in _cells(mart):
        for measure, amounts in values.items():
            found = mean(amounts[chosen], clusters[chosen])
            yield decision_row(PART, measure, segment=segment, population=population, unit=unit, **numbers(found))


def _missing_costs(company: Company) -> str:
    if reason := missing(company, "compensation_kind"):
        return reason
    if not company.facts.has("compensations", "face_amount"):
        return "Compensation comes without amounts. Map face_amount and currency in compensations."
    return "" if len(company.compensations) else "The table compensations is empty."


def _cells(mart: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series]]:
    yield "", "all incidents", pd.Series(True, index=mart.index)
    for dimension in ("severity", "compensation_kind"):
        for level in sorted(mart[dimension].dropna().unique()):
            if level != "none":
                yield f"{dimension}={level}", "all incidents of the cell, given or not", mart[dimension] == level


def _ladder(effects: Sequence[Row], treatment: str, outcome: str, days: int) -> list[Row]:
    """The headline effects of a treatment over everybody."""
    wanted = {"treatment": treatment, "outcome": outcome, "horizon_days": days, "spec": "adjusted", "segment": ""}
    return [row for row in effects if all(row[name] == value for name, value in wanted.items())]


def _scaled(effect: Row, factor: float) -> Row:
    """An effect's numbers times a constant above 0, with its id, grade and cases."""
    grade, reasons = effect["grade"], [effect["reason"] or ""]
    if grade == "D":
        reasons.append(NO_CONCLUSION)
    return {
        **{name: None if effect[name] is None else factor * effect[name] for name in ("estimate", "ci_low", "ci_high")},
        "n": effect["n_incidents"], "grade": grade, "effect_id": effect["effect_id"], "verdict": effect["verdict"],
        "within_days": float(effect["horizon_days"]), "reason": " ".join(r for r in reasons if r) or None,
    }  # fmt: skip


def _delay(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Margin lost today against everyone answered within each promise: per incident, and per hour beyond it."""
    days = main_horizon(company.facts)
    ladder = _ladder(effects, "speed", spend.outcome, days)
    reason = (
        _missing_margin(company)
        or missing(company, "speed")
        or ("" if ladder else "No effect of speed on spend was estimated.")
    )
    units = {
        "cost_of_delay": f"{company.currency} margin per incident",
        "cost_of_one_hour_of_delay": f"{company.currency} margin per hour and incident",
    }
    if reason:
        yield from (refused(PART, measure, reason, unit=unit, population="all") for measure, unit in units.items())
        return
    followed = number(mart, spend.column(days)).notna()
    for effect in ladder:
        hours, unanswered = hours_beyond(mart[followed], float(effect["level_to"]), company.facts.response_cap_minutes)
        common = {"level": str(effect["level_to"]), "population": effect["population"], "assumption": UNMEASURED}
        margin = company.margin_rate or 0.0
        yield decision_row(PART, "cost_of_delay", unit=units["cost_of_delay"], **common, **_scaled(effect, margin))
        if hours <= 0:
            yield refused(
                PART,
                "cost_of_one_hour_of_delay",
                "Nobody waited longer.",
                unit=units["cost_of_one_hour_of_delay"],
                **common,
            )
            continue
        row = _scaled(effect, margin / hours)
        if row["verdict"] == "estimated":
            row["reason"] = " ".join(r for r in (HOURS.format(share=unanswered), row["reason"]) if r)
        yield decision_row(PART, "cost_of_one_hour_of_delay", unit=units["cost_of_one_hour_of_delay"], **common, **row)


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


def _returns_on_compensation(
    mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company
) -> Iterator[Row]:
    """Margin earned per 1 of cost when everyone is given a share of the loss, against nothing."""
    days, measure, unit = main_horizon(company.facts), "margin_per_1_of_compensation", "ratio"
    ladder = [row for row in _ladder(effects, "compensation", spend.outcome, days) if float(row["level_to"]) > 0]
    reason = _missing_margin(company) or missing(company, "compensation") or _missing_costs(company)
    if reason or not ladder:
        reason = reason or "No effect of compensation on spend was estimated."
        yield refused(PART, measure, reason, unit=unit, population="answered")
        return
    cost_of_one, mean_loss = _cost_of_face(mart, company), _mean_loss(mart, spend, days)
    for effect in ladder:
        common = {"level": str(effect["level_to"]), "population": effect["population"], "unit": unit}
        cost = cost_of_one * mean_loss * float(effect["level_to"])
        if cost <= 0:
            yield refused(PART, measure, "Compensation has cost nothing so far.", **common)
            continue
        yield decision_row(
            PART, measure, assumption=FIXED_COST, **common, **_scaled(effect, (company.margin_rate or 0.0) / cost)
        )


def _cost_of_face(mart: pd.DataFrame, company: Company) -> float:
    """Cost by the data cut of one unit of face value given."""
    cost, face = incident_costs(mart, company)["cost"], number(mart, "compensation_amount")
    both = cost.notna() & (face > 0)
    return float(cost[both].sum() / face[both].sum()) if both.any() else 0.0


def _mean_loss(mart: pd.DataFrame, spend: Spend, days: int) -> float:
    """Mean loss of answered incidents with full follow-up."""
    chosen = (mart["response_status"] == "answered") & number(mart, spend.column(days)).notna()
    return float(number(mart, "loss_amount")[chosen & (number(mart, "loss_amount") > 0)].mean())
