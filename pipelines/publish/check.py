"""Everything of a published folder held against what was published, and the mending of what is safe to mend.

Safe: the pointer, which can always be made anew from the runs, and what dead writers left. Runs and journal are only
ever told of.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipelines.contracts.message import Fault
from pipelines.contracts.messages.faults import (
    JournalGap,
    JournalLineUnreadable,
    JournalUnreadable,
    LeftByDeadWriter,
    NoRun,
    PointerBehind,
    PointerNamesNoRun,
    StrayName,
)
from pipelines.errors import PublishError
from pipelines.publish import journal
from pipelines.publish.lease import MANIFEST
from pipelines.publish.lock import turn
from pipelines.publish.pointer import CURRENT, is_run_id, number, pointed_at, prepare, put_in_place
from pipelines.publish.store import Store, UnreadableRunError
from pipelines.publish.sweep import GONE, INCOMING, leftovers, sweep
from pipelines.publish.whole import faults_of

ASIDE = f"{CURRENT}.aside"


@dataclass(frozen=True)
class Checked:
    """What was found: how many runs there are and how many are whole, faults that are mended, and those that are not.

    ``busy`` says why nothing could be mended, where that is so.
    """

    runs: int
    whole: int
    mended: tuple[Fault, ...]
    left: tuple[Fault, ...]
    busy: Fault | None


def check(store: Store, *, mend: bool) -> Checked:
    """Every fault of the folder; ``mend``: those that are safe to mend are mended. Reads every file of every run."""
    if not store.published.is_dir():
        return Checked(0, 0, (), (NoRun(store.published),), None)
    damaged = {run_id: tuple(_faults_of_run(store, run_id)) for run_id in store.run_ids()}
    whole = [run_id for run_id, faults in damaged.items() if not faults]
    lasting = [*(fault for faults in damaged.values() for fault in faults), *_strays(store), *_journal(store)]
    mended: list[Fault] = []
    busy = None
    try:
        with turn(store.published):
            passing = [*_pointer(store, whole), *map(LeftByDeadWriter, leftovers(store.published))]
            if mend and passing:
                _mend(store, whole)
                left = [*_pointer(store, whole), *map(LeftByDeadWriter, leftovers(store.published))]
                mended = [fault for fault in passing if fault not in left]
                passing = left
    except PublishError as error:
        # Whoever holds the folder may be writing just what would look like leavings.
        busy, passing = error.fault, list(_pointer(store, whole))
    return Checked(len(damaged), len(whole), tuple(mended), (*passing, *lasting), busy)


def _faults_of_run(store: Store, run_id: str) -> Iterator[Fault]:
    folder = store.published / "runs" / run_id
    try:
        manifest = store.manifest(run_id)
    except UnreadableRunError as error:
        yield error.fault
        return
    if found := tuple(faults_of(folder, manifest)):
        yield from found
        return
    try:
        store.run(run_id)
    except UnreadableRunError as error:
        yield error.fault


def _pointer(store: Store, whole: list[str]) -> Iterator[Fault]:
    """Why the pointer isn't what it should be: the newest whole run that wasn't held back."""
    if not store.run_ids():
        return
    pointed = pointed_at(store.published)
    if not isinstance(pointed, str):
        yield pointed
    elif pointed not in store.run_ids():
        yield PointerNamesNoRun(store.published, pointed)
    elif (newest := _newest(store, whole)) is not None and number(newest) > number(pointed):
        yield PointerBehind(store.published, pointed, newest)


def _newest(store: Store, whole: list[str]) -> str | None:
    shown = [run_id for run_id in whole if not store.manifest(run_id).held_back]
    return max(shown or whole, key=number, default=None)


def _mend(store: Store, whole: list[str]) -> None:
    sweep(store.published)
    newest = _newest(store, whole)
    if newest is None or not any(_pointer(store, whole)):
        return
    path = store.published / CURRENT
    with suppress(OSError):
        if os.path.lexists(path) and not path.is_file():
            path.rename(store.published / ASIDE)
        prepare(store.published, newest)
        put_in_place(store.published)


def _strays(store: Store) -> Iterator[Fault]:
    """What lies among the runs, or in one of them, and is none of theirs. Nobody reads it."""
    runs = store.published / "runs"
    for path in _names(runs):
        if not path.name.startswith((INCOMING, GONE)) and not (is_run_id(path.name) and path.is_dir()):
            yield StrayName(path)
    for run_id in store.run_ids():
        with suppress(UnreadableRunError):
            manifest = store.manifest(run_id)
            known = manifest.files or {f"{table}.parquet" for table in manifest.rows}
            yield from (StrayName(path) for path in _names(runs / run_id) if path.name not in {*known, MANIFEST})


def _names(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _journal(store: Store) -> Iterator[Fault]:
    path, flaws = store.published / journal.FILE, journal.flaws(store)
    if flaws.unreadable:
        yield JournalUnreadable(path)
    yield from (JournalLineUnreadable(path, str(line)) for line in flaws.lines)
    yield from (JournalGap(path, str(first), str(last)) for first, last in flaws.missing)
