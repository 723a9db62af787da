"""Windows around opening: their exact edges, who they are known for, and what is never coded 0."""

from datetime import timedelta
from decimal import Decimal

import pytest
from builders import (
    CUT,
    OPENED,
    a_profile,
    customer_row,
    incident_row,
    interaction_row,
    mart_row,
    mart_rows,
    noun_rows,
    order_row,
)

from pipelines.settings.profile import cut_instant

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
CUT_AT = cut_instant(CUT).replace(tzinfo=None)
BEFORE = order_row(-400 * DAY, order_id="long before")  # puts the customer on file and no more


def outcome(*orders, opened=OPENED, **tables):
    (row,) = noun_rows(
        {"incidents": [incident_row(opened_at=opened)], "orders": [BEFORE, *orders], **tables}, "returns"
    )
    return row


@pytest.mark.parametrize(
    ("after", "within_90", "within_365"),
    [
        (timedelta(0), False, False),  # an order at the second of opening is neither before nor after
        (SECOND, True, True),
        (90 * DAY, True, True),
        (90 * DAY + SECOND, False, True),
        (365 * DAY, False, True),
        (365 * DAY + SECOND, False, False),
    ],
)
def test_a_return_lies_after_opening_and_up_to_the_horizon(after, within_90, within_365):
    row = outcome(order_row(after))
    assert (row["returned_90d"], row["returned_365d"]) == (within_90, within_365)
    assert row["spend_90d"] == (100 if within_90 else 0)
    assert row["spend_365d"] == (100 if within_365 else 0)
    voucher = outcome(order_row(after, voucher_amount=Decimal(30)))
    assert voucher["spend_without_voucher_90d"] == (70 if within_90 else 0)


@pytest.mark.parametrize(
    "order",
    [
        {"amount": Decimal(0)},
        {"amount": Decimal(-5)},
        {"status": "cancelled"},
        {"status": "Canceled"},
        {"is_replacement": True},
    ],
)
def test_what_is_not_a_purchase_is_no_return(order):
    row = outcome(order_row(**order))
    assert row["returned_90d"] is False
    assert row["spend_90d"] == 0
    assert row["return_seconds"] is None


def test_the_first_purchase_is_the_return():
    row = outcome(order_row(9 * DAY, status="cancelled"), order_row(40 * DAY), order_row(20 * DAY))
    assert row["return_seconds"] == 20 * 86_400
    assert row["spend_90d"] == 200


@pytest.mark.parametrize(("age", "followed"), [(90 * DAY, False), (90 * DAY + SECOND, True)])
def test_an_outcome_needs_full_follow_up_at_the_cut(age, followed):
    opened = CUT_AT - age
    order = order_row(ordered_at=opened + DAY, voucher_amount=Decimal(20))
    row = mart_row({"incidents": [incident_row(opened_at=opened)], "orders": [BEFORE, order]})
    assert row["followed_90d"] is followed
    assert row["returned_within_90d"] is (True if followed else None)
    assert row["spend_90d"] == (100 if followed else None)
    assert row["spend_without_voucher_90d"] == (80 if followed else None)
    assert row["days_to_return"] == 1.0
    assert row["followed_365d"] is False
    assert row["returned_within_365d"] is None


def test_orders_at_or_after_the_cut_have_not_happened():
    assert outcome(order_row(ordered_at=CUT_AT))["return_seconds"] is None


def test_without_orders_returns_are_unknown_not_no():
    row = mart_row({"incidents": [incident_row()], "customers": [customer_row()]})
    for name in ("returned_within_90d", "spend_90d", "days_to_return", "held_booking", "orders_365d",
                 "earlier_spend_365d", "customer_on_file", "returned_before_contact", "restored"):  # fmt: skip
        assert row[name] is None, name
    assert row["followed_90d"] is True


def test_an_incident_without_customer_has_no_outcome():
    tables = {"incidents": [incident_row(customer_id=None)], "orders": [order_row()], "customers": [customer_row()]}
    (row,) = noun_rows(tables, "returns")
    assert row["on_file"] is False
    assert row["returned_90d"] is None


def test_a_customer_on_file_who_never_ordered_did_not_return():
    tables = {"incidents": [incident_row()], "orders": [], "customers": [customer_row()]}
    (row,) = noun_rows(tables, "returns")
    assert row["on_file"] is True
    assert row["returned_90d"] is False
    assert row["spend_90d"] == 0


def test_a_customer_unknown_to_the_shop_is_unknown_whatever_comes_later():
    def known(*orders):
        (row,) = noun_rows({"incidents": [incident_row()], "orders": list(orders)}, "returns")
        return row["on_file"], row["returned_90d"]

    assert known() == (False, None)
    assert known(order_row(DAY)) == (False, None)  # filing by later orders would select on the outcome
    assert known(order_row(-DAY)) == (True, False)
    assert known(order_row(-DAY, status="cancelled")) == (True, False)
    assert known(order_row(0 * DAY), order_row(DAY)) == (True, True)


@pytest.mark.parametrize("sampled_by", ["order", "incident"])
def test_a_sample_of_orders_or_incidents_says_nothing_of_repeats(sampled_by):
    tables = {
        "incidents": [incident_row(), incident_row(incident_id="i2", opened_at=OPENED + DAY)],
        "orders": [BEFORE, order_row(DAY)],
        "customers": [customer_row(joined_at=OPENED - DAY)],
    }
    row = mart_rows(tables, a_profile(sampled_by=sampled_by))[1]
    for name in ("returned_within_90d", "spend_90d", "days_to_return", "customer_on_file", "orders_365d",
                 "earlier_incidents", "days_since_earlier_incident", "earlier_apologies"):  # fmt: skip
        assert row[name] is None, name
    assert row["tenure_days"] == 2.0


def test_vouchers_are_taken_off_only_where_they_are_recorded():
    paid = order_row(DAY, voucher_amount=Decimal(30))
    generous = order_row(2 * DAY, voucher_amount=Decimal(130))
    plain = order_row(3 * DAY, voucher_amount=None)
    assert outcome(paid, generous, plain)["spend_without_voucher_90d"] == 70 + 0 + 100
    assert outcome(order_row(DAY))["spend_without_voucher_90d"] is None


@pytest.mark.parametrize(
    ("ordered", "service", "status", "held", "cancelled"),
    [
        (-5, 20, "done", True, False),
        (-5, 20, "cancelled", True, True),
        (5, 20, "cancelled", False, None),  # booked after opening
        (-5, -1, "done", False, None),  # used before opening
        (-5, 0, "done", False, None),  # used as the case opened
        (0, 20, "done", False, None),
        (-5, 9_000, "cancelled", True, None),  # due after the data cut: its fate is not known yet
        (-5, (CUT_AT - OPENED) / DAY, "cancelled", True, None),
        (-5, None, "done", False, None),
    ],
)
def test_a_held_booking_is_ordered_before_and_used_after(ordered, service, status, held, cancelled):
    date = None if service is None else OPENED + service * DAY
    row = outcome(order_row(ordered * DAY, service_date=date, status=status))
    assert (row["held_booking"], row["held_booking_cancelled"]) == (held, cancelled)


def test_held_bookings_need_their_columns():
    assert outcome(order_row(-DAY))["held_booking"] is None
    dated = outcome(order_row(-DAY, service_date=OPENED + DAY))
    assert (dated["held_booking"], dated["held_booking_cancelled"]) == (True, None)


@pytest.mark.parametrize(
    ("order", "contact", "before"),
    [(2, 5, True), (5, 2, False), (5, 5, False), (2, None, True), (None, 2, False), (None, None, False)],
)
def test_returns_before_the_first_contact(order, contact, before):
    tables = {
        "incidents": [incident_row()],
        "orders": [BEFORE, *([order_row(order * DAY)] if order else [])],
        "interactions": [interaction_row(contact * DAY)] if contact else [],
    }
    assert mart_row(tables)["returned_before_contact"] is before


def test_each_horizon_of_the_profile_has_its_columns():
    tables = {"incidents": [incident_row()], "orders": [BEFORE, order_row(45 * DAY)]}
    row = mart_row(tables, a_profile(horizons_days=(30, 60, 180)))
    assert [row[f"returned_within_{h}d"] for h in (30, 60, 180)] == [False, True, True]
    assert "returned_within_90d" not in row


@pytest.mark.parametrize(
    ("orders", "without"),
    [
        ([(DAY, 30)], False),
        ([(DAY, 100)], False),
        ([(DAY, 0)], True),
        ([(DAY, None)], True),
        ([(DAY, 30), (50 * DAY, 0)], True),
        ([(DAY, 30), (91 * DAY, 0)], False),
        ([], False),
    ],
)
def test_a_return_without_a_voucher_is_an_order_on_which_none_was_used(orders, without):
    placed = [
        order_row(after, order_id=f"o{n}", voucher_amount=None if paid is None else Decimal(paid))
        for n, (after, paid) in enumerate([*orders, (300 * DAY, 1)])
    ]
    row = outcome(*placed)
    assert row["returned_without_voucher_90d"] is without
    assert row["returned_90d"] is bool(orders)


def test_where_vouchers_are_not_recorded_nobody_is_known_to_return_without():
    assert outcome(order_row(DAY))["returned_without_voucher_90d"] is None
    young = outcome(order_row(ordered_at=CUT_AT - DAY, voucher_amount=Decimal(1)), opened=CUT_AT - 90 * DAY)
    assert young["returned_without_voucher_90d"] is None
