"""Money: what a returning customer is worth, what compensation costs, and what speed and offers come to."""

from collections.abc import Iterator, Sequence

import pandas as pd

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.estimation import At
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Population
from pipelines.contracts.messages.populations import AllIncidents, IncidentsOfCell, MarginOfFollowed, MarginOfReturned
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean
from pipelines.policy.mart import number, return_column
from pipelines.policy.money.cost import incident_costs, lacking_costs
from pipelines.policy.money.margin import GROSS, Spend, before_vouchers, lacking_margin, margins, margins_from, spend_of
from pipelines.policy.money.not_coming_back import spent_rows
from pipelines.policy.money.return_on_recovery import recovery_rows
from pipelines.policy.money.worth_of_effects import delay_rows, offer_rows


def money_rows(mart: pd.DataFrame, effects: Sequence[Effect], company: Company) -> list[Valuation | Measured]:
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


def _margins(mart: pd.DataFrame, spend: Spend, company: Company) -> Iterator[Valuation]:
    """Margin earned within each horizon, per incident: of customers who returned, and of all, zeros included."""
    reason = lacking_margin(company)
    for days in company.facts.horizons_days:
        came_back, source = number(mart, return_column(company.facts, days)), margins_from(mart, days)
        asked: dict[Worth, tuple[Population, pd.Series]] = {
            Worth.MARGIN_OF_RETURNING_CUSTOMER: (MarginOfReturned(spend.counted, source), came_back == 1),
            Worth.MARGIN_PER_INCIDENT: (MarginOfFollowed(spend.counted, source), came_back.notna()),
        }
        for measure, (population, chosen) in asked.items():
            row = Valuation(
                measure, within_days=float(days), unit=Unit.MARGIN_PER_INCIDENT, population=population
            )  # fmt: skip
            if reason:
                yield refused(row, reason)
                continue
            margin = margins(mart, spend, days, company)[chosen]
            yield with_estimate(row, mean(margin, mart[Col.CLUSTER_KEY][chosen]))


def _costs(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    if reason := lacking_costs(company):
        yield refused(_cost(Measure.COMPENSATION_COST, "", AllIncidents(), company), reason)
        return
    costs, clusters = incident_costs(mart, company), mart[Col.CLUSTER_KEY]
    values = {
        Measure.COMPENSATION_COST: costs["cost"],
        Measure.COMPENSATION_COST_IF_ALL_REDEEMED: costs["cost_if_redeemed"],
    }
    for segment, population, chosen in _cells(mart):
        for measure, amounts in values.items():
            row = _cost(measure, segment, population, company)
            yield with_estimate(row, mean(amounts[chosen], clusters[chosen]))


def _cost(measure: Measure, segment: str, population: Population, company: Company) -> Measured:
    """A row for a cost; the target that the company declared is one over all."""
    row = Measured(Topic.MONEY, measure, segment=segment, population=population, unit=Unit.MONEY_PER_INCIDENT)
    return row if segment else company.with_target(row)


def _cells(mart: pd.DataFrame) -> Iterator[tuple[str, Population, pd.Series]]:
    yield "", AllIncidents(), pd.Series(True, index=mart.index)
    for dimension in (Col.SEVERITY, Col.COMPENSATION_KIND):
        for level in sorted(mart[dimension].dropna().unique()):
            if level != At.NO_FORM:
                yield f"{dimension}={level}", IncidentsOfCell(), mart[dimension] == level
