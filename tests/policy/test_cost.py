"""What compensation costs in the end: credit at the redemption of credit old enough to tell."""

import pandas as pd
import pytest
from cases import CUT_INSTANT, assumed, company_of, mart_of

from pipelines.contracts.messages.money import NeverPriced
from pipelines.policy.money.cost import incident_costs, unit_cost

REDEEMED = CUT_INSTANT - pd.Timedelta(days=1)


def payouts(*groups):
    """Payouts of 100 that cost 80, one per incident, as (kind, how many, age in days, how many redeemed)."""
    rows = [
        {"kind": kind, "issued_at": CUT_INSTANT - pd.Timedelta(days=age), "redeemed_at": REDEEMED if j < used else None}
        for kind, n, age, used in groups
        for j in range(n)
    ]
    paid = pd.DataFrame(rows).assign(face_amount=100.0, unit_cost=80.0)
    paid["redeemed_at"] = pd.to_datetime(paid["redeemed_at"], utc=True)
    return paid.assign(incident_id=[f"i{j:05d}" for j in range(len(rows))])


def cost_of(paid, chosen=None, **company):
    mart = mart_of(len(paid), compensation_amount=100.0)
    return unit_cost(mart, company_of(compensations=paid, **company), chosen)


def test_young_credit_counts_at_the_redemption_of_old_credit():
    """Of the old, 55 % were redeemed; of the young, none yet: both cost .55 × .8 per unit of face."""
    paid = payouts(("voucher", 40, 400, 22), ("voucher", 60, 20, 0))
    found = cost_of(paid)
    assert (found.value, found.lacking, found.caveats) == (pytest.approx(0.55 * 0.8), None, ())
    costs = incident_costs(mart_of(100), company_of(compensations=paid))
    assert costs["cost"].sum() == pytest.approx(22 * 80)
    assert costs["cost_expected"].sum() == pytest.approx(100 * 44)
    assert costs["cost_if_redeemed"].sum() == pytest.approx(100 * 80)


def test_a_year_tells_more_than_half_a_year():
    assert cost_of(payouts(("voucher", 40, 400, 20), ("voucher", 40, 200, 8))).value == pytest.approx(0.5 * 0.8)
    assert cost_of(payouts(("voucher", 29, 400, 20), ("voucher", 40, 200, 8))).value == pytest.approx(28 / 69 * 0.8)


def test_each_kind_of_credit_has_its_own_redemption_where_enough_are_old():
    paid = payouts(("voucher", 40, 400, 40), ("points", 40, 400, 0), ("gift_card", 5, 400, 0))
    costs = incident_costs(mart_of(85), company_of(compensations=paid))["cost_expected"]
    assert costs[0] == pytest.approx(80.0)
    assert costs[40] == 0.0
    assert costs[80] == pytest.approx(80 * 40 / 85)


def test_without_old_credit_it_counts_in_full_and_says_so():
    found = cost_of(payouts(("voucher", 60, 20, 0)))
    assert found.value == pytest.approx(0.8)
    assert "180 days" in assumed(found)
    bare = company_of().facts.supplied | {"compensations": frozenset({"kind", "face_amount"})}
    assert "aren't recorded" in assumed(cost_of(payouts(("voucher", 60, 400, 0)), supplied=bare))


def test_cash_costs_itself_and_a_form_can_be_asked_for_alone():
    paid = payouts(("voucher", 40, 400, 10), ("refund", 40, 5, 0))
    assert cost_of(paid, chosen=pd.Series([False] * 40 + [True] * 40)).value == pytest.approx(0.8)
    assert cost_of(paid, chosen=pd.Series([True] * 40 + [False] * 40)).value == pytest.approx(0.25 * 0.8)
    assert cost_of(payouts(("refund", 40, 5, 0))).caveats == ()


def test_what_cost_nothing_is_refused():
    found = cost_of(payouts(("voucher", 40, 400, 0)))
    assert found.value is None
    assert found.lacking == NeverPriced()
