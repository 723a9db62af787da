"""The journal beside the runs: everything that changes after publishing. One JSON object a line, appended under a lock.

Runs never change; a name, a note or a decision about one is a line here. A line torn by a crash is skipped by readers
and closed by the next writer, so nothing after it is lost; so is a line of a kind or form that this version doesn't
know. Lines of earlier versions don't say who wrote them.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from pipelines.contracts.access import Actor
from pipelines.contracts.decided import Decision
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.plain import plain_row, row_of
from pipelines.publish.lock import publishing
from pipelines.publish.store import Store

FILE = "journal.jsonl"


@dataclass(frozen=True)
class Pin:
    """A name that a run was given to stay, such as "Q3 review"."""

    run_id: str
    label: str


@dataclass(frozen=True)
class Note:
    """What readers of a run should know; ``chart`` is empty where it is about the whole run."""

    run_id: str
    chart: str
    text: str


Said = Pin | Note | Decision
S = TypeVar("S", Pin, Note, Decision, Said)


@dataclass(frozen=True)
class Entry(Generic[S]):
    """One line: its number, when it was written (with zone) and by whom, and what it says."""

    sequence: int
    at: datetime
    actor: Actor
    said: S


def append(store: Store, said: S) -> Entry[S]:
    """Write one entry in the name of the store's actor; a decision gets the entry's number."""
    with publishing(store.published):
        sequence = 1 + max((line["sequence"] for line in _lines(store)), default=0)
        entry = Entry(sequence, datetime.now(UTC).replace(microsecond=0), store.actor, _numbered(said, sequence))
        path = store.published / FILE
        with path.open("ab") as file:
            torn = file.tell() > 0 and not path.read_bytes().endswith(b"\n")
            file.write(b"\n" * torn + json.dumps(document(entry), ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return entry


def _numbered(said: Any, sequence: int) -> Any:
    return replace(said, sequence=sequence) if isinstance(said, Decision) else said


def document(entry: Entry[S]) -> dict[str, Any]:
    """The entry as plain JSON values."""
    kind, fields = _FIELDS[type(entry.said)]
    head = {"sequence": entry.sequence, "kind": kind, "at": entry.at.isoformat(), "actor": entry.actor.name}
    return {**head, **fields(entry.said)}


def entries(store: Store) -> tuple[Entry[Said], ...]:
    """Every entry that this version knows, in order."""
    return tuple(entry for line in _lines(store) if (entry := _entry(line)) is not None)


def notes(store: Store, run_id: str, chart: str | None = None) -> tuple[Entry[Note], ...]:
    """The notes of one run, oldest first; with ``chart`` those of one chart ("" for notes to the whole run)."""
    found = (_of(e, e.said) for e in entries(store) if isinstance(e.said, Note))
    return tuple(e for e in found if e.said.run_id == run_id and chart in (None, e.said.chart))


def names(store: Store) -> dict[str, str]:
    """The last name given to each run, in the order in which they were given."""
    found: dict[str, str] = {}
    for pin in (e.said for e in entries(store) if isinstance(e.said, Pin)):
        found.pop(pin.run_id, None)
        found[pin.run_id] = pin.label
    return found


def decisions(store: Store) -> tuple[Decision, ...]:
    """What was decided, oldest first."""
    return tuple(e.said for e in entries(store) if isinstance(e.said, Decision))


def _of(entry: Entry[Said], said: S) -> Entry[S]:
    return Entry(entry.sequence, entry.at, entry.actor, said)


def _lines(store: Store) -> Iterator[dict[str, Any]]:
    path = store.published / FILE
    for line in path.read_bytes().split(b"\n") if path.exists() else ():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and isinstance(found.get("sequence"), int):
            yield found


def _entry(line: Mapping[str, Any]) -> Entry[Said] | None:
    try:
        said: Said = _READ[line["kind"]](line)
        at = datetime.fromisoformat(line["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return Entry(line["sequence"], at if at.tzinfo else at.replace(tzinfo=UTC), Actor(str(line.get("actor", ""))), said)


def _pin_fields(pin: Pin) -> dict[str, str]:
    return {"run_id": pin.run_id, "label": pin.label}


def _note_fields(note: Note) -> dict[str, str]:
    return {"run_id": note.run_id, "chart": note.chart, "text": note.text}


def _decision_fields(decision: Decision) -> dict[str, Any]:
    return {
        "what": decision.what,
        "owner": decision.owner,
        "decided": decision.decided.isoformat(),
        "due": decision.due.isoformat(),
        "run_id": decision.run_id,
        "data_cut": decision.data_cut.isoformat(),
        "effect": None if decision.effect is None else plain_row(decision.effect),
    }


def _pin(line: Mapping[str, Any]) -> Pin:
    return Pin(str(line["run_id"]), str(line["label"]))


def _note(line: Mapping[str, Any]) -> Note:
    return Note(str(line["run_id"]), str(line["chart"]), str(line["text"]))


def _decision(line: Mapping[str, Any]) -> Decision:
    decided, due, cut = (date.fromisoformat(line[name]) for name in ("decided", "due", "data_cut"))
    what, owner, run_id = (str(line[name]) for name in ("what", "owner", "run_id"))
    effect = None if (cells := line.get("effect")) is None else _effect(cells)
    return Decision(line["sequence"], what, owner, decided, due, run_id, cut, effect)


def _effect(cells: Mapping[str, Any]) -> Effect:
    """An effect as it was remembered, also by an earlier version, which had texts where messages stand now."""
    import pipelines.contracts.messages.every  # noqa: F401 - every code a row may hold is known once it is read
    from pipelines.publish import older

    return older.row_of(Effect, cells) if "reason" in cells else row_of(Effect, cells)


_FIELDS: Mapping[type, tuple[str, Any]] = {
    Pin: ("pin", _pin_fields),
    Note: ("note", _note_fields),
    Decision: ("decision", _decision_fields),
}
_READ: Mapping[str, Any] = {"pin": _pin, "note": _note, "decision": _decision}
