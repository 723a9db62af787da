"""What goes into a pack: which charts, about which outcome and horizon. The same on the page and the command line."""

from dataclasses import dataclass

from dashboard.effects import Aim, Question, leading_aim, leading_treatment
from dashboard.figures.drawn import ChartId, Shape
from dashboard.figures.registry import CHARTS
from dashboard.speech import speech_of
from dashboard.words import outcome_inside
from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.publish.store import Run
from words.speech import Speech

# The order of a review; charts it doesn't name follow in the dashboard's own order.
FIRST = (
    ChartId.SPEED_LADDER, ChartId.SPEED_CURVE, ChartId.COMPENSATION_LADDER, ChartId.COMPENSATION_CURVE, ChartId.KINDS,
    ChartId.ACTIONS, ChartId.VOICES,
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """Charts by id, empty for all; ``outcome`` and ``horizon_days`` narrow what they are about, None for the leading.

    A chart that was never asked about the narrower question is left out, not answered with another.
    """

    charts: tuple[ChartId, ...] = ()
    outcome: OutcomeId | None = None
    horizon_days: int | None = None

    def words(self, run: Run) -> str:
        """The filters as a line of text, what was left open as the run answers it."""
        aim = self.leading(run)
        outcome = self.outcome or (aim.outcome if aim else None)
        days = self.horizon_days or (aim.horizon_days if aim else None)
        parts = [
            outcome_inside(outcome, speech_of(run)) if outcome else "",
            f"within {days} days" if days else "",
            "everyone",
        ]
        return ", ".join(filter(None, parts))

    def question(self, run: Run, chart: ChartId) -> Question:
        """What a chart is asked under these filters; charts that are no effect's keep their own question."""
        leads = CHARTS[chart].leads(run)
        if not isinstance(leads, Aim) or (self.outcome is None and self.horizon_days is None):
            return leads
        return leading_aim(run, leads.treatment, self.outcome, self.horizon_days)

    def leading(self, run: Run) -> Aim | None:
        """The question the review leads with."""
        return leading_aim(run, leading_treatment(run), self.outcome, self.horizon_days)


def chart_label(chart: str, speech: Speech) -> str:
    """A chart as it is called where charts are chosen."""
    return speech.label(ChartId(chart))


def exportable() -> tuple[ChartId, ...]:
    """Ids of every chart that can go into a pack, in the order of a review: the evidence behind it last."""
    last = tuple(chart for chart in CHARTS if CHARTS[chart].shape is Shape.TRUST)
    return (*FIRST, *(chart for chart in CHARTS if chart not in (*FIRST, *last)), *last)
