"""What goes into a pack: which charts, about which outcome and horizon. The same on the page and the command line."""

from dataclasses import dataclass

from dashboard.effects import Aim, Question, leading_aim, leading_treatment
from dashboard.figures.registry import CHARTS
from pipelines.contracts.catalog.outcomes import OUTCOMES, OutcomeId
from pipelines.publish.store import Run

# The order of a review; charts it doesn't name follow in the dashboard's own order.
FIRST = ("speed_ladder", "speed_curve", "compensation_ladder", "compensation_curve", "kinds", "actions", "voices")
LAST = ("specification_ladder", "balance")
LABELS = {
    "speed_ladder": "Speed: each promise",
    "speed_curve": "Speed: the whole curve",
    "compensation_ladder": "Compensation: each offer",
    "compensation_curve": "Compensation: the whole curve",
    "kinds": "Forms of compensation",
    "actions": "Five actions and repair",
    "voices": "Word of mouth: what changes it",
    "specification_ladder": "Trust: the same question asked in other ways",
    "balance": "Trust: are the groups alike",
}


@dataclass(frozen=True)
class Choice:
    """Charts by id, empty for all; ``outcome`` and ``horizon_days`` narrow what they are about, None for the leading.

    A chart that was never asked about the narrower question is left out, not answered with another.
    """

    charts: tuple[str, ...] = ()
    outcome: str | None = None
    horizon_days: int | None = None

    def words(self, run: Run) -> str:
        """The filters as a line of text, what was left open as the run answers it."""
        aim = self.leading(run)
        outcome = self.outcome or (aim.outcome if aim else "")
        days = self.horizon_days or (aim.horizon_days if aim else None)
        parts = [outcome_words(outcome).lower() if outcome else "", f"within {days} days" if days else "", "everyone"]
        return ", ".join(filter(None, parts))

    def question(self, run: Run, chart: str) -> Question:
        """What a chart is asked under these filters; charts that are no effect's keep their own question."""
        leads = CHARTS[chart].leads(run)
        if not isinstance(leads, Aim) or (self.outcome is None and self.horizon_days is None):
            return leads
        return leading_aim(run, leads.treatment, self.outcome, self.horizon_days)

    def leading(self, run: Run) -> Aim | None:
        """The question the review leads with."""
        return leading_aim(run, leading_treatment(run), self.outcome, self.horizon_days)


def outcome_words(outcome: str) -> str:
    """The catalog's label, else the profile's own name in words."""
    return OUTCOMES[OutcomeId(outcome)].label if outcome in OUTCOMES else outcome.replace("_", " ")


def chart_label(chart: str) -> str:
    """A chart as it is called where charts are chosen."""
    return LABELS.get(chart, chart.replace("_", " ").capitalize())


def exportable() -> tuple[str, ...]:
    """Ids of every chart that can go into a pack, in the order of a review."""
    rest = (chart for chart in CHARTS if chart not in (*FIRST, *LAST))
    return tuple(chart for chart in (*FIRST, *rest, *LAST) if chart in CHARTS)
