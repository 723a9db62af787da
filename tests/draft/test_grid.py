import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.draft.looking.grid import find_header, read_grid

ROWS = [["id", "opened", "note"], ["1", "2024-01-02", "a, b; c"], ["2", "2024-01-03", "two\nlines"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_even_rows(delimiter):
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    assert read_grid(text).delimiter == delimiter
    assert [list(row) for row in read_grid(text).rows] == ROWS


def test_decimal_commas_dont_pass_for_delimiters():
    assert read_grid("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n").delimiter == ";"


@given(st.lists(st.text("abc xyz", min_size=1, max_size=20), max_size=5))
def test_title_lines_above_are_skipped_and_physical_lines_counted(titles):
    above = [*titles, ""]
    grid = read_grid("\n".join([*above, "id;opened;kind", "1;2024-01-02;x", "2;2024-01-03;y", "3;2024-01-03;y"]))
    header = find_header(grid.rows)
    assert header is not None
    assert grid.lines[header[0]] == len(above) + 1


def test_names_below_a_row_that_groups_them_take_two_rows_when_they_repeat():
    rows = [
        ["", "Ticket", "", "Customer", ""],
        ["Ref", "ID", "Opened", "ID", "Since"],
        ["1", "2", "2024-01-01", "4", "2020-01-01"],
    ]
    assert find_header(rows) == (0, 1)


def test_a_printing_date_above_narrow_columns_is_no_header():
    assert find_header(
        [["Printed", "2026-01-05", ""], ["id", "day", "kind"], ["1", "2024-01-02", "x"], ["2", "2024-01-02", "x"]]
    ) == (1,)


@pytest.mark.parametrize("first", [["1", "2024-01-02", "x"], ["anna@mail.example", "K7", "x"]])
def test_rows_without_names_are_told_from_names(first):
    assert find_header([first, ["2", "2024-01-03", "y"]]) is None


def test_nothing_has_no_header():
    assert find_header([]) is None
