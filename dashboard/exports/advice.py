"""What to do about an effect, from its grade, interval and direction alone. Pure: a row in, a sentence out."""

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.publish.store import Row
from words.effects import experiment
from words.speech import Speech

KEEP = "Keep the current standard."
_BY_GRADE = {
    "A": "Make it the standard: who got it was drawn by lot.",
    "B": "Make it the standard where it costs little; where it costs much, test first.",
    "C": "Take it as a hint and test before changing the standard.",
}
WITHOUT_GRADE = "Don't act on it yet: it was not put to the checks a grade needs."
OF_FAILURE = "This is what failing costs. The charts on speed, compensation and the actions say what wins it back."


def advice(row: Row, speech: Speech) -> str:
    """One or two sentences; a missing estimate answers with what to add."""
    if row.estimate is None:
        return row["reason"] or "Not known."
    if row.treatment == "failure":
        return OF_FAILURE
    test = experiment(row, speech)
    if row.grade == "D":
        return f"{KEEP} {test}"
    if row.ci_low <= 0 <= row.ci_high:
        return f"{KEEP} The data can't tell this from no change. {test}"
    if _goes_wrong(row):
        return "Find out why before doing more of it: it goes the wrong way."
    if row.grade not in _BY_GRADE:
        return WITHOUT_GRADE
    return _BY_GRADE[row.grade] + (f" {test}" if row.grade in ("B", "C") else "")


def _goes_wrong(row: Row) -> bool:
    """Whether a clear change is a loss; an outcome of the profile's own has no stated good direction."""
    outcome = OUTCOMES.get(row.outcome)
    return outcome is not None and (row.estimate > 0) != (outcome.direction == "higher_is_better")
