"""Publish a run: an immutable directory first, then the pointer. A reader sees the old run or the new one, never half.

Layout: ``runs/<run_id>/*.parquet`` and ``manifest.json``, ``current`` (the run id to show), ``journal.jsonl``.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.contracts.manifest import Manifest, Origin, encoded
from pipelines.contracts.messages.faults import RunNotWritten
from pipelines.errors import PublishError, why
from pipelines.publish.lease import MANIFEST
from pipelines.publish.lock import Turn, writing
from pipelines.publish.pointer import number, pointed_at, prepare, put_in_place, sync_folder
from pipelines.publish.stamp import digest
from pipelines.publish.store import Store, StoreError, local_store
from pipelines.publish.sweep import INCOMING, sweep


def publish(turn: Turn, tables: Mapping[str, pa.Table], origin: Origin, *, even_if_older: bool = False) -> Manifest:
    """Write tables and manifest as the next run and point ``current`` at it.

    The sequence is one above the highest ever published here, so order never depends on a clock. A run whose data ends
    before that of the current run of the same profile is published but held back, unless ``even_if_older``. Raises
    ``PublishError`` when the folder can't be written; what was begun is cleared away.
    """
    runs, published = turn.published / "runs", turn.published
    incoming = runs / INCOMING
    try:
        runs.mkdir(exist_ok=True)
        sweep(published)
        try:
            files = _write_tables(incoming, tables)
            with writing(published):
                held_back = not even_if_older and _is_older(local_store(published), origin)
                manifest = _manifest(_next_sequence(published), tables, files, origin, held_back=held_back)
                _write_manifest(incoming, manifest)
                _place(published, manifest)
        except BaseException:
            sweep(published)
            raise
    except OSError as error:
        raise PublishError(RunNotWritten(published, why(error))) from error
    return manifest


def _is_older(store: Store, origin: Origin) -> bool:
    """Whether the run shown now is of the same profile and knows later days."""
    try:
        shown = store.manifest(store.standing().run_id)
    except StoreError:
        return False
    return shown.profile.name == origin.profile.name and shown.data_cut > origin.data_cut


def _next_sequence(published: Path) -> int:
    pointed = pointed_at(published)
    known = (*local_store(published).run_ids(), *((pointed,) if isinstance(pointed, str) else ()))
    return 1 + max(map(number, known), default=0)


def _manifest(
    sequence: int, tables: Mapping[str, pa.Table], files: Mapping[str, str], origin: Origin, *, held_back: bool
) -> Manifest:
    content = {
        "inputs": dict(origin.inputs),
        "profile_hash": origin.profile_hash,
        "settings_hash": origin.settings_hash,
        "code_version": origin.code_version,
        "data_cut": origin.data_cut.isoformat(),
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:8]
    rows = {name: table.num_rows for name, table in sorted(tables.items())}
    known = {f.name: getattr(origin, f.name) for f in fields(Origin)}
    run_id = f"{sequence:04d}-{digest}"
    return Manifest(run_id=run_id, sequence=sequence, rows=rows, files=files, held_back=held_back, **known)


def _write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Write every table; returns the digest of each file."""
    folder.mkdir()
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd", store_schema=True)
        _finish(path)
    return {path.name: digest(path) for path in sorted(folder.iterdir())}


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    path = folder / MANIFEST
    path.write_text(encoded(manifest), encoding="utf-8")
    _finish(path)
    sync_folder(folder)


def _place(published: Path, manifest: Manifest) -> None:
    """All that needs room on the disk is written before the first name changes."""
    runs = published / "runs"
    if not manifest.held_back:
        prepare(published, manifest.run_id)
    (runs / INCOMING).rename(runs / manifest.run_id)
    sync_folder(runs)
    if manifest.held_back:
        return
    try:
        put_in_place(published)
    except OSError:
        (runs / manifest.run_id).rename(runs / INCOMING)
        raise


def _finish(path: Path) -> None:
    path.chmod(0o400)
    with path.open("rb") as file:
        os.fsync(file.fileno())
