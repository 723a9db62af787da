"""A review as a workbook: a read-me sheet with definitions, and per chart its rows and a native chart; tables."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_formula

from dashboard.exports.neutral import harmless, printable
from dashboard.exports.plate import Marks, Plate
from dashboard.exports.pptx.series import frame_of
from dashboard.exports.review import Finding, Review
from dashboard.exports.widths import lines_of
from dashboard.figures.theme import LIGHT
from dashboard.store import Row

# Constant memory would forbid charts beside tables; these limits bound it instead.
MOST_ROWS, MOST_LETTERS = 100_000, 32_000
SHEET_LETTERS, WIDEST_COLUMN = 31, 60
FIRST_ROW, ROW_POINTS, TITLE_POINTS = 6, 14.0, 24.0
SYMBOLS = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle": "triangle", "tick": "long_dash"}


def workbook(review: Review) -> bytes:
    """The review as an XLSX file. Text stays text: nothing in it is ever run as a formula."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": f"{review.title}: recovery review", "author": "Amends", "comments": "; ".join(review.facts)}
        )
        _Book(book, review).write()
    return buffer.getvalue()


class _Book:
    """The workbook while it is being written."""

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

    def write(self) -> None:
        """Every sheet in reading order."""
        self.read_me()
        self.table("Findings", "What was found", self.review.filters, [
            {"Grade": f.grade or "–", "Finding": f.headline, "In numbers": f.statement, "What to do": f.todo,
             "Measure": f.subtitle, "Keep in mind": " ".join(f.caveats), "Notes": " ".join(f.notes), "Source": f.source}
            for f in self.review.findings
        ])  # fmt: skip
        for finding in self.review.findings:
            self.finding(finding)
        for table in self.review.tables:
            self.table(table.title, table.title, table.note, table.rows)
        if self.review.unanswered:
            self.table("Not answered", "What this data can't answer", "Each with what to add.", self.review.unanswered)

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

    def read_me(self) -> None:
        """Where the numbers come from and what the words mean."""
        sheet = self.sheet("Read me")
        sheet.set_column(0, 0, 30, self.plain)
        sheet.set_column(1, 1, 110, self.plain)
        self.text(sheet, 0, 0, self.review.lead, self.title)
        lines = [("Grade", f"{self.review.lead_grade or '–'}: {self.review.lead_words}")]
        lines += [("", fact) for fact in self.review.facts]
        lines += [("Named", self.review.name)] if self.review.name else []
        lines += [("Note", note) for note in self.review.notes]
        lines += [("Since the last review", line) for line in self.review.since]
        lines += [("What would overturn it", line) for line in self.review.doubts]
        lines += [("", ""), ("What the words mean", ""), *self.review.definitions]
        sheet.set_row(0, TITLE_POINTS)
        for i, (term, meaning) in enumerate(lines, start=2):
            tall = max(lines_of(text, width, 10.0) for text, width in ((term, 150.0), (meaning, 560.0)))
            sheet.set_row(i, ROW_POINTS * tall)
            self.text(sheet, i, 0, term, self.grey)
            self.text(sheet, i, 1, meaning, self.plain)

    def table(self, name: str, title: str, note: str, rows: Sequence[Mapping[str, str]]) -> None:
        """A table of texts as shown on screen."""
        sheet = self.sheet(name)
        self.above(sheet, title, note, "")
        if rows:
            self.rows(sheet, rows)

    def above(self, sheet: Any, title: str, note: str, source: str) -> None:
        """The lines over every table: what it says, how it is measured, where it comes from."""
        sheet.set_row(0, TITLE_POINTS)
        self.text(sheet, 0, 0, title, self.title)
        self.text(sheet, 1, 0, note, self.quiet)
        self.text(sheet, 2, 0, source or "; ".join(self.review.facts), self.quiet)

    def rows(self, sheet: Any, rows: Sequence[Row]) -> None:
        """Tidy rows from the seventh line on: one a line, numbers as numbers, filters on, the head kept in sight."""
        columns = list(rows[0])
        for j, column in enumerate(columns):
            self.text(sheet, FIRST_ROW, j, column, self.head)
            widest = max([len(column), *(len(str(r[column] if r[column] is not None else "")) for r in rows[:200])])
            sheet.set_column(j, j, min(widest + 2, WIDEST_COLUMN))
        for i, row in enumerate(rows[:MOST_ROWS], start=FIRST_ROW + 1):
            for j, column in enumerate(columns):
                self.value(sheet, i, j, row[column])
        sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + min(len(rows), MOST_ROWS), len(columns) - 1)
        sheet.freeze_panes(FIRST_ROW + 1, 0)

    def value(self, sheet: Any, row: int, column: int, value: Any) -> None:
        """A value in its own type; nothing for nothing."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.cell)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.cell)
        else:
            self.text(sheet, row, column, str(value), self.cell)

    def finding(self, finding: Finding) -> None:
        """The rows behind a chart, and the chart beside them on a sheet of its own with the numbers it draws."""
        sheet = self.sheet(finding.id)
        self.above(sheet, finding.headline, finding.subtitle, finding.source)
        self.text(sheet, 3, 0, " ".join((*finding.caveats, *finding.notes)), self.quiet)
        self.text(sheet, 4, 0, finding.definition, self.quiet)
        if finding.rows:
            self.rows(sheet, finding.rows)
        if finding.plate.marks or finding.plate.lines:
            self.chart(finding)

    def chart(self, finding: Finding) -> None:
        """A native XY chart over a tidy table of what it draws."""
        plate = finding.plate
        sheet = self.sheet(f"{finding.id} chart")
        self.above(sheet, finding.headline, finding.subtitle, finding.source)
        chart = self.book.add_chart({"type": "scatter", "subtype": "straight"})
        row = 4
        for group in plate.marks:
            row = self.marks(sheet, chart, group, row)
        for band in plate.bands:
            for name, i in ((f"{band.name}: lower", 1), (f"{band.name}: upper", 2)):
                points = [(p[0], p[i]) for p in band.points]
                row = self.line(sheet, chart, name, points, band.colour, 0.75, row)
        for line in plate.lines:
            row = self.line(sheet, chart, line.name, line.points, line.colour, line.width, row)
        _quiet(chart, plate)
        chart.set_size({"width": 760, "height": 420})
        sheet.insert_chart(3, 8, chart, {"description": finding.alt})
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 6, 12)

    def marks(self, sheet: Any, chart: Any, group: Marks, row: int) -> int:
        """Marks with their limits as rows, and as a series with error bars; the next free row."""
        first, last = row + 1, row + len(group.marks)
        for j, head in enumerate((group.name, "x", "y", "lower limit", "upper limit", "below", "above")):
            self.text(sheet, row, j, head, self.head)
        for i, m in enumerate(group.marks, start=first):
            middle = m.x if group.across else m.y
            reach = (None, None) if m.low is None or m.high is None else (middle - m.low, m.high - middle)
            self.text(sheet, i, 0, m.text, self.cell)
            for j, value in enumerate((m.x, m.y, m.low, m.high, *reach), start=1):
                self.value(sheet, i, j, value)
        series = {
            "name": [sheet.name, row, 0], "categories": [sheet.name, first, 1, last, 1],
            "values": [sheet.name, first, 2, last, 2], "line": {"none": True},
            "marker": {"type": SYMBOLS[group.symbol], "size": 8, "border": {"color": group.colour},
                       "fill": {"none": True} if group.hollow else {"color": group.colour}},
        }  # fmt: skip
        if all(m.low is not None for m in group.marks):
            series["x_error_bars" if group.across else "y_error_bars"] = {
                "type": "custom", "end_style": 0, "line": {"color": group.colour, "width": 2},
                "minus_values": xl_range_formula(sheet.name, first, 5, last, 5),
                "plus_values": xl_range_formula(sheet.name, first, 6, last, 6),
            }  # fmt: skip
        if not group.hollow:
            font = {"color": group.colour, "size": 9, "name": "Arial"}
            words = [{"value": printable(m.text), "font": font} for m in group.marks]
            series["data_labels"] = {"value": True, "custom": words, "position": "above", "font": font}
        chart.add_series(series)
        return last + 2

    def line(
        self,
        sheet: Any,
        chart: Any,
        name: str,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float,
        row: int,
    ) -> int:
        """Points of a line as rows and as a series; the next free row."""
        for j, head in enumerate((name, "x", "y")):
            self.text(sheet, row, j, head, self.head)
        for i, (x, y) in enumerate(points, start=row + 1):
            sheet.write_number(i, 1, x, self.cell)
            sheet.write_number(i, 2, y, self.cell)
        last = row + len(points)
        chart.add_series({
            "name": [sheet.name, row, 0], "categories": [sheet.name, row + 1, 1, last, 1],
            "values": [sheet.name, row + 1, 2, last, 2], "marker": {"type": "none"},
            "line": {"color": colour, "width": width},
        })  # fmt: skip
        return last + 2


def _quiet(chart: Any, plate: Plate) -> None:
    """The house's axes: hairlines, small grey numbers, no frame."""
    number = {"color": LIGHT.quiet, "size": 9, "name": "Arial"}
    frame = frame_of(replace(plate, support=()))
    ends = ((frame.x_low, frame.x_high), (frame.y_low, frame.y_high))
    for set_axis, axis, (low, high) in zip((chart.set_x_axis, chart.set_y_axis), (plate.x, plate.y), ends, strict=True):
        shown = {
            "num_font": number,
            "line": {"none": True},
            "major_gridlines": {"visible": axis.grid, "line": {"color": LIGHT.grid}},
        }
        if axis.title:
            shown |= {"name": axis.title, "name_font": number | {"bold": False}}
        shown |= {"min": low, "max": high, "label_position": "none" if axis.named and not axis.log else "low"}
        shown |= {"log_base": 10} if axis.log else {"num_format": axis.form, "num_format_linked": False}
        shown |= {"major_unit": axis.step} if axis.step else {}
        set_axis(shown)
    chart.set_legend({"position": "bottom", "font": number})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.background}})
    chart.set_plotarea({"fill": {"color": LIGHT.background}})
