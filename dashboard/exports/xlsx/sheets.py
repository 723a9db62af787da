"""Sheets in the house's own look: text that stays text, numbers that stay numbers, a head that stays in sight."""

from collections.abc import Sequence
from typing import Any

from dashboard.exports.neutral import harmless, printable
from dashboard.exports.review import Review
from dashboard.exports.row_cells import Cell
from dashboard.figures.theme import LIGHT

# Constant memory would forbid charts beside tables; these limits bound it instead.
MOST_ROWS, MOST_LETTERS = 100_000, 32_000
SHEET_LETTERS, WIDEST_COLUMN = 31, 60
FIRST_ROW, ROW_POINTS, TITLE_POINTS = 6, 14.0, 24.0


class Sheets:
    """A workbook while it is being written: its styles, and the names of sheets already taken."""

    def __init__(self, book: Any, review: Review) -> None:
        self.book, self.review, self.names = book, review, set[str]()
        face = {"font_name": "Arial", "font_size": 10, "font_color": LIGHT.ink, "valign": "top"}
        self.plain = book.add_format(face | {"text_wrap": True})
        self.cell = book.add_format(face)
        self.title = book.add_format(face | {"font_size": 14, "bold": True, "font_name": "Georgia"})
        self.head = book.add_format(
            face | {"bold": True, "font_color": LIGHT.quiet, "bottom": 1, "bottom_color": LIGHT.axis}
        )
        self.quiet = book.add_format(face | {"font_color": LIGHT.quiet})
        self.grey = book.add_format(face | {"font_color": LIGHT.quiet, "text_wrap": True})

    def sheet(self, name: str) -> Any:
        """A sheet with a name that is allowed and not taken."""
        clean = "".join(c for c in name if c not in "[]:*?/\\'")[:SHEET_LETTERS].strip() or "Sheet"
        number, free = 2, clean
        while free.lower() in self.names:
            free = f"{clean[: SHEET_LETTERS - 3]} {number}"
            number += 1
        self.names.add(free.lower())
        sheet = self.book.add_worksheet(free)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        """Text as text, shortened to what a cell can hold."""
        sheet.write_string(row, column, harmless(printable(text))[:MOST_LETTERS], style)

    def above(self, sheet: Any, title: str, note: str, source: str) -> None:
        """The lines over every table: what it says, how it is measured, where it comes from."""
        sheet.set_row(0, TITLE_POINTS)
        self.text(sheet, 0, 0, title, self.title)
        self.text(sheet, 1, 0, note, self.quiet)
        self.text(sheet, 2, 0, source or "; ".join(self.review.facts), self.quiet)

    def lines(self, sheet: Any, head: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
        """Lines from the seventh row on: one a row, numbers as numbers, filters on, the head kept in sight."""
        for j, column in enumerate(head):
            self.text(sheet, FIRST_ROW, j, column, self.head)
            widest = max([len(column), *(len("" if line[j] is None else str(line[j])) for line in lines[:200])])
            sheet.set_column(j, j, min(widest + 2, WIDEST_COLUMN))
        for i, line in enumerate(lines[:MOST_ROWS], start=FIRST_ROW + 1):
            for j, value in enumerate(line):
                self.value(sheet, i, j, value)
        sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + min(len(lines), MOST_ROWS), len(head) - 1)
        sheet.freeze_panes(FIRST_ROW + 1, 0)

    def value(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        """A value in its own type; nothing for nothing."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.cell)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.cell)
        else:
            self.text(sheet, row, column, str(value), self.cell)
