"""Mass incidents one by one: what each did to the hit customers, beside single incidents of equal severity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import OfEvent
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.thresholds import MINIMUM_CELL
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col, HorizonCol
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import SinglesStandIn
from pipelines.contracts.messages.counted import EventTooYoung, NoMassIncident
from pipelines.contracts.messages.populations import IncidentsOfEvent, NamedInEvent, SmallEvents
from pipelines.contracts.tables.event import EventMeasure
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.counted.expected import Reference, reference_of, strata
from pipelines.policy.events.bad_posts import post_rows
from pipelines.policy.events.dose import dose_rows
from pipelines.policy.events.single_incidents import beside_single
from pipelines.policy.mart import is_true, lacking, lacking_return, number, return_column, return_outcome

HOURS = (1.0, 4.0, 24.0)
TOLD = {
    OfEvent.NEGATIVE_POST: Col.NEGATIVE_POST,
    OfEvent.POSITIVE_STORY: Col.POSITIVE_STORY,
    OfEvent.PROMOTER: Col.PROMOTER,
}


@dataclass(frozen=True)
class Asked:
    """One share asked of every event: a value per incident, missing while undecided."""

    measure: OfEvent
    values: pd.Series
    lacking: Reason | None
    within_days: float | None = None
    single: Reference | None = None


def event_rows(mart: pd.DataFrame, company: Company) -> list[EventMeasure]:
    """Rows of ``events``: customers hit, each share against its expectation, own dose curves, changes in bad posts.

    Grain: one row per event of at least ten incidents and measure; smaller ones are counted in one row. Without events
    one row says what to add.
    """
    if not is_true(mart, Col.MASS_EVENT).any():
        hit = EventMeasure("", OfEvent.CUSTOMERS_HIT, population=IncidentsOfEvent(), unit=Unit.CUSTOMERS)
        return [*post_rows(mart, [], company), refused(hit, lacking(company.facts, "events") or NoMassIncident())]
    sizes = mart.loc[is_true(mart, Col.MASS_EVENT), Col.EVENT_ID].value_counts()
    large = sorted(sizes[sizes >= MINIMUM_CELL].index)
    severity, single = strata(mart, (Col.SEVERITY,)), ~is_true(mart, Col.MASS_EVENT)
    asked = [replace(a, single=reference_of(a.values, severity, single)) for a in _asked(mart, company)]
    places = mart.groupby(Col.EVENT_ID).indices
    rows = [row for event in large for row in _event(mart.iloc[places[event]], event, asked, severity)]
    rows += dose_rows(mart, large, severity, company)
    rows += post_rows(mart, large, company)
    small = sizes[sizes < MINIMUM_CELL]
    return [*rows, _small_events(small)] if len(small) else rows


def _small_events(sizes: pd.Series) -> EventMeasure:
    """How many events are too small for numbers of their own."""
    return shown(
        EventMeasure(
            "",
            OfEvent.SMALLER_EVENTS,
            population=SmallEvents(MINIMUM_CELL),
            unit=Unit.EVENTS,
            estimate=float(len(sizes)),
            n=int(sizes.sum()),
            verdict=Verdict.COUNTED,
        )
    )


def _asked(mart: pd.DataFrame, company: Company) -> list[Asked]:
    days = main_horizon(company.facts)
    spoken = float(WORD_OF_MOUTH_WINDOW_DAYS)
    speed, came_back = lacking(company.facts, "speed"), number(mart, return_column(company.facts, days))
    unseen = None if came_back.notna().any() else lacking_return(company.facts)
    given = number(mart, Col.COMPENSATION_GIVEN)
    return [
        *(Asked(OfEvent.CONTACTED, _contacted(mart, hours), speed, hours / 24.0) for hours in HOURS),
        Asked(OfEvent.COMPENSATED, given, lacking(company.facts, "compensation_kind")),
        Asked(OfEvent(return_outcome(company.facts)), came_back, unseen, float(days)),
        *_without_voucher(mart, company, days, unseen),
        *(Asked(told, number(mart, column), lacking(company.facts, told), spoken) for told, column in TOLD.items()),
    ]


def _without_voucher(mart: pd.DataFrame, company: Company, days: int, unseen: Reason | None) -> list[Asked]:
    """Who came back with an order that no voucher helped to pay; of subscriptions it isn't asked."""
    if return_outcome(company.facts) != RETURNED:
        return []
    came_back = number(mart, HorizonCol.RETURNED_WITHOUT_VOUCHER.at(days))
    reason = unseen or lacking(company.facts, "vouchers")
    return [Asked(OfEvent.RETURNED_WITHOUT_VOUCHER, came_back, reason, float(days))]


def _contacted(mart: pd.DataFrame, hours: float) -> pd.Series:
    decided = mart[Col.RESPONSE_STATUS].notna() & (mart[Col.FOLLOW_UP_DAYS] * 24.0 >= hours)
    return (number(mart, Col.FIRST_CONTACT_MINUTES) <= hours * 60.0).astype("float64").where(decided)


def _event(own: pd.DataFrame, event: str, asked: list[Asked], severity: pd.Series) -> Iterator[EventMeasure]:
    """The rows of one event, whose incidents are ``own``."""
    opened, named = own[Col.OPENED_AT], own[Col.CUSTOMER_KEY].dropna()
    period = f"{opened.min().date().isoformat()}/{opened.max().date().isoformat()}"
    incidents = EventMeasure(
        event, OfEvent.INCIDENTS, period, population=IncidentsOfEvent(), unit=Unit.INCIDENTS, verdict=Verdict.COUNTED
    )
    yield shown(replace(incidents, estimate=float(len(own)), n=len(own)))
    customers = replace(
        incidents, measure=OfEvent.CUSTOMERS_HIT, population=NamedInEvent(), unit=Unit.CUSTOMERS, n=len(named)
    )
    yield shown(replace(customers, estimate=float(named.nunique())))
    for a in asked:
        row = EventMeasure(
            event,
            a.measure,
            period,
            within_days=a.within_days,
            population=IncidentsOfEvent(),
            unit=Unit.SHARE_OF_INCIDENTS,
        )
        yield _compared(row, a, a.values[own.index].dropna(), severity)


def _compared(row: EventMeasure, a: Asked, y: pd.Series, severity: pd.Series) -> EventMeasure:
    if a.lacking is not None:
        return refused(row, a.lacking)
    if y.empty:
        return refused(replace(row, n=0), EventTooYoung())
    return beside_single(replace(row, caveats=(SinglesStandIn(),)), y, severity[y.index], a.single)
