"""Rows as CSV: what it is, which run and which data cut come first, so that a file found later still says so."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.exports.neutral import harmless
from pipelines.publish.store import Row


def csv_bytes(rows: Sequence[Row], facts: Iterable[str]) -> bytes:
    """UTF-8 with a byte-order mark (so that spreadsheets read it), one ``# fact`` line each, then the table.

    A text cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"# {fact}"] for fact in facts)
    if rows:
        writer.writerow(list(rows[0]))
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
