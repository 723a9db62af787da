"""The journal beside the runs: everything that changes after publishing. One JSON object a line, appended under a lock.

Runs never change; a name, a note or a decision about one is a line here. A line torn by a crash is skipped by readers
and closed by the next writer, so nothing after it is lost; so is a line of a kind or form that this version doesn't
know, and one that isn't what was written, which the digest it bears tells. Lines of earlier versions bear none, and
don't say who wrote them. How many lines there were is kept beside the journal, so that lines cut off are missed.
"""

import errno
import hashlib
import json
import math
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

from pipelines.contracts.access import Actor
from pipelines.contracts.decided import Decision, Revision, revised
from pipelines.contracts.document import DocumentError, read
from pipelines.contracts.experiments.registry import Experiment, Happened
from pipelines.contracts.messages.faults import JournalNotWritten
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.plain import plain_row, row_of, written
from pipelines.contracts.tables.row import column_type, columns
from pipelines.contracts.types import ColumnType
from pipelines.contracts.worklist import CaseWork, Did, Standing
from pipelines.errors import PublishError, why
from pipelines.publish.lock import writing
from pipelines.publish.stamp import stamp
from pipelines.publish.store import Store

FILE, LAST, LAST_NEW = "journal.jsonl", "journal.last", "journal.last.new"
SUM, SUM_DIGITS = "sum", 16
D = TypeVar("D", Experiment, Happened)
# Numbers of entries beyond this were never given.
_MOST = 10**9
# What a cell of an effect may be, by the type of its column.
_CELLS: Mapping[ColumnType, tuple[type, ...]] = {
    "text": (str,),
    "flag": (bool,),
    "whole": (int,),
    "real": (int, float),
}
# Moments that every clock and zone can show; others were never written by one.
_YEARS = range(1971, 9999)


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


@dataclass(frozen=True)
class Pruned:
    """A run that was removed to make room."""

    run_id: str


@dataclass(frozen=True)
class Failed:
    """A run that was asked for and refused, and why, as it was said then; ``run_id`` is empty: there is none."""

    run_id: str
    text: str


@dataclass(frozen=True)
class Alerted:
    """An alert that went out one way; ``key`` names the one thing it was about."""

    run_id: str
    key: str
    way: str


Said = Pin | Note | Decision | Revision | CaseWork | Pruned | Failed | Alerted | Experiment | Happened
S = TypeVar("S", Pin, Note, Decision, Revision, CaseWork, Pruned, Failed, Alerted, Experiment, Happened, Said)


@dataclass(frozen=True)
class Entry(Generic[S]):
    """One line: its number, when it was written (with zone) and by whom, and what it says."""

    sequence: int
    at: datetime
    actor: Actor
    said: S


def append(store: Store, said: S) -> Entry[S]:
    """Write one entry in the name of the store's actor; a decision gets the entry's number. Raises ``PublishError``."""
    try:
        with writing(store.published):
            sequence = 1 + max(_last(store), *(line.sequence for line in _lines(store)), 0)
            entry = Entry(sequence, datetime.now(UTC).replace(microsecond=0), store.actor, _numbered(said, sequence))
            _write(store.published / FILE, json.dumps(_summed(document(entry)), ensure_ascii=False).encode("utf-8"))
            _remember(store.published, sequence)
    except (OSError, UnicodeEncodeError) as error:
        told = why(error) if isinstance(error, OSError) else error.reason
        raise PublishError(JournalNotWritten(store.published, told)) from error
    return entry


def _write(path: Path, line: bytes) -> None:
    """Append a line, whole or not at all: what a full disk cut off is taken away again."""
    with path.open("ab", buffering=0) as file:
        before = file.tell()
        torn = before > 0 and not path.read_bytes().endswith(b"\n")
        text = b"\n" * torn + line + b"\n"
        try:
            if file.write(text) != len(text):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise


def _remember(published: Path, sequence: int) -> None:
    """How far the journal goes; the entry stands without it."""
    with suppress(OSError):
        (published / LAST_NEW).write_text(_counted(sequence), encoding="utf-8")
        (published / LAST_NEW).replace(published / LAST)


def _last(store: Store) -> int:
    path = store.published / LAST
    try:
        text = path.read_text(encoding="ascii") if stamp(path) else ""
        number = int(text.partition(" ")[0])
    except (OSError, ValueError):
        return 0
    return number if text == _counted(number) else 0


def _counted(sequence: int) -> str:
    """A number with its digest: one that isn't what was written counts for nothing."""
    return f"{sequence} {hashlib.sha256(str(sequence).encode()).hexdigest()[:SUM_DIGITS]}\n"


def _summed(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line with the digest of what it says."""
    said = {name: value for name, value in line.items() if name != SUM}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return {**said, SUM: hashlib.sha256(text.encode()).hexdigest()[:SUM_DIGITS]}


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
    """The last name given to each run, in the order in which they were given; an empty one takes a name away."""
    found: dict[str, str] = {}
    for pin in (e.said for e in entries(store) if isinstance(e.said, Pin)):
        found.pop(pin.run_id, None)
        found[pin.run_id] = pin.label
    return {run_id: label for run_id, label in found.items() if label}


def decisions(store: Store) -> tuple[Decision, ...]:
    """What was decided, oldest first, as each decision reads now."""
    found: dict[int, Decision] = {}
    for said in (e.said for e in entries(store)):
        if isinstance(said, Decision):
            found[said.sequence] = said
        elif isinstance(said, Revision) and said.decision in found:
            found[said.decision] = revised(found[said.decision], said)
    return tuple(found.values())


def work(store: Store) -> dict[str, Standing]:
    """Where the work on each case stands that anybody did something about."""
    found: dict[str, Standing] = {}
    for said in (e.said for e in entries(store) if isinstance(e.said, CaseWork)):
        for case in said.cases:
            found[case] = found.get(case, Standing()).after(said)
    return found


def experiments(store: Store) -> tuple[Experiment, ...]:
    """What was planned, oldest first."""
    return tuple(e.said for e in entries(store) if isinstance(e.said, Experiment))


def happened(store: Store, name: str) -> tuple[Happened, ...]:
    """What happened to an experiment, oldest first."""
    return tuple(e.said for e in entries(store) if isinstance(e.said, Happened) and e.said.name == name)


def _of(entry: Entry[Said], said: S) -> Entry[S]:
    return Entry(entry.sequence, entry.at, entry.actor, said)


@dataclass(frozen=True)
class Flaws:
    """What of the journal can't be read: all of it, lines by their place from 1, and entries that aren't there.

    ``missing``: first and last number of each gap.
    """

    unreadable: bool
    lines: tuple[int, ...]
    missing: tuple[tuple[int, int], ...]

    @property
    def any(self) -> bool:
        """Whether there is something to say."""
        return self.unreadable or bool(self.lines or self.missing)


def flaws(store: Store) -> Flaws:
    """What readers pass over, so that somebody is told. Kinds of later versions are no flaw."""
    path = store.published / FILE
    texts, last = _texts(store), _last(store)
    lines = _lines(store)
    read = {line.place for line in lines if _is_of_later_kind(line) or _entry(line) is not None}
    lost = tuple(place for place, text in enumerate(texts, start=1) if text.strip() and place not in read)
    known = [0, *sorted(line.sequence for line in lines)]
    known += [last + 1] if last > known[-1] else []
    missing = tuple((before + 1, after - 1) for before, after in pairwise(known) if after - before > 1)
    unreadable = os.path.lexists(path) and stamp(path) is None
    return Flaws(unreadable, lost, missing)


def _is_of_later_kind(line: "_Line") -> bool:
    kind = line.said.get("kind")
    return isinstance(kind, str) and kind not in _READ


@dataclass(frozen=True)
class _Line:
    """One line that is whole: its place in the file, its number and what stands in it."""

    place: int
    sequence: int
    said: Mapping[str, Any]


def _texts(store: Store) -> list[bytes]:
    path = store.published / FILE
    try:
        return path.read_bytes().split(b"\n") if stamp(path) else []
    except OSError:
        return []


def _lines(store: Store) -> tuple[_Line, ...]:
    """Every line that is what was written. One that stands there twice counts once."""
    found: dict[int, _Line] = {}
    for place, text in enumerate(_texts(store), start=1):
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if not isinstance(said, dict) or (SUM in said and _summed(said)[SUM] != said[SUM]):
            continue
        number = said.get("sequence")
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= _MOST:
            found.setdefault(number, _Line(place, number, said))
    return tuple(found.values())


def _entry(line: _Line) -> Entry[Said] | None:
    try:
        said: Said = _READ[line.said["kind"]](line.said)
        at = datetime.fromisoformat(line.said["at"])
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    if at.year not in _YEARS:
        return None
    actor = Actor(_text(line.said.get("actor", "")))
    return Entry(line.sequence, at if at.tzinfo else at.replace(tzinfo=UTC), actor, said)


def _text(value: object) -> str:
    """A text that can be shown: halves of characters, which JSON may hold, are replaced."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _pruned_fields(pruned: Pruned) -> dict[str, str]:
    return {"run_id": pruned.run_id}


def _pruned(line: Mapping[str, Any]) -> Pruned:
    return Pruned(_text(line["run_id"]))


def _failed_fields(failed: Failed) -> dict[str, str]:
    return {"run_id": failed.run_id, "text": failed.text}


def _failed(line: Mapping[str, Any]) -> Failed:
    return Failed(_text(line["run_id"]), _text(line["text"]))


def _alerted_fields(alerted: Alerted) -> dict[str, str]:
    return {"run_id": alerted.run_id, "key": alerted.key, "way": alerted.way}


def _alerted(line: Mapping[str, Any]) -> Alerted:
    return Alerted(_text(line["run_id"]), _text(line["key"]), _text(line["way"]))


def _plain_fields(said: Experiment | Happened) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(said).items()}


def _experiment(line: Mapping[str, Any]) -> Experiment:
    return _document(Experiment, line)


def _happened(line: Mapping[str, Any]) -> Happened:
    return _document(Happened, line)


def _document(kind: type[D], line: Mapping[str, Any]) -> D:
    try:
        return read(kind, {name: _text(cell) if isinstance(cell, str) else cell for name, cell in line.items()})
    except DocumentError as error:
        raise ValueError(kind.__name__) from error


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


def _revision_fields(revision: Revision) -> dict[str, Any]:
    return {
        "decision": revision.decision, "run_id": revision.run_id, "what": revision.what, "owner": revision.owner,
        "due": revision.due.isoformat(), "closed": revision.closed, "remark": revision.remark,
    }  # fmt: skip


def _revision(line: Mapping[str, Any]) -> Revision:
    what, owner, run_id, remark = (_text(line[name]) for name in ("what", "owner", "run_id", "remark"))
    return Revision(int(line["decision"]), run_id, what, owner, _day(line["due"]), line["closed"] is True, remark)


def _work_fields(work: CaseWork) -> dict[str, Any]:
    until = None if work.until is None else work.until.isoformat()
    return {
        "run_id": work.run_id, "cases": list(work.cases), "did": work.did.value, "owner": work.owner, "until": until,
        "text": work.text,
    }  # fmt: skip


def _work(line: Mapping[str, Any]) -> CaseWork:
    until = None if line["until"] is None else _day(line["until"])
    cases = tuple(_text(case) for case in line["cases"])
    return CaseWork(_text(line["run_id"]), cases, Did(line["did"]), _text(line["owner"]), until, _text(line["text"]))


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in _YEARS:
        raise ValueError("a day that no calendar shows")
    return day


def _pin(line: Mapping[str, Any]) -> Pin:
    return Pin(_text(line["run_id"]), _text(line["label"]))


def _note(line: Mapping[str, Any]) -> Note:
    return Note(_text(line["run_id"]), _text(line["chart"]), _text(line["text"]))


def _decision(line: Mapping[str, Any]) -> Decision:
    decided, due, cut = (date.fromisoformat(line[name]) for name in ("decided", "due", "data_cut"))
    if not all(day.year in _YEARS for day in (decided, due, cut)):
        raise ValueError("a day that no calendar shows")
    what, owner, run_id = (_text(line[name]) for name in ("what", "owner", "run_id"))
    effect = None if (cells := line.get("effect")) is None else _effect(cells)
    taken = Decision(line["sequence"], what, owner, decided, due, run_id, cut, effect)
    if taken.matures_on.year not in _YEARS:
        raise ValueError("a day that no calendar shows")
    return taken


def _effect(cells: Mapping[str, Any]) -> Effect:
    """An effect as it was remembered, also by an earlier version, which had texts where messages stand now."""
    import pipelines.contracts.messages.every  # noqa: F401 - every code a row may hold is known once it is read
    from pipelines.publish import older

    found = older.row_of(Effect, cells) if "reason" in cells else row_of(Effect, cells)
    _check_types(found)
    return found


def _check_types(effect: Effect) -> None:
    """Raises ``TypeError`` for a cell of another type than its column's: a journal holds what anybody wrote into it."""
    for name, hint in columns(Effect).items():
        cell, kind = written(getattr(effect, name), hint), column_type(hint)
        wrong = isinstance(cell, bool) is not (kind == "flag") or not isinstance(cell, _CELLS[kind])
        if cell is not None and (wrong or (isinstance(cell, float) and not math.isfinite(cell))):
            raise TypeError(name)


_FIELDS: Mapping[type, tuple[str, Any]] = {
    Pin: ("pin", _pin_fields),
    Note: ("note", _note_fields),
    Decision: ("decision", _decision_fields),
    Revision: ("revision", _revision_fields),
    CaseWork: ("work", _work_fields),
    Pruned: ("pruned", _pruned_fields),
    Failed: ("failed", _failed_fields),
    Alerted: ("alerted", _alerted_fields),
    Experiment: ("experiment", _plain_fields),
    Happened: ("experiment_moment", _plain_fields),
}
_READ: Mapping[str, Any] = {
    "pin": _pin,
    "note": _note,
    "decision": _decision,
    "revision": _revision,
    "work": _work,
    "pruned": _pruned,
    "failed": _failed,
    "alerted": _alerted,
    "experiment": _experiment,
    "experiment_moment": _happened,
}
