"""What giving more, or answering sooner, went with inside one mass incident: the event's own curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.counting import Dose, DoseStep
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import OfEvent
from pipelines.contracts.catalog.thresholds import FEWEST_OF_EVENT_CURVE, MINIMUM_CELL
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import AlikeInsideEvent
from pipelines.contracts.messages.counted import EventTooSmall, NobodyAtStep, ProtectsSmallStep, TooFewToShow
from pipelines.contracts.messages.populations import OfEventDoseKnown
from pipelines.contracts.tables.event import EventMeasure
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.counted.expected import Reference, reference_of
from pipelines.policy.counted.stratified import difference
from pipelines.policy.events.single_incidents import beside_single
from pipelines.policy.mart import is_true, lacking, lacking_return, number, return_column

Beside: TypeAlias = tuple[pd.Series, list[Reference | None]]

# Lower edge of each step; a case lies in the last one it reaches.
SHARES = {
    DoseStep.NOTHING: 0.0,
    DoseStep.BELOW_25: 1e-9,
    DoseStep.FROM_25_TO_50: 0.25,
    DoseStep.FROM_50_TO_100: 0.5,
    DoseStep.FROM_100: 1.0,
}
HOURS = {
    DoseStep.WITHIN_1_HOUR: 0.0,
    DoseStep.FROM_1_TO_4_HOURS: 1.0,
    DoseStep.FROM_4_TO_24_HOURS: 4.0,
    DoseStep.LATER_OR_NEVER: 24.0,
}


@dataclass(frozen=True)
class Given:
    """One dose of each incident, and the steps it is cut into; ``returned`` and ``gain`` name its rows."""

    dose: Dose
    returned: OfEvent
    gain: OfEvent
    values: pd.Series
    edges: dict[DoseStep, float]
    lacking: Reason | None

    @property
    def steps(self) -> tuple[DoseStep, ...]:
        """The steps in their order."""
        return tuple(self.edges)


def dose_rows(
    mart: pd.DataFrame, events: Sequence[str], severity: pd.Series, company: Company
) -> Iterator[EventMeasure]:
    """Per event, dose and step: share who came back, beside single incidents at the same step; gain above the first.

    An event with fewer than 100 incidents whose dose and return are known gets one row per dose that says so.
    """
    days = main_horizon(company.facts)
    came_back = number(mart, return_column(company.facts, days))
    unseen = None if came_back.notna().any() else lacking_return(company.facts)
    single, places = ~is_true(mart, Col.MASS_EVENT), mart.groupby(Col.EVENT_ID).indices
    for given in doses(mart, company):
        step = _steps(given).where(came_back.notna())
        alone = [reference_of(came_back, severity, single & (step == place)) for place in range(len(given.steps))]
        for event in events:
            row = EventMeasure(
                event,
                given.returned,
                within_days=float(days),
                population=OfEventDoseKnown(given.dose),
                unit=Unit.SHARE_OF_INCIDENTS,
            )
            own = mart.index[places[event]]
            n = int(step[own].notna().sum())
            if reason := given.lacking or unseen:
                yield refused(row, reason)
            elif n < FEWEST_OF_EVENT_CURVE:
                yield refused(replace(row, n=n), EventTooSmall(n, FEWEST_OF_EVENT_CURVE))
            else:
                beside = severity[own], alone
                yield from _curve(row, mart.loc[own], given, step[own], came_back[own], beside)


def _curve(
    row: EventMeasure, mart: pd.DataFrame, given: Given, step: pd.Series, came_back: pd.Series, beside: Beside
) -> Iterator[EventMeasure]:
    """One event, whose incidents are ``mart``, and dose: its steps, then what each gains above the first."""
    severity, single = beside
    hidden = _hidden(np.bincount(step.dropna().astype(int), minlength=len(given.steps)))
    for place, level in enumerate(given.steps):
        y, here = came_back[step == place], replace(row, level=level)
        if place in hidden:
            yield _unshown(here, hidden[place])
        elif y.empty:
            yield refused(replace(here, n=0), NobodyAtStep())
        else:
            yield beside_single(here, y, severity[y.index], single[place])
    yield from _gains(row, mart, given, step, came_back, hidden)


def _hidden(counts: np.ndarray) -> dict[int, Reason]:
    """Steps that aren't shown, with the reason: those with too few cases, and enough of the others to protect them.

    The event's totals are shown, so a single hidden step, or several with too few cases together, could be worked out:
    the smallest other steps are hidden too.
    """
    hidden: dict[int, Reason] = {
        place: TooFewToShow(MINIMUM_CELL) for place, n in enumerate(counts) if 0 < n < MINIMUM_CELL
    }
    others = sorted((int(n), place) for place, n in enumerate(counts) if n >= MINIMUM_CELL)
    for _, place in others if hidden else ():
        if len(hidden) > 1 and sum(counts[p] for p in hidden) >= MINIMUM_CELL:
            break
        hidden[place] = ProtectsSmallStep()
    return hidden


def _unshown(row: EventMeasure, reason: Reason) -> EventMeasure:
    return replace(row, verdict=Verdict.SUPPRESSED, suppressed=True, reasons=(reason,))


def doses(mart: pd.DataFrame, company: Company) -> tuple[Given, ...]:
    """Share of the loss given, and hours to the first contact; never answered by the cap is the slowest step."""
    minutes = number(mart, Col.FIRST_CONTACT_MINUTES).where(mart[Col.RESPONSE_STATUS] == "answered")
    hours = (minutes / 60.0).where(mart[Col.RESPONSE_STATUS] != "unanswered", np.inf)
    return (
        Given(
            Dose.SHARE_GIVEN,
            OfEvent.RETURNED_BY_SHARE_GIVEN,
            OfEvent.GAIN_BY_SHARE_GIVEN,
            number(mart, Col.COMPENSATION_SHARE),
            SHARES,
            lacking(company.facts, "compensation"),
        ),
        Given(
            Dose.HOURS_TO_CONTACT,
            OfEvent.RETURNED_BY_HOURS_TO_CONTACT,
            OfEvent.GAIN_BY_HOURS_TO_CONTACT,
            hours,
            HOURS,
            lacking(company.facts, "speed"),
        ),
    )


def _steps(given: Given) -> pd.Series:
    place = np.searchsorted(np.asarray(list(given.edges.values())), given.values.to_numpy("float64"), side="right") - 1
    return pd.Series(place, index=given.values.index, dtype="float64").where(given.values.notna())


def _gains(
    row: EventMeasure,
    mart: pd.DataFrame,
    given: Given,
    step: pd.Series,
    came_back: pd.Series,
    hidden: dict[int, Reason],
) -> Iterator[EventMeasure]:
    """Each step against the first, severity held equal; the event's own shock falls out, customers are independent."""
    person = mart[Col.CUSTOMER_KEY].where(mart[Col.CUSTOMER_KEY].notna(), mart[Col.INCIDENT_ID])
    row = replace(row, measure=given.gain, unit=Unit.DIFFERENCE_IN_SHARE, caveats=(AlikeInsideEvent(),))
    for place, level in enumerate(given.steps[1:], start=1):
        here = replace(row, level=level)
        if reason := hidden.get(0) or hidden.get(place):
            yield _unshown(here, reason)
            continue
        holds = (step == place).astype("float64").where(step.isin([0, place]))
        found = difference(came_back, holds, person, mart, (Col.SEVERITY,))
        here = replace(here, n=found.n_with)
        if found.value is None:
            yield refused(here, *found.reasons)
        else:
            yield shown(
                replace(
                    here,
                    estimate=found.value,
                    ci_low=found.low,
                    ci_high=found.high,
                    n_reference=found.n - found.n_with,
                )
            )
