"""Money behind policies: vouchers count once, today's offers cost what they cost today, returners are who returned."""

import numpy as np
import pandas as pd
import pytest
from cases import CUT_INSTANT, assumed, company_of
from offered import graded, offered

from pipelines.policy.decide import plan_rows
from pipelines.policy.learnt.joint_question import ask_joint
from pipelines.policy.money.margin import before_vouchers


def on_credit(world, brand, redeemed_share):
    """The same world where one brand gives points that cost .6 and of which only old ones are redeemed so far."""
    paid = world.company.compensations.merge(world.mart[["incident_id", "brand"]], on="incident_id")
    points = paid["brand"] == brand
    redeemed = points & (np.arange(len(paid)) % 100 < 100 * redeemed_share)
    paid = paid.assign(
        kind=np.where(points, "points", "refund"), unit_cost=paid["face_amount"] * np.where(points, 0.6, 1.0),
        redeemed_at=pd.to_datetime(np.where(redeemed, CUT_INSTANT - pd.Timedelta(days=9), pd.NaT), utc=True),
    )  # fmt: skip
    return company_of(compensations=paid)


def test_giving_again_what_is_given_today_costs_what_it_costs_today():
    world = offered(1_500, 3)
    joint = ask_joint(world.mart, on_credit(world, "two", 0.5))
    assert joint.cost.sum() > 0
    for x in range(len(joint.segments.names)):
        inside = joint.segments.code == x
        again = (joint.share * joint.whole_loss)[inside].sum()
        assert again == pytest.approx(joint.cost[inside].sum())
    cash, points = (float(joint.unit_cost[joint.segments.service == s].mean()) for s in (0, 1))
    assert cash == pytest.approx(1.0, abs=0.02)
    assert points == pytest.approx(0.3, abs=0.03)


def test_young_credit_saves_nobody_anything():
    """Payouts of the last month, none redeemed yet, cost what the old ones came to."""
    world = offered(1_500, 3)
    company = on_credit(world, "two", 0.5)
    paid = company.compensations
    young = np.arange(len(paid)) % 3 == 0
    redeemed = paid["redeemed_at"].mask(young)
    issued = pd.Series(np.where(young, CUT_INSTANT - pd.Timedelta(days=20), paid["issued_at"].dt.tz_localize("UTC")))
    later = company_of(compensations=paid.assign(redeemed_at=redeemed, issued_at=pd.to_datetime(issued, utc=True)))
    old, new = (ask_joint(world.mart, c).cost.mean() for c in (company, later))
    assert new == pytest.approx(old, rel=0.05)


def test_credit_taken_in_full_is_said_wherever_money_is():
    """None of the credit is old enough to tell how much of it is redeemed."""
    world = offered(1_500, 3)
    company = on_credit(world, "two", 0.5)
    young = company.compensations.assign(issued_at=CUT_INSTANT - pd.Timedelta(days=20))
    plans = plan_rows(world.mart, graded(), company_of(compensations=young))
    more = next(r for r in plans.choices if r.measure == "more")
    said = [plans.budgets.policies[0], plans.scenarios.cells[0], more]
    assert all("Credit counts in full" in assumed(row) for row in said)


def test_a_returner_s_margin_is_taken_before_vouchers_and_over_everyone_who_came_back():
    """Orders earn 200 before a voucher of 50; every tenth who came back earned nothing; spend alone is no return."""
    world = offered(1_500, 3)
    back = world.mart["returned_within_365d"].astype(bool)
    barren = back & (np.arange(len(back)) % 10 == 0)
    mart = world.mart.assign(
        spend_365d=np.where(back, 500.0, 40.0), spend_without_voucher_365d=np.where(back, 450.0, 40.0),
        margin_365d=np.where(barren, -50.0, np.where(back, 150.0, 16.0)),
    )  # fmt: skip
    joint = ask_joint(mart, world.company)
    expected = 200 * (1 - barren.sum() / back.sum())
    assert joint.margin.mean() == pytest.approx(expected, rel=0.03)
    assert before_vouchers(mart, 365)["margin_365d"][back & ~barren].unique() == [200.0]
    plain = mart.drop(columns="margin_365d").assign(margin_365d=None)
    assert ask_joint(plain, world.company).margin.mean() == pytest.approx(0.25 * 500)


def test_where_vouchers_aren_t_recorded_margins_stay_as_they_are():
    world = offered(200, 3)
    mart = world.mart.assign(margin_365d=10.0, spend_without_voucher_365d=None)
    assert (before_vouchers(mart, 365)["margin_365d"] == 10.0).all()
