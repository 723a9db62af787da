"""The files of a folder, and how each is written: encoding, delimiter, header row, sheet.

Finding out from the bytes how a file is written happens here alone: what is found is written into source.toml, shown,
and from then on declared.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from pipelines.contracts.message import Remark
from pipelines.errors import SourceError
from pipelines.reading.databases.database import Database
from pipelines.reading.databases.faults import NoTables, TooManyTables
from pipelines.reading.draft.faults import NoExports, TooManyFiles
from pipelines.reading.draft.looking.grid import find_header, read_grid, repeated_names, with_questions
from pipelines.reading.draft.looking.head import text_head
from pipelines.reading.draft.notes import (
    LeftOut,
    NamesRepeat,
    NoNames,
    NoParquetFile,
    NoSheetWithNames,
    NothingInIt,
    NoXlsxFile,
    OfVersionedTable,
    OtherKind,
    Unreadable,
    WhyLeftOut,
)
from pipelines.reading.files.exports import Data, versioned_folder
from pipelines.reading.files.quoting import identifier
from pipelines.settings.files import FORMATS, FileSpec, Format

MAX_FILES = 200
SHEET_ROWS = 200
# Files without rows that writers of data sets leave beside the parts.
_MARKS = ("_SUCCESS", "_metadata", "_common_metadata")


@dataclass(frozen=True)
class Found:
    """What a folder holds: one ``FileSpec`` per readable file or sheet, and notes on what is left out."""

    specs: tuple[FileSpec, ...]
    notes: tuple[Remark, ...]


class _LeftOutError(Exception):
    """Why a file is left out."""

    def __init__(self, why: WhyLeftOut) -> None:
        self.why = why
        super().__init__(why)


def find_files(data: Data) -> Found:
    """Every export of a folder or database; ``SourceError`` where there is none, or far too many files."""
    return _tables(data) if isinstance(data, Database) else _files(data)


def _tables(database: Database) -> Found:
    """All tables but those that loaders and frameworks keep for themselves, whose names begin with ``_``."""
    tables = [name for name in database.tables if not name.rpartition(".")[2].startswith("_")]
    if not tables:
        raise SourceError(NoTables(database.shown))
    if len(tables) > MAX_FILES:
        raise SourceError(TooManyTables(database.shown, MAX_FILES))
    return Found(_with_aliases([FileSpec(path=name, format=Format.TABLE) for name in tables]), ())


def _files(folder: Path) -> Found:
    if not folder.is_dir():
        raise SourceError(NoExports(folder))
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p.relative_to(folder)))
    if len(paths) > MAX_FILES:
        raise SourceError(TooManyFiles(folder, MAX_FILES))
    specs: list[FileSpec] = []
    notes: list[Remark] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            specs += _specs(path, name, folder)
        except _LeftOutError as reason:
            notes.append(LeftOut(name, reason.why))
    return Found(tuple(replace(spec, path=escape(spec.path)) for spec in _with_aliases(specs)), tuple(notes))


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts) or path.name in _MARKS


def _specs(path: Path, name: str, folder: Path) -> list[FileSpec]:
    if versioned_folder(path, folder):
        raise _LeftOutError(OfVersionedTable())
    form = FORMATS.get(Path(name.removesuffix(".gz")).suffix.lower())
    if form is Format.CSV:
        return [_delimited(path, name)]
    if form is Format.PARQUET and not name.endswith(".gz"):
        return [_parquet(path, name)]
    if form is Format.XLSX and not name.endswith(".gz"):
        return _workbook(path, name)
    raise _LeftOutError(OtherKind())


def _delimited(path: Path, name: str) -> FileSpec:
    try:
        head, encoding = text_head(path)
    except (OSError, EOFError, zlib.error):
        raise _LeftOutError(Unreadable()) from None
    if not head.strip("\0 \r\n\t"):
        raise _LeftOutError(NothingInIt())
    grid = read_grid(head.replace("\0", ""))
    header = find_header(grid.rows)
    if header is None:
        twice = repeated_names(grid.rows)
        raise _LeftOutError(NamesRepeat(twice) if twice else NoNames())
    lines = tuple(grid.lines[i] for i in with_questions(grid.rows, header))
    return FileSpec(path=name, encoding=encoding, delimiter=grid.delimiter, header_row=lines)


def _parquet(path: Path, name: str) -> FileSpec:
    try:
        pq.read_schema(path)
    except (OSError, pa.ArrowException):
        raise _LeftOutError(NoParquetFile()) from None
    return FileSpec(path=name, format=Format.PARQUET)


def _workbook(path: Path, name: str) -> list[FileSpec]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            heads = {sheet: _sheet_head(book, sheet) for sheet in book.sheet_names}
    except CalamineError:
        raise _LeftOutError(NoXlsxFile()) from None
    specs = []
    for sheet, rows in heads.items():
        filled = [i for i, row in enumerate(rows) if any(row)]
        header = find_header([rows[i] for i in filled])
        if header is not None and len(filled) > header[-1] + 1:
            lines = tuple(filled[i] + 1 for i in header)
            specs.append(FileSpec(path=name, format=Format.XLSX, sheet=sheet, header_row=lines))
    if not specs:
        raise _LeftOutError(NoSheetWithNames())
    return specs


def _sheet_head(book: CalamineWorkbook, sheet: str) -> list[list[str]]:
    cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=SHEET_ROWS)
    return [[str(cell).strip() for cell in row] for row in cells]


def _with_aliases(specs: Sequence[FileSpec]) -> tuple[FileSpec, ...]:
    """Each spec with a name of its own that SQL can use: of the file, and of the sheet where there are several."""
    several = {spec.path for spec in specs if sum(other.path == spec.path for other in specs) > 1}
    named: list[FileSpec] = []
    for spec in specs:
        stem = spec.stem if spec.format is Format.TABLE else re.sub(r"(\.\w+)+$", "", Path(spec.path).name)
        alias = identifier(f"{stem}_{spec.sheet}" if spec.path in several else stem)
        taken = {other.alias for other in named}
        free = next(a for a in (alias, *(f"{alias}_{i}" for i in range(2, MAX_FILES * 50))) if a not in taken)
        named.append(replace(spec, alias=free))
    return tuple(named)
