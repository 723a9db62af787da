import gzip

import pytest
from made_company import write_csv
from made_workbook import write_xlsx
from refusals import refused

from pipelines.errors import SourceError
from pipelines.reading.draft import make_draft
from pipelines.reading.draft.looking.files import MAX_FILES, find_files
from words.speech import PLAIN

HEADER, ROW = ("Nummer", "Größe", "Datum"), ("1", "groß", "2024-05-06")


def only(folder):
    (spec,) = find_files(folder).specs
    return spec


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_declared_only_when_the_file_doesnt_mark_it(tmp_path, encoding, declared):
    write_csv(tmp_path / "a.csv", HEADER, [ROW] * 5, encoding=encoding)
    assert only(tmp_path).encoding == declared


def test_a_late_byte_that_isnt_utf8_counts(tmp_path):
    path = write_csv(tmp_path / "a.csv", HEADER, [("1", "x", "2024-05-06")] * 20_000)
    path.write_bytes(path.read_bytes().replace("Größe".encode(), b"Groesse") + "2,groß,2024-05-06\n".encode("latin-1"))
    assert only(tmp_path).encoding == "cp1252"


def test_junk_is_left_out_with_its_reason(tmp_path):
    write_csv(tmp_path / "good.csv", HEADER, [ROW] * 3)
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "broken.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n" * 999)[:50])
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "wrong.parquet").write_bytes(b"PAR0")
    (tmp_path / "wrong.xlsx").write_bytes(b"no zip")
    (tmp_path / "headless.csv").write_text("1,2024-01-01,5.00\n2,2024-01-02,6.00\n")
    (tmp_path / ".hidden.csv").write_text("a,b\n1,2\n")
    (tmp_path / "~$lock.xlsx").write_text("x")

    found = find_files(tmp_path)

    assert [spec.path for spec in found.specs] == ["good.csv"]
    assert {PLAIN.say(note).split(":")[0] for note in found.notes} == {
        "empty.csv",
        "broken.csv.gz",
        "picture.png",
        "wrong.parquet",
        "wrong.xlsx",
        "headless.csv",
    }


def test_every_sheet_with_names_above_rows_is_a_file_of_its_own(tmp_path):
    write_xlsx(
        tmp_path / "book.xlsx",
        {"One": [["Title"], [], ["a", "b"], [1, 2]], "Two": [["c", "d"], [3, 4]], "Cover": [["Hello"]]},
    )
    specs = find_files(tmp_path).specs
    assert [(s.sheet, s.header_row, s.alias) for s in specs] == [("One", (3,), "book_one"), ("Two", (1,), "book_two")]


def test_names_that_sql_takes_are_made_and_kept_apart(tmp_path):
    for name in ("2024 Fälle!.csv", "2024-fälle.csv", "order.csv"):
        write_csv(tmp_path / name, HEADER, [ROW] * 3)
    aliases = [spec.alias for spec in find_files(tmp_path).specs]
    assert len(set(aliases)) == 3
    assert all(alias.isidentifier() and alias.isascii() for alias in aliases)


def test_a_folder_that_isnt_there_and_one_with_far_too_much(tmp_path):
    with refused(SourceError, match="no such folder"):
        find_files(tmp_path / "nowhere")
    for i in range(MAX_FILES + 1):
        (tmp_path / f"{i}.csv").touch()
    with refused(SourceError, match="more than"):
        find_files(tmp_path)


def test_columns_of_one_name_are_a_list_and_no_single_fact(tmp_path):
    folder = tmp_path / "exports"
    header = ("Ticket", "Opened", "Label", "Label", "Label", "Reason")
    spam = ("spam", "", "", "")
    rows = [(f"A{i}", f"2024-03-{i + 1:02}", "x", spam[i % 4], "", "late") for i in range(28)]
    write_csv(folder / "zgłoszenia.csv", header, rows)
    draft = make_draft(folder, tmp_path / "profile")
    assert {g.column: g.export for g in draft.of_table("incidents")} == {
        "incident_id": "Ticket", "opened_at": "Opened", "category": "Reason",
    }  # fmt: skip
    assert [(rows.column, rows.rows) for rows in draft.left] == [("Label (2)", 7)]
