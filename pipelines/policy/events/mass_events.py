"""Mass incidents one by one: what each did to the hit customers, beside single incidents of equal severity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col, HorizonCol
from pipelines.measures import MINIMUM_CELL
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.expected import Reference, reference_of, strata
from pipelines.policy.events.bad_posts import post_rows
from pipelines.policy.events.dose import dose_rows
from pipelines.policy.events.single_incidents import beside_single
from pipelines.policy.mart import is_true, missing, missing_return, number, return_column, return_outcome
from pipelines.policy.rows import Row, event_row

HOURS = (1.0, 4.0, 24.0)
ASSUMPTION = "Single incidents of the same severity are what these customers would otherwise have met."
OWN = "incidents of the event"
SHARE = "share of incidents"
WITHOUT_VOUCHER = "returned_without_voucher"


@dataclass(frozen=True)
class Asked:
    """One share asked of every event: a value per incident, missing while undecided."""

    measure: str
    values: pd.Series
    missing: str
    within_days: float | None = None
    single: Reference | None = None


def event_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Rows of ``events``: customers hit, each share against its expectation, own dose curves, changes in bad posts.

    Grain: one row per event of at least ten incidents and measure; smaller ones are counted in one row. Without events
    one row says what to add.
    """
    if not is_true(mart, Col.MASS_EVENT).any():
        reason = missing(company, "events") or "No event hit several customers."
        return [
            *post_rows(mart, [], company),
            event_row("", "customers_hit", population=OWN, unit="customers", verdict="not_estimable", reason=reason),
        ]
    sizes = mart.loc[is_true(mart, Col.MASS_EVENT), Col.EVENT_ID].value_counts()
    large = sorted(sizes[sizes >= MINIMUM_CELL].index)
    severity, single = strata(mart, (Col.SEVERITY,)), ~is_true(mart, Col.MASS_EVENT)
    asked = [replace(a, single=reference_of(a.values, severity, single)) for a in _asked(mart, company)]
    places = mart.groupby(Col.EVENT_ID).indices
    rows = [row for event in large for row in _event(mart.iloc[places[event]], event, asked, severity)]
    rows += dose_rows(mart, large, severity, company)
    rows += post_rows(mart, large, company)
    small = sizes[sizes < MINIMUM_CELL]
    if len(small):
        rows.append(_small_events(small))
    return rows


def _small_events(sizes: pd.Series) -> Row:
    """How many events are too small for numbers of their own."""
    return event_row(
        "", "smaller_events", population=f"events of fewer than {MINIMUM_CELL} incidents", unit="events",
        estimate=float(len(sizes)), n=int(sizes.sum()), verdict="counted",
    )  # fmt: skip


def _asked(mart: pd.DataFrame, company: Company) -> list[Asked]:
    days = main_horizon(company.facts)
    column, spoken = return_column(company, days), float(WORD_OF_MOUTH_WINDOW_DAYS)
    speed, came_back = missing(company, "speed"), number(mart, column)
    unseen = "" if came_back.notna().any() else missing_return(company)
    return [
        *(Asked("contacted", _contacted(mart, hours), speed, hours / 24.0) for hours in HOURS),
        Asked("compensated", number(mart, Col.COMPENSATION_GIVEN), missing(company, "compensation_kind")),
        Asked(column.rsplit("_", 1)[0].removesuffix("_within"), came_back, unseen, float(days)),
        *_without_voucher(mart, company, days, unseen),
        *(
            Asked(m, number(mart, m), missing(company, m), spoken)
            for m in (Col.NEGATIVE_POST, Col.POSITIVE_STORY, Col.PROMOTER)
        ),
    ]


def _without_voucher(mart: pd.DataFrame, company: Company, days: int, unseen: str) -> list[Asked]:
    """Who came back with an order that no voucher helped to pay; of subscriptions it isn't asked."""
    if return_outcome(company) != "returned":
        return []
    lacking = unseen or missing(company, "vouchers")
    return [Asked(WITHOUT_VOUCHER, number(mart, HorizonCol.RETURNED_WITHOUT_VOUCHER.at(days)), lacking, float(days))]


def _contacted(mart: pd.DataFrame, hours: float) -> pd.Series:
    decided = mart[Col.RESPONSE_STATUS].notna() & (mart[Col.FOLLOW_UP_DAYS] * 24.0 >= hours)
    return (number(mart, Col.FIRST_CONTACT_MINUTES) <= hours * 60.0).astype("float64").where(decided)


def _event(own: pd.DataFrame, event: str, asked: list[Asked], severity: pd.Series) -> Iterator[Row]:
    """The rows of one event, whose incidents are ``own``."""
    opened, named = own[Col.OPENED_AT], own[Col.CUSTOMER_KEY].dropna()
    period = f"{opened.min().date().isoformat()}/{opened.max().date().isoformat()}"
    counted = {"period": period, "verdict": "counted"}
    hit = {"estimate": float(len(own)), "n": len(own)}
    yield event_row(event, "incidents", population=OWN, unit="incidents", **hit, **counted)
    yield event_row(event, "customers_hit", population="customers named in incidents of the event", unit="customers",
                    estimate=float(named.nunique()), n=len(named), **counted)  # fmt: skip
    for a in asked:
        yield _compared(event, a, a.values[own.index].dropna(), severity) | {"period": period}


def _compared(event: str, a: Asked, y: pd.Series, severity: pd.Series) -> Row:
    where = {"within_days": a.within_days, "population": OWN, "unit": SHARE}
    if a.missing:
        return event_row(event, a.measure, verdict="not_estimable", reason=a.missing, **where)
    if y.empty:
        reason = "No incident of the event is old enough, or nothing is known of it."
        return event_row(event, a.measure, n=0, verdict="not_estimable", reason=reason, **where)
    row = where | {"assumption": ASSUMPTION} | beside_single(y, severity[y.index], a.single)
    return event_row(event, a.measure, **row)
