"""CSV files as they come: encodings, dialects, broken rows, sizes."""

import gzip

import pytest
from refusals import refused

from pipelines.contracts.catalog.rows import RowReason
from pipelines.errors import ContractError, SourceError

HEADER = "incident_id,opened_at,category\n"
ROW = "A,2024-03-01 10:00:00,noise\n"


def test_every_row_is_kept_and_counted(load_tickets):
    result = load_tickets(HEADER + ROW + "B,2024-03-02,billing")
    assert result.reasons("incidents") == {"rows in": 2, "kept": 2}
    assert result.column("incidents", "category") == ["billing", "noise"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(load_tickets, encoding):
    result = load_tickets((HEADER + "A,2024-03-01,Überbuchung\n").encode(encoding))
    assert result.column("incidents", "category") == ["Überbuchung"]


def test_latin_1_has_to_be_declared(load_tickets):
    content = (HEADER + ROW + "B,2024-03-01,bruyère\n").encode("latin-1")
    with refused(SourceError, match=r"line 3 is not UTF-8.*encoding"):
        load_tickets(content)


def test_declared_latin_1(load_files):
    toml = '[files.t]\npath = "t.csv"\nencoding = "latin-1"\n[tables.incidents]\nfile = "t"\n'
    result = load_files(toml, {"t.csv": (HEADER + "B,2024-03-01,bruyère\n").encode("latin-1")})
    assert result.column("incidents", "category") == ["bruyère"]


def test_declared_utf_8_sets_broken_rows_aside(load_files):
    toml = '[files.t]\npath = "t.csv"\nencoding = "utf-8"\n[tables.incidents]\nfile = "t"\n'
    result = load_files(toml, {"t.csv": (HEADER + ROW).encode() + b"B,2024-03-01,\xe8\n"})
    assert result.reasons("incidents") == {"rows in": 2, "kept": 1, "not UTF-8": 1}
    assert result.aside("incidents") == [(3, None, "not UTF-8")]


def test_utf_16_without_mark_is_asked_for(load_tickets):
    with refused(SourceError, match="utf-16-le"):
        load_tickets((HEADER + ROW).encode("utf-16-le"))


def test_a_wrong_encoding_is_an_error(load_files):
    toml = '[files.t]\npath = "t.csv"\nencoding = "{}"\n[tables.incidents]\nfile = "t"\n'
    with refused(SourceError, match="ascii"):
        load_files(toml.format("ascii"), {"t.csv": HEADER + "A,2024-03-01,é\n"})
    with refused(SourceError, match="unknown encoding"):
        load_files(toml.format("klingon"), {"t.csv": HEADER + ROW})


def test_ragged_and_stray_rows_are_set_aside_with_their_line(load_tickets):
    result = load_tickets(HEADER + ROW + 'B,2024-03-01\nC,"x"y,noise\nD,2024-03-01,"two\nlines"\nE,2024-03-01,a,b\n')
    assert result.reasons("incidents") == {
        "rows in": 5,
        "kept": 2,
        "wrong number of fields": 2,
        "a stray quote": 1,
    }
    assert result.aside("incidents") == [
        (3, None, "wrong number of fields"),
        (4, None, "a stray quote"),
        (7, None, "wrong number of fields"),
    ]


def test_a_faulty_value_after_a_quoted_line_break_is_found_on_its_own_line(load_tickets):
    result = load_tickets(HEADER + 'A,2024-03-01,"two\nlines"\nB,soon,noise\n')
    assert result.aside("incidents") == [(4, "opened_at", "not a time")]


def test_nul_bytes(load_tickets):
    result = load_tickets(HEADER + ROW + "B,2024-03-01,no\0ise\n")
    assert result.aside("incidents") == [(3, None, "a NUL byte")]


def test_a_field_of_three_megabytes(load_tickets):
    result = load_tickets(HEADER + ROW + 'B,2024-03-01,"' + "long, text\n" * 280_000 + '"\nC,2024-03-01,noise\n')
    assert result.reasons("incidents") == {"rows in": 3, "kept": 3}
    assert sorted(result.column("incidents", "category")) == ["noise", "noise", "other_long_text"]


def test_other_dialects(load_files):
    toml = (
        '[files.t]\npath = "t.txt"\ndelimiter = ";"\nquote = "\'"\ndecimal = ","\nnulls = ["n/a"]\n'
        '[profile]\ncurrency = "EUR"\n[tables.incidents]\nfile = "t"\n'
    )
    result = load_files(toml, {"t.txt": "opened_at;loss_amount;category\n2024-03-01;'1.234,50';n/a\n"})
    assert [float(v) for v in result.column("incidents", "loss_amount")] == [1234.5]
    assert result.column("incidents", "category") == [None]


def test_no_quote_character(load_files):
    toml = '[files.t]\npath = "t.tsv"\ndelimiter = "\\t"\nquote = ""\n[tables.incidents]\nfile = "t"\n'
    result = load_files(toml, {"t.tsv": 'opened_at\tcategory\n2024-03-01\t5" pipe\n'})
    assert result.column("incidents", "category") == ['5" pipe']


def test_title_rows_and_a_header_of_two_rows(load_files):
    toml = """
[files.t]
path = "t.csv"
header_row = [3, 4]
[tables.incidents]
file = "t"
columns = { opened_at = "Case opened", category = "Case type", channel = "Via" }
"""
    csv = "Report of March,,\n,,\nCase,,Via\nopened,type,\n2024-03-01,noise,desk\nsoon,noise,desk\n"
    with refused(ContractError, match=r"'Via'.*found Case opened, Case type"):
        load_files(toml, {"t.csv": csv.replace("Via", "By")})
    result = load_files(toml, {"t.csv": csv})
    assert result.column("incidents", "channel") == ["desk"]
    assert result.aside("incidents") == [(6, "opened_at", "not a time")]


def test_several_files_of_one_name(load_files):
    toml = '[files.t]\npath = "t_*.csv"\n[tables.incidents]\nfile = "t"\n'
    result = load_files(toml, {"t_1.csv": HEADER + ROW, "t_2.csv": HEADER + "B,never,noise\nC,2024-04-01,noise\n"})
    assert [(q.file, q.line) for q in result.loaded.quarantine] == [("t_2.csv", 2)]
    assert {q.file: q.rows for q in result.loaded.quality if q.reason is RowReason.KEPT} == {
        "t_1.csv": 1,
        "t_2.csv": 1,
    }
    assert set(result.loaded.inputs) == {"t_1.csv", "t_2.csv"}


def test_files_of_one_name_must_be_alike(load_files):
    toml = '[files.t]\npath = "t_*.csv"\n[tables.incidents]\nfile = "t"\n'
    with refused(SourceError, match="differ in category"):
        load_files(toml, {"t_1.csv": HEADER + ROW, "t_2.csv": "incident_id,opened_at\nB,2024-03-01\n"})


def test_gzip(load_files):
    toml = '[files.t]\npath = "t.csv.gz"\n[tables.incidents]\nfile = "t"\n'
    packed = gzip.compress((HEADER + ROW).encode("utf-16"), mtime=0)
    assert load_files(toml, {"t.csv.gz": packed}).column("incidents", "incident_id") == ["A"]


@pytest.mark.parametrize("damage", [lambda packed: packed[:-9], lambda packed: b"no gzip at all"])
def test_a_damaged_gzip_file_is_an_error(load_files, damage):
    toml = '[files.t]\npath = "t.csv.gz"\n[tables.incidents]\nfile = "t"\n'
    with refused(SourceError, match=r"t\.csv\.gz"):
        load_files(toml, {"t.csv.gz": damage(gzip.compress((HEADER + ROW * 50).encode(), mtime=0))})


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        ("", SourceError, "empty"),
        ("  \n", SourceError, "empty"),
        (HEADER, ContractError, "no rows"),
        ("opened_at,Opened_At\n2024-03-01,2024-03-01\n", ContractError, "several columns are called"),
        ("opened_at,_line\n2024-03-01,1\n", ContractError, "reserved"),
        (",,\n2024-03-01,,\n", SourceError, "no column names"),
        (",".join(f"c{i}" for i in range(100_000)) + "\n", SourceError, "100,000 columns"),
        ("x" * 2_000_000 + "\n", SourceError, "no readable header"),
    ],
)
def test_a_table_that_can_t_be_read_stops_with_one_line(load_tickets, content, error, message):
    with refused(error, match=message) as caught:
        load_tickets(content)
    assert "\n" not in caught.said
    assert len(caught.said) < 600


def test_a_missing_file_is_named(load_files):
    with refused(SourceError, match=r"no such file for \[files\.t\].*optional"):
        load_files('[files.t]\npath = "gone.csv"\n[tables.incidents]\nfile = "t"\n', {})
