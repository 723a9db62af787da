import csv
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_review import FORMULAS, LONG, finding_of

from dashboard.exports.csv import csv_bytes
from dashboard.exports.neutral import FORMULA_STARTS, file_name, harmless, printable
from dashboard.exports.xlsx.book import workbook
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.tables.measure import Measured
from words.speech import PLAIN


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_read_me_sheet_defines_what_the_others_use(review):
    sheet = opened(workbook(review))["Read me"]
    text = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    assert set(dict(review.definitions)) <= set(text)
    assert "Good evidence, not proof" in text["Grade B"]


def test_charts_are_native(review):
    content = workbook(review)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    drawn = [f for f in review.findings if f.plate.marks or f.plate.lines]
    assert len([n for n in names if n.startswith("xl/charts/chart")]) == len(drawn)
    assert not [n for n in names if n.startswith("xl/media")]


def test_nothing_is_ever_a_formula(awkward):
    finding = finding_of(FORMULAS, "=1+1", chart="=cmd")
    tainted = replace(awkward, title="@x", name="+x", lead="-1", notes=("\t=1",), findings=(finding,))
    book = opened(workbook(tainted))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    texts = [c.value for c in cells if isinstance(c.value, str)]
    assert "'=1+1" in texts
    assert not [t for t in texts if t.startswith(FORMULA_STARTS)]


def test_sheets_of_alike_names_stay_apart(review):
    twins = tuple(replace(f, id=LONG) for f in review.findings[:3])
    names = opened(workbook(replace(review, findings=twins))).sheetnames
    assert len(names) == len(set(names))
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_could_run_gets_an_apostrophe_in_csv_too(text):
    row = Measured(Topic.DESCRIPTIVE, Measure.RESTORED, owner=text)
    line = csv_bytes([row], ["fact"], PLAIN).decode("utf-8-sig")
    assert "'" + text in line.replace('"', "")


RISKY = st.text(alphabet="=+-@;,\t\r\n \"'ab1", max_size=12) | st.text(max_size=50)


@given(RISKY)
def test_a_harmless_cell_keeps_its_words(text):
    safe = harmless(text)
    assert safe.replace("'", "") == text.replace("'", "")
    assert not safe.startswith(FORMULA_STARTS)
    assert harmless("plain; 5 of 7") == "plain; 5 of 7"


@given(st.lists(RISKY, min_size=1, max_size=4))
@example(['"='])
def test_no_part_of_a_line_is_a_formula_wherever_a_spreadsheet_splits_it(texts):
    line = io.StringIO()
    csv.writer(line).writerow([harmless(text) for text in texts])
    for delimiter in ",;\t":
        rows = csv.reader(io.StringIO(line.getvalue(), newline=""), delimiter=delimiter)
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.lstrip(" \"'").startswith(("=", "+", "-", "@")) and "'" not in cell]


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_a_file_name_is_one_plain_visible_name(text):
    name = file_name(text)
    assert 0 < len(name) <= 60
    assert not name.startswith(".")
    assert not set(name) & set('/\\:*?"<>|\0\n')


@given(st.text(max_size=100))
def test_printable_text_has_no_control_characters(text):
    assert all(ord(c) >= 32 for c in printable(text))
