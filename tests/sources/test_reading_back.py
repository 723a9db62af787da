"""Whatever a CSV writer can write is read back as it was: plain files by the engine, others by way of a plain copy."""

import csv
import io
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.reading.files.counted_rows import Place
from pipelines.reading.files.delimited import read_delimited
from pipelines.reading.files.exports import Export
from pipelines.settings.files import FileSpec

NUMBERS = count()
# A carriage return is only ever text inside quotes, and Python's writer doesn't always set them.
fields = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=10)
rows = st.lists(st.tuples(fields, fields, fields), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def read_back(sealed_for_module, tmp_path_factory):
    folder = tmp_path_factory.mktemp("csv")

    def reading(content, **spec):
        place = Place("t", next(NUMBERS))
        path = folder / f"{place.number}.csv"
        path.write_bytes(content)
        export = Export(FileSpec(alias="t", path=path.name, **spec), path, path.name)
        reading = read_delimited(sealed_for_module, export, place, None)
        names = ", ".join(f"coalesce({column}, '')" for column in "abc")
        return reading, sealed_for_module.rows(f"SELECT {names} FROM {place.view} ORDER BY _line")

    return reading


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=rows,
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    ending=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    title=st.booleans(),
)
def test_values_come_back_as_written(read_back, rows, delimiter, quoting, ending, encoding, title):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator=ending).writerows([("a", "b", "c"), *rows])
    content = ("Report\n" if title else "") + written.getvalue()
    reading, found = read_back(content.encode(encoding), delimiter=delimiter, header_row=(2 if title else 1,))
    assert found == rows
    assert reading.rows_in == len(rows)
    assert not reading.rejected


def test_carriage_returns_inside_quotes_are_text(read_back):
    assert read_back(b'a,b,c\n"x\ry","\r\n",z\n')[1] == [("x\ry", "\r\n", "z")]
