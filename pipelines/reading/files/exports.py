"""Export files as the profile names them: found, hashed, and nothing else in the folder touched."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import SourceError
from pipelines.reading.files.faults import NoSuchFile
from pipelines.settings.files import FileSpec


@dataclass(frozen=True)
class Export:
    """One export file: where it lies, and ``name``, its path inside the data folder as reports show it."""

    spec: FileSpec
    path: Path
    name: str


def find_exports(
    files: Mapping[str, FileSpec], aliases: Collection[str], data_dir: Path
) -> dict[str, tuple[Export, ...]]:
    """The files behind each alias, in the order of their names; none for an absent optional file."""
    return {alias: _matching(files[alias], data_dir) for alias in aliases}


def _matching(file: FileSpec, data_dir: Path) -> tuple[Export, ...]:
    found = sorted(p for p in data_dir.glob(file.path) if p.is_file())
    if not found and not file.optional:
        raise SourceError(NoSuchFile(data_dir / file.path, file.alias))
    return tuple(Export(file, path, path.relative_to(data_dir).as_posix()) for path in found)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
