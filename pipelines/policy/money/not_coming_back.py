"""Money that is no sign of coming back: spend paid for by vouchers, and bookings held when the failure happened."""

from collections.abc import Iterator

import pandas as pd

from pipelines.contracts.mart import Col, HorizonCol
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean, share
from pipelines.policy.mart import missing, number
from pipelines.policy.money.worth_of_effects import PART
from pipelines.policy.rows import Row, decision_row, numbers, refused

VOUCHERS, HELD, CANCELLED = "voucher_funded_spend", "booking_held_at_failure", "held_booking_cancelled"
NO_VOUCHERS = "Orders don't say what vouchers paid for. Map voucher_amount in orders."
WITH_HELD = "incidents of customers with a booking held at the failure and due by the data cut"


def spent_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Spend within the main horizon that vouchers paid for; held bookings, apart from returns, and cancelled ones."""
    return [*_vouchers(mart, company), *_held(mart, company)]


def _vouchers(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    days = main_horizon(company.facts)
    where = {"population": "incidents with full follow-up", "unit": f"{company.currency} per incident".strip(),
             "within_days": float(days)}  # fmt: skip
    spend, net = number(mart, HorizonCol.SPEND.at(days)), number(mart, HorizonCol.SPEND_WITHOUT_VOUCHER.at(days))
    reason = missing(company, "spend") or ("" if company.facts.has("orders", "voucher_amount") else NO_VOUCHERS)
    if reason:
        yield refused(PART, VOUCHERS, reason, **where)
        return
    levels = sorted(mart[Col.COMPENSATION_KIND].dropna().unique())
    for segment, chosen in [
        ("", net.notna()),
        *((f"compensation_kind={x}", mart[Col.COMPENSATION_KIND] == x) for x in levels),
    ]:
        found = mean((spend - net)[chosen], mart[Col.CLUSTER_KEY][chosen])
        yield decision_row(PART, VOUCHERS, segment=segment, **where, **numbers(found))


def _held(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    unit, reason = "share of incidents", missing(company, "held_booking_cancelled")
    asked = {
        HELD: (Col.HELD_BOOKING, "incidents of customers on file"),
        CANCELLED: (Col.HELD_BOOKING_CANCELLED, WITH_HELD),
    }
    for measure, (column, population) in asked.items():
        if reason:
            yield refused(PART, measure, reason, population=population, unit=unit)
            continue
        for segment, chosen in _severities(mart):
            found = share(number(mart, column)[chosen], mart[Col.CLUSTER_KEY][chosen])
            yield decision_row(PART, measure, segment=segment, population=population, unit=unit, **numbers(found))


def _severities(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield "", pd.Series(True, index=mart.index)
    for level in sorted(mart[Col.SEVERITY].dropna().unique()):
        yield f"severity={level}", mart[Col.SEVERITY] == level
