"""What a user changes in a draft: another column, a column left out, one added, a table left out."""

from dataclasses import replace

from pipelines.contracts.sources import TABLES, Compensations, Incidents, Interactions
from pipelines.errors import PipelineUserError
from pipelines.reading.draft.faults import (
    ColumnNeeded,
    NoGuess,
    NoSuchColumn,
    NotAmong,
    NotInExport,
    NotTaken,
    TableNeedsIncidents,
    TableNotStarted,
    TablesAreLeftOut,
)
from pipelines.reading.draft.guess import Draft, Guess
from pipelines.reading.draft.matching.match import way_of
from pipelines.reading.draft.remarks import with_unmapped
from pipelines.reading.draft.why import IncidentItself, YouSaidSo, YouStarted
from pipelines.settings.declared import suggestion

NOTHING = "-"
# Tables that a column of the incident file can start: that column, and what no column says.
FROM_INCIDENTS = {
    Interactions.NAME: (Interactions.contacted_at, {Interactions.actor: "agent"}),
    Compensations.NAME: (Compensations.face_amount, {Compensations.kind: "monetary_unspecified"}),
}


class CorrectionError(PipelineUserError):
    """Why a correction can't be made."""


def corrected(draft: Draft, target: str, source: str) -> Draft:
    """The draft with ``target`` (number of a guess, ``table.column``, or a table) taken from ``source``.

    ``source`` is a column of the export, the value of a constant, or ``-`` to leave out. Raises ``CorrectionError``.
    """
    if target in draft.tables():
        return _without_table(draft, target, source)
    table, column = _address(draft, target)
    if table not in draft.tables():
        return _with_table(draft, table, column, source)
    old = next((g for g in draft.of_table(table) if g.column == column), None)
    if source == NOTHING:
        return _without_column(draft, old)
    new = _replacement(draft, table, column, old, source)
    guesses = tuple(new if g is old else g for g in draft.guesses) if old else (*draft.guesses, new)
    return with_unmapped(_unlinked(draft, table, column).changed(guesses=guesses))


def _address(draft: Draft, target: str) -> tuple[str, str]:
    if target.isdigit() and 1 <= int(target) <= len(draft.guesses):
        guess = draft.guesses[int(target) - 1]
        return guess.table, guess.column
    table, _, column = target.partition(".")
    if table not in (*draft.tables(), *FROM_INCIDENTS):
        raise CorrectionError(NoGuess(target, draft.tables()))
    if column not in TABLES[table].by_name:
        raise CorrectionError(NoSuchColumn(table, column, suggestion(column, list(TABLES[table].by_name))))
    return table, column


def _with_table(draft: Draft, table: str, column: str, source: str) -> Draft:
    """A table nobody guessed: one row per incident whose column ``source`` is filled."""
    needed, constants = FROM_INCIDENTS[table]
    if column != needed:
        raise CorrectionError(TableNotStarted(table, needed))
    incident = next((g for g in draft.of_table(Incidents.NAME) if g.column == Incidents.incident_id), None)
    if incident is None:
        raise CorrectionError(TableNeedsIncidents(table))
    known = replace(incident, table=table, why=IncidentItself())
    started = draft.changed(guesses=(*draft.guesses, known))
    new = _replacement(started, table, column, None, source)
    why = YouStarted()
    said = [Guess(table, c, new.file, "", why, constant=v) for c, v in constants.items()]
    return with_unmapped(draft.changed(guesses=(*draft.guesses, known, new, *said)))


def _without_table(draft: Draft, table: str, source: str) -> Draft:
    if source != NOTHING or table == Incidents.NAME:
        raise CorrectionError(TablesAreLeftOut())
    return with_unmapped(draft.changed(guesses=tuple(g for g in draft.guesses if g.table != table)))


def _without_column(draft: Draft, old: Guess | None) -> Draft:
    if old is None:
        raise CorrectionError(NotTaken())
    if TABLES[old.table].by_name[old.column].required:
        raise CorrectionError(ColumnNeeded(old.table, old.column))
    kept = tuple(g for g in draft.guesses if g is not old)
    return with_unmapped(_unlinked(draft, old.table, old.column).changed(guesses=kept))


def _replacement(draft: Draft, table: str, column: str, old: Guess | None, source: str) -> Guess:
    file = next(g.file for g in draft.of_table(table) if not (draft.link and g.column == Incidents.customer_id))
    by_lower = {name.lower(): name for name in draft.samples[file].by_name}
    if source.lower() in by_lower:
        traits = draft.samples[file].by_name[by_lower[source.lower()]]
        way = way_of(table, column, traits)
        return Guess(table, column, file, traits.name, YouSaidSo(), way=way)
    if old and old.constant:
        allowed = TABLES[table].by_name[column].allowed
        if allowed and source not in allowed:
            raise CorrectionError(NotAmong(column, tuple(allowed)))
        return replace(old, constant=source, why=YouSaidSo())
    path = draft.samples[file].spec.path
    raise CorrectionError(NotInExport(path, source, suggestion(source, list(by_lower.values()))))


def _unlinked(draft: Draft, table: str, column: str) -> Draft:
    """Without the way over order numbers when the customer of the incidents is settled otherwise."""
    return draft.changed(link=None) if (table, column) == (Incidents.NAME, Incidents.customer_id) else draft
