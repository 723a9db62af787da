"""Counting rows from bytes alone."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.reading.files import scan as scanning
from pipelines.reading.files.scan import Dialect, scan

COMMA = Dialect(ord(","), ord('"'), 2)
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
rows = st.lists(st.tuples(texts, texts), max_size=12)


@pytest.fixture
def structure():
    def scanned(content, dialect=COMMA):
        return scan(content if isinstance(content, bytes) else content.encode(), 0, 2, dialect)

    return scanned


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks so small that quotes, delimiters and line ends fall on both sides of their edges."""
    monkeypatch.setattr(scanning, "CHUNK_BYTES", 5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows, ending=st.sampled_from(["\n", "\r\n"]), size=st.integers(1, 40))
def test_rows_and_their_lines_are_those_of_a_csv_reader(structure, monkeypatch, rows, ending, size):
    monkeypatch.setattr(scanning, "CHUNK_BYTES", size)
    written = io.StringIO()
    csv.writer(written, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(rows)
    found = structure(written.getvalue())
    assert found.records == len(rows)
    line, expected = 2, []
    for row in rows:
        expected.append(line)
        line += 1 + sum(field.count("\n") for field in row)
    assert list(found.lines if found.lines is not None else range(2, 2 + len(rows))) == expected


@pytest.mark.parametrize(
    "content",
    [
        "a,b,c\n",
        "a\n",
        "a,b\n\nc,d\n",
        'a"b,c\n',
        '"a"b,c\n',
        '"a,b\n',
        "a,b\rc,d\n",
        "a,b\r\nc,d\n",
        "a,\0\n",
        b"a,\xe9\n",
        "\n",
        "\r\n",
    ],
)
@pytest.mark.parametrize("blocks", ["whole", "small"])
def test_what_is_not_plain_is_told_apart(structure, request, content, blocks):
    if blocks == "small":
        request.getfixturevalue("small_blocks")
    assert structure(content) is None


@pytest.mark.parametrize("content", ["a,b", "a,b\n", "a,b\r\n", '"a","b"\n', '"a""b",""\n', '"a\r\nb",c\n', ",\n"])
def test_one_plain_row(structure, small_blocks, content):
    assert structure(content).records == 1


def test_no_row(structure):
    assert structure("").records == 0


def test_the_longest_record_is_measured_across_blocks(structure, small_blocks):
    assert structure("a,b\n" + "x" * 40 + ",y\nc,d\n").longest_bytes == len("x" * 40 + ",y\n")


def test_without_quote_character_quotes_are_plain_text(structure):
    assert structure('a"b,"c\n', Dialect(ord(","), 0, 2)).records == 1
