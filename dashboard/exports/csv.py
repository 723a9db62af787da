"""Rows as CSV: what it is, which run and which data cut come first, so that a file found later still says so."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.exports.neutral import harmless
from pipelines.contracts.tables.row import Published, columns, in_words


def csv_bytes(rows: Sequence[Published | Mapping[str, str]], facts: Iterable[str]) -> bytes:
    """UTF-8 with a byte-order mark (so that spreadsheets read it), one ``# fact`` line each, then the table.

    A text cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"# {fact}"] for fact in facts)
    lines = [_line(row) for row in rows]
    if lines:
        writer.writerow(list(lines[0]))
        writer.writerows([_cell(value) for value in line.values()] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _line(row: Published | Mapping[str, str]) -> dict[str, Any]:
    return dict(row) if isinstance(row, Mapping) else {name: getattr(row, name) for name in columns(type(row))}


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        value = " ".join(in_words(message) for message in value)
    return harmless(value) if isinstance(value, str) else value
