"""The journal beside the runs: everything that changes after publishing. One JSON object a line, appended under a lock.

Runs never change; a pin, a note or a decision about one is a line here. A line torn by a crash is skipped by readers
and closed by the next writer, so nothing after it is lost.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.publish.lock import publishing

Entry = dict[str, Any]


def append(published: Path, kind: str, fields: Mapping[str, Any]) -> Entry:
    """Add one entry and return it with its ``sequence`` and time (UTC). ``fields`` must be plain JSON values."""
    with publishing(published):
        path = published / "journal.jsonl"
        entry: Entry = {
            "sequence": 1 + max((e["sequence"] for e in entries(published)), default=0),
            "kind": kind,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            **fields,
        }
        with path.open("ab") as file:
            torn = file.tell() > 0 and not path.read_bytes().endswith(b"\n")
            file.write(b"\n" * torn + json.dumps(entry, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return entry


def entries(published: Path, kind: str | None = None) -> list[Entry]:
    """Entries in order, of one kind if named."""
    path = published / "journal.jsonl"
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    found = [entry for line in lines if (entry := _entry(line)) is not None]
    return [e for e in found if kind is None or e["kind"] == kind]


def _entry(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "sequence" in entry else None
