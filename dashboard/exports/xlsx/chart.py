"""A native XY chart over a tidy table of what it draws, on a sheet of its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_range_formula

from dashboard.exports.neutral import printable
from dashboard.exports.plate import Marks, Plate
from dashboard.exports.pptx.series import frame_of
from dashboard.exports.review import Finding
from dashboard.exports.xlsx.sheets import Sheets
from dashboard.figures.theme import LIGHT

SYMBOLS = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle": "triangle", "tick": "long_dash"}


def add_chart(sheets: Sheets, finding: Finding) -> None:
    """A native XY chart over a tidy table of what it draws."""
    plate = finding.plate
    sheet = sheets.sheet(f"{finding.id} chart")
    sheets.above(sheet, finding.headline, finding.subtitle, finding.source)
    chart = sheets.book.add_chart({"type": "scatter", "subtype": "straight"})
    row = 4
    for group in plate.marks:
        row = _marks(sheets, sheet, chart, group, row)
    for band in plate.bands:
        for name, i in ((f"{band.name}: lower", 1), (f"{band.name}: upper", 2)):
            points = [(p[0], p[i]) for p in band.points]
            row = _line(sheets, sheet, chart, name, points, band.colour, 0.75, row)
    for line in plate.lines:
        row = _line(sheets, sheet, chart, line.name, line.points, line.colour, line.width, row)
    _quiet(chart, plate)
    chart.set_size({"width": 760, "height": 420})
    sheet.insert_chart(3, 8, chart, {"description": finding.alt})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 6, 12)


def _marks(sheets: Sheets, sheet: Any, chart: Any, group: Marks, row: int) -> int:
    """Marks with their limits as rows, and as a series with error bars; the next free row."""
    first, last = row + 1, row + len(group.marks)
    for j, head in enumerate((group.name, "x", "y", "lower limit", "upper limit", "below", "above")):
        sheets.text(sheet, row, j, head, sheets.head)
    for i, m in enumerate(group.marks, start=first):
        middle = m.x if group.across else m.y
        reach = (None, None) if m.low is None or m.high is None else (middle - m.low, m.high - middle)
        sheets.text(sheet, i, 0, m.text, sheets.cell)
        for j, value in enumerate((m.x, m.y, m.low, m.high, *reach), start=1):
            sheets.value(sheet, i, j, value)
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


def _line(
    sheets: Sheets,
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
        sheets.text(sheet, row, j, head, sheets.head)
    for i, (x, y) in enumerate(points, start=row + 1):
        sheet.write_number(i, 1, x, sheets.cell)
        sheet.write_number(i, 2, y, sheets.cell)
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
