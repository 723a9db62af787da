"""What orders earned within a horizon, when a case ended, who approves, and when a promise was settled."""

from datetime import timedelta
from decimal import Decimal

import pytest
from builders import CUT, OPENED, incident_row, mart_row, order_row, promise_row, standard_row

from pipelines.settings.profile import cut_instant

DAY = timedelta(days=1)
LONG_BEFORE = order_row(-400 * DAY, order_id="long before", margin=Decimal(40))


def margin_90d(*orders):
    return mart_row({"incidents": [incident_row()], "orders": [LONG_BEFORE, *orders]})["margin_90d"]


def test_margins_are_summed_over_purchases_less_their_vouchers():
    first = order_row(10 * DAY, order_id="a", margin=Decimal(30), voucher_amount=Decimal(12))
    second = order_row(90 * DAY, order_id="b", margin=Decimal(5))
    late = order_row(91 * DAY, order_id="c", margin=Decimal(500))
    cancelled = order_row(20 * DAY, order_id="d", margin=Decimal(500), status="cancelled")
    assert margin_90d(first, second, late, cancelled) == 23
    assert margin_90d() == 0


def test_a_purchase_whose_margin_is_missing_leaves_the_sum_unknown():
    assert margin_90d(order_row(10 * DAY, order_id="a", margin=Decimal(30)), order_row(20 * DAY, order_id="b")) is None
    assert margin_90d(order_row(200 * DAY, order_id="later")) == 0


def test_orders_without_margins_earn_nothing_known():
    bare = {k: v for k, v in LONG_BEFORE.items() if k != "margin"}
    assert mart_row({"incidents": [incident_row()], "orders": [bare]})["margin_90d"] is None


@pytest.mark.parametrize(
    ("ends", "hours"),
    [({"resolved_at": OPENED + timedelta(hours=5), "closed_at": OPENED + timedelta(hours=9)}, 5.0),
     ({"resolved_at": None, "closed_at": OPENED + timedelta(hours=9)}, 9.0), ({"closed_at": None}, None)],
)  # fmt: skip
def test_a_case_ends_when_it_is_resolved_else_closed(ends, hours):
    assert mart_row({"incidents": [incident_row(**ends)]})["closed_hours"] == hours


def test_the_standard_that_applies_names_who_approves():
    standards = [standard_row(category="noise", severity="low", approver="desk"),
                 standard_row(category=None, severity=None, approver="manager")]  # fmt: skip
    row = mart_row({"incidents": [incident_row(category="noise", severity="low")], "standards": standards})
    assert row["standard_approver"] == "desk"
    row = mart_row({"incidents": [incident_row(category="other", severity="low")], "standards": standards})
    assert row["standard_approver"] == "manager"


def test_promises_are_settled_at_the_first_broken_one_else_at_the_last():
    due = [OPENED + n * DAY for n in (1, 2, 3)]
    kept = [promise_row(due_at=d, kept_at=d) for d in due]
    broken = [promise_row(due_at=due[0], kept_at=due[0]), promise_row(due_at=due[1], kept_at=None),
              promise_row(due_at=due[2], kept_at=due[2] + DAY)]  # fmt: skip
    after_the_cut = promise_row(due_at=cut_instant(CUT).replace(tzinfo=None) + DAY, kept_at=None)
    settled = [
        mart_row({"incidents": [incident_row()], "promises": [*p, after_the_cut]})["promise_due_at"]
        for p in (kept, broken, [])
    ]
    assert [s and s.replace(tzinfo=None) for s in settled] == [due[2], due[1], None]
