"""Publish a run: an immutable directory first, then the pointer. A reader sees the old run or the new one, never half.

Layout: ``runs/<run_id>/*.parquet`` and ``manifest.json``, ``current`` (the run id to show), ``journal.jsonl``.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.contracts.manifest import Manifest, Origin, encoded
from pipelines.contracts.messages.faults import RunNotWritten
from pipelines.errors import PublishError
from pipelines.publish.lock import publishing

INCOMING = ".incoming"


def publish(published: Path, tables: Mapping[str, pa.Table], origin: Origin) -> Manifest:
    """Write tables and manifest as the next run and point ``current`` at it.

    The sequence is one above the highest ever published here, so order never depends on a clock. Raises
    ``PublishError`` when the folder can't be written.
    """
    try:
        with publishing(published):
            runs = published / "runs"
            runs.mkdir(exist_ok=True)
            manifest = _manifest(_next_sequence(runs), tables, origin)
            incoming = runs / INCOMING
            shutil.rmtree(incoming, ignore_errors=True)
            _write_run(incoming, tables, manifest)
            incoming.rename(runs / manifest.run_id)
            _sync_folder(runs)
            _replace(published / "current", manifest.run_id + "\n")
    except OSError as error:
        raise PublishError(RunNotWritten(published, str(error.strerror))) from error
    return manifest


def _next_sequence(runs: Path) -> int:
    return 1 + max((int(p.name.split("-")[0]) for p in runs.iterdir() if p.name[0].isdigit()), default=0)


def _manifest(sequence: int, tables: Mapping[str, pa.Table], origin: Origin) -> Manifest:
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
    return Manifest(run_id=f"{sequence:04d}-{digest}", sequence=sequence, rows=rows, **known)


def _write_run(folder: Path, tables: Mapping[str, pa.Table], manifest: Manifest) -> None:
    folder.mkdir()
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd", store_schema=True)
        _sync(path)
    path = folder / "manifest.json"
    path.write_text(encoded(manifest), encoding="utf-8")
    _sync(path)
    for file in folder.iterdir():
        file.chmod(0o444)
    _sync_folder(folder)


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    _sync(temporary)
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
