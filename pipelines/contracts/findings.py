"""What a ladder of effects shows, as one honest title. Pure: rows in, words out; the verb follows the grade alone."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

GRADE_MEANING = {
    "A": "Proof: who got what was drawn by lot.",
    "B": "Good evidence, not proof: it assumes no unmeasured difference between the cases compared.",
    "C": "A hint: associated after adjustment. Something else may lie behind it.",
    "D": "No conclusion. Keep the current standard and test.",
    "none": "Not graded yet: adjusted for what was known before, but not put to the further tests.",
}

_MORE = {
    "A": "brings back more {who}",
    "B": "is estimated to bring back more {who}",
    "C": "goes with more returning {who}, after adjustment",
}


def ladder_finding(rungs: Sequence[tuple[str, Row]], who: str, rung: str) -> str:
    """The weakest promise or offer that already shows a clear gain.

    ``rungs`` are (what is done, effect row) from the strongest to the weakest, ``who`` the profile's word for
    customers, ``rung`` what one is called. A clear loss anywhere is said first; ungraded rows read as grade C.
    """
    judged = [(label, row) for label, row in rungs if row["estimate"] is not None and row["grade"] != "D"]
    if not judged:
        return f"No conclusion yet: this data can't judge any {rung}"
    losses = [label for label, row in judged if row["ci_high"] < 0]
    if losses:
        return f"{losses[0]} goes with fewer returning {who}: find out why before acting on it"
    gains = [(label, row["grade"] or "C") for label, row in judged if row["ci_low"] > 0]
    if not gains:
        return f"No {rung} shows a clear gain yet"
    label, grade = gains[-1]
    return f"{label} {_MORE[grade].format(who=who)}"
