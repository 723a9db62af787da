"""Who gets what under a budget: monotone, inside support, inside the budget, and never better for less money."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.policy.learnt.envelope import AS_TODAY, Learned, choose

SHARES = (0.0, 0.25, 0.5, 1.0)
FEW = settings(max_examples=60, deadline=None)


@st.composite
def learned(draw):
    tiers, services = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    x = tiers * services

    def numbers(low, high, n):
        return np.array(draw(st.lists(st.floats(low, high), min_size=n, max_size=n)))

    loss, today = numbers(10, 200, x), numbers(0, 1, x)
    cost_today = today * loss
    n = np.round(numbers(30, 300, x))
    return Learned(
        gain=numbers(-5, 30, x * len(SHARES)).reshape(x, -1),
        cost=np.array(SHARES)[None, :] * loss[:, None] - cost_today[:, None],
        allowed=np.array(draw(st.lists(st.booleans(), min_size=x * 4, max_size=x * 4))).reshape(x, -1),
        n=n, shares=SHARES, share_today=today, cost_today=cost_today, spent=float(n @ cost_today),
        floor=np.minimum(numbers(0, 1, x), today), services=services,
    )  # fmt: skip


def totals(table, rule):
    changed = [(x, o) for x, o in enumerate(rule.offers) if o != AS_TODAY]
    return (
        sum(table.n[x] * table.cost[x, o] for x, o in changed), sum(table.n[x] * table.gain[x, o] for x, o in changed),
    )  # fmt: skip


@FEW
@given(learned(), st.floats(0.0, 2.0))
def test_offers_keep_to_support_to_the_budget_and_to_the_order_of_severity(table, ratio):
    rule = choose(table, (ratio - 1) * table.spent)
    cheapest = choose(table, -np.inf)
    assert totals(table, rule)[0] <= max((ratio - 1) * table.spent, totals(table, cheapest)[0]) + 1e-6
    for x, offer in enumerate(rule.offers):
        assert offer == AS_TODAY or table.allowed[x, offer]
    for service in range(table.services):
        own = rule.offers[service :: table.services]
        today = table.share_today[service :: table.services]
        shares = [now if o == AS_TODAY else SHARES[o] for o, now in zip(own, today, strict=True)]
        if any(o != AS_TODAY for o in own):
            assert all(a <= b + 1e-9 for a, b in pairwise(shares))


@FEW
@given(learned(), st.floats(0.0, 2.0), st.floats(0.0, 1.0))
def test_a_larger_budget_never_gains_less(table, ratio, more):
    small, large = (totals(table, choose(table, (r - 1) * table.spent))[1] for r in (ratio, ratio + more))
    cheapest = totals(table, choose(table, -np.inf))[0]
    if (ratio - 1) * table.spent >= cheapest:
        assert large >= small - 1e-6


@FEW
@given(learned())
def test_without_a_budget_every_step_pays_back(table):
    cost, gain = totals(table, choose(table, None))
    assert gain - cost >= -1e-6
    for ratio in (0.5, 1.0, 2.0):
        other_cost, other_gain = totals(table, choose(table, (ratio - 1) * table.spent))
        assert gain - cost >= other_gain - other_cost - 1e-6


@FEW
@given(learned())
def test_within_the_standard_nobody_gets_less_than_it_and_than_today(table):
    kept = table.within_standard
    for x, offer in enumerate(choose(kept, None).offers):
        assert offer == AS_TODAY or SHARES[offer] >= table.floor[x] - 1e-9


def test_steps_are_funded_in_falling_return_by_hand():
    """One incident each, mild and grave: grave first 30 for 10, then 12 for 10 more; mild 5 for 10."""
    table = Learned(
        gain=np.array([[0.0, 5.0, 5.5], [0.0, 30.0, 42.0]]), cost=np.array([[0.0, 10.0, 20.0], [0.0, 10.0, 20.0]]),
        allowed=np.ones((2, 3), dtype=bool), n=np.ones(2), shares=(0.0, 0.5, 1.0), share_today=np.zeros(2),
        cost_today=np.zeros(2), spent=0.0, floor=np.zeros(2), services=1,
    )  # fmt: skip
    funded = [np.maximum(choose(table, budget).offers, 0).tolist() for budget in (0.0, 10.0, 20.0, 29.0, 30.0)]
    assert funded == [[0, 0], [0, 1], [0, 2], [0, 2], [1, 2]]
    assert np.maximum(choose(table, None).offers, 0).tolist() == [0, 2]


@pytest.mark.parametrize("budget", [None, 0.0])
def test_with_nothing_on_the_menu_all_stays_as_today(budget):
    table = Learned(
        gain=np.zeros((2, 1)), cost=np.zeros((2, 1)), allowed=np.zeros((2, 1), dtype=bool), n=np.ones(2), shares=(0.5,),
        share_today=np.array([0.8, 0.1]), cost_today=np.ones(2), spent=2.0, floor=np.zeros(2), services=1,
    )  # fmt: skip
    assert (choose(table, budget).offers == AS_TODAY).all()
