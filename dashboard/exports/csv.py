"""Rows as CSV: what it is, which run and which data cut come first, so that a file found later still says so."""

import csv
import io
from collections.abc import Iterable, Sequence

from dashboard.exports.neutral import harmless
from dashboard.exports.row_cells import Cell, cells_of, head_of
from pipelines.contracts.tables.row import Published
from words.speech import Speech


def csv_bytes(rows: Sequence[Published], facts: Iterable[str], speech: Speech) -> bytes:
    """UTF-8 with a byte-order mark (so that spreadsheets read it), one ``# fact`` line each, then the table.

    A text cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(f"# {fact}")] for fact in facts)
    if rows:
        writer.writerow(map(harmless, head_of(rows)))
        writer.writerows(map(_harmless, cells_of(row, speech)) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
