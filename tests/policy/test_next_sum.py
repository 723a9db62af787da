"""The next sum, people or offers: what it reaches and brings by hand, at which price that turns, when it is silent."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from cases import assumed, company_of, why
from offered import graded, offered

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.earlier import EarlierCaveat, EarlierReason
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.policy.learnt.joint_question import ask_joint, fit_joint
from pipelines.policy.plans.grades import grades_of
from pipelines.policy.plans.incidents_a_year import incidents_a_year, refused_year
from pipelines.policy.plans.next_sum import next_sum, repriced, spendings
from pipelines.policy.plans.scenario import Request, answer, compare, factors_of
from pipelines.policy.plans.scenario_cells import scenarios_of

A_YEAR = 1000.0
MARGIN, HOURS = 500.0, 4.0


def published(gain_faster=4.0, gain_more=2.0, error=0.5, grade="B", price=1.0, **changes):
    """One segment of 200: 20 spent today; an hour's promise saves 4 hours each; half of the loss costs 30 more."""
    common = {
        "segment": "everyone", "margin": MARGIN, "n": 200, "n_near": 60, "supported": True, "df_common": 1e6,
        "caveats": (EarlierCaveat("None hidden."),), "price_per_hour": price,
    } | changes  # fmt: skip
    grade = Grade(grade)
    settings = [
        (None, None, 30.0, 20.0, 0.0, None),
        (60.0, None, 30.0 + gain_faster, 20.0 + HOURS * (price or 0.0), HOURS, grade),
        (None, 0.0, 29.0, 0.0, 0.0, grade), (None, 0.5, 30.0 + gain_more, 50.0, 0.0, grade),
    ]  # fmt: skip
    names = ("minutes", "share", "estimate", "cost", "hours_sooner", "grade")
    cells = [
        ScenarioCell(**common, cell=j, **dict(zip(names, values, strict=True))) for j, values in enumerate(settings)
    ]
    moves = [ScenarioFactor(j, f, common=True, loading=error) for f, j in enumerate((1, 3))]
    return cells, factors_of(moves, len(cells))


def test_what_the_sum_brings_either_way_by_hand():
    """2,000 at 4 an incident answers 500 of 1,000 sooner; at 30 an incident it gives 66.7 of them half their loss."""
    found = next_sum(*published(), 2000.0, A_YEAR)
    faster, more = found.faster, found.more
    assert (faster.reached, more.reached) == (pytest.approx(0.5), pytest.approx(2000 / 30_000))
    assert (faster.spent, more.spent) == (pytest.approx(2000.0), pytest.approx(2000.0))
    assert faster.customers.value == pytest.approx(500 * 0.04)
    assert faster.net.value == pytest.approx(500 * 0.04 * MARGIN - 2000)
    assert more.net.value == pytest.approx(2000 / 30 * 0.02 * MARGIN - 2000)
    assert found.net.value == pytest.approx(faster.net.value - more.net.value)
    half = 1.96 * 0.005 * MARGIN * np.hypot(500, 2000 / 30)
    assert found.net.high - found.net.value == pytest.approx(half, rel=1e-3)
    assert (found.winner, found.grade) == ("faster", "B")


def test_a_sum_larger_than_needed_stays_unspent():
    found = next_sum(*published(), 1e6, A_YEAR)
    assert (found.faster.reached, found.faster.spent, found.more.spent) == (
        1.0,
        pytest.approx(4000),
        pytest.approx(30_000),
    )


def test_offers_win_where_they_net_clearly_more():
    found = next_sum(*published(gain_faster=0.0, gain_more=20.0), 2000.0, A_YEAR)
    assert (found.winner, found.net.high < 0) == ("more", True)


def test_a_difference_that_may_be_none_has_no_winner():
    found = next_sum(*published(error=9.0), 2000.0, A_YEAR)
    assert (found.winner, found.net.low < 0 < found.net.high) == (None, True)
    assert "test both" in why(found)


def test_the_worst_grade_counts_and_grade_d_says_no_number_but_the_cost():
    cells, factors = published()
    mixed = [replace(c, grade=Grade.C) if c.share == 0.5 else c for c in cells]
    assert next_sum(mixed, factors, 2000.0, A_YEAR).grade == "C"
    found = next_sum(*published(grade="D"), 2000.0, A_YEAR)
    assert (found.grade, found.winner, found.net, found.break_even) == ("D", None, None, None)
    assert (found.faster.net, found.faster.customers, found.faster.spent) == (None, None, pytest.approx(2000.0))
    assert "No conclusion" in why(found)


def test_the_promise_with_the_better_grade_is_asked_whatever_comes_out():
    cells, _ = published(grade="C")
    day = replace(next(c for c in cells if c.minutes), cell=4, minutes=1440.0, estimate=25.0)
    worse = [replace(c, grade=Grade.D) if c.minutes == 60.0 else c for c in cells]
    factors = factors_of([ScenarioFactor(3, 0, common=True, loading=1.0)], 5)
    assert next_sum([*worse, day], factors, 2000.0, A_YEAR).faster.minutes == 1440.0
    assert next_sum([*cells, day], factors, 2000.0, A_YEAR).faster.minutes == 60.0


def test_outside_support_nothing_is_answered_and_half_supported_segments_are_left_as_they_are():
    found = next_sum(*published(supported=False), 2000.0, A_YEAR)
    assert (found.net, found.faster, found.winner) == (None, None, None)
    assert "Test them first" in why(found)
    one, factors = published()
    other = [replace(c, segment="grave", supported=c.share != 0.5) for c in one]
    both = next_sum([*one, *other], factors, 2000.0, A_YEAR)
    assert (both.outside, both.incidents) == (("grave",), A_YEAR / 2)
    assert both.faster.reached == pytest.approx(2000 / (4 * A_YEAR / 2) / 2)


def test_people_without_a_price_are_not_priced_and_the_break_even_turns_the_answer():
    cells, factors = published(price=None)
    found = next_sum(cells, factors, 2000.0, A_YEAR)
    assert (found.faster, found.net, found.winner) == (None, None, None)
    assert "speed_cost_per_hour" in why(found)
    even = found.break_even
    offers = 2000 / 30 * 0.02 * MARGIN - 2000
    assert 2000 / (HOURS * even.price) * 0.04 * MARGIN - 2000 == pytest.approx(offers)
    assert 0 < even.low < even.price < even.high
    for factor, winner in ((0.97 * even.low, "faster"), (1.03 * even.low, None), (1.03 * even.high, "more")):
        priced = [replace(c, price_per_hour=factor) for c in repriced(cells, factor)]
        assert next_sum(priced, factors, 2000.0, A_YEAR).winner == winner


def test_offers_ahead_even_of_free_speed_win_without_a_price():
    found = next_sum(*published(gain_faster=0.0, gain_more=20.0, price=None), 30_000.0, A_YEAR)
    assert (found.winner, found.break_even.high) == ("more", 0.0)


def test_where_even_free_speed_is_not_clearly_ahead_no_price_makes_it_so():
    even = next_sum(*published(error=9.0, price=None), 30_000.0, A_YEAR).break_even
    assert (even.low, even.high) == (0.0, inf)


def test_a_run_without_hours_and_a_sum_of_nothing_are_refused():
    cells, factors = published()
    assert "Publish a new" in why(next_sum([replace(c, hours_sooner=None) for c in cells], factors, 1.0, 1.0))
    for total, a_year in ((0.0, 1.0), (1.0, 0.0)):
        with pytest.raises(ValueError, match=f"{total} / {a_year}"):
            next_sum(cells, factors, total, a_year)


def test_every_way_that_costs_more_is_listed_with_its_own_numbers():
    cells, factors = published()
    assert [(w.minutes, w.share) for w in spendings(cells, factors, 2000.0, A_YEAR)] == [(60.0, None), (None, 0.5)]
    assert [w.share for w in spendings(*published(price=None), 2000.0, A_YEAR)] == [0.5]


@pytest.fixture(scope="module")
def world():
    made = offered(1_600, 5, brands=1, event_share=0.3)
    company = replace(made.company, speed_cost_per_hour=0.4)
    joint = ask_joint(made.mart, company)
    found = scenarios_of(joint, fit_joint(joint), company, grades_of(joint, graded()))
    return made, joint, company, found.cells, factors_of(found.factors, len(found.cells))


def test_on_a_published_company_the_answer_is_its_scenarios_at_the_share_reached(world):
    *_, cells, factors = world
    found = next_sum(cells, factors, 500.0, 800.0)
    inside = frozenset(c.segment for c in cells) - set(found.outside)
    one = Request(inside, minutes=found.faster.minutes, reached=found.faster.reached)
    other = Request(inside, share=found.more.share, reached=found.more.reached)
    beside = compare(cells, factors, one, other)
    by = found.incidents
    assert (found.net.low, found.net.high) == (
        pytest.approx(by * beside.value_low),
        pytest.approx(by * beside.value_high),
    )
    assert answer(cells, factors, one).cost * by == pytest.approx(500.0)


def test_cells_carry_hours_and_price_that_make_up_their_cost(world):
    *_, cells, _ = world
    today = {c.segment: c for c in cells if c.minutes is None and c.share is None}
    for cell in (c for c in cells if c.share is None):
        base = today[cell.segment].cost
        assert cell.cost - base == pytest.approx(cell.price_per_hour * cell.hours_sooner)
    assert max(c.hours_sooner for c in cells) > 0


def test_incidents_a_year_count_those_the_scenarios_ask_about(world):
    made, joint, company, *_ = world
    mart = made.mart.assign(opened_at=company.cut - np.arange(len(made.mart)) * np.timedelta64(1, "D"))
    mart.loc[:9, "loss_amount"] = np.nan
    mart.loc[:9, "compensation_share"] = np.nan
    mart.loc[10:14, "response_status"] = "unanswered"
    row = incidents_a_year(mart, joint, company)
    assert (row.estimate, row.n, row.verdict) == (365 - 14, 365 - 14, "counted")
    young = incidents_a_year(mart.iloc[:74], joint, company)
    assert young.estimate == pytest.approx(59 * 365 / 73)
    assert "73 days" in assumed(young)
    assert why(refused_year(EarlierReason("Add orders."))) == "Add orders."


def test_a_company_that_declares_no_price_publishes_none(world):
    made, joint, *_ = world
    found = scenarios_of(joint, fit_joint(joint), company_of(), grades_of(joint, graded()))
    assert {c.price_per_hour for c in found.cells} == {None}
    assert made
