"""A review as a workbook: a read-me sheet with definitions, and per chart its rows and a native chart; tables."""

import io

import xlsxwriter

from dashboard.exports.listing import Listing
from dashboard.exports.review import Finding, Review
from dashboard.exports.row_cells import cells_of, head_of
from dashboard.exports.widths import lines_of
from dashboard.exports.xlsx.chart import add_chart
from dashboard.exports.xlsx.sheets import ROW_POINTS, TITLE_POINTS, Sheets

FINDINGS = ("Grade", "Finding", "In numbers", "What to do", "Measure", "Keep in mind", "Notes", "Source")


def workbook(review: Review) -> bytes:
    """The review as an XLSX file. Text stays text: nothing in it is ever run as a formula."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": f"{review.title}: recovery review", "author": "Amends", "comments": "; ".join(review.facts)}
        )
        _write(Sheets(book, review), review)
    return buffer.getvalue()


def _write(sheets: Sheets, review: Review) -> None:
    """Every sheet in reading order."""
    _read_me(sheets, review)
    _table(sheets, "Findings", "What was found", review.filters, Listing(FINDINGS, tuple(map(_found, review.findings))))
    for finding in review.findings:
        _finding(sheets, finding)
    for table in review.tables:
        _table(sheets, table.id.replace("_", " ").capitalize(), table.title, table.note, table.shown)
    if review.unanswered.lines:
        _table(sheets, "Not answered", "What this data can't answer", "Each with what to add.", review.unanswered)


def _read_me(sheets: Sheets, review: Review) -> None:
    """Where the numbers come from and what the words mean."""
    sheet = sheets.sheet("Read me")
    sheet.set_column(0, 0, 30, sheets.plain)
    sheet.set_column(1, 1, 110, sheets.plain)
    sheets.text(sheet, 0, 0, review.lead, sheets.title)
    lines = [("Grade", f"{review.lead_grade or '–'}: {review.lead_words}")]
    lines += [("", fact) for fact in review.facts]
    lines += [("Named", review.name)] if review.name else []
    lines += [("Note", note) for note in review.notes]
    lines += [("Since the last review", line) for line in review.since]
    lines += [("What would overturn it", line) for line in review.doubts]
    lines += [("", ""), ("What the words mean", ""), *review.definitions]
    sheet.set_row(0, TITLE_POINTS)
    for i, (term, meaning) in enumerate(lines, start=2):
        tall = max(lines_of(text, width, 10.0) for text, width in ((term, 150.0), (meaning, 560.0)))
        sheet.set_row(i, ROW_POINTS * tall)
        sheets.text(sheet, i, 0, term, sheets.grey)
        sheets.text(sheet, i, 1, meaning, sheets.plain)


def _found(finding: Finding) -> tuple[str, ...]:
    caveats, notes = " ".join(finding.caveats), " ".join(finding.notes)
    said = (finding.headline, finding.statement, finding.todo, finding.subtitle)
    return (finding.grade or "–", *said, caveats, notes, finding.source)


def _table(sheets: Sheets, name: str, title: str, note: str, shown: Listing) -> None:
    """A table of texts as shown on screen."""
    sheet = sheets.sheet(name)
    sheets.above(sheet, title, note, "")
    if shown.lines:
        sheets.lines(sheet, shown.head, shown.lines)


def _finding(sheets: Sheets, finding: Finding) -> None:
    """The rows behind a chart, and the chart beside them on a sheet of its own with the numbers it draws."""
    sheet = sheets.sheet(finding.id)
    sheets.above(sheet, finding.headline, finding.subtitle, finding.source)
    sheets.text(sheet, 3, 0, " ".join((*finding.caveats, *finding.notes)), sheets.quiet)
    sheets.text(sheet, 4, 0, finding.definition, sheets.quiet)
    if finding.rows:
        sheets.lines(sheet, head_of(finding.rows), [cells_of(row, sheets.review.speech) for row in finding.rows])
    if finding.plate.marks or finding.plate.lines:
        add_chart(sheets, finding)
