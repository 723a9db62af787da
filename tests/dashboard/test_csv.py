import csv
import io
from dataclasses import replace

import pytest

from dashboard.exports.csv import csv_bytes
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.contracts.tables.measure import Measured
from words.speech import PLAIN

ROW = Measured(Topic.DESCRIPTIVE, Measure.RESTORED, "site_id=Zürich", estimate=1.5)


def read(rows, facts: tuple[str, ...] = ()) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(rows, facts, PLAIN).decode("utf-8-sig"))))


def cells(row) -> dict[str, str]:
    head, line = read([row])
    return dict(zip(head, line, strict=True))


def test_what_it_is_comes_before_the_rows():
    first, second, head, line = read([ROW], ("Amends run 0001-ab", "Data to 31 Oct 2026"))
    assert (first, second) == (["# Amends run 0001-ab"], ["# Data to 31 Oct 2026"])
    assert head[:3] == ["topic", "measure", "segment"]
    assert line[:3] == ["descriptive", "restored", "site_id=Zürich"]


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-x", "@me", "\tx", "\rx"])
def test_a_text_cell_never_runs_as_a_formula(cell):
    assert cells(replace(ROW, owner=cell))["owner"].startswith("'")


def test_negative_numbers_stay_numbers_and_nulls_stay_empty():
    found = cells(replace(ROW, estimate=-1.25))
    assert (found["estimate"], found["n"]) == ("-1.25", "")


def test_reasons_are_written_in_words():
    found = cells(replace(ROW, reasons=(EarlierReason("Add orders."), EarlierReason("And customers."))))
    assert (found["reasons"], found["caveats"]) == ("Add orders. And customers.", "")


def test_without_rows_the_facts_remain():
    assert read([], ("Amends run 0001-ab",)) == [["# Amends run 0001-ab"]]
