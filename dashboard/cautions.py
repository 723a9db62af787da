"""What the checks of the exports found: diagnostics that belong to no effect, in plain words."""

from collections.abc import Iterable

from dashboard.cells import NOTHING
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.diagnostic import Diagnostic
from words.cautions import check_words, consequence, subject_words
from words.speech import Speech


def caution_table(diagnostics: Iterable[Diagnostic], speech: Speech) -> list[dict[str, str]]:
    """One line per check of the exports that didn't pass, as shown.

    A profile's own checks describe themselves in their subject.
    """
    rows = [row for row in diagnostics if not row.effect_id and row.passed is False]
    rows.sort(key=lambda row: (row.check, row.subject))
    return [
        {
            "Check": check_words(row.check, speech),
            "About": subject_words(row.subject, speech) if row.subject else NOTHING,
            "Found": measured(row.value, row.unit, speech),
            "Limit": measured(row.threshold, row.unit, speech) if row.threshold else "",
            "What follows": consequence(row, speech),
        }
        for row in rows
    ]


def measured(value: float | None, unit: Unit | str | None, speech: Speech) -> str:
    """A diagnostic's value with its unit; shares as percent."""
    if value is None:
        return NOTHING
    if isinstance(unit, Unit) and unit.is_share:
        return speech.percent(value)
    number = speech.count(int(value)) if value == int(value) else speech.decimal(value, 2)
    words = speech.label(unit) if isinstance(unit, Unit) else unit
    return f"{number} {words}" if words else number
