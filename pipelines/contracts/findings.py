"""What a ladder of effects shows, as one honest title. Pure: rows in, words out; the verb follows the grade alone."""

from collections.abc import Iterable, Sequence
from typing import Any

Row = Any

GRADE_MEANING = {
    "A": "Proof: who got what was drawn by lot.",
    "B": "Good evidence, not proof: it assumes no unmeasured difference between the cases compared.",
    "C": "A hint: associated after adjustment. Something else may lie behind it.",
    "D": "No conclusion. Keep the current standard and test.",
    "none": "Not graded yet: adjusted for what was known before, but not put to the further tests.",
}

IN_SHORT = {"A": "proof", "B": "good evidence, not proof", "C": "a hint", "D": "no conclusion"}

_BRINGS = {
    "A": "brings {change}",
    "B": "is estimated to bring {change}",
    "C": "goes with {change}, after adjustment",
}


def ladder_finding(rungs: Sequence[tuple[str, Row]], noun: str, rung: str, *, higher_is_better: bool = True) -> str:
    """The weakest promise or offer that already shows a clear gain.

    ``rungs`` are (what is done, effect row) from the strongest to the weakest, ``noun`` is what there is more or fewer
    of ("returning guests"), ``rung`` what one is called. A clear loss anywhere is said first; ungraded rows read as C.
    """
    judged = [(label, row) for label, row in rungs if row["estimate"] is not None and row["grade"] != "D"]
    if not judged:
        return f"No conclusion yet: this data can't judge any {rung}"
    ups = [(label, row["grade"] or "C") for label, row in judged if row["ci_low"] > 0]
    downs = [(label, row["grade"] or "C") for label, row in judged if row["ci_high"] < 0]
    gains, losses = (ups, downs) if higher_is_better else (downs, ups)
    more, fewer = (f"more {noun}", f"fewer {noun}") if higher_is_better else (f"fewer {noun}", f"more {noun}")
    if losses:
        return f"{losses[0][0]} goes with {fewer}: find out why before acting on it"
    if not gains:
        return f"No {rung} shows a clear gain yet"
    label, grade = gains[-1]
    return f"{label} {_BRINGS[grade].format(change=more)}"


def curve_finding(gains: Sequence[tuple[str, Row, str | None]], base: str, *, higher_is_better: bool = True) -> str:
    """The weakest point at which the whole curve's band lies on the good side of the baseline ``base``.

    ``gains`` are (what is done, curve row of the gain with its simultaneous band, grade of the effect there) from the
    strongest to the weakest. Points without support or of grade D are passed over.
    """
    judged = [(label, row, grade) for label, row, grade in gains if row["supported"] and grade != "D"]
    if not judged:
        return "No conclusion yet from this curve"
    clear = [
        (label, {"grade": grade})
        for label, row, grade in judged
        if (row["ci_low"] > 0 if higher_is_better else row["ci_high"] < 0)
    ]
    if not clear:
        return f"Where the checks hold, nothing does clearly better than {base}"
    label, graded = clear[-1]
    return f"{label} does clearly better than {base}{_hedged([graded])}"


def side_by_side_finding(rungs: Sequence[tuple[str, Row]], noun: str, thing: str) -> str:
    """Which of several things, none of them stronger than another, go with a clear change.

    ``rungs`` are (name, effect row); ``thing`` is what one is called ("action"). Grade D is passed over.
    """
    judged = [(name, row) for name, row in rungs if row["estimate"] is not None and row["grade"] != "D"]
    if not judged:
        return f"No conclusion yet: this data can't judge any {thing}"
    more = [name[0].lower() + name[1:] for name, row in judged if row["ci_low"] > 0]
    fewer = [name[0].lower() + name[1:] for name, row in judged if row["ci_high"] < 0]
    found = [f"{side} {noun}: {', '.join(names)}" for side, names in (("More", more), ("Fewer", fewer)) if names]
    if not found:
        return f"No {thing} goes with a clear change yet"
    return "; ".join(found) + _hedged(row for _, row in judged if not row["ci_low"] <= 0 <= row["ci_high"])


def _hedged(clear: Iterable[Row]) -> str:
    """What a title must add where some of what it names is a hint and no more."""
    return ", after adjustment" if any((row["grade"] or "C") == "C" for row in clear) else ""


def voices_finding(rungs: Sequence[tuple[str, Row]]) -> str:
    """What people clearly say more or less of. ``rungs`` are (what is said, effect row); grade D is passed over."""
    judged = [(what, row) for what, row in rungs if row["estimate"] is not None and row["grade"] != "D"]
    if not judged:
        return "No conclusion yet on what people say afterwards"
    found = [f"more {what}" for what, row in judged if row["ci_low"] > 0]
    found += [f"fewer {what}" for what, row in judged if row["ci_high"] < 0]
    if not found:
        return "No clear change yet in what people say afterwards"
    text = ", ".join(found) + _hedged(row for _, row in judged if not row["ci_low"] <= 0 <= row["ci_high"])
    return text[0].upper() + text[1:]
