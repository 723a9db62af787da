from dataclasses import replace

import pytest
from cases import NOTHING, company_of, effect_row, only, why

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.policy.money.recovery_paradox import paradox_rows
from words.conventions import NARROW
from words.paradox import paradox_sentence
from words.speech import Speech

GUESTS = Speech(customers_word="guests")


def said(row):
    """The sentence on a row, with every space alike."""
    return paradox_sentence(row, GUESTS).replace(NARROW, " ")


def failure(level_to, estimate, low, high, grade="B", **changes):
    return effect_row(**{
        "outcome": "returned", "horizon_days": 365, "treatment": "failure", "contrast": "failure",
        "level_from": "never_failed", "level_to": level_to, "estimand": "effect_of_failure", "spec": "adjusted",
        "unit": "per_100_customers", "estimate": estimate, "ci_low": low, "ci_high": high, "grade": grade,
        "n_incidents": 500, "baseline_estimate": 38.0, "population": "failed_and_never_failed",
    } | changes)  # fmt: skip


def share(low, high, grade="B"):
    middle = (low + high) / 2
    return failure("recovered", middle, low, high, grade, contrast="won_back", level_from="not_recovered",
                   estimand="won_back_share", unit="share")  # fmt: skip


def company_s_effects(low=0.2, high=0.8, grade="B"):
    return [failure("failed", -5, -7, -3), failure("not_recovered", -9, -12, -6), failure("recovered", -3, -6, 0),
            share(low, high, grade)]  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "grade", "standing"),
    [(1.05, 1.6, "B", "paradox"), (1.05, 1.6, "A", "paradox"), (1.05, 1.6, "C", "more_than_all"),
     (0.9, 1.6, "A", "cannot_say"), (0.2, 0.8, "B", "not_all"), (1.05, 1.6, "D", None)],
)  # fmt: skip
def test_the_word_paradox_needs_the_whole_interval_above_all_of_it_and_a_good_grade(low, high, grade, standing):
    row = only(paradox_rows(company_s_effects(low, high, grade), company_of()), measure="won_back_share")
    assert row.standing == standing
    assert ("paradox" in said(row)) == (standing == "paradox")


@pytest.mark.parametrize(
    ("grade", "says"),
    [
        ("A", "Recovery makes up for 40 % of the returning guests that a failure costs (20 to 60 %)"),
        ("B", "Recovery is estimated to make up for 40 % of the returning guests that a failure costs (20 to 60 %)"),
        ("C", "Recovery goes with making up for 40 % of the returning guests that a failure costs, after adjustment"),
        ("D", "No conclusion on returning guests"),
    ],
)
def test_the_verb_follows_the_grade(grade, says):
    row = only(paradox_rows(company_s_effects(0.2, 0.6, grade), company_of()), measure="won_back_share")
    assert said(replace(row, grade=Grade(grade))).startswith(says)


def test_of_what_a_failure_adds_the_share_is_of_the_rise():
    row = only(paradox_rows(company_s_effects(0.2, 0.6, "C"), company_of()), measure="won_back_share")
    text = said(replace(row, level="negative_post"))
    assert "% of the added " in text
    assert "that a failure brings" in text


def test_a_share_that_may_be_nothing_claims_nothing():
    row = only(paradox_rows(company_s_effects(-0.1, 0.9, "B"), company_of()), measure="won_back_share")
    assert said(row).startswith("We cannot say yet")
    assert "−10 and 90 %" in said(row)


def test_recovered_and_unrecovered_stand_beside_never_failed():
    rows = paradox_rows(company_s_effects(), company_of())
    recovered = only(rows, measure="recovered_against_never_failed")
    assert (recovered.estimate, recovered.expected, recovered.level) == (-3, 38.0, "returned")
    assert only(rows, measure="unrecovered_against_never_failed").estimate == -9
    assert len(rows) == 3


def test_what_could_not_be_estimated_keeps_its_reason():
    refused = failure("failed", None, None, None, verdict="not_estimable", reasons=(EarlierReason("Add orders."),))
    (row,) = paradox_rows([refused], company_of())
    assert (row.verdict, why(row)) == ("not_estimable", "Add orders.")
    assert said(row).endswith("Add orders.")


def test_without_anybody_to_compare_with_the_row_says_what_to_add():
    (row,) = paradox_rows([], company_of())
    assert "comparison_subjects" in why(row)
    (row,) = paradox_rows([], company_of(NOTHING))
    assert "customer_id" in why(row)
