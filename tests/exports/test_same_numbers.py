"""The numbers on screen and in every format are the same, cell by cell."""

import csv
import io

import openpyxl
import pypdf
import pytest
from pptx import Presentation

from dashboard.exports.pack import chart_csv
from dashboard.exports.pdf.brief import brief
from dashboard.exports.pptx.deck import deck
from dashboard.exports.svg import svg
from dashboard.exports.xlsx.book import workbook
from dashboard.exports.xlsx.sheets import FIRST_ROW
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from pipelines.contracts.message import Message
from pipelines.contracts.tables.row import columns


def published(row, speech):
    """A row as it was published, what it says in words."""
    values = [getattr(row, name) for name in columns(type(row))]
    return [
        speech.all(value) if isinstance(value, tuple) else speech.say(value) if isinstance(value, Message) else value
        for value in values
    ]


@pytest.fixture(scope="module")
def book(review):
    return openpyxl.load_workbook(io.BytesIO(workbook(review)))


@pytest.fixture(scope="module")
def slides(review):
    return Presentation(io.BytesIO(deck(review)))


def test_findings_are_the_charts_of_the_screen(run, review):
    assert len(review.findings) >= 8
    for finding in review.findings:
        drawn = CHARTS[finding.id].draw(run, CHARTS[finding.id].leads(run), LIGHT)
        assert (finding.headline, finding.subtitle, finding.rows) == (drawn.title, drawn.subtitle, drawn.rows)


def test_the_workbook_holds_every_row_and_column_as_published(review, book):
    for finding in review.findings:
        sheet = book[finding.id]
        head = [cell.value for cell in sheet[FIRST_ROW + 1]]
        assert head == list(columns(type(finding.rows[0])))
        for row, cells in zip(finding.rows, sheet.iter_rows(min_row=FIRST_ROW + 2, values_only=True), strict=True):
            expected = [None if value == "" else value for value in published(row, review.speech)]
            assert [None if cell == "" else cell for cell in cells] == expected


def test_the_data_files_hold_every_row_as_published(review):
    for finding in review.findings:
        text = chart_csv(review, finding).decode("utf-8-sig")
        lines = [line for line in csv.reader(io.StringIO(text)) if not line[0].startswith("# ")]
        assert lines[0] == list(columns(type(finding.rows[0])))
        assert len(lines) == len(finding.rows) + 1
        for row, line in zip(finding.rows, lines[1:], strict=True):
            assert line == ["" if value is None else str(value) for value in published(row, review.speech)]


def test_the_deck_s_charts_hold_the_marks_and_limits_of_the_rows(review, slides):
    charts = {shape.name: shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart}
    for finding in review.findings:
        if finding.plate.grid is not None:
            continue
        series = {}
        for one in charts[finding.id].plots[0].series:
            series.setdefault(one.name, []).extend(
                zip(one.iter_values(), one._element.xpath("c:xVal//c:v/text()"), strict=True)
            )
        for group in finding.plate.marks:
            drawn = {(float(x), y) for y, x in series[group.name]}
            assert {(m.x, m.y) for m in group.marks} <= drawn
            for mark in group.marks:
                if mark.low is not None:
                    name = f"{group.name}: {mark.text.partition(':')[0]}"
                    assert {float(x) for _, x in series[name]} == {mark.low, mark.high}
        for line in finding.plate.lines:
            assert {(float(x), y) for y, x in series[line.name]} >= set(line.points)


def test_readings_read_the_same_on_screen_slide_drawing_and_page(review, slides):
    words = {
        shape.name: "".join(shape.chart._chartSpace.xpath(".//c:dLbl//a:t/text()"))
        for slide in slides.slides for shape in slide.shapes if shape.has_chart
    }  # fmt: skip
    page = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(brief(review))).pages).split())
    finding = next(f for f in review.findings if f.id == "speed_ladder")
    drawing = svg(finding.plate)
    for label in finding.plate.labels:
        assert label.text in words[finding.id]
        assert label.text in drawing
        assert label.text in page


def test_every_file_says_run_data_cut_filters_and_grade(review, book, slides):
    read_me = " ".join(str(c.value) for row in book["Read me"] for c in row if c.value)
    first = review.findings[0]
    slide = next(s for s in slides.slides if s.shapes.title.text_frame.text == first.headline)
    notes = slide.notes_slide.notes_text_frame.text
    page = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(brief(review))).pages)
    for text in (read_me, notes, page, chart_csv(review, first).decode("utf-8-sig")):
        assert review.run_id in text
        assert review.data_cut in text
        assert review.filters in text
        assert "Simulated" in text
    assert "Grade B" in read_me
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any(first.source in text and review.filters in text for text in words)
    assert first.grade_words in words
    assert first.definition in notes
