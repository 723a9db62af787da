from dataclasses import replace

import pytest

from dashboard.offers import budget_label, budgets, offer_table, policy_facts, policy_of, unvalued_note
from dashboard.scenario import possible, scenario_facts, support_sentence, why_none
from pipelines.contracts.policy_wording import NOT_VALUED
from pipelines.policy.scenario import Request, answer, factors_of


def asked(run, **request):
    return answer(run.scenario_cells, factors_of(run.scenario_factors, len(run.scenario_cells)), Request(**request))


def test_budgets_go_from_the_smallest_to_the_largest(run):
    labels = [budget_label(r, "EUR") for r in budgets(run)]
    assert labels == [
        "€\u202f19 (0.5 × today)",
        "€\u202f38 (as today)",
        "€\u202f57 (1.5 × today)",
    ]


def test_a_gain_that_may_be_none_is_never_set_in_large_type(run):
    facts = policy_facts(policy_of(run), "guests", "EUR")
    assert [f.value for f in facts] == ["Gain not clear", "Returns not clear"]
    assert "(−8.00 to 18)" in facts[0].says
    clear = policy_of(run) | {"verdict": "published", "value_low": 1.0}
    assert policy_facts(clear, "guests", "EUR")[0].value == "€\u202f5.00 per incident"


def test_what_the_next_1_returns_is_said_and_never_set_as_a_bare_number(run):
    fact = policy_facts(budgets(run)[0], "guests", "EUR")[2]
    assert fact.value == "The next €\u202f1"
    assert fact.says == "It can't be told whether the next 1 spent comes back: it returns between −0.50 and 1.10."


def test_who_gets_what_stands_beside_today_and_the_standard(run):
    nuisance, spoiled = offer_table(run, "1")
    assert (nuisance["Who"], nuisance["Proposed"], nuisance["Worth per incident"]) == (
        "Nuisance, Alba",
        "as today",
        "–",
    )
    assert (spoiled["Today"], spoiled["Standard"], spoiled["Proposed"]) == (
        "20\u202f%",
        "25\u202f%",
        "75 % of the loss",
    )
    assert spoiled["Worth per incident"] == "€\u202f4.00 (−2.00 to 10)"


def test_an_offer_that_halves_disagree_on_is_not_valued_and_says_why_once(run):
    plain = offer_table(run, "1")
    unsure = replace(run, offers=tuple(r | {"reason": NOT_VALUED, "value": None} for r in run.offers))
    rows = offer_table(unsure, "1")
    assert {r["Worth per incident"] for r in rows} == {"not valued"}
    assert all(not r.get("Mind") for r in rows)
    assert [r["Proposed"] for r in rows] == [r["Proposed"] for r in plain]
    assert unvalued_note(unsure, "1") == NOT_VALUED
    assert unvalued_note(run, "1") == ""


def test_a_scenario_comes_with_interval_grade_and_support(run):
    found = asked(run, minutes=60.0)
    facts = scenario_facts(found, "guests", "EUR")
    assert facts[0].value == "3.0 more guests back per 100"
    assert "grade B" in facts[0].says
    assert support_sentence(found).startswith("Compensation held as it is today. 2,000 incidents asked about")


def test_outside_support_no_number_is_shown(run):
    found = asked(run, minutes=60.0, share=0.5)
    (fact,) = scenario_facts(found, "guests", "EUR")
    assert fact.value == "No answer"
    assert not any(c.isdigit() for c in fact.value)


def test_only_published_levels_can_be_asked(run):
    choices = possible(run)
    assert (choices.minutes, choices.shares) == ((60.0,), (0.5,))
    refused = {**run.scenario_cells[0], "verdict": "not_estimable", "reason": "Add loss_amount."}
    without = replace(run, scenario_cells=(refused,))
    assert possible(without) is None
    assert why_none(without) == "Add loss_amount."
    assert possible(replace(run, scenario_cells=())) is None


def test_reaching_half_gains_half(run):
    assert asked(run, minutes=60.0, reached=0.5).gain == pytest.approx(1.5)
