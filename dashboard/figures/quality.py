"""The balance of what was read: rows in = kept + left out by SQL + set aside, per table and file, with the reasons."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.shapes import Shape, shape_of_table
from pipelines.contracts.tables.intake import RowsCounted
from words.speech import Speech

# What stands in columns of its own.
_NO_REASONS = (RowReason.ROWS_IN, RowReason.KEPT, RowReason.NOT_PASSED_ON)


@dataclass(frozen=True)
class FileBalance:
    """One file read for one table. ``reasons`` are (reason, rows), most frequent first.

    ``left_out``: rows that the profile's SQL passes on to no table. ``shape``: what a row of the file is.
    """

    table: str
    file: str
    rows_in: int
    kept: int
    left_out: int
    reasons: tuple[tuple[RowReason, int], ...]
    shape: Shape | None = None

    @property
    def set_aside(self) -> int:
        """Rows quarantined, all reasons together."""
        return sum(rows for _, rows in self.reasons)

    @property
    def balanced(self) -> bool:
        """Whether every row read is either kept or set aside with a reason."""
        return self.rows_in == self.kept + self.left_out + self.set_aside


def balances(quality: Iterable[RowsCounted]) -> tuple[FileBalance, ...]:
    """The ``quality`` table as one balance per table and file, in the order of its rows."""
    files: dict[tuple[str, str], dict[RowReason, int]] = defaultdict(dict)
    shapes: dict[str, Shape | None] = {}
    for row in quality:
        files[row.table, row.file][row.reason] = row.rows
        shapes[row.table] = row.shape or shape_of_table(row.table)
    return tuple(_balance(table, file, rows, shapes[table]) for (table, file), rows in files.items())


def _balance(table: str, file: str, rows: dict[RowReason, int], shape: Shape | None) -> FileBalance:
    reasons = [(reason, n) for reason, n in rows.items() if reason not in _NO_REASONS and n]
    return FileBalance(
        table,
        file,
        rows.get(RowReason.ROWS_IN, 0),
        rows.get(RowReason.KEPT, 0),
        rows.get(RowReason.NOT_PASSED_ON, 0),
        tuple(sorted(reasons, key=lambda r: (-r[1], r[0]))),
        shape,
    )


def balance_title(files: Iterable[FileBalance], speech: Speech) -> str:
    """The finding: how much of what was read could be used."""
    files = tuple(files)
    rows_in, kept = sum(f.rows_in for f in files), sum(f.kept for f in files)
    left_out = sum(f.left_out for f in files)
    if rows_in == 0:
        return "Nothing was read"
    if not all(f.balanced for f in files):
        return "The counts don't add up: treat this run with suspicion"
    if kept == rows_in:
        return f"All {speech.count(rows_in)} rows read were kept"
    parts = [f"{speech.count(kept)} of {speech.count(rows_in)} rows were kept"]
    parts += [f"{speech.count(left_out)} were left out by the profile's SQL"] if left_out else []
    aside = rows_in - kept - left_out
    parts += [f"{speech.count(aside)} were set aside, each with a reason"] if aside else []
    return "; ".join(parts)


def balance_table(files: Iterable[FileBalance], speech: Speech) -> list[dict[str, str]]:
    """One line per table and file, as shown."""
    return [
        {
            "Table": f.table,
            "File": f.file,
            "Each row": speech.label(f.shape) if f.shape else "–",
            "Rows in": speech.count(f.rows_in),
            "Kept": speech.count(f.kept),
            "Left out by SQL": speech.count(f.left_out),
            "Set aside": speech.count(f.set_aside),
            "Kept, %": speech.percent(f.kept / f.rows_in, 1) if f.rows_in else "–",
            "Adds up": "yes" if f.balanced else "no",
        }
        for f in files
    ]


def reason_table(files: Iterable[FileBalance], speech: Speech) -> list[dict[str, str]]:
    """One line per reason and file, most rows first."""
    lines = [(rows, reason, f) for f in files for reason, rows in f.reasons]
    lines.sort(key=lambda line: (-line[0], line[1], line[2].table))
    return [
        {"Reason": speech.label(reason), "Table": f.table, "File": f.file, "Rows": speech.count(rows)}
        for rows, reason, f in lines
    ]
