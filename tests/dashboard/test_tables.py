from xml.etree import ElementTree

from published_run import SPEECH

from dashboard.tables import Link, folded, html_table, legend, shape_of, without_owners


def parsed(*args):
    return ElementTree.fromstring(html_table(*args))


def test_a_table_is_captioned_and_its_columns_have_heads():
    table = parsed([{"Table": "orders", "Rows": "5"}], "Rows per table", frozenset({"Rows"}))
    assert table.find("table/caption").text == "Rows per table"
    assert [(h.text, h.get("scope")) for h in table.iter("th")] == [("Table", "col"), ("Rows", "col")]
    assert [(d.text, d.get("class")) for d in table.iter("td")] == [("orders", None), ("5", "number")]


def test_whatever_an_export_puts_into_a_cell_is_shown_and_never_run():
    hostile = "<script>alert('x')</script>&amp;"
    (cell,) = parsed([{hostile: hostile}], hostile).iter("td")
    assert cell.text == hostile
    assert len(cell) == 0


def test_a_link_keeps_to_this_app():
    (link,) = parsed([{"Run": Link("0001-ab", "run=0001-ab")}], "Runs").iter("a")
    assert (link.text, link.get("href"), link.get("target")) == ("0001-ab", "?run=0001-ab", "_self")


def test_on_a_phone_words_become_cards_and_numbers_keep_their_columns():
    row = [{"Component": "Balance", "Grade": "B"}]
    assert "stacks" in parsed(row, "Grade").get("class")
    assert "stacks" not in parsed(row, "Grade", frozenset({"Grade"})).get("class")
    assert [cell.get("data-label") for cell in parsed(row, "Grade").iter("td")] == ["Component", "Grade"]


def test_a_long_table_shows_its_first_rows_and_folds_the_rest():
    rows = [{"Cause": str(number)} for number in range(37)]
    first, rest = folded(rows)
    assert (len(first), len(rest)) == (12, 25)
    assert [*first, *rest] == rows
    assert folded(rows[:15]) == (rows[:15], ())


def test_a_column_of_owners_that_names_nobody_is_left_out():
    nobody, somebody = {"Cause": "Boiler", "Owner": "none"}, {"Cause": "Lift", "Owner": "Head of engineering"}
    assert without_owners([nobody, nobody]) == [{"Cause": "Boiler"}] * 2
    assert without_owners([nobody, somebody]) == [nobody, somebody]


def test_cells_too_wide_for_a_phone_become_cards():
    wide = [{"Cause": "A long name of a cause that fails", "Rate": "0.04 (−0.91 to 1.00)"}]
    assert "stacks" in parsed(wide, "Causes", frozenset({"Rate"})).get("class")


def test_short_cells_run_on_in_a_card_and_long_ones_have_a_line_each():
    """Eleven things known now are eleven cards of three lines on a phone, not of seven."""
    known = {"": "Never answered", "Known now": "7 % (6 to 8)", "Target": "at most 5 %", "Usual": "–", "Cases": "7,993"}
    assert "runs-on" in shape_of([known], frozenset({"Known now"})).split()
    reason = known | {"Why": "Nobody wrote down when the first answer was given."}
    assert "runs-on" not in shape_of([reason], frozenset({"Known now"})).split()


def test_the_folded_rest_of_a_table_looks_like_its_start():
    rows = [{"Cause": "A long name of a cause that fails", "Rate": "0.04 (−0.91 to 1.00)"}, {"Cause": "x", "Rate": "1"}]
    shape = shape_of(rows, frozenset({"Rate"}))
    rest = ElementTree.fromstring(html_table(rows[1:], "Causes, continued", frozenset({"Rate"}), shape))
    assert rest.get("class") == shape
    assert "stacks" in shape


def test_a_letter_that_stands_alone_in_a_table_is_explained_below_it():
    in_words, in_column = {"Difference": "−7 per 100 (−9 to −5), grade C"}, {"Grade": "B"}
    assert legend([in_words], SPEECH) == "Grade: C a hint."
    assert legend([in_column, {"Grade": "D"}], SPEECH) == "Grade: B good evidence, not proof; D no conclusion."
    assert legend([{"Grade": "–", "Site": "C"}], SPEECH) == ""
