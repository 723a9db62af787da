"""Money: what a returning customer is worth, what compensation costs, and what speed and offers come to."""

from collections.abc import Iterator, Sequence

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean
from pipelines.policy.mart import number, return_column
from pipelines.policy.money.cost import incident_costs
from pipelines.policy.money.margin import Spend, margins, missing_margin, spend_of, spoken
from pipelines.policy.money.margin_before_vouchers import GROSS, before_vouchers
from pipelines.policy.money.not_coming_back import spent_rows
from pipelines.policy.money.return_on_recovery import recovery_rows
from pipelines.policy.money.worth_of_effects import PART, delay_rows, missing_costs, offer_rows
from pipelines.policy.rows import Row, decision_row, numbers, refused


def money_rows(mart: pd.DataFrame, effects: Sequence[Row], company: Company) -> list[Row]:
    """Margins, what recovery costs, what speed, offers and recovery are worth, vouchers and held bookings."""
    days = main_horizon(company.facts)
    spend = spend_of(mart, days)
    return [
        *_margins(mart, spend, company),
        *_costs(mart, company),
        *delay_rows(mart, effects, spend, company),
        *offer_rows(before_vouchers(mart, days), effects, GROSS, company),
        *recovery_rows(mart, effects, spend, company),
        *spent_rows(mart, company),
    ]


def _margins(mart: pd.DataFrame, spend: Spend, company: Company) -> Iterator[Row]:
    """Margin earned within each horizon, per incident: of customers who returned, and of all, zeros included."""
    unit = f"{company.currency} margin per incident".strip()
    for days in company.facts.horizons_days:
        came_back = number(mart, return_column(company, days))
        populations = {
            "margin_of_returning_customer": ("incidents whose customer returned", came_back == 1),
            "margin_per_incident": ("incidents with full follow-up", came_back.notna()),
        }
        for measure, (who, chosen) in populations.items():
            where = {"within_days": float(days), "unit": unit, "population": f"{who}, {spoken(mart, spend, days)}"}
            if reason := missing_margin(company):
                yield refused(PART, measure, reason, **where)
                continue
            margin = margins(mart, spend, days, company)[chosen]
            yield decision_row(PART, measure, **where, **numbers(mean(margin, mart[Col.CLUSTER_KEY][chosen])))


def _costs(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    unit, reason = f"{company.currency} per incident", missing_costs(company)
    if reason:
        yield refused(PART, "compensation_cost", reason, unit=unit, population="all incidents")
        return
    costs, clusters = incident_costs(mart, company), mart[Col.CLUSTER_KEY]
    values = {"compensation_face": number(mart, Col.COMPENSATION_AMOUNT), "compensation_cost": costs["cost"],
              "compensation_cost_if_all_redeemed": costs["cost_if_redeemed"]}  # fmt: skip
    for segment, population, chosen in _cells(mart):
        for measure, amounts in values.items():
            found, bar = mean(amounts[chosen], clusters[chosen]), {} if segment else company.bar(measure)
            where = {"segment": segment, "population": population, "unit": unit, **bar}
            yield decision_row(PART, measure, **where, **numbers(found))


def _cells(mart: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series]]:
    yield "", "all incidents", pd.Series(True, index=mart.index)
    for dimension in (Col.SEVERITY, Col.COMPENSATION_KIND):
        for level in sorted(mart[dimension].dropna().unique()):
            if level != "none":
                yield f"{dimension}={level}", "all incidents of the cell, given or not", mart[dimension] == level
