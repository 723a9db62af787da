"""Numbers, flags, ids and labels as exports write them."""

from decimal import Decimal

import pytest

EURO = '[profile]\ncurrency = "EUR"\n'


def column(load_tickets, name, *written, more=""):
    """The values of one column of incidents, and the reasons for which cells can't be read; no row is set aside."""
    more = (EURO if name == "loss_amount" else "") + more
    csv = f"incident_id,opened_at,{name}\n" + "".join(f'{i:03},2024-03-01,"{v}"\n' for i, v in enumerate(written))
    result = load_tickets("incident_id,opened_at\n" if not written else csv, more)
    values = result.engine.rows(f"SELECT {name} FROM incidents ORDER BY incident_id")
    assert result.aside("incidents") == []
    return [v for (v,) in values], [reason for _, reason in result.unread("incidents")]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("1,234.50", "1234.5"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("+7", "7"),
        ("0.00005", "0.0001"),
    ],
)
def test_amounts(load_tickets, written, amount):
    assert column(load_tickets, "loss_amount", written) == ([Decimal(amount)], [])


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("twelve", "not a number"),
        ("12,5", "not a number"),
        ("1,23", "not a number"),
        ("0x10", "not a number"),
        ("3_000", "not a number"),
        ("(12)", "not a number"),
        ("1e30", "not a number"),
        ("NaN", "not a finite number"),
        ("inf", "not a finite number"),
        ("-Infinity", "not a finite number"),
        ("-0.01", "below 0"),
    ],
)
def test_what_is_no_amount_is_unknown(load_tickets, written, reason):
    assert column(load_tickets, "loss_amount", "1", written) == ([Decimal(1), None], [reason])


def test_a_decimal_comma_is_declared_per_file(load_files):
    toml = EURO + '[files.t]\npath = "t.csv"\ndecimal = ","\n[tables.incidents]\nfile = "t"\n'
    result = load_files(
        toml, {"t.csv": 'opened_at,loss_amount\n2024-03-01,"1.234,5"\n2024-03-01,"1,5"\n2024-03-01,1.5\n'}
    )
    assert result.column("incidents", "loss_amount") == [Decimal("1.5"), Decimal("1234.5"), None]
    assert result.unread("incidents") == [("loss_amount", "not a number")]


@pytest.mark.parametrize("written", ["yes", "TRUE", "1", "Y", "t", "1.0"])
def test_yes(load_tickets, written):
    assert column(load_tickets, "public_complaint", written) == ([True], [])


@pytest.mark.parametrize("written", ["no", "False", "0", "n"])
def test_no(load_tickets, written):
    assert column(load_tickets, "public_complaint", written) == ([False], [])


def test_maybe_is_neither_and_blank_is_unknown(load_tickets):
    assert column(load_tickets, "public_complaint", "maybe", " ") == ([None, None], ["not yes or no"])


def test_only_the_contract_s_labels_are_accepted(load_tickets):
    assert column(load_tickets, "fault", "company", "Company", "us") == (
        ["company", None, None],
        ["not an allowed value"] * 2,
    )


def test_value_maps_turn_a_company_s_words_into_the_contract_s(load_tickets):
    more = '[tables.incidents.values.fault]\n"us" = "company"\n"?" = ""\n"*" = "unclear"\n"" = "third_party"\n'
    assert column(load_tickets, "fault", "us", "?", "them", "", more=more) == (
        ["company", None, "unclear", "third_party"],
        [],
    )


def test_an_id_longer_than_an_id_is_unknown(load_tickets):
    assert column(load_tickets, "event_id", "storm", "the storm that " * 10) == (
        ["storm", None],
        ["longer than 100 characters"],
    )


def test_whole_numbers_stay_whole(load_files):
    toml = """
[files]
t = { path = "t.csv" }
w = { path = "w.csv" }
[tables]
incidents = { file = "t" }
word_of_mouth = { file = "w" }
"""
    rows = "".join(f"2024-03-01,post,{reach}\n" for reach in ("3", "4.0", "3.7", "-1", "many"))
    result = load_files(toml, {"t.csv": "opened_at\n2024-03-01\n", "w.csv": "posted_at,kind,reach\n" + rows})
    assert result.column("word_of_mouth", "reach") == [3, 4, None, None, None]
    assert result.unread("word_of_mouth") == [("reach", "not a whole number")] * 2 + [("reach", "below 0")]


def test_covariates_of_the_profile(load_tickets):
    more = '[[covariates]]\nname = "x_nights"\nkind = "number"\n[[covariates]]\nname = "x_rate"\nkind = "label"\n'
    result = load_tickets("opened_at,x_nights,x_rate\n2024-03-01,2.5,flex\n2024-03-01,two,flex\n", more)
    assert result.engine.rows("SELECT x_nights, x_rate FROM incidents") == [(2.5, "flex"), (None, "flex")]
    assert result.unread("incidents") == [("x_nights", "not a number")]
