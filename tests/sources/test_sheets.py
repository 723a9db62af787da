"""Workbooks: title rows, merged headers, several sheets, typed cells."""

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

import pytest
from refusals import refused

from pipelines.errors import ContractError, SourceError

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letter(column: int) -> str:
    return letter(column // 26 - 1) + chr(65 + column % 26) if column >= 26 else chr(65 + column)


def cell(row: int, column: int, value: object) -> str:
    at = f'r="{letter(column)}{row}"'
    match value:
        case None:
            return ""
        case bool():
            return f'<c {at} t="b"><v>{int(value)}</v></c>'
        case datetime():
            days = (value - datetime(1899, 12, 30)).total_seconds() / 86400
            return f'<c {at} s="1"><v>{days!r}</v></c>'
        case int() | float():
            return f"<c {at}><v>{value!r}</v></c>"
    return f'<c {at} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_xml(rows: dict[int, list[object]], merged: tuple[str, ...] = ()) -> str:
    body = "".join(
        f'<row r="{number}">{"".join(cell(number, i, v) for i, v in enumerate(values))}</row>'
        for number, values in rows.items()
    )
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
    return f"<worksheet {_NS}><sheetData>{body}</sheetData>{merges}</worksheet>"


def workbook(**sheets: str) -> bytes:
    """A workbook of sheets (name → XML), as small as the format allows."""
    numbered = list(enumerate(sheets.items(), start=1))
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, (name, _) in numbered)
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{_DOC}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i, _ in numbered
    )
    styles = f'<Relationship Id="rId0" Type="{_DOC}/styles" Target="styles.xml"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        book = f'<Relationship Id="r" Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f"<Relationships {_RELATIONS}>{book}</Relationships>")
        archive.writestr("xl/workbook.xml", f'<workbook {_NS} xmlns:r="{_DOC}"><sheets>{listed}</sheets></workbook>')
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f"<Relationships {_RELATIONS}>{links}{styles}</Relationships>",
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet {_NS}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        )
        for i, (_, xml) in numbered:
            archive.writestr(f"xl/worksheets/sheet{i}.xml", xml)
    return packed.getvalue()


TOML = """
[profile]
currency = "EUR"
[files.t]
path = "t.xlsx"
sheet = "Cases"
header_row = {row}
[tables.incidents]
file = "t"
[tables.incidents.columns]
incident_id = "{id}"
opened_at = "{opened}"
loss_amount = "{loss}"
"""
PLAIN = TOML.format(row=3, id="No", opened="Opened", loss="Loss")
CASES = sheet_xml(
    {
        1: ["Cases of March"],
        3: ["No", "Opened", "Loss", "Public"],
        4: [101, datetime(2024, 3, 1, 10, 30), 12.5, True],
        6: ["A-7", "2024-03-02", 40, None],
        7: [None, None, None],
        8: ["A-8", "soon", 40, None],
    }
)


def test_title_rows_blank_rows_and_typed_cells(load_files):
    result = load_files(PLAIN, {"t.xlsx": workbook(Notes=sheet_xml({1: ["x"]}), Cases=CASES)})
    rows = result.engine.rows("SELECT incident_id, opened_at, CAST(loss_amount AS DOUBLE) FROM incidents ORDER BY 1")
    assert rows == [("101", datetime(2024, 3, 1, 10, 30), 12.5), ("A-7", datetime(2024, 3, 2), 40.0)]
    assert result.reasons("incidents") == {"rows in": 3, "kept": 2, "not a time": 1}
    assert result.aside("incidents") == [(8, "opened_at", "not a time")]


def test_merged_headers_hold_for_the_columns_they_cover(load_files):
    toml = TOML.format(row="[2, 3]", id="No", opened="Case Opened", loss="Money Loss")
    xml = sheet_xml(
        {
            2: ["No", "Case", None, "Money", None],
            3: [None, "Opened", "Closed", "Loss", "Paid"],
            4: ["A", datetime(2024, 3, 1), datetime(2024, 3, 2), 10, 5],
        },
        merged=("A2:A3", "B2:C2", "D2:E2"),
    )
    result = load_files(toml, {"t.xlsx": workbook(Cases=xml)})
    assert result.engine.rows("SELECT incident_id, opened_at, CAST(loss_amount AS DOUBLE) FROM incidents") == [
        ("A", datetime(2024, 3, 1), 10.0)
    ]


def test_the_first_sheet_is_read_unless_one_is_named(load_files):
    toml = PLAIN.replace('sheet = "Cases"\n', "")
    assert (
        load_files(toml, {"t.xlsx": workbook(Cases=CASES, Notes=sheet_xml({1: ["x"]}))}).reasons("incidents")["kept"]
        == 2
    )


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (workbook(Case=CASES), SourceError, "no sheet 'Cases'. Did you mean 'Case'"),
        (b"not a workbook", SourceError, "not a readable XLSX workbook"),
        (workbook(Cases=sheet_xml({3: ["No", "Opened", "Loss"]})), ContractError, "a header but no rows"),
        (workbook(Cases=sheet_xml({1: ["x"]})), SourceError, "no column names"),
        (workbook(Cases=sheet_xml({3: [*map(str, range(3000))], 4: ["x"]})), SourceError, "3,000 columns"),
        (workbook(Cases="<worksheet"), SourceError, "not a readable XLSX workbook"),
    ],
)
def test_what_is_no_table_stops_with_one_line(load_files, content, error, message):
    with refused(error, match=message) as caught:
        load_files(PLAIN, {"t.xlsx": content})
    assert "\n" not in caught.said
