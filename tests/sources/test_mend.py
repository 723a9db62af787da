"""Files whose rows aren't all well formed: what can be read is kept, the rest is set aside line by line."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contracts.catalog.rows import RowReason
from pipelines.reading.files.mend import mend
from pipelines.reading.files.scan import Dialect, scan

COMMA = Dialect(ord(","), ord('"'), 3)
words = st.text("abc ,", max_size=5)


@pytest.fixture
def mended():
    """Rows copied, read back with Python's csv, and (line, reason) of those set aside."""

    def mending(content):
        source = b"\n" + (content if isinstance(content, bytes) else content.encode())
        result = mend(source, 1, 2, COMMA)
        structure = scan(result.plain, 0, 1, Dialect(ord(","), ord('"'), 4))
        assert structure is not None
        assert structure.records == result.copied
        return list(csv.reader(io.StringIO(result.plain.decode(), newline=""))), list(result.rejected)

    return mending


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("1,2", RowReason.WRONG_NUMBER_OF_FIELDS),
        ("1,2,3,4", RowReason.WRONG_NUMBER_OF_FIELDS),
        ('1,"2,3', RowReason.UNCLOSED_QUOTE),
        ('1,"2"x,3', RowReason.STRAY_QUOTE),
        ("1,\0,3", RowReason.NUL_BYTE),
        (b"1,\xff,3", RowReason.NOT_UTF8),
    ],
)
def test_one_broken_row_costs_one_row(mended, broken, reason):
    broken = broken if isinstance(broken, bytes) else broken.encode()
    rows, rejected = mended(b"a,b,c\n" + broken + b'\nd,"e,""f""",g\nh,i,j\n')
    assert rows == [["2", "a", "b", "c"], ["4", "d", 'e,"f"', "g"], ["5", "h", "i", "j"]]
    assert rejected == [(3, reason)]


def test_a_quote_inside_an_unquoted_field_stands_for_itself(mended):
    rows, rejected = mended('pipe,5" wide,x\n')
    assert rows == [["2", "pipe", '5" wide', "x"]]
    assert not rejected


def test_lines_are_those_an_editor_shows(mended):
    rows, _ = mended('a,"two\nlines",c\n\nb,c,"x"y\nd,e,f\n')
    assert [row[0] for row in rows] == ["2", "6"]


def test_old_and_mixed_line_ends(mended):
    rows, rejected = mended("a,b,c\rd,e,f\r\ng,h,i\n")
    assert [row[1] for row in rows] == ["a", "d", "g"]
    assert not rejected


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(words, words, words), min_size=1, max_size=10), place=st.integers(0, 9))
def test_a_quote_that_never_closes_leaves_the_other_rows_alone(mended, rows, place):
    place %= len(rows)
    lines = [",".join('"' + field + '"' for field in row) for row in rows]
    lines[place] = '"' + "x" + lines[place][1:-1]
    read, rejected = mended("\n".join(lines) + "\n")
    assert len(read) + len(rejected) == len(rows)
    others = [list(row) for i, row in enumerate(rows) if i != place]
    assert [row[1:] for row in read] == others
    assert [line for line, _ in rejected] == [place + 2]
