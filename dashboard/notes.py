"""What people wrote beside the runs: dated notes to charts, and the names that make a run a review.

Both are lines of the journal. Torn and foreign lines are skipped.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.formats import day

NOTE, NAME = "note", "pin"


@dataclass(frozen=True)
class Note:
    """One note: when it was written, for which run and chart (empty: the whole run), and what it says."""

    at: datetime
    run_id: str
    chart: str
    text: str

    @property
    def line(self) -> str:
        """``31 Oct 2026: the storm of week 40 is in here``."""
        return f"{day(self.at)}: {self.text}"


@dataclass(frozen=True)
class NamedReview:
    """A run that was given a name to stay, such as "Q3 review"."""

    run_id: str
    label: str
    at: datetime


def notes_of(published: Path, run_id: str, chart: str | None = None) -> tuple[Note, ...]:
    """The notes of one run, oldest first; with ``chart`` those of one chart ("" for notes to the whole run)."""
    notes = (n for entry in _entries(published, NOTE) if (n := _note(entry)) is not None)
    return tuple(n for n in notes if n.run_id == run_id and chart in (None, n.chart))


def named_reviews(published: Path) -> tuple[NamedReview, ...]:
    """Named runs in the order in which they got their last name."""
    found: dict[str, NamedReview] = {}
    for entry in _entries(published, NAME):
        review = _review(entry)
        if review is not None:
            found.pop(review.run_id, None)
            found[review.run_id] = review
    return tuple(found.values())


def review_before(published: Path, run_id: str, sequence: int) -> NamedReview | None:
    """The named run to compare with: the latest published before the run numbered ``sequence``."""
    earlier = [r for r in named_reviews(published) if r.run_id != run_id and _number(r.run_id) < sequence]
    return max(earlier, key=lambda r: _number(r.run_id), default=None)


def _number(run_id: str) -> int:
    head = run_id.partition("-")[0]
    return int(head) if head.isdigit() else 0


def _entries(published: Path, kind: str) -> Iterator[dict[str, Any]]:
    path = published / "journal.jsonl"
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and entry.get("kind") == kind:
            yield entry


def _note(entry: dict[str, Any]) -> Note | None:
    try:
        return Note(datetime.fromisoformat(entry["at"]), entry["run_id"], str(entry["chart"]), str(entry["text"]))
    except (KeyError, TypeError, ValueError):
        return None


def _review(entry: dict[str, Any]) -> NamedReview | None:
    try:
        return NamedReview(str(entry["run_id"]), str(entry["label"]), datetime.fromisoformat(entry["at"]))
    except (KeyError, TypeError, ValueError):
        return None
