import csv
import io

import pytest

from dashboard.exports.csv import csv_bytes


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_what_it_is_comes_before_the_rows():
    lines = read(csv_bytes([{"x": 1.5, "name": "Zürich"}], ("Amends run 0001-ab", "Data to 31 Oct 2026")))
    assert lines == [["# Amends run 0001-ab"], ["# Data to 31 Oct 2026"], ["x", "name"], ["1.5", "Zürich"]]


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-x", "@me", "\tx", "\rx"])
def test_a_text_cell_never_runs_as_a_formula(cell):
    assert read(csv_bytes([{"a": cell}], ()))[-1][0].startswith("'")


def test_negative_numbers_stay_numbers_and_nulls_stay_empty():
    assert read(csv_bytes([{"a": -1.25, "b": None}], ()))[-1] == ["-1.25", ""]


def test_without_rows_the_facts_remain():
    assert read(csv_bytes([], ("Amends run 0001-ab",))) == [["# Amends run 0001-ab"]]
