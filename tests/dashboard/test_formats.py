from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formats import count, day, duration, moment, percent, plain, signed, span


@pytest.mark.parametrize(
    ("value", "digits", "text"), [(3.2, 0, "+3"), (-0.6, 0, "−1"), (-0.2, 0, "0"), (0.04, 1, "0.0"), (-2.55, 1, "−2.5")]
)
def test_changes_carry_their_sign(value, digits, text):
    assert signed(value, digits) == text


@given(st.floats(-1e6, 1e6), st.integers(0, 2))
def test_nothing_is_ever_minus_zero_or_a_hyphen(value, digits):
    for text in (signed(value, digits), plain(value, digits)):
        assert "-" not in text
        assert not (text.startswith("−") and not text.strip("−0.,"))


def test_words_for_shares_counts_and_intervals():
    assert percent(0.3486) == "35\u202f%"
    assert count(7412) == "7,412"
    assert span(-1.2, 3.4) == "−1 to 3"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (15, "15 min"),
        (60, "1 hour"),
        (90, "1.5 hours"),
        (240, "4 hours"),
        (1440, "24 hours"),
        (4320, "72 hours"),
        (20160, "14 days"),
    ],
)
def test_spans_of_time_read_as_people_say_them(minutes, text):
    assert duration(minutes) == text


def test_dates_never_depend_on_the_reader_of_month_and_day():
    assert day(date(2026, 10, 3)) == "3 Oct 2026"
    assert moment(datetime(2026, 10, 3, 6, 5, tzinfo=UTC)) == "3 Oct 2026, 06:05 UTC"
