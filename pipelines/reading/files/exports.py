"""Export files as the profile names them: found, opened once, hashed as they are read; nothing else is touched."""

import hashlib
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from pipelines.errors import SourceError
from pipelines.reading.databases.database import Database
from pipelines.reading.databases.faults import FileWantsFolder, NoSuchTable, TableWantsDatabase
from pipelines.reading.files.faults import FileChanged, FileUnreadable, NoSuchFile, VersionedTable
from pipelines.settings.files import FileSpec, Format

# Where exports are: a folder, or an open database.
Data = Path | Database

# What the formats that keep older files of a table leave in its folder.
_VERSIONED = ("_delta_log", ".hoodie", "metadata/*.metadata.json")

# A bracket around one of these says that it is meant as it stands.
_MEANT = re.compile(r"\[([\[*?])\]")


@dataclass(frozen=True)
class Export:
    """One export file: where it lies, and ``name``, its path inside the data folder as reports show it.

    A table of a ``database`` is one, too; its ``path`` is its name.
    """

    spec: FileSpec
    path: Path
    name: str
    database: Database | None = None


def find_exports(files: Mapping[str, FileSpec], aliases: Collection[str], data: Data) -> dict[str, tuple[Export, ...]]:
    """The files behind each alias, in the order of their names; none for an absent optional file."""
    return {alias: exports_of(files[alias], data) for alias in aliases}


def read_whole(export: Export) -> tuple[bytes, str]:
    """The bytes of a file and their SHA-256, in hex: what is parsed is what is hashed.

    Raises ``SourceError`` when the file can't be opened, or is written to while it is read.
    """
    try:
        with export.path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read()
            after = os.fstat(file.fileno())
    except OSError as error:
        raise SourceError(FileUnreadable(export.name, str(error.strerror))) from error
    if (before.st_size, before.st_mtime_ns) != (len(content), after.st_mtime_ns):
        raise SourceError(FileChanged(export.name))
    return content, hashlib.sha256(content).hexdigest()


def find_paths(folder: Path, path: str) -> list[Path]:
    """The file of that name; without one, where the path holds ``*``, all that it stands for. No other sign is special.

    ``[*]``, ``[?]`` and ``[[]`` mean the sign itself, as ``glob`` has it.
    """
    for named in (path, meant(path)):
        if (folder / named).is_file():
            return [folder / named]
    if "*" not in _MEANT.sub("", path):
        return []
    pattern = re.sub(r"\[[\[*?]\]|[\[?]", lambda sign: sign[0] if len(sign[0]) > 1 else escape(sign[0]), path)
    return sorted(found for found in folder.glob(pattern) if found.is_file())


def meant(path: str) -> str:
    """A path without the brackets that say that a sign is meant as it stands."""
    return _MEANT.sub(r"\1", path)


def exports_of(file: FileSpec, data: Data) -> tuple[Export, ...]:
    """What a profile's file stands for, in the order of names; ``SourceError`` when nothing is there that has to be."""
    if isinstance(data, Database):
        return _tables(file, data)
    if file.format is Format.TABLE:
        raise SourceError(TableWantsDatabase(file.alias))
    found = find_paths(data, file.path)
    if not found and not file.optional:
        raise SourceError(NoSuchFile(data / file.path, file.alias))
    if versioned := next((folder for path in found if (folder := versioned_folder(path, data))), None):
        raise SourceError(VersionedTable(versioned, file.alias))
    return tuple(Export(file, path, path.relative_to(data).as_posix()) for path in found)


def versioned_folder(path: Path, data: Path) -> Path | None:
    """The folder of a Delta, Iceberg or Hudi table that a file is a part of: it may hold rows that are gone."""
    inside = [folder for folder in path.parents if folder.is_relative_to(data)]
    return next((f for f in inside if any(any(f.glob(mark)) for mark in _VERSIONED)), None)


def _tables(file: FileSpec, database: Database) -> tuple[Export, ...]:
    if file.format is not Format.TABLE:
        raise SourceError(FileWantsFolder(file.alias, database.shown))
    found = database.matching(file.path)
    if not found and not file.optional:
        raise SourceError(NoSuchTable(file.path, file.alias, database.shown))
    return tuple(Export(file, Path(name), name, database) for name in found)
