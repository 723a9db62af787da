"""What goes into a pack: which charts, about which outcome and horizon. The same on the page and the command line."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.effects import Aim, Question, leading_aim, leading_treatment
from dashboard.figures.actions import ACTIONS
from dashboard.figures.registry import CHARTS
from dashboard.store import Run
from pipelines.contracts.catalog import OUTCOMES


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

    def aim(self, run: Run, treatment: str) -> Aim | None:
        """The question about a treatment under these filters."""
        return leading_aim(run, treatment, self.outcome, self.horizon_days)

    def leading(self, run: Run) -> Aim | None:
        """The question the review leads with."""
        return self.aim(run, leading_treatment(run))


def outcome_words(outcome: str) -> str:
    """The catalog's label, else the profile's own name in words."""
    return OUTCOMES[outcome].label if outcome in OUTCOMES else outcome.replace("_", " ")


def _about(treatment: str) -> Callable[[Run, Choice], Question]:
    return lambda run, choice: choice.aim(run, treatment)


def _leading(run: Run, choice: Choice) -> Question:
    return choice.leading(run)


# In the order of a review. Charts that the dashboard has and this list lacks are not exported.
QUESTIONS: dict[str, Callable[[Run, Choice], Question]] = {
    "speed_ladder": _about("speed"),
    "speed_curve": _about("speed"),
    "compensation_ladder": _about("compensation"),
    "compensation_curve": _about("compensation"),
    "kinds": _about("compensation_kind"),
    "actions": lambda run, choice: choice.aim(run, leading_treatment(run, tuple(ACTIONS))),
    "voices": _leading,
    "specification_ladder": _leading,
    "balance": _leading,
}
LABELS = {
    "speed_ladder": "Speed: each promise",
    "speed_curve": "Speed: the whole curve",
    "compensation_ladder": "Compensation: each offer",
    "compensation_curve": "Compensation: the whole curve",
    "kinds": "Forms of compensation",
    "actions": "Five actions and repair",
    "voices": "Word of mouth",
    "specification_ladder": "Trust: the same question asked in other ways",
    "balance": "Trust: are the groups alike",
}


def exportable() -> tuple[str, ...]:
    """Ids of every chart that can go into a pack, in the order of a review."""
    return tuple(chart for chart in QUESTIONS if chart in CHARTS)
