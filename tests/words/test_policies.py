"""What is said of policies, offers, scenarios and choices follows from the row's numbers and grade alone."""

import re
from dataclasses import replace

import pytest

from pipelines.contracts.answers import Answer
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Held, Plan, TrialUnit
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.earlier import EarlierCaveat
from pipelines.contracts.messages.plans import BelowStandardInSegments, NothingBetter, Untried
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.valuation import Valuation
from words.conventions import NARROW
from words.next_sums import scenario_sentence
from words.policies import (
    experiment_sentence,
    next_return_sentence,
    not_proposed,
    offer_phrase,
    policy_headline,
    policy_sentence,
    standard_caution,
)
from words.speech import Speech

GUESTS = Speech(currency="EUR", customers_word="guests")
POLICY = Policy(
    Plan.BUDGET_50, budget_ratio=0.5, budget=10.0, cost=9.0, cost_today=20.0, gain=2.0, gain_low=1.0, gain_high=3.0,
    value=14.0, value_low=4.0, value_high=24.0, changed_share=0.6, next_return=1.5, next_return_low=1.2,
    next_return_high=1.8, grade=Grade.B, verdict=Verdict.PUBLISHED,
    caveats=(EarlierCaveat("Something hidden would overturn it."),),
)  # fmt: skip
UNTOLD = (EarlierCaveat("Can't be told."),)
SCENARIO = Answer(
    gain=-2.0, low=-3.0, high=-1.0, value=-5.0, value_low=-8.0, value_high=-2.0, cost=1.0, n=900, n_near=40, df=30.0,
    supported=True, outside=(), held=Held.SPEED, grade=Grade.C, caveats=(), reasons=(),
)  # fmt: skip


def said(text):
    """With every space alike, which is all that a comparison of words needs."""
    return text.replace(NARROW, " ")


def test_a_published_policy_says_its_value_with_limits_and_what_it_spends():
    text = said(policy_sentence(POLICY, GUESTS))
    assert text.startswith(
        "Spending 50 % of today's money where it does most is estimated to bring € 14.00 more per incident than today"
    )
    assert "(4.00 to 24.00)" in text
    assert "€ 11.00 less per incident: € 9.00" in text
    assert "It is estimated to bring 2.0 more returning guests per 100 (1.0 to 3.0)." in text
    assert "Something hidden" in text


@pytest.mark.parametrize(
    ("grade", "verb"), [("A", " brings "), ("B", "is estimated to bring"), ("C", "after adjustment")]
)
def test_the_verb_follows_the_grade(grade, verb):
    assert verb in policy_headline(replace(POLICY, grade=Grade(grade)), GUESTS)


ACTING = re.compile(r"\b(brings|nets|returns \d|comes back|customers return|be faster|give more)")
SAID = {
    "policy": lambda grade: policy_sentence(replace(POLICY, grade=grade), GUESTS),
    "next": lambda grade: next_return_sentence(replace(POLICY, grade=grade), GUESTS),
    "scenario": lambda grade: scenario_sentence(replace(SCENARIO, grade=grade), GUESTS),
}


@pytest.mark.parametrize("told", sorted(SAID))
def test_no_sentence_claims_more_than_its_grade(told):
    assert ACTING.search(SAID[told](Grade.A))
    assert "estimated" in SAID[told](Grade.B)
    assert not ACTING.search(SAID[told](Grade.B))
    assert "goes with" in SAID[told](Grade.C)
    assert "after adjustment" in SAID[told](Grade.C)
    assert not ACTING.search(SAID[told](Grade.C))
    assert "estimated" not in SAID[told](Grade.C)


@pytest.mark.parametrize("told", sorted(set(SAID) - {"policy"}))
def test_grade_d_concludes_nothing(told):
    text = SAID[told](Grade.D)
    assert "no conclusion" in text.lower()
    assert not re.search(r"\d\.\d", text)


TEST = {"test_per_arm": 1200, "test_points": 2.0, "test_weeks": 40.0, "test_unit": TrialUnit.CUSTOMER_OR_EVENT}


@pytest.mark.parametrize("grade", list("BD"))
def test_an_experiment_claims_nothing_and_says_how_to_test(grade):
    row = replace(
        POLICY, verdict=Verdict.EXPERIMENT, grade=Grade(grade), value_low=-3.0, reasons=(NoConclusion(),), **TEST
    )
    text = policy_sentence(row, GUESTS)
    assert "14.00" not in text
    assert "1,200 incidents each to see 2.0 per 100, 40 weeks" in text
    assert "keep the current standard" in text
    assert "12.345 incidents each to see 2,5 per 100" in experiment_sentence(
        replace(row, test_per_arm=12_345, test_points=2.5), Speech("de")
    )


def test_without_an_estimate_only_the_reason_is_said():
    row = Policy("best", verdict=Verdict.NOT_ESTIMABLE, reasons=(NothingBetter(),))
    assert policy_sentence(row, GUESTS).startswith("Not known: what to give to whom. ")
    assert not re.search(r"\d", policy_sentence(row, GUESTS))


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(1.2, 1.8, "is estimated to come back"), (0.2, 0.8, "is estimated not to come back"), (0.5, 1.5, "can't be told")],
)
def test_the_next_1_comes_back_only_where_its_limits_say_so(low, high, told):
    row = replace(POLICY, next_return=(low + high) / 2, next_return_low=low, next_return_high=high)
    text = next_return_sentence(row, GUESTS)
    assert told in text
    assert f"{low:.2f}" in text
    assert f"{high:.2f}" in text


def test_offers_in_words():
    assert [said(offer_phrase(Offer(Plan.BEST, "", share=share), GUESTS)) for share in (None, 0.0, 0.25)] == [
        "as today", "nothing", "25 % of the loss",
    ]  # fmt: skip


def test_a_scenario_says_direction_limits_money_and_what_is_held():
    assert said(scenario_sentence(SCENARIO, GUESTS)) == (
        "With speed held as it is today, this goes with 2.0 fewer returning guests per 100, after adjustment "
        "(1.0 to 3.0). Net of its cost: −€ 5.00 per incident (−8.00 to −2.00)."
    )


def test_a_scenario_that_could_be_nothing_isn_t_called_a_gain():
    open_ = replace(SCENARIO, gain=1.0, low=-1.0, high=3.0)
    assert "between 1.0 fewer and 3.0 more" in scenario_sentence(open_, GUESTS)


def test_a_scenario_that_sets_nothing_says_so_and_shows_no_number():
    nothing = replace(SCENARIO, gain=0.0, low=0.0, high=0.0, value=0.0, value_low=0.0, value_high=0.0, grade=None)
    text = scenario_sentence(nothing, GUESTS)
    assert text.startswith("Nothing is changed")
    assert not re.search(r"\d", text)


def test_grade_d_and_no_support_show_no_number():
    assert not re.search(r"\d", scenario_sentence(replace(SCENARIO, grade=Grade.D), GUESTS))
    outside = replace(SCENARIO, gain=None, low=None, high=None, reasons=(Untried(),))
    assert scenario_sentence(outside, GUESTS).startswith("Too few incidents were ever treated so")


def test_a_test_that_takes_years_is_not_asked_for_but_what_would_shorten_it_is_said():
    row = replace(POLICY, verdict=Verdict.EXPERIMENT, value_low=-3.0, **(TEST | {"test_per_arm": 12_700}))
    slow, soon = replace(row, test_weeks=619.0), replace(row, test_weeks=104.0)
    assert "about 12 years, 12,700 incidents each" in experiment_sentence(slow, GUESTS)
    assert "more sites or a coarser question would shorten it" in experiment_sentence(slow, GUESTS)
    assert "change nothing yet" in policy_headline(slow, GUESTS)
    assert "so test before" not in policy_headline(slow, GUESTS)
    assert experiment_sentence(soon, GUESTS).startswith("A test would settle it")
    assert "so test before changing anything" in policy_headline(soon, GUESTS)


def test_only_what_is_published_is_proposed():
    tried = replace(POLICY, verdict=Verdict.EXPERIMENT)
    assert not_proposed(POLICY, GUESTS) == not_proposed(replace(tried, changed_share=0.0), GUESTS) == ""
    assert not_proposed(replace(tried, value_low=-1.0), GUESTS).startswith(
        "Not proposed: it isn't clearly better than today."
    )
    assert "clear by itself" in not_proposed(tried, GUESTS)
    assert "nothing can be concluded" in not_proposed(replace(tried, grade=Grade.D), GUESTS)


def test_what_falls_short_of_the_standard_is_said_once_and_first():
    row = replace(POLICY, reasons=(BelowStandardInSegments(6, 12), NoConclusion()))
    assert policy_sentence(row, GUESTS).startswith(standard_caution(row, GUESTS))
    assert policy_sentence(row, GUESTS).count("Below the company's own standard") == 1
    assert standard_caution(POLICY, GUESTS) == ""


def form(level, estimate, half, grade="C"):
    return Valuation(
        "form", level=level, estimate=estimate, ci_low=estimate - half, ci_high=estimate + half, grade=Grade(grade)
    )
