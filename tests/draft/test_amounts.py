import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.draft.looking.amounts import read_amounts

CENTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=20)


def written(cents, decimal):
    point = f"{cents / 100:,.2f}"
    return point if decimal == "." else point.translate(str.maketrans(".,", ",."))


@given(CENTS, st.sampled_from(".,"))
def test_the_decimal_sign_is_found_and_the_range_read_with_it(cents, decimal):
    amounts = read_amounts([written(c, decimal) for c in cents])
    assert amounts.share == 1.0
    assert amounts.decimal == decimal
    assert amounts.largest == pytest.approx(max(cents) / 100)
    assert amounts.smallest == pytest.approx(min(cents) / 100)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$1,234.50", "USD"),
        ("1.234,50 €", "EUR"),
        ("R$ 12,00", "BRL"),
        ("CHF 80", "CHF"),
        ("12.00 GBP", "GBP"),
        ("-£5.00", ""),
        ("12", ""),
    ],
)
def test_a_currency_beside_the_number_is_named(text, currency):
    assert read_amounts([text]).currency == currency


def test_blanks_between_thousands_count_as_marks_to_clean():
    assert read_amounts(["1 234,50", "12,00"]).marked
    assert not read_amounts(["1234,50"]).marked


@pytest.mark.parametrize("text", ["", "abc", "12a", "1.2.3.4", "+49 171 1234567", "K12", "12/3"])
def test_other_things_are_no_amounts(text):
    assert read_amounts([text]).share == 0.0


def test_whole_numbers_show_no_decimal_sign():
    amounts = read_amounts(["1", "20", "300"])
    assert amounts.decimal == ""
    assert amounts.whole
