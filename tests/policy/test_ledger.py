"""The ledger: one answer a question, what follows from it, and in which order."""

from dataclasses import replace

import pytest
from cases import company_of, effect_row, mart_of

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.outcomes import NEGATIVE_POST, RETURNED
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Aspect, Call, Decides, Question
from pipelines.contracts.ledger.finding import KEY, Finding
from pipelines.contracts.ledger.questions import QUESTIONS, asked_by
from pipelines.contracts.manifest import Target
from pipelines.contracts.messages.findings import DrawnCasesOnly, SomethingUnrecorded
from pipelines.contracts.messages.grounds import LittleOverlap
from pipelines.contracts.tables.valuation import Valuation
from pipelines.policy.ledger.candidate import Candidate, Interval
from pipelines.policy.ledger.findings import findings_of, key_of, ranked
from pipelines.policy.ledger.verdict import budgeted, called

A_YEAR = 730.0


def effect(treatment="speed", level="60", **values):
    """A headline effect on returns within a year, clear of zero and good evidence unless named otherwise."""
    return effect_row(**{
        "treatment": treatment, "outcome": "returned", "horizon_days": 365, "spec": "adjusted", "level_from": "today",
        "level_to": level, "population": "all", "estimate": 4.0, "ci_low": 2.0, "ci_high": 6.0, "std_error": 1.0,
        "p_value": 0.0001, "unit": "per_100_customers", "baseline_estimate": 30.0, "n_incidents": 700,
        "effective_incidents": 700.0, "grade": "B",
    } | values)  # fmt: skip


def mart(n=730):
    """One incident a day for two years, all answered within two hours by a person and on file."""
    return mart_of(
        n, follow_up_days=[float(d) for d in range(1, n + 1)], response_status="answered",
        first_contact_minutes=120.0, customer_on_file=1.0, apology_given=[1.0, 0.0] * (n // 2),
    )  # fmt: skip


def worth(measure, estimate, level="", **values):
    """A published worth with limits a tenth on either side."""
    return Valuation(
        measure, level=level, within_days=365.0, estimate=estimate, ci_low=0.9 * estimate, ci_high=1.1 * estimate,
        **values,
    )  # fmt: skip


MARGIN = worth(Worth.MARGIN_OF_RETURNING_CUSTOMER, 100.0)


def ledger(*effects, valuations=(), company=None):
    """The findings of a company that has these effects and no plan."""
    return findings_of(mart(), effects, valuations, (), (), (), (), company or company_of())


def speaks(found, question):
    """The finding that speaks for a question."""
    return next(r for r in found if r.question is question and r.place == 1)


def test_money_a_year_is_the_effect_times_the_margin_of_one_customer_less_the_cost():
    cost = worth(Worth.COST_OF_PROMISE, 1.5, level="60")
    row = speaks(ledger(effect(), valuations=(MARGIN, cost)), Question.HOW_FAST)
    assert row.cases_a_year == pytest.approx(365.0)
    assert row.change == pytest.approx(365 * 0.04)
    assert row.gain == pytest.approx(365 * 0.04 * 100.0)
    assert row.cost == pytest.approx(365 * 1.5)
    assert row.net == pytest.approx(row.gain - row.cost)
    assert row.net_low < row.gain_low
    assert (row.call, row.decides) == (Call.DO, Decides.MONEY)


def test_what_costs_more_than_it_brings_isn_t_done():
    cost = worth(Worth.COST_OF_PROMISE, 50.0, level="60")
    row = speaks(ledger(effect(), valuations=(MARGIN, cost)), Question.HOW_FAST)
    assert (row.call, row.decides) == (Call.DONT, Decides.MONEY)


def test_without_a_cost_it_pays_below_a_price_and_without_a_margin_customers_decide():
    priced = speaks(ledger(effect(), valuations=(MARGIN,)), Question.HOW_FAST)
    assert (priced.call, priced.decides, priced.cost, priced.net) == (Call.DO, Decides.MONEY_BEFORE_COST, None, None)
    plain = speaks(ledger(effect()), Question.HOW_FAST)
    assert (plain.call, plain.decides, plain.gain) == (Call.DO, Decides.OUTCOME, None)


def test_doing_more_of_what_is_done_in_half_of_all_cases_changes_the_other_half():
    row = speaks(ledger(effect("apology", "yes", level_from="no", population="answered")), Question.WHAT_ELSE)
    assert row.done_share == pytest.approx(0.5)
    assert row.cases_a_year == pytest.approx(365 / 2, rel=0.01)


@pytest.mark.parametrize(
    ("values", "call", "decides"),
    [
        ({"grade": "A"}, Call.DO, Decides.OUTCOME),
        ({"estimate": -4.0, "ci_low": -6.0, "ci_high": -2.0}, Call.DONT, Decides.OUTCOME),
        ({"ci_low": -2.0, "ci_high": 10.0, "p_value": 0.2, "effective_incidents": 60.0}, Call.CANT_TELL, Decides.ZERO),
        ({"estimate": 20.0, "ci_low": -1.0, "ci_high": 41.0, "p_value": 0.07}, Call.TEST, Decides.ZERO),
        ({"p_value": 0.2}, Call.CANT_TELL, Decides.CHANCE),
        ({"grade": "C", "estimate": 20.0, "ci_low": 5.0, "ci_high": 35.0}, Call.TEST, Decides.GRADE),
        ({"grade": "C", "effective_incidents": 60.0}, Call.CANT_TELL, Decides.GRADE),
        ({"grade": "D"}, Call.CANT_TELL, Decides.GRADE),
        ({"grade": None}, Call.CANT_TELL, Decides.GRADE),
        ({"estimate": None, "ci_low": None, "ci_high": None, "grade": None}, Call.CANT_TELL, Decides.NOTHING),
        ({"estimate": 0.1, "ci_low": -0.2, "ci_high": 0.4, "p_value": 0.5}, Call.CANT_TELL, Decides.NO_DIFFERENCE),
    ],
)  # fmt: skip
def test_do_and_dont_take_good_evidence_clear_of_zero_and_of_chance(values, call, decides):
    row = speaks(ledger(effect(**values)), Question.HOW_FAST)
    assert (row.call, row.decides) == (call, decides)


def test_a_tight_null_that_costs_money_is_dropped():
    candidate = Candidate(
        replace(a_row(), estimate=0.1, ci_low=-0.2, ci_high=0.4, p_value=0.5, cost=900.0, grade=Grade.B)
    )  # fmt: skip
    row = called([candidate])[0].row
    assert (row.call, row.decides) == (Call.DONT, Decides.NO_DIFFERENCE)


def test_fewer_of_what_is_bad_is_good():
    values = {"outcome": NEGATIVE_POST, "horizon_days": None, "estimate": -2.0, "ci_low": -3.0, "ci_high": -1.0}
    found = ledger(effect(), effect(**values))
    row = next(r for r in found if r.aspect is Aspect.WORDS and r.question is Question.HOW_FAST)
    assert (row.call, row.outcome, row.place) == (Call.DO, NEGATIVE_POST, 1)


def test_what_they_say_stands_beside_what_they_do_with_a_grade_of_its_own_and_under_its_own_question():
    said = effect(outcome=NEGATIVE_POST, horizon_days=None, grade="C", estimate=1.0, ci_low=-1.0, ci_high=3.0)
    found = ledger(effect(), said)
    pair = [r for r in found if r.question is Question.HOW_FAST]
    assert [(r.aspect, r.grade, r.place) for r in pair] == [(Aspect.DEEDS, Grade.B, 1), (Aspect.WORDS, Grade.C, 1)]
    told = speaks(found, Question.WHAT_THEY_TELL)
    assert (told.estimate, told.effect_id) == (pair[1].estimate, pair[1].effect_id)


def test_the_best_grade_speaks_and_a_drawn_result_comes_first():
    better = effect(level="240", estimate=1.0, ci_low=0.5, ci_high=1.5)
    weaker = effect(level="15", grade="C", estimate=9.0, ci_low=8.0, ci_high=10.0)
    trial = effect("assignment", "credit", grade="A", population="as_assigned", estimate=0.2, ci_low=-3.0, ci_high=3.4)
    company = company_of()
    company = replace(company, facts=replace(company.facts, randomised="assignment"))
    found = ledger(weaker, better, trial, company=company)
    assert speaks(found, Question.HOW_FAST).level == "240"
    assert found[0].question is Question.TRIAL


def test_without_a_trial_nobody_is_told_of_one():
    assert Question.TRIAL not in {r.question for r in ledger(effect())}


def test_questions_stand_in_the_order_of_call_and_sure_money():
    rows = [
        a_row(Question.HOW_MUCH, call=Call.CANT_TELL),
        a_row(Question.WHICH_FORM, call=Call.DONT, net=-50.0, net_low=-90.0, net_high=-10.0),
        a_row(Question.OUR_PLAN, call=Call.DO, net=900.0, net_low=5.0, net_high=1800.0),
        a_row(Question.HOW_FAST, call=Call.DO, net=90.0, net_low=60.0, net_high=120.0),
        a_row(Question.WHAT_ELSE, call=Call.TEST),
    ]
    ordered = [r.question for r in ranked(rows)]
    assert ordered == [
        Question.HOW_FAST, Question.OUR_PLAN, Question.WHICH_FORM, Question.WHAT_ELSE, Question.HOW_MUCH,
    ]  # fmt: skip


def test_of_two_answers_to_one_question_the_better_known_is_kept():
    found = ledger(effect(estimate=5.0, ci_low=3.0, ci_high=7.0, grade="C"), effect())
    (kept,) = [r for r in found if r.question is Question.HOW_FAST]
    assert (kept.grade, kept.estimate) == (Grade.B, 4.0)


def test_no_key_is_answered_twice():
    found = ledger(effect(), effect(), effect("apology", "yes", population="answered"))
    assert len({key_of(r) for r in found}) == len(found)


def test_every_treatment_that_somebody_can_choose_answers_one_question():
    unasked = {t.id for t in TREATMENTS.values() if asked_by(t) is None}
    assert unasked == {"cash", "failure"}
    assert set(QUESTIONS) == set(Question)


def test_the_owner_is_that_of_the_target_the_question_is_about():
    company = company_of(targets=(Target("answered_within_60_minutes", 0.9, "Head of guests"),))
    found = ledger(effect(), effect("apology", "yes", population="answered"), company=company)
    assert speaks(found, Question.HOW_FAST).owner == "Head of guests"
    assert speaks(found, Question.WHAT_ELSE).owner is None


def test_the_doubt_is_the_first_weakness_of_the_row_else_what_its_grade_can_t_rule_out():
    assert speaks(ledger(effect(reasons=(LittleOverlap(),))), Question.HOW_FAST).doubt == LittleOverlap()
    assert speaks(ledger(effect()), Question.HOW_FAST).doubt == SomethingUnrecorded()
    assert speaks(ledger(effect(grade="A")), Question.HOW_FAST).doubt == DrawnCasesOnly()


def test_the_smallest_gain_is_what_its_own_error_would_have_shown_four_times_in_five():
    row = speaks(ledger(effect()), Question.HOW_FAST)
    assert row.smallest_gain == pytest.approx(2.8 * (6.0 - 2.0) / 3.92)


def a_row(question=Question.HOW_FAST, **cells):
    """A finding on returns without numbers of its own."""
    return Finding(
        question, Aspect.DEEDS, 0, 0, level="60", whom=AskedOf.ALL, outcome=RETURNED, unit=Unit.PER_100_CUSTOMERS,
        **cells,
    )  # fmt: skip


def test_a_false_question_is_no_likelier_for_having_many_answers():
    """Of one true answer among many false ones in its question, and of many false questions, q knows both."""
    strong = Candidate(a_row(Question.HOW_FAST, estimate=4.0, ci_low=3.0, ci_high=5.0, p_value=1e-6))
    weak = [
        Candidate(a_row(q, estimate=1.0, ci_low=-0.1, ci_high=2.1, p_value=0.04))
        for q in Question
        if q is not Question.HOW_FAST
    ]  # fmt: skip
    q = [c.row.q_value for c in budgeted([strong, *weak])]
    assert q[0] < 0.001
    assert all(one >= 0.04 for one in q[1:])


def test_the_product_of_two_estimates_is_as_sure_as_both():
    product = Interval(4.0, 2.0, 6.0).product(Interval(100.0, 80.0, 120.0))
    assert product.value == 400.0
    assert 400.0 - product.low == pytest.approx((200.0**2 + 80.0**2) ** 0.5)
    assert Interval(4.0, 2.0, 6.0).product(Interval(100.0, 100.0, 100.0)) == Interval(400.0, 200.0, 600.0)


def test_the_key_names_columns_of_the_table():
    assert set(KEY) <= set(Finding.__dataclass_fields__)
