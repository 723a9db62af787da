"""What this data can't answer: questions without any estimate, and levels of a question that stayed without one."""

from collections import defaultdict
from collections.abc import Iterable

from dashboard.words import outcome_inside, treatment_label
from pipelines.contracts.catalog.estimation import OutcomeId, Spec, TreatmentId
from pipelines.contracts.tables.effect import Effect
from words.effects import deed
from words.speech import Speech

Question = tuple[TreatmentId, OutcomeId, int | None]


def refused_questions(effects: Iterable[Effect], speech: Speech) -> list[dict[str, str]]:
    """One line per reason, as shown: the treatments and outcomes that can't be estimated at any level."""
    blocked: dict[str, list[Effect]] = defaultdict(list)
    for rows in _questions(effects).values():
        if all(row.estimate is None for row in rows):
            blocked[speech.all(rows[0].reasons)].append(rows[0])
    return [
        {
            "Why not, and what to add": reason,
            "Questions": ", ".join(dict.fromkeys(treatment_label(row.treatment, speech) for row in rows)),
            "On": ", ".join(dict.fromkeys(_outcome(row, speech) for row in rows)),
        }
        for reason, rows in blocked.items()
    ]


def refused_levels(effects: Iterable[Effect], speech: Speech) -> list[dict[str, str]]:
    """One line per level without an estimate of a question that has others, as shown."""
    return [
        {"Level": deed(row, speech), "On": _outcome(row, speech), "Why not": speech.all(row.reasons)}
        for rows in _questions(effects).values()
        if any(row.estimate is not None for row in rows)
        for row in rows
        if row.estimate is None
    ]


def _questions(effects: Iterable[Effect]) -> dict[Question, list[Effect]]:
    """Headline rows by question; other specifications and segments repeat their reasons and are left out."""
    found: dict[Question, list[Effect]] = defaultdict(list)
    for row in effects:
        if row.spec is Spec.ADJUSTED and row.segment == "":
            found[row.treatment, row.outcome, row.horizon_days].append(row)
    return found


def _outcome(row: Effect, speech: Speech) -> str:
    label = outcome_inside(row.outcome, speech)
    return label if row.horizon_days is None else f"{label} within {row.horizon_days} days"
