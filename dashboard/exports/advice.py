"""What to do about an effect, from its grade, interval and direction alone. Pure: a row in, a sentence out."""

from dashboard.store import Row
from pipelines.contracts.wording import experiment

KEEP = "Keep the current standard."
_BY_GRADE = {
    "A": "Make it the standard: who got it was drawn by lot.",
    "B": "Make it the standard where it costs little; where it costs much, test first.",
    "C": "Take it as a hint and test before changing the standard.",
}
WITHOUT_GRADE = "Don't act on it yet: it was not put to the checks a grade needs."


def advice(row: Row, higher_is_better: bool | None) -> str:
    """One or two sentences; a missing estimate answers with what to add.

    ``higher_is_better`` is None for an outcome of the profile's own, whose good direction nobody stated.
    """
    if row["estimate"] is None:
        return row["reason"] or "Not known."
    test = experiment(row)
    if row["grade"] == "D":
        return f"{KEEP} {test}"
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f"{KEEP} The data can't tell this from no change. {test}"
    if higher_is_better is not None and (row["estimate"] > 0) != higher_is_better:
        return "Find out why before doing more of it: it goes the wrong way."
    if row["grade"] not in _BY_GRADE:
        return WITHOUT_GRADE
    return _BY_GRADE[row["grade"]] + (f" {test}" if row["grade"] in ("B", "C") else "")
