"""What is said of policies, offers and scenarios follows from the row's numbers and grade alone."""

import re

import pytest

from pipelines.contracts.policy_wording import (
    choice_sentence,
    experiment_sentence,
    forms_at_a_loss,
    next_return_sentence,
    not_proposed,
    offer_phrase,
    policy_headline,
    policy_sentence,
    scenario_sentence,
    thrift_sentence,
)
from pipelines.contracts.results import DECISIONS, OFFERS, POLICIES


def row_of(columns, **values):
    return dict.fromkeys(name for name, _ in columns) | values


def policy(**changes):
    return row_of(POLICIES, **{
        "policy": "0.5", "budget_ratio": 0.5, "budget": 10.0, "cost": 9.0, "cost_today": 20.0, "gain": 2.0,
        "gain_low": 1.0, "gain_high": 3.0, "value": 14.0, "value_low": 4.0, "value_high": 24.0, "changed_share": 0.6,
        "next_return": 1.5, "next_return_low": 1.2, "next_return_high": 1.8, "unit": "EUR per incident", "grade": "B",
        "verdict": "published", "assumption": "Something hidden would overturn it.",
    } | changes)  # fmt: skip


def test_a_published_policy_says_its_value_with_limits_and_what_it_spends():
    text = policy_sentence(policy(), "guests")
    assert text.startswith(
        "Spending 50 % of today's money where it does most is estimated to bring €\u202f14.00 more per incident "
        "than today"
    )
    assert "(4.00 to 24.00)" in text
    assert "€\u202f11.00 less per incident: €\u202f9.00" in text
    assert "It is estimated to bring 2.0 more returning guests per 100 (1.0 to 3.0)." in text
    assert "Something hidden" in text


@pytest.mark.parametrize(
    ("grade", "verb"), [("A", " brings "), ("B", "is estimated to bring"), ("C", "after adjustment")]
)
def test_the_verb_follows_the_grade(grade, verb):
    assert verb in policy_headline(policy(grade=grade))


ACTING = re.compile(r"\b(brings|nets|returns \d|comes back|customers return|be faster|give more)")
SAID = {
    "policy": lambda grade: policy_sentence(policy(grade=grade)),
    "next": lambda grade: next_return_sentence(policy(grade=grade)),
    "scenario": lambda grade: scenario_sentence(scenario(grade=grade)),
    "faster": lambda grade: choice_sentence(choice("faster_or_more", level="faster", grade=grade)),
    "more": lambda grade: choice_sentence(
        choice("faster_or_more", level="more", grade=grade, estimate=-3.0, ci_low=-5.0, ci_high=-1.0)
    ),
    "form": lambda grade: choice_sentence(choice("form", level="cash", grade=grade)),
    "best": lambda grade: choice_sentence(choice("best_form", level="cash", grade=grade)),
}  # fmt: skip


@pytest.mark.parametrize("said", sorted(SAID))
def test_no_sentence_claims_more_than_its_grade(said):
    assert ACTING.search(SAID[said]("A"))
    assert "estimated" in SAID[said]("B")
    assert not ACTING.search(SAID[said]("B"))
    assert "goes with" in SAID[said]("C")
    assert "after adjustment" in SAID[said]("C")
    assert not ACTING.search(SAID[said]("C"))
    assert "estimated" not in SAID[said]("C")


@pytest.mark.parametrize("said", sorted(set(SAID) - {"policy"}))
def test_grade_d_concludes_nothing(said):
    text = SAID[said]("D")
    assert "no conclusion" in text.lower()
    assert not re.search(r"\d\.\d", text)


@pytest.mark.parametrize("grade", ["B", "D"])
def test_an_experiment_claims_nothing_and_says_how_to_test(grade):
    row = policy(verdict="experiment", grade=grade, value_low=-3.0, test_per_arm=1200, test_points=2.0, test_weeks=40.0,
                 test_unit="customer", reason="Keep the current standard and test.")  # fmt: skip
    text = policy_sentence(row)
    assert "14.00" not in text
    assert "1,200 incidents each to see 2.0 per 100, 40 weeks" in text
    assert "Keep the current standard" in text


def test_without_an_estimate_only_the_reason_is_said():
    row = row_of(POLICIES, policy="best", verdict="not_estimable", reason="There are no orders. Add orders.")
    text = policy_sentence(row)
    assert text == "Not known: what to give to whom. There are no orders. Add orders."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(1.2, 1.8, "is estimated to come back"), (0.2, 0.8, "is estimated not to come back"), (0.5, 1.5, "can't be told")],
)
def test_the_next_1_comes_back_only_where_its_limits_say_so(low, high, said):
    text = next_return_sentence(policy(next_return=(low + high) / 2, next_return_low=low, next_return_high=high))
    assert said in text
    assert f"{low:.2f}" in text
    assert f"{high:.2f}" in text


def test_grade_d_says_nothing_of_the_next_1():
    assert not re.search(r"\d\.\d", next_return_sentence(policy(grade="D")))


def test_offers_in_words():
    assert [offer_phrase(row_of(OFFERS, share=share)) for share in (None, 0.0, 0.25)] == [
        "as today", "nothing", "25 % of the loss",
    ]  # fmt: skip


def scenario(**changes):
    return {
        "gain": -2.0, "low": -3.0, "high": -1.0, "value": -5.0, "value_low": -8.0, "value_high": -2.0, "grade": "C",
        "held": "speed held as it is today", "unit": "EUR", "reason": "",
    } | changes  # fmt: skip


def test_a_scenario_says_direction_limits_money_and_what_is_held():
    text = scenario_sentence(scenario(), "guests")
    assert text == (
        "With speed held as it is today, this goes with 2.0 fewer returning guests per 100, after adjustment "
        "(1.0 to 3.0). "
        "Net of its cost: −€\u202f5.00 per incident (−8.00 to −2.00)."
    )


def test_a_scenario_that_could_be_nothing_isn_t_called_a_gain():
    assert "between 1.0 fewer and 3.0 more" in scenario_sentence(scenario(gain=1.0, low=-1.0, high=3.0))


def test_a_scenario_that_sets_nothing_says_so_and_shows_no_number():
    text = scenario_sentence(
        scenario(gain=0.0, low=0.0, high=0.0, value=0.0, value_low=0.0, value_high=0.0, grade=None)
    )
    assert text.startswith("Nothing is changed")
    assert not re.search(r"\d", text)


def test_grade_d_and_no_support_show_no_number():
    assert not re.search(r"\d", scenario_sentence(scenario(grade="D")))
    outside = scenario(gain=None, low=None, high=None, reason="Too few incidents were ever treated so.")
    assert scenario_sentence(outside) == "Too few incidents were ever treated so."


def choice(measure, **changes):
    return row_of(DECISIONS, **{
        "part": "choice", "measure": measure, "level": "", "estimate": 3.0, "ci_low": 1.0, "ci_high": 5.0,
        "unit": "EUR per incident", "grade": "B",
    } | changes)  # fmt: skip


def test_choices_in_words():
    assert choice_sentence(choice("faster_or_more", level="faster")) == (
        "Being faster is estimated to net €\u202f3.00 more per incident than giving more (1.00 to 5.00), grade B."
    )
    more = choice("faster_or_more", level="more", estimate=-3.0, ci_low=-5.0, ci_high=-1.0)
    assert choice_sentence(more) == (
        "Giving more is estimated to net €\u202f3.00 more per incident than being faster (1.00 to 5.00), grade B."
    )
    undecided = choice_sentence(choice("faster_or_more", ci_low=-1.0, reason="Can't be told."))
    assert "Can't be told." in undecided
    assert "being faster is" not in undecided
    assert "it can't be told whether it pays" in choice_sentence(choice("form", level="cash", ci_low=-1.0))
    assert "a manager's call is estimated to net most: €\u202f3.00 per incident (1.00 to 5.00)" in choice_sentence(
        choice("best_form", level="gesture")
    )
    assert not re.search(r"\d", choice_sentence(choice("faster_or_more", level="", grade="D")))
    assert choice_sentence(choice("best_form", estimate=None, reason="Can't be told.")) == "Can't be told."


def test_a_test_that_takes_years_is_not_asked_for_but_what_would_shorten_it_is_said():
    row = policy(verdict="experiment", value_low=-3.0, test_per_arm=12_700, test_points=2.0, test_unit="customer")
    slow, soon = row | {"test_weeks": 619.0}, row | {"test_weeks": 104.0}
    assert "about 12 years, 12,700 incidents each" in experiment_sentence(slow)
    assert "more sites or a coarser question would shorten it" in experiment_sentence(slow)
    assert "change nothing yet" in policy_headline(slow)
    assert "so test before" not in policy_headline(slow)
    assert experiment_sentence(soon).startswith("A test would settle it")
    assert "so test before changing anything" in policy_headline(soon)


def test_only_what_is_published_is_proposed():
    assert not_proposed(policy()) == ""
    unclear = policy(verdict="experiment", value_low=-1.0)
    assert not_proposed(unclear).startswith("Not proposed: it isn't clearly better than today.")
    assert "clear by itself" in not_proposed(policy(verdict="experiment"))
    assert "nothing can be concluded" in not_proposed(policy(verdict="experiment", grade="D"))
    assert not_proposed(policy(verdict="experiment", changed_share=0.0)) == ""


def test_a_published_budget_below_today_s_says_what_it_nets_and_what_it_falls_short_of():
    below = "Below the company's own standard in 6 of 12 segments."
    text = thrift_sentence(policy(reason=below, grade="C", gain_low=-1.0), "guests")
    assert text.startswith("Spending 50 % of today's money where it does most goes with €\u202f14.00 more per incident")
    assert "(4.00 to 24.00), below the company's own standard in 6 of 12 segments." in text
    assert "What it does to returns can't be told: between −1.0 and 3.0 guests per 100." in text
    for silent in ({"verdict": "experiment"}, {"budget_ratio": 1.0}, {"budget_ratio": None}, {"changed_share": 0.0}):
        assert thrift_sentence(policy(**silent)) == ""


def test_forms_that_clearly_do_not_earn_their_cost_are_named_with_their_numbers():
    cash = choice("form", level="cash", estimate=-114.0, ci_low=-123.0, ci_high=-105.0, grade="C")
    credit = choice("form", level="future_credit", estimate=-26.0, ci_low=-33.0, ci_high=-19.0, grade="C")
    call = choice("form", level="gesture", estimate=-12.0, ci_low=-14.0, ci_high=-9.0, grade="D")
    text = forms_at_a_loss([credit, cash, call])
    assert text == (
        "None of the forms judged earns its cost, after adjustment; net per incident, against giving nothing: cash "
        "−€\u202f114.00 (−123.00 to −105.00), future credit −€\u202f26.00 (−33.00 to −19.00). Cash loses most. "
        "Not judged: a manager's call."
    )
    near = choice("form", level="in_kind", estimate=-110.0, ci_low=-121.0, ci_high=-99.0, grade="C")
    assert "loses most" not in forms_at_a_loss([cash, near])
    unclear = credit | {"ci_high": 1.0}
    assert forms_at_a_loss([cash, unclear]).startswith("Some don't earn their cost, after adjustment;")
    assert "future credit" not in forms_at_a_loss([cash, unclear])
    assert forms_at_a_loss([unclear, call]) == ""


def test_faster_or_more_does_not_repeat_the_question():
    undecided = choice("faster_or_more", ci_low=-1.0, reason="Can't be told: the interval holds zero.")
    assert choice_sentence(undecided) == (
        "Can't be told: the interval holds zero. The difference lies between −€\u202f1.00 and €\u202f5.00 per incident "
        "in favour of faster."
    )
    assert choice_sentence(choice("faster_or_more", grade="D")).startswith("No conclusion.")
