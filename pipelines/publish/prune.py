"""Older runs removed to make room. Spared: the newest, the one shown, and whatever somebody named, noted, decided on or
is reading just now.

A run goes in one rename, so that no reader ever meets half of it; its files go afterwards.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipelines.contracts.messages.faults import NotRemoved
from pipelines.errors import PublishError, why
from pipelines.publish import journal
from pipelines.publish.journal import Pruned
from pipelines.publish.lease import unread
from pipelines.publish.lock import writing
from pipelines.publish.pointer import pointed_at, sync_folder
from pipelines.publish.store import Store, StoreError
from pipelines.publish.sweep import GONE


class Spared(StrEnum):
    """Why a run that is old enough isn't removed."""

    CURRENT = "current"
    NAMED = "named"
    NOTED = "noted"
    DECIDED = "decided"
    READ = "read"


@dataclass(frozen=True)
class Fate:
    """What becomes of one run that isn't among the newest: ``spared`` says why it stays; ``bytes`` it takes."""

    run_id: str
    spared: Spared | None
    bytes: int


def prune(store: Store, keep: int, *, dry: bool) -> tuple[Fate, ...]:
    """Remove all but the newest ``keep`` runs and those that are spared, oldest first; ``dry``: only say which.

    Raises ``PublishError`` where the folder can't be written.
    """
    old = store.run_ids()[:-keep]
    kept = _kept(store)
    return tuple(_fate(store, run_id, kept.get(run_id), dry=dry) for run_id in old)


def _kept(store: Store) -> dict[str, Spared]:
    """What is spared whoever reads it, with the reason that weighs most."""
    found = {d.run_id: Spared.DECIDED for d in journal.decisions(store)}
    found |= {e.said.run_id: Spared.NOTED for e in journal.entries(store) if isinstance(e.said, journal.Note)}
    found |= dict.fromkeys(journal.names(store), Spared.NAMED)
    return found | dict.fromkeys(_shown(store), Spared.CURRENT)


def _shown(store: Store) -> Iterator[str]:
    pointed = pointed_at(store.published)
    if isinstance(pointed, str):
        yield pointed
    try:
        yield store.current_id()
    except StoreError:
        return


def _fate(store: Store, run_id: str, spared: Spared | None, *, dry: bool) -> Fate:
    folder = store.published / "runs" / run_id
    taken = _bytes(folder)
    if spared is None:
        try:
            spared = _removed(store, folder, dry=dry)
        except OSError as error:
            raise PublishError(NotRemoved(store.published, why(error))) from error
    if spared is None and not dry:
        journal.append(store, Pruned(run_id))
    return Fate(run_id, spared, taken)


def _removed(store: Store, folder: Path, *, dry: bool) -> Spared | None:
    gone = folder.with_name(f"{GONE}{folder.name}")
    with unread(folder) as free:
        if not free:
            return Spared.READ
        if dry:
            return None
        with writing(store.published):
            if folder.name in _shown(store):
                return Spared.CURRENT
            folder.rename(gone)
            sync_folder(gone.parent)
    shutil.rmtree(gone)
    return None


def _bytes(folder: Path) -> int:
    try:
        return sum(path.stat().st_size for path in folder.iterdir())
    except OSError:
        return 0
