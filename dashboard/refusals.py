"""What this data can't answer: questions without any estimate, and levels of a question that stayed without one."""

from collections import defaultdict
from collections.abc import Iterable

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.treatments import TREATMENTS, TreatmentId
from pipelines.publish.store import Row
from words.effects import deed
from words.speech import Speech

Question = tuple[str, str, int | None]


def refused_questions(effects: Iterable[Row]) -> list[dict[str, str]]:
    """One line per reason, as shown: the treatments and outcomes that can't be estimated at any level."""
    blocked: dict[str, list[Row]] = defaultdict(list)
    for rows in _questions(effects).values():
        if all(row.estimate is None for row in rows):
            blocked[rows[0]["reason"] or ""].append(rows[0])
    return [
        {
            "Why not, and what to add": reason,
            "Questions": ", ".join(dict.fromkeys(_treatment(row.treatment) for row in rows)),
            "On": ", ".join(dict.fromkeys(_outcome(row) for row in rows)),
        }
        for reason, rows in blocked.items()
    ]


def refused_levels(effects: Iterable[Row], speech: Speech) -> list[dict[str, str]]:
    """One line per level without an estimate of a question that has others, as shown."""
    return [
        {"Level": deed(row, speech), "On": _outcome(row), "Why not": row["reason"] or ""}
        for rows in _questions(effects).values()
        if any(row.estimate is not None for row in rows)
        for row in rows
        if row.estimate is None
    ]


def _questions(effects: Iterable[Row]) -> dict[Question, list[Row]]:
    """Headline rows by question; other specifications and segments repeat their reasons and are left out."""
    found: dict[Question, list[Row]] = defaultdict(list)
    for row in effects:
        if row.spec == "adjusted" and row.segment == "":
            found[row.treatment, row.outcome, row.horizon_days].append(row)
    return found


def _treatment(treatment: str) -> str:
    return TREATMENTS[TreatmentId(treatment)].label if treatment in TREATMENTS else treatment


def _outcome(row: Row) -> str:
    label = OUTCOMES[row.outcome].label.lower() if row.outcome in OUTCOMES else row.outcome.replace("_", " ")
    return label if row.horizon_days is None else f"{label} within {row.horizon_days} days"
