"""Money that is no sign of coming back: spend paid for by vouchers, and bookings held when the failure happened."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.outcomes import HELD_BOOKING_CANCELLED, SPEND
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col, HorizonCol
from pipelines.contracts.messages.lacking import NoVouchers
from pipelines.contracts.messages.populations import HeldBookings, IncidentsFollowed, IncidentsOnFile
from pipelines.contracts.tables.measure import Measured
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean, share
from pipelines.policy.mart import lacking, number


def spent_rows(mart: pd.DataFrame, company: Company) -> list[Measured]:
    """Spend within the main horizon that vouchers paid for; held bookings, apart from returns, and cancelled ones."""
    return [*_vouchers(mart, company), *_held(mart, company)]


def _vouchers(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    days = main_horizon(company.facts)
    row = Measured(
        Topic.MONEY, Measure.VOUCHER_FUNDED_SPEND, population=IncidentsFollowed(), unit=Unit.MONEY_PER_INCIDENT,
        within_days=float(days),
    )  # fmt: skip
    spend, net = number(mart, HorizonCol.SPEND.at(days)), number(mart, HorizonCol.SPEND_WITHOUT_VOUCHER.at(days))
    recorded = company.facts.has("orders", "voucher_amount")
    if reason := lacking(company.facts, SPEND) or (None if recorded else NoVouchers()):
        yield refused(row, reason)
        return
    for segment, chosen in _parts(mart, Col.COMPENSATION_KIND, net.notna()):
        found = mean((spend - net)[chosen], mart[Col.CLUSTER_KEY][chosen])
        yield with_estimate(replace(row, segment=segment), found)


def _held(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Who held a booking; who of them cancelled it is counted with all outcomes, here only why it can't be."""
    held = Measured(
        Topic.MONEY, Measure.BOOKING_HELD_AT_FAILURE, population=IncidentsOnFile(), unit=Unit.SHARE_OF_INCIDENTS
    )
    if reason := lacking(company.facts, HELD_BOOKING_CANCELLED):
        yield refused(held, reason)
        yield refused(replace(held, measure=Measure.HELD_BOOKING_CANCELLED, population=HeldBookings()), reason)
        return
    for segment, chosen in _parts(mart, Col.SEVERITY, pd.Series(True, index=mart.index)):
        found = share(number(mart, Col.HELD_BOOKING)[chosen], mart[Col.CLUSTER_KEY][chosen])
        yield with_estimate(replace(held, segment=segment), found)


def _parts(mart: pd.DataFrame, column: Col, whole: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Everything that counts, then each level of a column."""
    yield "", whole
    for level in sorted(mart[column].dropna().unique()):
        yield f"{column}={level}", mart[column] == level
