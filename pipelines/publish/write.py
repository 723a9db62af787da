"""Publish a run: an immutable directory first, then the pointer. A reader sees the old run or the new one, never half.

Layout: ``runs/<run_id>/*.parquet`` and ``manifest.json``, ``current`` (the run id to show), ``journal.jsonl``.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.contracts.manifest import Manifest
from pipelines.errors import PublishError
from pipelines.publish.lock import publishing

INCOMING = ".incoming"


def publish(published: Path, tables: Mapping[str, pa.Table], facts: Mapping[str, Any]) -> Manifest:
    """Write tables and manifest as the next run and point ``current`` at it.

    ``facts`` is the manifest without ``run_id``, ``sequence`` and ``rows``. The sequence is one above the highest
    ever published here, so order never depends on a clock. Raises ``PublishError`` when the folder can't be written.
    """
    try:
        with publishing(published):
            runs = published / "runs"
            runs.mkdir(exist_ok=True)
            manifest = _manifest(_next_sequence(runs), tables, facts)
            incoming = runs / INCOMING
            shutil.rmtree(incoming, ignore_errors=True)
            _write_run(incoming, tables, manifest)
            incoming.rename(runs / manifest["run_id"])
            _sync_folder(runs)
            _replace(published / "current", manifest["run_id"] + "\n")
    except OSError as error:
        raise PublishError(
            f"{published}: can't write the run ({error.strerror}). Free space, or name another folder with --published."
        ) from error
    return manifest


def _next_sequence(runs: Path) -> int:
    return 1 + max((int(p.name.split("-")[0]) for p in runs.iterdir() if p.name[0].isdigit()), default=0)


def _manifest(sequence: int, tables: Mapping[str, pa.Table], facts: Mapping[str, Any]) -> Manifest:
    content = {k: facts[k] for k in ("inputs", "profile_hash", "settings_hash", "code_version", "data_cut")}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:8]
    rows = {name: table.num_rows for name, table in sorted(tables.items())}
    return cast(Manifest, {"run_id": f"{sequence:04d}-{digest}", "sequence": sequence, **facts, "rows": rows})


def _write_run(folder: Path, tables: Mapping[str, pa.Table], manifest: Manifest) -> None:
    folder.mkdir()
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd", store_schema=True)
        _sync(path)
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
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


def current_run(published: Path) -> Path:
    """The directory of the run that ``current`` points at; ``PublishError`` says how to make one."""
    try:
        run_id = (published / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise PublishError(
            f"{published}: no published run yet. Make one with `amends run --data DIR --profile NAME`."
        ) from None
    return run_folder(published, run_id)


def run_folder(published: Path, run_id: str) -> Path:
    """The directory of one run by its id."""
    folder = published / "runs" / run_id
    if "/" in run_id or not (folder / "manifest.json").is_file():
        raise PublishError(f"{published}: no run {run_id!r}. `amends runs` lists what is there.")
    return folder


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run directory."""
    return cast(Manifest, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def list_runs(published: Path) -> list[Manifest]:
    """Manifests of every published run, oldest first."""
    folders = (published / "runs").glob("[0-9]*") if (published / "runs").is_dir() else iter(())
    return sorted((read_manifest(f) for f in folders), key=lambda m: m["sequence"])
