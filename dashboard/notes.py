"""What people wrote beside the runs, as pages and exports show it: dated notes, and the review to compare with."""

from pipelines.publish import journal
from pipelines.publish.journal import Entry, Note, Pin
from pipelines.publish.store import Store
from words.speech import Speech


def note_line(entry: Entry[Note], speech: Speech) -> str:
    """``31 Oct 2026: the storm of week 40 is in here``."""
    return f"{speech.day(entry.at)}: {entry.said.text}"


def review_before(store: Store, run_id: str, sequence: int) -> Pin | None:
    """The named run to compare with: the latest published before the run numbered ``sequence``."""
    named = (Pin(run, label) for run, label in journal.names(store).items() if run != run_id)
    return max((pin for pin in named if _number(pin.run_id) < sequence), key=_of_run, default=None)


def _of_run(pin: Pin) -> int:
    return _number(pin.run_id)


def _number(run_id: str) -> int:
    head = run_id.partition("-")[0]
    return int(head) if head.isdigit() else 0
