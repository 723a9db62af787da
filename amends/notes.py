"""Dated notes beside a run: kept in the journal, shown in the app and in every export."""

from amends.answer import Answer
from amends.faults import NoSuchChart, NoteIsEmpty, NoteIsTooLong, NoteNotWritten
from dashboard.exports.choice import exportable
from dashboard.exports.neutral import printable
from pipelines.errors import PublishError, SourceError
from pipelines.publish import journal
from pipelines.publish.journal import Note
from pipelines.publish.store import Store
from words.speech import PLAIN

MOST_LETTERS = 500


def write_note(store: Store, run_id: str, chart: str, text: str) -> Answer:
    """Append the note. Raises ``PublishError`` for a run that isn't there, ``SourceError`` for a note that can't be."""
    store.folder(run_id)
    said = " ".join(printable(text).split())
    if not said:
        raise SourceError(NoteIsEmpty(MOST_LETTERS))
    if len(said) > MOST_LETTERS:
        raise SourceError(NoteIsTooLong(MOST_LETTERS))
    if chart and chart not in exportable():
        raise SourceError(NoSuchChart(tuple(exportable())))
    try:
        entry = journal.append(store, Note(run_id, chart, said))
    except OSError as error:
        raise PublishError(NoteNotWritten(store.published, str(error.strerror))) from error
    told = PLAIN.text("cli.note.chart", chart=chart, run=run_id, text=said) if chart else ""
    return Answer(told or PLAIN.text("cli.note.run", run=run_id, text=said), journal.document(entry))
