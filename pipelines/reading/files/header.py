"""The names of the columns of an export."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.errors import ContractError, SourceError
from pipelines.reading.files.exports import Export
from pipelines.reading.files.faults import (
    FileIsEmpty,
    HeaderRowIsBlank,
    LooksLikeUtf16,
    NamesTwice,
    NoHeader,
    TooManyColumns,
)
from pipelines.reading.files.lists import numbered
from pipelines.settings.declared import shown

MAX_COLUMNS = 2_000
MAX_HEADER_BYTES = 1 << 20
RESERVED = ("_file", "_line")


@dataclass(frozen=True)
class Header:
    """Column names in order, the byte the data starts at, and the physical line it starts on."""

    names: tuple[str, ...]
    data_offset: int
    data_line: int

    @property
    def is_first_line(self) -> bool:
        """Whether the header is the first line and nothing else."""
        return self.data_line == 2


def delimited_header(export: Export, utf8: bytes) -> Header:
    """Read the header rows of a UTF-8 file; never more than the first megabyte."""
    head = utf8[:MAX_HEADER_BYTES]
    if not head.strip():
        raise SourceError(FileIsEmpty(export.name))
    lines = head.splitlines(keepends=True)
    if b"\0" in lines[0]:
        raise SourceError(LooksLikeUtf16(export.name, export.spec.alias))
    first = min(export.spec.header_row) - 1
    text = (line.decode("utf-8", errors="replace") for line in lines[first:])
    reader = csv.reader(text, delimiter=export.spec.delimiter, quotechar=export.spec.quote or None)
    try:
        rows = [row for _, row in zip(export.spec.header_row, reader, strict=False)]
    except csv.Error:
        raise SourceError(NoHeader(export.name)) from None
    names = column_names(export, rows)
    used = first + reader.line_num
    return Header(names, sum(map(len, lines[:used])), used + 1)


def column_names(export: Export, rows: Sequence[Sequence[str]], fill_right: bool = True) -> tuple[str, ...]:
    """One name per column; two header rows read ``upper lower``.

    With ``fill_right`` an upper cell also holds for the blank ones after it, as a merged cell looks in a CSV file.
    """
    if not any(cell.strip() for row in rows for cell in row):
        raise SourceError(HeaderRowIsBlank(export.name, export.spec.header_row[0], export.spec.alias))
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    upper = [_filled_right(row) if fill_right else row for row in padded[:-1]]
    cells = [
        " ".join(dict.fromkeys(filter(None, map(_tidy, column)))) for column in zip(*upper, padded[-1], strict=True)
    ]
    return checked_names(export, numbered([cell or f"column {i}" for i, cell in enumerate(cells, start=1)]))


def _filled_right(row: Sequence[str]) -> list[str]:
    filled: list[str] = []
    for cell in row:
        filled.append(cell if cell.strip() or not filled else filled[-1])
    return filled


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())


def checked_names(export: Export, names: Sequence[str]) -> tuple[str, ...]:
    """The names, when there aren't too many and each stands for one column (letter case doesn't tell them apart)."""
    if len(names) > MAX_COLUMNS:
        raise SourceError(TooManyColumns(export.name, len(names), MAX_COLUMNS, export.spec.alias))
    counts = Counter([*(name.lower() for name in names), *RESERVED])
    twice = sorted({name for name in names if counts[name.lower()] > 1})
    if twice:
        raise ContractError(NamesTwice(export.name, shown(twice), RESERVED))
    return tuple(names)
