"""Money given that no estimate shows to add anything, by severity and beyond the share where more stops adding."""

from dataclasses import replace

import pandas as pd
import pytest
from cases import CUT_INSTANT, EVERYTHING, assumed, company_of, effect_row, given, mart_of, only, why

from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.policy.money.leakage import leakage_rows


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
    assert (mild.standing, mild.estimate, mild.observed) == (standing, 2000.0, 0.5)
    shown = only(rows, measure="spent_without_shown_gain")
    assert shown.estimate == (2000.0 if standing in ("not_shown", "below_cost") else 0.0)
    assert only(rows, measure="spent_below_its_cost").estimate == (2000.0 if standing == "below_cost" else 0.0)
    assert assumed(shown)


def test_a_gain_at_another_share_than_the_usual_one_says_nothing_of_what_was_spent():
    """Mild cases usually got .45, but only .25 has an effect; grave ones got the .5 that has one, below its cost."""
    rows = spent([gain("mild", -2, 3, level_to="0.25"), gain("grave", -2, 3)], (0.45, 0.5))
    mild = only(rows, measure="compensation_spent", segment="severity=mild")
    assert (mild.standing, mild.effect_id) == ("cannot_say", None)
    assert "usual share" in why(mild)
    below = only(rows, measure="spent_below_its_cost")
    assert (below.estimate, below.n, below.observed) == (2000.0, 50, 0.5)
    assert "left out" in why(below)
    alone = only(spent([gain("mild", -2, 3, level_to="0.25")], (0.45, 0.53)), measure="spent_below_its_cost")
    assert alone.verdict == "not_estimable"


def test_what_can_not_be_told_of_money_says_why():
    """Half of a loss of 80 costs 40, which 5 to 30 per 100 of 200 may or may not earn."""
    where = {"measure": "compensation_spent", "segment": "severity=mild"}
    assert "holds what it costs" in why(only(spent([gain("mild", 5, 30)]), **where))
    assert "This severity has too few" in why(only(spent([gain("grave", 5, 30)]), **where))
    assert "No conclusion" in why(only(spent([gain("mild", 5, 30, "D")]), **where))
    assert why(only(spent([gain("mild", 21, 30)]), **where)) == ""
    orders = EVERYTHING | {"orders": EVERYTHING["orders"] - {"margin"}}
    unpriced = only(spent([gain("mild", 5, 30)], supplied=orders, margin_rate=None), **where)
    assert (unpriced.standing, "margin_rate" in why(unpriced)) == ("cannot_say", True)


def test_young_credit_counts_in_full_against_its_gain_and_the_row_says_so():
    """Half of a loss of 80 in vouchers nobody had time to redeem: it will cost up to 40, so 3 per 100 don't pay."""
    paid = given(*((f"i{j:05d}", "voucher", 40.0, None, None) for j in range(100)))
    paid = paid.assign(issued_at=CUT_INSTANT - pd.Timedelta(days=20))
    mild = only(spent([gain("mild", -2, 3)], compensations=paid), measure="compensation_spent", segment="severity=mild")
    assert (mild.estimate, mild.standing) == (0.0, "below_cost")
    assert "180 days" in assumed(mild)


def test_what_lies_beyond_the_stopping_point_is_summed_with_its_limits():
    """Shares of .75 stopped at .5 leave a third of 40 in 50 cases; at .75 nothing, at .25 two thirds."""
    stop = gain("", 0.25, 0.75, "C", spec="stopping_point", level_to="")
    row = only(spent([stop], (0.25, 0.75)), measure="spent_beyond_the_stopping_point")
    assert [row.estimate, row.ci_low, row.ci_high] == pytest.approx([2000 / 3, 0.0, 4000 / 3])
    assert row.grade == "C"
    never = replace(stop, estimate=None, reasons=(EarlierReason("More still adds."),))
    assert why(only(spent([never]), measure="spent_beyond_the_stopping_point")) == "More still adds."


def test_without_effects_or_a_margin_the_rows_say_so():
    assert "severity" in why(only(spent([]), measure="spent_without_shown_gain"))
    orders = EVERYTHING | {"orders": EVERYTHING["orders"] - {"margin"}}
    rows = spent([gain("mild", -2, 3)], supplied=orders, margin_rate=None)
    assert "margin_rate" in why(only(rows, measure="spent_below_its_cost"))
    assert only(rows, measure="compensation_spent", segment="severity=mild").standing == "not_shown"
