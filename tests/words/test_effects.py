"""Text, number and grade come from one row and can't disagree."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows_in_short import effect_row

from pipelines.contracts.catalog.outcomes import OUTCOMES
from words.changes import limits as limits_of
from words.changes import number
from words.conventions import MINUS, NARROW
from words.effects import badge, definition, headline, sentence, what_is_done
from words.pseudo import PSEUDO
from words.speech import Speech

PLAIN, GUESTS = Speech(), Speech(currency="EUR", customers_word="guests")
CAUSAL = re.compile(r"caus|because|leads to")
ESTIMATED = re.compile(r"estimated to")
ASSOCIATED = re.compile(r"goes with")


def row(**changes):
    values = {
        "outcome": "returned", "horizon_days": 365, "treatment": "speed", "contrast": "within", "level_from": "today",
        "level_to": "60", "population": "all", "estimand": "policy_shift", "estimator": "g_computation",
        "spec": "adjusted", "se_type": "cv3", "estimate": 3.2, "std_error": 1.1, "ci_low": 1.0, "ci_high": 5.4,
        "unit": "per 100 customers", "baseline": "today's answering times", "baseline_estimate": 31.0, "grade": "B",
        "n_incidents": 8000, "effective_incidents": 4000.0, "reason": "",
    }  # fmt: skip
    return effect_row(**(values | changes))


@st.composite
def rows(draw):
    estimate = draw(st.floats(-60, 60, allow_nan=False))
    error = draw(st.floats(0.01, 20))
    return row(
        estimate=estimate,
        std_error=error,
        ci_low=estimate - 1.97 * error,
        ci_high=estimate + 1.97 * error,
        grade=draw(st.sampled_from("ABCD")),
        treatment=draw(st.sampled_from(["speed", "compensation", "apology", "repair", "failure"])),
        level_to="0.5",
        level_from="0",
        outcome=draw(st.sampled_from([o for o in OUTCOMES if OUTCOMES[o].kind in ("binary", "count")])),
    )


def test_grade_b_says_estimated_with_number_limits_and_unit():
    assert headline(row(), GUESTS) == (
        "Answering everyone within an hour is estimated to mean 3 more returning guests per 100 within a year (1 to 5)"
    )


def test_interval_around_zero_says_we_cannot_say():
    text = headline(row(estimate=0.8, ci_low=-2.2, ci_high=3.8, std_error=1.5), GUESTS)
    assert text.startswith("We cannot say yet")
    assert "between 2 fewer and 4 more returning guests per 100" in text


def test_grade_d_gives_no_number_but_a_default_and_a_sample_size():
    text = sentence(row(grade="D"), PLAIN)
    assert "No conclusion" in text
    assert "Keep the current standard" in text
    assert re.search(r"about [\d,]+ incidents per arm", text)
    assert "3 more" not in text


@pytest.mark.parametrize("estimate", [-3.2, 3.2])
def test_direction_follows_the_sign(estimate):
    limits = sorted((estimate * 0.4, estimate * 1.6))
    text = headline(row(estimate=estimate, ci_low=limits[0], ci_high=limits[1]), PLAIN)
    assert ("3 fewer" in text) == (estimate < 0)
    assert ("3 more" in text) == (estimate > 0)
    assert "(1 to 5)" in text


def test_missing_estimate_gives_its_reason_and_no_number():
    text = sentence(row(estimate=None, grade=None, verdict="not_estimable", reason="There are no orders."), PLAIN)
    assert "There are no orders." in text
    assert not re.search(r"\d+ (more|fewer)", text)


def test_raw_rows_never_read_as_effects():
    text = headline(row(spec="raw", grade=None), PLAIN)
    assert text.startswith("Unadjusted, not an effect")
    assert not ESTIMATED.search(text)


def test_money_reads_in_the_reporting_currency_per_customer():
    text = headline(
        row(
            outcome="spend",
            unit="reporting currency per customer",
            estimate=38.0,
            ci_low=12.0,
            ci_high=64.0,
            std_error=13.0,
        ),
        GUESTS,
    )
    assert f"€{NARROW}38 more spend per guest within a year" in text


@given(rows())
def test_only_grade_a_claims_cause_only_b_an_estimate_only_c_an_association(r):
    text = headline(r, PLAIN)
    clear = not r.ci_low <= 0 <= r.ci_high
    assert bool(CAUSAL.search(text)) == (r.grade == "A" and clear)
    assert bool(ESTIMATED.search(text)) == (r.grade == "B" and clear)
    assert bool(ASSOCIATED.search(text)) == (r.grade == "C" and clear)


@given(rows())
def test_every_number_in_the_headline_is_one_of_the_row(r):
    text = headline(r, PLAIN)
    allowed = {number(abs(getattr(r, c)), r, PLAIN) for c in ("estimate", "ci_low", "ci_high")}
    named = text.split("more" if "more" in text else "fewer")[0] if r.grade == "D" else text
    found = re.findall(r"(?<![\w.,])\d[\d,]*\.?\d*(?=(?: more| fewer| to |\)))", named)
    assert set(found) <= allowed
    if r.grade != "D" and not r.ci_low <= 0 <= r.ci_high:
        assert number(abs(r.estimate), r, PLAIN) in found


@given(rows())
def test_a_positive_change_never_reads_as_fewer(r):
    text = headline(r, PLAIN)
    if r.grade == "D" or r.ci_low <= 0 <= r.ci_high:
        return
    assert (" more " in text) == (r.estimate > 0)
    assert f"({MINUS}" not in text


@given(rows())
def test_badge_and_definition_exist_for_every_row(r):
    assert badge(r, PLAIN)
    assert "95 %" in definition(r, PLAIN)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.16, 8.8, "0.2 to 8.8"), (-0.16, 8.8, "0 to 9"), (-8.8, -0.04, "0.04 to 8.80"), (1.2, 8.8, "1 to 9")],
)
def test_an_interval_that_leaves_out_zero_never_reads_as_one_that_reaches_it(low, high, said):
    """``+4 (0 to 9)`` in bold would look like a mistake: one more digit shows on which side of zero it ends."""
    told = row(estimate=(low + high) / 2, ci_low=low, ci_high=high, std_error=2.1)
    assert limits_of(told, PLAIN) == said


def test_a_form_of_compensation_has_one_name_everywhere():
    said = headline(row(treatment="compensation_kind", level_from="none", level_to="gesture"), PLAIN)
    assert said.startswith("Compensating with a manager's call rather than nothing")


def test_numbers_follow_the_locale_while_words_stay_english():
    told = row(estimate=1234.5, ci_low=-2000.5, ci_high=4000.5, std_error=0.5, unit="stars", outcome="review_stars")
    assert "between 2.000,5 less and 4.000,5 more stars" in headline(told, Speech("de"))


def test_nothing_of_a_sentence_is_left_english_in_the_pseudo_language():
    told = row(segment="site=1", grade="D")
    assert not re.search(r"\b[a-z]{4,}\b", sentence(told, Speech(PSEUDO, customers_word="5")).replace("site", ""))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"level_to": "4320"}, "answering everyone within 3 days"),
        ({"level_to": "15"}, "answering everyone within 15 minutes"),
        (
            {"treatment": "compensation", "level_to": "0.5", "level_from": "0"},
            "giving 50 % of the loss rather than nothing",
        ),
        ({"treatment": "silence", "level_to": "24"}, "never leaving an open case silent for 24 hours"),
        ({"treatment": "failure", "level_to": "failed"}, "the failure itself"),
        ({"treatment": "apology", "segment": "severity=very_bad;site=a"}, "apologising (severity: very bad, site: a)"),
        ({"treatment": "of_their_own"}, "of_their_own"),
    ],
)
def test_what_is_done_stands_in_a_sentence(changes, said):
    assert what_is_done(row(**changes), PLAIN).replace(NARROW, " ") == said


WON_BACK = {"treatment": "failure", "level_to": "recovered", "estimand": "won_back_share", "estimate": 0.4,
            "ci_low": 0.2, "ci_high": 0.6}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Recovery is estimated to make up for 40 % of the returning guests that a failure costs (20 to 60 %)"),
        ({"grade": "C", "outcome": "negative_post"},
         "Recovery goes with making up for 40 % of the added negative posts that a failure brings, after adjustment "
         "(20 to 60 %)"),
        ({"ci_low": -0.1}, "We cannot say yet whether recovery makes up for any of the returning guests that a failure "
         "costs: between −10 and 60 %"),
    ],
)  # fmt: skip
def test_what_recovery_wins_back_is_said_as_a_share_of_the_loss(changes, said):
    assert headline(row(**(WON_BACK | changes)), GUESTS).replace(NARROW, " ") == said
