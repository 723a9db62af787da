"""Dated notes beside a run: kept in the journal, shown in the app and in every export."""

from typing import Any

from dashboard.exports.choice import exportable
from dashboard.exports.neutral import printable
from pipelines.errors import PublishError, SourceError
from pipelines.publish import journal
from pipelines.publish.journal import Note
from pipelines.publish.store import Store

MOST_LETTERS = 500


def write_note(store: Store, run_id: str, chart: str, text: str) -> dict[str, Any]:
    """Append the note. Raises ``PublishError`` for a run that isn't there, ``SourceError`` for a note that can't be."""
    store.folder(run_id)
    said = " ".join(printable(text).split())
    if not said or len(said) > MOST_LETTERS:
        raise SourceError(f"--text: {'empty' if not said else 'too long'}. Write up to {MOST_LETTERS} letters.")
    if chart and chart not in exportable():
        raise SourceError(f"--chart: no chart of that name. Choose among {', '.join(exportable())}.")
    try:
        entry = journal.append(store, Note(run_id, chart, said))
    except OSError as error:
        raise PublishError(f"{store.published}: the note can't be written ({error.strerror}).") from error
    return {
        "data": journal.document(entry),
        "text": f"Noted on {chart or 'run'} {'of ' if chart else ''}{run_id}: {said}",
    }
