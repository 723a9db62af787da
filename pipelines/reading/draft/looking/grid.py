"""The head of a file as rows of cells: its delimiter, and the row that names the columns."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.reading.draft.looking.amounts import read_amounts
from pipelines.reading.draft.looking.dates import read_dates

DELIMITERS = (",", ";", "\t", "|")
MAX_ROWS = 200

Row = Sequence[str]


@dataclass(frozen=True)
class Grid:
    """Rows of cells without blank rows; ``lines`` says on which line (from 1) each row starts."""

    delimiter: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]


def read_grid(text: str) -> Grid:
    """Split the head of a delimited file with the delimiter that gives the most rows of the same width above one."""
    grids = [_split(text, delimiter) for delimiter in DELIMITERS]
    return max(grids, key=_evenness)


def _split(text: str, delimiter: str) -> Grid:
    rows = list(_rows(text, delimiter))
    return Grid(delimiter, tuple(row for row, _ in rows), tuple(line for _, line in rows))


def _rows(text: str, delimiter: str) -> Iterator[tuple[Row, int]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    start = 1
    try:
        for count, row in enumerate(reader):
            if count == MAX_ROWS:
                return
            if any(cell.strip() for cell in row):
                yield row, start
            start = reader.line_num + 1
    except csv.Error:
        return


def _evenness(grid: Grid) -> float:
    widths = Counter(len(row) for row in grid.rows if len(row) > 1)
    return max(((rows / len(grid.rows)) ** 2 * width for width, rows in widths.items()), default=0.0)


def find_header(rows: Sequence[Row]) -> tuple[int, ...] | None:
    """Index of the row of names, or of two when the lower one repeats names below groups; None without names.

    Names stand above the rows, fill most of the width, and are words: no numbers, moments or addresses.
    """
    if not rows:
        return None
    width = sorted(map(_filled, rows))[int(0.9 * (len(rows) - 1))]
    for i, row in enumerate(rows[:30]):
        if _filled(row) < max(0.6 * width, 1):
            continue
        cells = [cell.strip() for cell in row if cell.strip()]
        if not all(map(_is_name, cells)):
            if len(cells) >= width:
                return None
            continue
        if len({cell.lower() for cell in cells}) == len(cells):
            return (i,)
        if i and _filled(rows[i - 1]) > 1:
            return (i - 1, i)
        return (i,) if _tells(cells) else None
    return None


def _tells(cells: Sequence[str]) -> bool:
    """Whether most names stand once: those that stand more often are lists with a column a value."""
    counts = Counter(cell.lower() for cell in cells)
    return sum(n == 1 for n in counts.values()) > 0.5 * len(counts)


def repeated_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """Names that stand twice or more in the first row that is wide and holds nothing but names."""
    width = max(map(_filled, rows), default=0)
    for row in rows[:30]:
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) >= max(0.6 * width, 2) and all(map(_is_name, cells)):
            return tuple(name for name, n in Counter(cells).items() if n > 1)
    return ()


def with_questions(rows: Sequence[Row], header: tuple[int, ...]) -> tuple[int, ...]:
    """The row of names and the row of questions below it, where a survey tool wrote import ids under both."""
    (last,) = header[-1:]
    below = rows[last + 1 : last + 3]
    told = len(below) == 2 and sum("importid" in cell.lower() for cell in below[1]) > 0.5 * len(below[1])
    return (last, last + 1) if told and len(header) == 1 else header


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _is_name(cell: str) -> bool:
    return len(cell) <= 80 and "@" not in cell and not read_dates([cell]).share and not read_amounts([cell]).share
