"""XLSX into the engine: one sheet, cells as text (dates as ISO 8601), checked against the file's own XML."""

import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.counted_rows import Place, Reading, is_wanted, show_rows
from pipelines.reading.files.exports import Export, read_whole
from pipelines.reading.files.faults import NoSuchSheet, NoWorkbook, TooManyCells, TooManySheetColumns
from pipelines.reading.files.header import MAX_COLUMNS, column_names
from pipelines.reading.files.workbook import SheetSize, sheet_names, sheet_size
from pipelines.settings.declared import suggestion

MAX_CELLS = 30_000_000
Cells = list[list[Any]]


def read_sheet(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of one sheet; ``_line`` is the row number that Excel shows."""
    content, sha256 = read_whole(export)
    size, sheet = _opened(export, content)
    cells = sheet.to_python(skip_empty_area=False)
    names = column_names(export, _header(export, sheet, cells), fill_right=False)
    below = export.spec.header_row[-1]
    body = [(n, row) for n, row in enumerate(cells[below:], start=below + 1) if any(cell != "" for cell in row)]
    chosen = {column: i for i, column in enumerate(names) if is_wanted(column, wanted)}
    columns = {column: pa.array([cell_text(row[i]) for _, row in body], pa.string()) for column, i in chosen.items()}
    counted = sum(number > below for number in size.rows)
    lines = pa.array([number for number, _ in body], pa.int64())
    show_rows(engine, place, export.name, pa.table({**columns, "_line": lines}), counted)
    return Reading(export.name, sha256, names, dict.fromkeys(chosen, "VARCHAR"), counted)


def each_sheet(export: Export) -> tuple[Export, ...]:
    """The export itself, or one per sheet where its ``sheet`` holds ``*``, in the order of the workbook."""
    if "*" not in export.spec.sheet:
        return (export,)
    content, _ = read_whole(export)
    try:
        sheets = sheet_names(BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise SourceError(NoWorkbook(export.name)) from error
    found = [sheet for sheet in sheets if stands_for(export.spec.sheet, sheet)]
    if not found:
        raise SourceError(NoSuchSheet(export.name, export.spec.sheet, suggestion(export.spec.sheet, sheets)))
    return tuple(Export(replace(export.spec, sheet=sheet), export.path, f"{export.name}[{sheet}]") for sheet in found)


def stands_for(pattern: str, sheet: str) -> bool:
    """Whether a name of sheets, in which ``*`` is anything, stands for one."""
    return bool(re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), sheet, re.DOTALL))


def cell_text(cell: Any) -> str | None:
    """A cell as a CSV export would write it: whole numbers without point, dates in ISO 8601, blanks as nothing."""
    match cell:
        case bool():
            return str(cell).lower()
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
    return str(cell) or None


def _opened(export: Export, content: bytes) -> tuple[SheetSize, CalamineSheet]:
    try:
        sheets = sheet_names(BytesIO(content))
        wanted = export.spec.sheet or sheets[0]
        if wanted not in sheets:
            raise SourceError(NoSuchSheet(export.name, wanted, suggestion(wanted, sheets)))
        size = sheet_size(BytesIO(content), wanted)
        _check_size(export, size)
        return size, CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(wanted)
    except (zipfile.BadZipFile, KeyError, IndexError, ElementTree.ParseError, CalamineError, OSError) as error:
        raise SourceError(NoWorkbook(export.name)) from error


def _check_size(export: Export, size: SheetSize) -> None:
    if size.last_column > MAX_COLUMNS:
        raise SourceError(TooManySheetColumns(export.name, size.last_column, MAX_COLUMNS))
    if max(size.rows, default=0) * size.last_column > MAX_CELLS:
        raise SourceError(TooManyCells(export.name, MAX_CELLS))


def _header(export: Export, sheet: CalamineSheet, cells: Cells) -> Sequence[Sequence[str]]:
    """The header rows, with the text of a merged cell in every cell it covers."""
    rows = [[str(cell) for cell in row] for row in cells[: export.spec.header_row[-1]]]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return [rows[number - 1] for number in export.spec.header_row if number <= len(rows)]
