from dataclasses import replace

import pytest
from published_run import SPEECH
from rows_in_short import changed

from dashboard.offers import (
    budget_label,
    budgets,
    offer_table,
    policy_facts,
    policy_of,
    unproposed_note,
    unvalued_note,
)
from dashboard.scenario import possible, scenario_facts, support_sentence, why_none
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.contracts.messages.plans import NotValued
from pipelines.policy.plans.scenario import Request, answer, factors_of


def asked(run, **request):
    return answer(run.scenario_cells, factors_of(run.scenario_factors, len(run.scenario_cells)), Request(**request))


def test_budgets_go_from_the_smallest_to_the_largest(run):
    labels = [budget_label(r, SPEECH) for r in budgets(run)]
    assert labels == [
        "€\u202f19 (0.5 × today)",
        "€\u202f38 (as today)",
        "€\u202f57 (1.5 × today)",
    ]


def test_a_gain_that_may_be_none_is_never_set_in_large_type(run):
    facts = policy_facts(policy_of(run), "guests", SPEECH)
    assert [f.value for f in facts] == ["Gain not clear", "Returns not clear"]
    assert "(−8.00 to 18)" in facts[0].says
    clear = changed(policy_of(run), {"verdict": "published", "value_low": 1.0})
    assert policy_facts(clear, "guests", SPEECH)[0].value == "€\u202f5.00 per incident"


def test_returns_are_only_said_where_their_own_interval_is_clear(run):
    clear = changed(policy_of(run), {"verdict": "published", "value_low": 1.0})
    assert policy_facts(clear, "guests", SPEECH)[1].value == "Returns not clear"
    assert policy_facts(changed(clear, {"gain_low": 0.4}), "guests", SPEECH)[1].value == "1.0 more guests back per 100"


def test_a_policy_of_grade_d_shows_no_number(run):
    (fact,) = policy_facts(changed(budgets(run)[0], {"grade": "D"}), "guests", SPEECH)
    assert fact.value == "No conclusion"
    assert not any(c.isdigit() for c in fact.says)


def test_only_offers_of_a_published_policy_are_proposed(run):
    published = tuple(replace(r, verdict=Verdict.PUBLISHED) if r.policy is Plan.BUDGET_100 else r for r in run.policies)
    known = replace(run, policies=published)
    assert offer_table(known, Plan.BUDGET_100)[1]["Proposed"] == "75\u202f% of the loss"
    assert unproposed_note(known, Plan.BUDGET_100) == ""
    assert "Proposed" not in offer_table(known, Plan.BUDGET_50)[1]
    assert unproposed_note(known, Plan.BUDGET_50).startswith("Not proposed: it isn't clearly better than today.")


def test_what_the_next_1_returns_is_said_and_never_set_as_a_bare_number(run):
    fact = policy_facts(budgets(run)[0], "guests", SPEECH)[2]
    assert fact.value == "The next €\u202f1"
    assert fact.says == "It can't be told whether the next 1 spent comes back: it returns between −0.50 and 1.10."


def test_who_gets_what_stands_beside_today_and_the_standard(run):
    nuisance, spoiled = offer_table(run, Plan.BUDGET_100)
    assert (nuisance["Who"], nuisance["Would be given"], nuisance["Worth per incident"]) == (
        "Nuisance, Alba",
        "as today",
        "–",
    )
    assert (spoiled["Today"], spoiled["Standard"], spoiled["Would be given"]) == (
        "20\u202f%",
        "25\u202f%",
        "75\u202f% of the loss",
    )
    assert spoiled["Worth per incident"] == "€\u202f4.00 (−2.00 to 10)"


def test_an_offer_that_halves_disagree_on_is_not_valued_and_says_why_once(run):
    plain = offer_table(run, Plan.BUDGET_100)
    unsure = replace(run, offers=tuple(replace(r, reasons=(NotValued(),), value=None) for r in run.offers))
    rows = offer_table(unsure, Plan.BUDGET_100)
    assert {r["Worth per incident"] for r in rows} == {"not valued"}
    assert all(not r.get("Note") for r in rows)
    assert [r["Would be given"] for r in rows] == [r["Would be given"] for r in plain]
    assert unvalued_note(unsure, Plan.BUDGET_100) == SPEECH.say(NotValued())
    assert unvalued_note(run, Plan.BUDGET_100) == ""


def test_a_scenario_comes_with_interval_grade_and_support(run):
    found = asked(run, minutes=60.0)
    facts = scenario_facts(found, "guests", SPEECH, 0.5)
    assert facts[0].value == "3.0 more guests back per 100"
    assert "grade B" in facts[0].says
    assert facts[2].value == "Costs €\u202f1.00"
    assert facts[2].says.startswith("more per incident than today: the declared price of faster answers, €\u202f0.50")
    assert support_sentence(found, run).startswith("Compensation held as it is today. 2,000 incidents asked about")


def test_faster_answers_without_a_price_cost_an_unknown_sum_and_offers_are_given(run):
    assert scenario_facts(asked(run, minutes=60.0), "guests", SPEECH)[2].value == "Cost not known"
    given = scenario_facts(asked(run, share=0.5), "guests", SPEECH)[2]
    assert (given.value, given.says) == ("€\u202f12", "given more per incident than today")


def test_a_scenario_of_grade_d_shows_what_it_costs_and_no_other_number(run):
    found = replace(asked(run, minutes=60.0), grade=Grade.D)
    nothing, cost = scenario_facts(found, "guests", SPEECH, 0.5)
    assert nothing.value == "No conclusion"
    assert not any(c.isdigit() for c in nothing.says)
    assert cost.value == "Costs €\u202f1.00"


def test_outside_support_no_number_is_shown(run):
    found = asked(run, minutes=60.0, share=0.5)
    (fact,) = scenario_facts(found, "guests", SPEECH)
    assert fact.value == "No answer"
    assert not any(c.isdigit() for c in fact.value)


def test_only_published_levels_can_be_asked(run):
    choices = possible(run)
    assert (choices.minutes, choices.shares) == ((60.0,), (0.5,))
    refused = replace(
        run.scenario_cells[0], verdict=Verdict.NOT_ESTIMABLE, reasons=(EarlierReason("Add loss_amount."),)
    )
    without = replace(run, scenario_cells=(refused,))
    assert possible(without) is None
    assert why_none(without) == "Add loss_amount."
    assert possible(replace(run, scenario_cells=())) is None


def test_reaching_half_gains_half(run):
    assert asked(run, minutes=60.0, reached=0.5).gain == pytest.approx(1.5)
