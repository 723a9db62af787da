"""The journal as shown: who published, decided, named and noted what, and when."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from dashboard.formats import moment
from dashboard.remaking import seconds
from pipelines.publish import journal
from pipelines.publish.store import Listed

Line = dict[str, str]


def journal_table(published: Path, listed: Iterable[Listed], here: tzinfo) -> list[Line]:
    """One line per run and per entry, the latest first, as shown. What can't be read is left out."""
    runs = [(one.manifest["created_at"], _published(one)) for one in listed if one.manifest]
    entries = [(str(e.get("at", "")), _entry(e)) for e in journal.entries(published)]
    found = [(at, line) for text, line in (*runs, *entries) if line and (at := _instant(text))]
    found.sort(key=_when)
    return [{"When": moment(at.astimezone(here))} | line for at, line in reversed(found)]


def _when(dated: tuple[datetime, Line]) -> datetime:
    return dated[0]


def _published(one: Listed) -> Line:
    made = one.manifest.get("made") if one.manifest else None
    took = f", in {seconds(made)}" if made else ""
    return {"What": f"Run published{took}", "Who": (made and made["by"]) or "–", "Run": one.run_id}


def _entry(entry: dict[str, Any]) -> Line | None:
    said = {
        "pin": lambda: f"Named “{entry['label']}”",
        "note": lambda: f"Note{' to ' + entry['chart'].replace('_', ' ') if entry['chart'] else ''}: {entry['text']}",
        "decision": lambda: f"Decision {entry['sequence']}: {entry['what']}",
    }
    try:
        return {"What": said[entry["kind"]](), "Who": str(entry.get("owner", "–")), "Run": str(entry["run_id"])}
    except (KeyError, TypeError, AttributeError):
        return None


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
