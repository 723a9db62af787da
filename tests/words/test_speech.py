"""Numbers, money, days and messages as a reader is told them: by locale, in the language there is."""

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contracts.catalog.company import LOCALES
from words import catalogue
from words.catalogue import MissingMessageError, Template, placeholders
from words.conventions import NARROW
from words.pseudo import PSEUDO, pseudo
from words.speech import Speech, label_key

ENGLISH, GERMAN = Speech("en", "EUR", "guests"), Speech("de", "EUR", "guests")
OCTOBER = date(2026, 10, 31)


def test_english_counts_and_dates_as_it_always_did():
    assert (ENGLISH.decimal(-1234.56, 1), ENGLISH.count(7412), ENGLISH.day(OCTOBER)) == (
        "−1,234.6", "7,412", "31 Oct 2026",
    )  # fmt: skip
    assert ENGLISH.separators == ".,"
    assert ENGLISH.moment(datetime(2026, 10, 3, 6, 5, tzinfo=UTC)) == "3 Oct 2026, 06:05 UTC"


@pytest.mark.parametrize(
    ("locale", "written", "day"),
    [
        ("de", "1.234,6", "31.10.2026"), ("fr", "1\u202f234,6", "31/10/2026"), ("en-US", "1,234.6", "Oct 31, 2026"),
        ("ko", "1,234.6", "2026. 10. 31."), ("sv", "1\u00a0234,6", "2026-10-31"),
    ],
)  # fmt: skip
def test_separators_and_the_order_of_a_date_follow_the_locale(locale, written, day):
    speech = Speech(locale)
    assert (speech.decimal(1234.56, 1), speech.day(OCTOBER)) == (written, day)


def test_every_kind_of_number_follows_the_locale_while_words_stay_english():
    assert (GERMAN.signed(-2.5, 1), GERMAN.signed(0.0, 1), GERMAN.span(0.5, 1.5, 1)) == ("−2,5", "0,0", "0,5 to 1,5")
    assert (GERMAN.percent(0.125, 1), GERMAN.duration(90)) == (f"12,5{NARROW}%", "1,5 hours")
    assert GERMAN.money(5_123_456) == f"5,1 million{NARROW}€"
    assert (GERMAN.money(-3140), GERMAN.money_span(2.5, 12345)) == (f"−3.140{NARROW}€", "2,50 to 12.000")
    assert GERMAN.month(date(2026, 6, 1)) == "6/2026"
    assert ENGLISH.month(date(2026, 6, 30)) == "Jun 2026"
    assert GERMAN.days_between("2026-06-24/2026-06-30") == "24.06.2026 – 30.06.2026"


@pytest.mark.parametrize("locale", LOCALES)
def test_decimals_and_thousands_are_never_the_same(locale):
    decimal, thousands = Speech(locale).separators
    assert decimal != thousands


@given(st.floats(-1e6, 1e6), st.integers(0, 2), st.sampled_from(LOCALES))
def test_nothing_is_ever_minus_zero_or_a_hyphen(value, digits, locale):
    speech = Speech(locale, "EUR")
    for text in (speech.signed(value, digits), speech.decimal(value, digits), speech.number(value)):
        assert "-" not in text
        assert not text.startswith("−") or text.strip("−0.,")
    assert not speech.exactly(value, digits).startswith("−") or speech.exactly(value, digits).strip("−0.,€EUR" + NARROW)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(15, "15 min"), (60, "1 hour"), (90, "1.5 hours"), (1440, "24 hours"), (4320, "72 hours"), (20160, "14 days")],
)
def test_spans_of_time_read_as_people_say_them(minutes, text):
    assert ENGLISH.duration(minutes) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(37, "€ 37"), (2.5, "€ 2.50"), (212_345, "€ 212,000"), (-5_123_456, "−€ 5.1 million"), (-0.001, "€ 0.00")],
)
def test_sums_keep_three_digits_of_meaning(value, text):
    assert ENGLISH.money(value) == text.replace(" ", NARROW, 1)


def test_small_shares_do_not_read_as_none():
    assert (ENGLISH.percent(0.3486), ENGLISH.share(0.004)) == (f"35{NARROW}%", f"0.4{NARROW}%")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2026-06-24/2026-06-30", "24–30 Jun 2026"),
        ("2026-05-24/2026-06-30", "24 May – 30 Jun 2026"),
        ("2025-12-31/2026-06-30", "31 Dec 2025 – 30 Jun 2026"),
        ("2026-06", "2026-06"),
    ],
)
def test_two_days_say_once_what_they_share(period, text):
    assert ENGLISH.days_between(period) == text


def test_an_unknown_locale_of_a_newer_run_reads_as_english():
    assert Speech("xx").decimal(1234.5, 1) == "1,234.5"


def test_lists_read_as_sentences_do():
    assert (ENGLISH.listed(["a", "b", "c"]), ENGLISH.listed(["a", "b"], "or"), ENGLISH.listed([])) == (
        "a, b and c", "a or b", "",
    )  # fmt: skip


def test_what_begins_a_sentence_or_stands_in_a_row_of_things():
    assert ENGLISH.enumerated(["a", "b", "c"]) == "a, b, c"
    assert (ENGLISH.enumerated([]), ENGLISH.capital("answering")) == ("", "Answering")
    assert ENGLISH.lines([ENGLISH.sentence("No conclusion"), "", "Test it."]) == "No conclusion. Test it."


class FixKind(StrEnum):
    DONE = "done"


@pytest.fixture
def made_up(monkeypatch):
    """Catalogues that hold three templates and nothing else."""
    held = {
        "said.cases": Template("said.cases", ("one case of {what}", "{n} cases of {what}")),
        "said.who": Template("said.who", ("{customers}, each {customer}",)),
        "fix_kind.done": Template("fix_kind.done", ("Put right",)),
    }
    monkeypatch.setattr(catalogue, "entries", lambda language, domain: held)


def test_plurals_follow_the_count(made_up):
    assert ENGLISH.text("said.cases", n=1, what="noise") == "one case of noise"
    assert ENGLISH.text("said.cases", n=1200, what="noise") == "1,200 cases of noise"


def test_customers_are_called_as_the_company_calls_them(made_up):
    assert ENGLISH.text("said.who") == "guests, each guest"


def test_codes_are_said_by_their_label(made_up):
    assert label_key(FixKind.DONE) == "fix_kind.done"
    assert ENGLISH.label(FixKind.DONE) == "Put right"
    assert ENGLISH.text("said.cases", n=2, what=FixKind.DONE) == "2 cases of Put right"
    assert ENGLISH.label("fix_kind.of_their_own", "Of their own") == "Of their own"


def test_what_is_missing_or_too_much_is_an_error_that_names_the_code(made_up):
    with pytest.raises(MissingMessageError, match=r"said\.nothing"):
        ENGLISH.text("said.nothing")
    with pytest.raises(MissingMessageError, match=r"said\.cases wants 'what'"):
        ENGLISH.text("said.cases", n=2)
    with pytest.raises(MissingMessageError, match="no place for where"):
        ENGLISH.text("said.who", where="here")


def test_a_template_holds_plain_names_alone():
    assert list(placeholders("{a} of {b}")) == ["a", "b"]
    for form in ("{a:.0f}", "{}", "{a.b}", "{a!r}"):
        with pytest.raises(ValueError, match="braces"):
            list(placeholders(form))


def test_the_pseudo_language_leaves_placeholders_and_no_plain_word():
    assert "{n}" in pseudo("Only {n} cases")
    assert Speech(PSEUDO).span(1, 2).startswith("⟦1 ŧó 2")
