from xml.etree import ElementTree

from dashboard.tables import Link, html_table


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
