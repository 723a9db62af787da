"""Every chart by its id: pages and exports look charts up here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.effects import Aim, Question, leading_aim, leading_treatment, sliced
from dashboard.figures.actions import ACTIONS, actions_chart, kinds_chart
from dashboard.figures.drawn import Drawn
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
from dashboard.worth import exchange_aim
from pipelines.publish.store import Run


@dataclass(frozen=True)
class Chart:
    """A chart: the result table behind it, the function that draws it for one question, and the question it leads with.

    ``leads`` gives the question of a run that a page opens with; None where the run holds nothing to ask.
    """

    id: str
    table: str
    drawn_by: Callable[[Run, Any, Palette], Drawn | None]
    leads: Callable[[Run], Question]

    def draw(self, run: Run, question: Question, colours: Palette) -> Drawn | None:
        """The chart with its answer; numbers that the browser writes itself follow the run's locale too."""
        drawn = self.drawn_by(run, question, colours)
        if drawn is not None:
            drawn.figure.update_layout(separators=speech_of(run).separators)
        return drawn


def _about(*treatments: str) -> Callable[[Run], Question]:
    """The leading question on the first of these treatments that has an estimate."""
    return lambda run: leading_aim(run, leading_treatment(run, treatments))


def _about_whatever_leads(run: Run) -> Question:
    return leading_aim(run, leading_treatment(run))


def _voices(run: Run) -> Question:
    return Aim(leading_treatment(run), "negative_post", None)


def _held(run: Run) -> Question:
    return leading_aim(run, "speed", "held_booking_cancelled")


def _sites(run: Run) -> Question:
    return next(iter(site_measures(run)), None)


def _everything(run: Run) -> Question:
    """Charts of the whole run ask nothing more."""
    return ""


CHARTS: dict[str, Chart] = {
    c.id: c
    for c in (
        Chart("speed_ladder", "effects", speed_ladder, _about("speed")),
        Chart("speed_curve", "curves", speed_curve, _about("speed")),
        Chart("compensation_ladder", "effects", compensation_ladder, _about("compensation")),
        Chart("compensation_curve", "curves", compensation_curve, _about("compensation")),
        Chart("actions", "effects", actions_chart, _about(*ACTIONS)),
        Chart("kinds", "effects", kinds_chart, _about("compensation_kind")),
        Chart("voices", "effects", voices_chart, _voices),
        Chart("specification_ladder", "effects", specification_ladder, _about_whatever_leads),
        Chart("balance", "diagnostics", balance_chart, _about_whatever_leads),
        Chart("sites", "decisions", sites_chart, _sites),
        Chart("speed_by_part", "effects", segments_chart, lambda run: sliced(run, "speed")),
        Chart("offers_by_severity", "effects", offers_chart, lambda run: sliced(run, "compensation")),
        Chart("surface", "curves", surface_chart, exchange_aim),
        Chart("failure_ladder", "effects", failure_chart, _about("failure")),
        Chart("return_curve", "curves", return_curve, _everything),
        Chart("held_ladder", "effects", speed_ladder, _held),
        Chart("fixes", "decisions", fixes_chart, _everything),
        Chart("funnel", "decisions", funnel_chart, _everything),
        Chart("stories", "decisions", stories_chart, _everything),
        Chart("waiting", "decisions", waiting_chart, _everything),
    )
}
