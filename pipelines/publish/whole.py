"""Whether a run is what was published: its manifest by its seal, every other file by the digest the manifest names.

A file is read once for that and then known by path, size, times and inode, for as long as the process lives. Runs of
earlier versions bear no digests: of these the rows of each table are counted.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.contracts.manifest import Manifest, ManifestError, decoded, is_as_sealed
from pipelines.contracts.message import Fault
from pipelines.contracts.messages.faults import (
    ManifestChanged,
    ManifestDamaged,
    ManifestLacks,
    ManifestOfAnother,
    PublishedFileChanged,
    RowsMissing,
    SchemaUnknown,
    TableDamaged,
)
from pipelines.publish.faults import UnreadableRunError
from pipelines.publish.lease import MANIFEST
from pipelines.publish.stamp import Stamp, digest, stamp

REMEMBERED = 8192


def manifest_of(folder: Path, latest: int) -> Manifest:
    """The manifest of the run in ``folder``, of schema ``latest`` or an earlier one.

    Raises :class:`UnreadableRunError` for one that isn't what was published.
    """
    found = stamp(folder / MANIFEST)
    if found is None:
        raise UnreadableRunError(ManifestDamaged(folder.name))
    return _manifest(found, folder.name, latest)


def check_whole(folder: Path, manifest: Manifest) -> None:
    """Raises :class:`UnreadableRunError` for the first file that isn't what was published."""
    for fault in faults_of(folder, manifest):
        raise UnreadableRunError(fault)


def faults_of(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    """What of the run in ``folder`` isn't what was published, a file at a time."""
    if manifest.files is None:
        yield from _miscounted(folder, manifest)
        return
    for name, published in manifest.files.items():
        found = stamp(folder / name)
        try:
            now = None if found is None else _digest(found)
        except OSError:
            now = None
        if now is None:
            yield TableDamaged(folder.name, name)
        elif now != published:
            yield PublishedFileChanged(folder.name, name)


@lru_cache(REMEMBERED)
def _digest(found: Stamp) -> str:
    return digest(found.path)


@lru_cache(REMEMBERED)
def _manifest(found: Stamp, run_id: str, latest: int) -> Manifest:
    try:
        document: Any = json.loads(found.path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableRunError(ManifestDamaged(run_id)) from error
    if not isinstance(document, dict):
        raise UnreadableRunError(ManifestDamaged(run_id))
    version = document.get("schema_version")
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version <= latest:
        raise UnreadableRunError(SchemaUnknown(run_id, str(version)))
    if not is_as_sealed(document):
        raise UnreadableRunError(ManifestChanged(run_id))
    try:
        manifest = decoded(document)
    except (ManifestError, OverflowError, RecursionError) as error:
        raise UnreadableRunError(ManifestLacks(run_id, str(error))) from error
    if manifest.run_id != run_id:
        raise UnreadableRunError(ManifestOfAnother(run_id, manifest.run_id))
    return manifest


def _miscounted(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    for table, rows in manifest.rows.items():
        name = f"{table}.parquet"
        found = stamp(folder / name)
        try:
            counted = None if found is None else _rows(found)
        except UnreadableRunError:
            counted = None
        if counted is None:
            yield TableDamaged(folder.name, name)
        elif counted != rows:
            yield RowsMissing(folder.name, name, rows, counted)


@lru_cache(REMEMBERED)
def _rows(found: Stamp) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(found.path).num_rows)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableRunError(TableDamaged(found.path.parent.name, found.path.name)) from error
