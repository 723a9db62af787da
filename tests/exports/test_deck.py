import io
import re
import zipfile
from dataclasses import replace

import pytest
from made_review import ARABIC, FORMULAS, HEBREW, KOREAN, LONG, finding_of
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.exports.listing import Listing
from dashboard.exports.pptx.deck import deck
from dashboard.figures.theme import LIGHT

OFFICE_COLOURS = ("4472C4", "4F81BD", "5B9BD5", "156082", "0563C1", "1F497D", "C0504D", "ED7D31")


@pytest.fixture(scope="module", params=["16:9", "4:3"])
def made(request, awkward):
    return deck(awkward, request.param)


@pytest.fixture(scope="module")
def opened(made):
    return Presentation(io.BytesIO(made))


def test_a_slide_for_each_finding_between_cover_and_definitions(opened, awkward):
    titles = [slide.shapes.title.text_frame.text for slide in opened.slides]
    assert titles[0] == awkward.lead
    assert titles[-1].startswith("What the words mean")
    for finding in awkward.findings[1:]:
        assert any(t.startswith(finding.headline) for t in titles)
    assert sum(t.startswith(HEBREW) for t in titles) >= 3


def test_nothing_lies_outside_its_slide(opened):
    for slide in opened.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= opened.slide_width
            assert shape.top + shape.height <= opened.slide_height


def test_words_and_charts_of_a_slide_do_not_overlap(opened):
    for slide in opened.slides:
        boxes = [s for s in slide.shapes if s.name != "edge"]
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                across = min(a.left + a.width, b.left + b.width) - max(a.left, b.left)
                down = min(a.top + a.height, b.top + b.height) - max(a.top, b.top)
                assert across <= 0 or down <= 0, (slide.shapes.title.text_frame.text, a.name, b.name)


def test_no_colour_of_the_office_theme_is_left(made):
    archive = zipfile.ZipFile(io.BytesIO(made))
    for name in archive.namelist():
        if name.endswith(".xml"):
            text = archive.read(name).decode()
            assert not [c for c in OFFICE_COLOURS if re.search(f'val="{c}"', text, re.IGNORECASE)], name


def test_marks_have_the_colours_of_the_screen(opened, awkward):
    charts = {s.name: s.chart for slide in opened.slides for s in slide.shapes if s.has_chart}
    drawn = "".join(charts["speed_ladder"]._chartSpace.xpath(".//a:srgbClr/@val"))
    assert LIGHT.adjusted.lstrip("#") in drawn
    assert LIGHT.raw.lstrip("#") in drawn


def test_charts_are_native_and_described(opened, awkward):
    described = {f.id: f.alt for f in awkward.findings}
    charts = [s for slide in opened.slides for s in slide.shapes if s.has_chart]
    assert len(charts) >= len(awkward.findings)
    for shape in charts:
        assert shape._element.xpath(".//p:cNvPr/@descr") == [described[shape.name]]
        assert shape.chart.part.chart_workbook.xlsx_part is not None
    assert not [s for slide in opened.slides for s in slide.shapes if s.shape_type == 13]


def test_other_scripts_are_kept_and_read_in_their_direction(opened):
    texts = [p for slide in opened.slides for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs]
    hebrew = [p for p in texts if p.text.startswith(HEBREW)]
    assert hebrew
    assert all(p._p.pPr is not None and p._p.pPr.get("rtl") == "1" for p in hebrew)
    assert any(KOREAN in p.text and ARABIC in p.text for p in texts)


def test_no_series_follows_a_shorter_one(opened):
    for shape in (s for slide in opened.slides for s in slide.shapes if s.has_chart):
        lengths = [len(list(one.iter_values())) for one in shape.chart.plots[0].series]
        assert lengths == sorted(lengths, reverse=True)


def test_cells_of_the_chart_s_own_workbook_are_numbers(awkward):
    finding = finding_of(FORMULAS, LONG)
    small = Presentation(io.BytesIO(deck(replace(awkward, findings=(finding,), tables=(), unanswered=Listing()))))
    for shape in (s for slide in small.slides for s in slide.shapes if s.has_chart):
        sheet = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).active
        assert not [c.value for row in sheet for c in row if c.data_type == "f"]
