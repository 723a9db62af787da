import numpy as np
import pandas as pd
import pytest
from cases import CUT_INSTANT, EVERYTHING, NOTHING, company_of, given, mart_of, only

from pipelines.contracts.results import effect_row
from pipelines.policy.counted.front_line import front_line_rows
from pipelines.policy.money.leakage import leakage_rows


def settled(n=400, gain=0.0, **columns):
    """Easy cases are settled at once three times in four and return half the time; hard ones are neither."""
    rng = np.random.default_rng(3)
    hard = np.arange(n) % 2 == 0
    once = rng.random(n) < np.where(hard, 0.25, 0.75)
    back = rng.random(n) < np.where(hard, 0.2, 0.5) + gain * once
    return mart_of(n, **{
        "severity": np.where(hard, "grave", "mild"), "channel": "desk", "category": "noise",
        "response_status": "answered", "first_contact_minutes": 20.0, "resolved_at_first_contact": once,
        "escalated": hard & (rng.random(n) < 0.3), "handoffs": np.where(hard, 1, 0), "returned_within_365d": back,
    } | columns)  # fmt: skip


def test_settling_at_once_is_held_against_cases_of_the_same_severity():
    rows = front_line_rows(settled(2000), [], company_of())
    row = only(rows, measure="resolved_at_first_contact_effect_on_return", segment="")
    assert row["observed"] > 10
    assert row["ci_low"] < 0 < row["ci_high"]
    assert (row["grade"], row["unit"]) == ("C", "per 100 customers")
    better = front_line_rows(settled(2000, gain=0.3), [], company_of())
    assert only(better, measure="resolved_at_first_contact_effect_on_return", segment="")["ci_low"] > 15
    assert only(better, measure="resolved_at_first_contact_effect_on_return", segment="severity=grave")["n"] == 1000


def test_shares_come_overall_and_by_site_with_their_case_mix():
    mart = settled(follow_up_days=30.0, site_id=["a", "b", "c", "d"] * 100)
    rows = front_line_rows(mart, [], company_of())
    assert only(rows, measure="handed_on", segment="")["estimate"] == pytest.approx(0.5)
    site = only(rows, measure="resolved_at_first_contact", segment="site_id=a")
    assert site["expected"] is not None
    assert {row["part"] for row in rows} == {"front_line"}


def test_limits_are_told_by_the_role_that_gave():
    paid = given(*((f"i{j:05d}", "refund", 10.0, None, None) for j in range(40)))
    paid["issuer_role"] = ["desk"] * 20 + ["manager"] * 20
    mart = settled(within_authority=[True] * 15 + [False] * 5 + [True] * 20 + [None] * 360)
    rows = front_line_rows(mart, [], company_of(compensations=paid))
    assert only(rows, measure="within_authority", segment="issuer_role=desk")["estimate"] == pytest.approx(0.75)
    assert only(rows, measure="within_authority", segment="issuer_role=manager")["estimate"] == 1.0


def gain(severity, low, high, grade="B", **changes):
    return effect_row(**{
        "treatment": "compensation", "outcome": "returned", "horizon_days": 365, "spec": "adjusted", "level_to": "0.5",
        "segment": f"severity={severity}" if severity else "", "estimate": (low + high) / 2, "ci_low": low,
        "ci_high": high, "grade": grade, "n_incidents": 100, "population": "answered",
    } | changes)  # fmt: skip


def spent(effects, shares=(0.5, 0.5), **company):
    """100 refunds of 40 on losses of 80, half of them mild; customers who came back earned 200."""
    paid = given(*((f"i{j:05d}", "refund", 40.0, None, None) for j in range(100)))
    mart = mart_of(100, severity=["mild", "grave"] * 50, compensation_given=True, compensation_amount=40.0,
                   loss_amount=80.0, compensation_share=list(shares) * 50, response_status="answered",
                   returned_within_365d=True, spend_365d=800.0, spend_without_voucher_365d=700.0)  # fmt: skip
    return leakage_rows(mart, effects, company_of(**{"compensations": paid} | company))


@pytest.mark.parametrize(
    ("low", "high", "grade", "standing"),
    [(-2, 3, "B", "below_cost"), (-2, 30, "B", "not_shown"), (21, 30, "B", "pays"), (5, 30, "B", "cannot_say"),
     (21, 30, "D", "not_shown"), (-2, 3, "D", "not_shown")],
)  # fmt: skip
def test_spend_stands_where_its_gain_lies_against_its_cost(low, high, grade, standing):
    """Half of a loss of 80 costs 40; a customer won back earns 200, so 20 per 100 break even."""
    rows = spent([gain("mild", low, high, grade), gain("grave", 25, 35)])
    mild = only(rows, measure="compensation_spent", segment="severity=mild")
    assert (mild["standing"], mild["estimate"], mild["observed"]) == (standing, 2000.0, 0.5)
    shown = only(rows, measure="spent_without_shown_gain")
    assert shown["estimate"] == (2000.0 if standing in ("not_shown", "below_cost") else 0.0)
    assert only(rows, measure="spent_below_its_cost")["estimate"] == (2000.0 if standing == "below_cost" else 0.0)
    assert shown["assumption"]


def test_a_gain_at_another_share_than_the_usual_one_says_nothing_of_what_was_spent():
    """Mild cases usually got .45, but only .25 has an effect; grave ones got the .5 that has one, below its cost."""
    rows = spent([gain("mild", -2, 3, level_to="0.25"), gain("grave", -2, 3)], (0.45, 0.5))
    mild = only(rows, measure="compensation_spent", segment="severity=mild")
    assert (mild["standing"], mild["effect_id"]) == ("cannot_say", None)
    assert "usual share" in mild["reason"]
    below = only(rows, measure="spent_below_its_cost")
    assert (below["estimate"], below["n"], below["observed"]) == (2000.0, 50, 0.5)
    assert "left out" in below["reason"]
    alone = only(spent([gain("mild", -2, 3, level_to="0.25")], (0.45, 0.53)), measure="spent_below_its_cost")
    assert alone["verdict"] == "not_estimable"


def test_what_can_not_be_told_of_money_says_why():
    """Half of a loss of 80 costs 40, which 5 to 30 per 100 of 200 may or may not earn."""
    where = {"measure": "compensation_spent", "segment": "severity=mild"}
    assert "holds what it costs" in only(spent([gain("mild", 5, 30)]), **where)["reason"]
    assert "This severity has too few" in only(spent([gain("grave", 5, 30)]), **where)["reason"]
    assert "No conclusion" in only(spent([gain("mild", 5, 30, "D")]), **where)["reason"]
    assert only(spent([gain("mild", 21, 30)]), **where)["reason"] is None
    orders = EVERYTHING | {"orders": EVERYTHING["orders"] - {"margin"}}
    unpriced = only(spent([gain("mild", 5, 30)], supplied=orders, margin_rate=None), **where)
    assert (unpriced["standing"], "margin_rate" in unpriced["reason"]) == ("cannot_say", True)


def test_young_credit_counts_in_full_against_its_gain_and_the_row_says_so():
    """Half of a loss of 80 in vouchers nobody had time to redeem: it will cost up to 40, so 3 per 100 don't pay."""
    paid = given(*((f"i{j:05d}", "voucher", 40.0, None, None) for j in range(100)))
    paid = paid.assign(issued_at=CUT_INSTANT - pd.Timedelta(days=20))
    mild = only(spent([gain("mild", -2, 3)], compensations=paid), measure="compensation_spent", segment="severity=mild")
    assert (mild["estimate"], mild["standing"]) == (0.0, "below_cost")
    assert "180 days" in mild["assumption"]


def test_what_lies_beyond_the_stopping_point_is_summed_with_its_limits():
    """Shares of .75 stopped at .5 leave a third of 40 in 50 cases; at .75 nothing, at .25 two thirds."""
    stop = gain("", 0.25, 0.75, "C", spec="stopping_point", level_to="")
    row = only(spent([stop], (0.25, 0.75)), measure="spent_beyond_the_stopping_point")
    assert [row[c] for c in ("estimate", "ci_low", "ci_high")] == pytest.approx([2000 / 3, 0.0, 4000 / 3])
    assert row["grade"] == "C"
    never = stop | {"estimate": None, "reason": "More still adds."}
    assert only(spent([never]), measure="spent_beyond_the_stopping_point")["reason"] == "More still adds."


def test_without_effects_or_a_margin_the_rows_say_so():
    assert "severity" in only(spent([]), measure="spent_without_shown_gain")["reason"]
    orders = EVERYTHING | {"orders": EVERYTHING["orders"] - {"margin"}}
    rows = spent([gain("mild", -2, 3)], supplied=orders, margin_rate=None)
    assert "margin_rate" in only(rows, measure="spent_below_its_cost")["reason"]
    assert only(rows, measure="compensation_spent", segment="severity=mild")["standing"] == "not_shown"


def test_without_contacts_or_money_each_row_says_what_to_add():
    for row in front_line_rows(mart_of(40), [], company_of(NOTHING)):
        assert row["verdict"] == "not_estimable"
        assert "Add " in row["reason"] or "Map " in row["reason"]
