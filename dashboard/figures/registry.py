"""Every chart by its id: pages and exports look charts up here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dashboard.effects import Aim, Slice, exchange_aim, leading_aim, leading_treatment, sliced
from dashboard.figures.actions import actions_chart, kinds_chart
from dashboard.figures.drawn import ChartId, Drawn, Shape
from dashboard.figures.effects import compensation_curve, compensation_ladder, speed_curve, speed_ladder
from dashboard.figures.fixes import fixes_chart
from dashboard.figures.funnel import funnel_chart
from dashboard.figures.returning import failure_chart, return_curve
from dashboard.figures.segments import offers_chart, segments_chart
from dashboard.figures.sites import site_measures, sites_chart
from dashboard.figures.stories import stories_chart
from dashboard.figures.surface import surface_chart
from dashboard.figures.theme import Palette
from dashboard.figures.trust import balance_chart, specification_ladder
from dashboard.figures.voices import voices_chart
from dashboard.figures.waiting import waiting_chart
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.catalog.measures import MeasureId
from pipelines.contracts.catalog.outcomes import HELD_BOOKING_CANCELLED, NEGATIVE_POST
from pipelines.contracts.catalog.treatments import ACTIONS, COMPENSATION, COMPENSATION_KIND, FAILURE, SPEED
from pipelines.publish.store import Run

Q = TypeVar("Q")


@dataclass(frozen=True)
class Chart(Generic[Q]):
    """A chart: what it lays out, the function that draws it for one question, and the question it leads with.

    ``leads`` gives the question of a run that a page opens with; None where the run holds nothing to ask.
    """

    id: ChartId
    shape: Shape
    drawn_by: Callable[[Run, Q, Palette], Drawn | None]
    leads: Callable[[Run], Q | None]

    def draw(self, run: Run, question: Q, colours: Palette) -> Drawn | None:
        """The chart with its answer; numbers that the browser writes itself follow the run's locale too."""
        drawn = self.drawn_by(run, question, colours)
        if drawn is not None:
            drawn.figure.update_layout(separators=speech_of(run).separators)
        return drawn


def _about(*treatments: TreatmentId) -> Callable[[Run], Aim | None]:
    """The leading question on the first of these treatments that has an estimate."""
    return lambda run: leading_aim(run, leading_treatment(run, treatments))


def _about_whatever_leads(run: Run) -> Aim | None:
    return leading_aim(run, leading_treatment(run))


def _voices(run: Run) -> Aim:
    return Aim(leading_treatment(run), NEGATIVE_POST, None)


def _held(run: Run) -> Aim | None:
    return leading_aim(run, SPEED, HELD_BOOKING_CANCELLED)


def _by_severity(treatment: TreatmentId) -> Callable[[Run], Slice | None]:
    return lambda run: sliced(run, treatment)


def _sites(run: Run) -> MeasureId | None:
    return next(iter(site_measures(run)), None)


def _everything(run: Run) -> str:
    """Charts of the whole run ask nothing more."""
    return ""


_CHARTS = (
    Chart(ChartId.SPEED_LADDER, Shape.LADDER, speed_ladder, _about(SPEED)),
    Chart(ChartId.SPEED_CURVE, Shape.CURVE, speed_curve, _about(SPEED)),
    Chart(ChartId.COMPENSATION_LADDER, Shape.LADDER, compensation_ladder, _about(COMPENSATION)),
    Chart(ChartId.COMPENSATION_CURVE, Shape.CURVE, compensation_curve, _about(COMPENSATION)),
    Chart(ChartId.ACTIONS, Shape.SIDE_BY_SIDE, actions_chart, _about(*ACTIONS)),
    Chart(ChartId.KINDS, Shape.SIDE_BY_SIDE, kinds_chart, _about(COMPENSATION_KIND)),
    Chart(ChartId.VOICES, Shape.SIDE_BY_SIDE, voices_chart, _voices),
    Chart(ChartId.SPECIFICATION_LADDER, Shape.TRUST, specification_ladder, _about_whatever_leads),
    Chart(ChartId.BALANCE, Shape.TRUST, balance_chart, _about_whatever_leads),
    Chart[MeasureId](ChartId.SITES, Shape.OTHER, sites_chart, _sites),
    Chart(ChartId.SPEED_BY_PART, Shape.OTHER, segments_chart, _by_severity(SPEED)),
    Chart(ChartId.OFFERS_BY_SEVERITY, Shape.OTHER, offers_chart, _by_severity(COMPENSATION)),
    Chart(ChartId.SURFACE, Shape.OTHER, surface_chart, exchange_aim),
    Chart(ChartId.FAILURE_LADDER, Shape.LADDER, failure_chart, _about(FAILURE)),
    Chart(ChartId.RETURN_CURVE, Shape.CURVE, return_curve, _everything),
    Chart(ChartId.HELD_LADDER, Shape.LADDER, speed_ladder, _held),
    Chart(ChartId.FIXES, Shape.OTHER, fixes_chart, _everything),
    Chart(ChartId.FUNNEL, Shape.OTHER, funnel_chart, _everything),
    Chart(ChartId.STORIES, Shape.OTHER, stories_chart, _everything),
    Chart(ChartId.WAITING, Shape.OTHER, waiting_chart, _everything),
)
# Each takes a question of its own kind, which its entry is held to; whoever looks one up passes what it leads with.
CHARTS: Mapping[ChartId, Chart[Any]] = {chart.id: chart for chart in _CHARTS}
