"""Numbers and days as a company writes them: one locale at a time, English unless said, data untouched."""

from datetime import date
from threading import Thread

import pytest

from dashboard.formats import count, day, days_between, duration, money, money_span, percent, plain, signed, span
from dashboard.said import NARROW_SPACE
from pipelines.contracts.numerals import LOCALES, local_number, separators, written_as
from pipelines.contracts.policy_wording import experiment_sentence
from pipelines.contracts.wording import number

OCTOBER = date(2026, 10, 31)


def test_english_is_what_it_always_was():
    assert (plain(-1234.56, 1), count(7412), day(OCTOBER)) == ("−1,234.6", "7,412", "31 Oct 2026")
    assert separators() == ".,"


@pytest.mark.parametrize(
    ("locale", "written", "days"),
    [
        ("de", "1.234,6", "31.10.2026"), ("de-CH", "1’234.6", "31.10.2026"), ("fr", "1\u202f234,6", "31/10/2026"),
        ("en-US", "1,234.6", "Oct 31, 2026"), ("ko", "1,234.6", "2026. 10. 31."), ("sv", "1\u00a0234,6", "2026-10-31"),
    ],
)  # fmt: skip
def test_separators_and_the_order_of_a_date_follow(locale, written, days):
    with written_as(locale):
        assert (plain(1234.56, 1), day(OCTOBER)) == (written, days)
    assert plain(1234.56, 1) == "1,234.6"


def test_every_kind_of_number_follows():
    with written_as("de"):
        assert (signed(-2.5, 1), signed(0.0, 1), span(0.5, 1.5, 1)) == ("−2,5", "0,0", "0,5 to 1,5")
        assert (percent(0.125, 1), duration(90)) == (f"12,5{NARROW_SPACE}%", "1,5 hours")
        assert money(5_123_456, "EUR") == f"€{NARROW_SPACE}5,1 million"
        assert (money(-3140, "EUR"), money_span(2.5, 12345, "EUR")) == (f"−€{NARROW_SPACE}3.140", "2,50 to 12.000")
        assert days_between("2026-06-24/2026-06-30") == "24.06.2026 – 30.06.2026"
        assert number(-1234.5, {"std_error": 0.5}) == "−1.234,5"


def test_thousands_of_a_span_survive_where_they_are_spaces():
    with written_as("fr"):
        assert money_span(2500, 12345, "EUR") == "2\u202f500 to 12\u202f000"


def test_sentences_on_policies_follow():
    row = {"test_per_arm": 12345, "test_points": 2.5, "test_unit": "incident", "test_weeks": 40.0}
    with written_as("de"):
        said = experiment_sentence(row)
    assert "12.345 incidents each to see 2,5 per 100, 40 weeks" in said


def test_another_thread_is_not_told_and_nobody_is_left_with_it():
    heard = []
    with written_as("de"):
        asked = Thread(target=lambda: heard.append(local_number("1,234.5")))
        asked.start()
        asked.join()
        with pytest.raises(ZeroDivisionError), written_as("fr"):
            raise ZeroDivisionError
        assert local_number("1,234.5") == "1.234,5"
    assert heard == ["1,234.5"]


def test_an_unknown_locale_of_a_newer_run_reads_as_english():
    with written_as("xx"):
        assert plain(0.5, 1) == "0.5"


def test_decimals_and_thousands_are_never_the_same():
    assert all(found.decimal != found.thousands for found in LOCALES.values())
