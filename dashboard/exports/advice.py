"""What to do about an effect, from its grade, interval and direction alone. Pure: a row in, a sentence out."""

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from words.changes import holds_zero
from words.effects import experiment
from words.speech import Speech

KEEP = "Keep the current standard."
BY_GRADE = {
    Grade.A: "Make it the standard: who got it was drawn by lot.",
    Grade.B: "Make it the standard where it costs little; where it costs much, test first.",
    Grade.C: "Take it as a hint and test before changing the standard.",
}
WITHOUT_GRADE = "Don't act on it yet: it was not put to the checks a grade needs."
OF_FAILURE = "This is what failing costs. The charts on speed, compensation and the actions say what wins it back."


def advice(row: Effect, speech: Speech) -> str:
    """One or two sentences; a missing estimate answers with what to add."""
    if row.estimate is None:
        return speech.all(row.reasons) or "Not known."
    if row.treatment == FAILURE:
        return OF_FAILURE
    test = experiment(row, speech)
    if row.grade is Grade.D:
        return f"{KEEP} {test}"
    if holds_zero(row):
        return f"{KEEP} The data can't tell this from no change. {test}"
    if _goes_wrong(row):
        return "Find out why before doing more of it: it goes the wrong way."
    if row.grade is None:
        return WITHOUT_GRADE
    return BY_GRADE[row.grade] + ("" if row.grade is Grade.A else f" {test}")


def _goes_wrong(row: Effect) -> bool:
    """Whether a clear change is a loss; an outcome of the profile's own has no stated good direction."""
    outcome = OUTCOMES.get(row.outcome)
    return outcome is not None and (told(row.estimate) > 0) != outcome.higher_is_better
