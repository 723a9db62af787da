"""The names of the columns of an export."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import ContractError, SourceError
from pipelines.sources.exports import Export

MAX_COLUMNS = 2_000
MAX_HEADER_BYTES = 1 << 20


@dataclass(frozen=True)
class Header:
    """Column names in order, the byte the data starts at, and the physical line it starts on."""

    names: tuple[str, ...]
    data_offset: int
    data_line: int


def delimited_header(export: Export, utf8: Path) -> Header:
    """Read the header rows of a UTF-8 file; never more than the first megabyte."""
    with utf8.open("rb") as file:
        head = file.read(MAX_HEADER_BYTES)
    if not head.strip():
        raise SourceError(f"{export.name}: the file is empty. Export it again.")
    lines = head.splitlines(keepends=True)
    first = min(export.spec.header_row) - 1
    text = (line.decode("utf-8", errors="replace") for line in lines[first:])
    reader = csv.reader(text, delimiter=export.spec.delimiter, quotechar=export.spec.quote or None)
    rows = [row for _, row in zip(export.spec.header_row, reader, strict=False)]
    names = column_names(export, rows)
    used = first + reader.line_num
    return Header(names, sum(map(len, lines[:used])), used + 1)


def column_names(export: Export, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One name per column; two header rows read ``upper lower``, an upper cell holding for the blank ones after it."""
    if not any(cell.strip() for row in rows for cell in row):
        raise SourceError(
            f"{export.name}: row {export.spec.header_row[0]} holds no column names. "
            f"Set header_row under [files.{export.spec.alias}] in source.toml."
        )
    width = max(map(len, rows))
    if width > MAX_COLUMNS:
        raise SourceError(
            f"{export.name}: {width:,} columns, more than the {MAX_COLUMNS:,} that are read. "
            f"Export fewer, or correct the delimiter under [files.{export.spec.alias}] in source.toml."
        )
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    parts = zip(*[*map(_filled_right, padded[:-1]), padded[-1]], strict=True)
    cells = [" ".join(part for part in map(_tidy, column) if part) for column in parts]
    return _distinct(export, [cell or f"column {i}" for i, cell in enumerate(cells, start=1)])


def _filled_right(row: Sequence[str]) -> list[str]:
    filled: list[str] = []
    for cell in row:
        filled.append(cell if cell.strip() or not filled else filled[-1])
    return filled


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())


def _distinct(export: Export, names: Sequence[str]) -> tuple[str, ...]:
    lowered = [name.lower() for name in names]
    twice = sorted({name for name in names if lowered.count(name.lower()) > 1})
    if twice:
        raise ContractError(
            f"{export.name}: columns named twice: {', '.join(twice[:5])}. Rename them in the export, "
            "so that it is clear which one is meant."
        )
    return tuple(names)
