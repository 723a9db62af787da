from datetime import timedelta
from decimal import Decimal

import pytest
from builders import CUT, OPENED, compensation_row, incident_row, limit_row, mart_row, noun_rows

from pipelines.contracts.catalog.vocabulary import COMPENSATION_KINDS
from pipelines.settings.profile import cut_instant

DAY = timedelta(days=1)
MEASURES = (
    "compensation_given", "compensation_amount", "compensation_share", "compensation_kind", "cash_share",
    "future_credit_share", "in_kind_share", "gesture", "redeemed", "within_authority",
)  # fmt: skip


def given(*payouts, limits=None, loss=200, **incident):
    tables = {"incidents": [incident_row(loss_amount=loss, **incident)], "compensations": list(payouts)}
    tables |= {"authority_limits": limits} if limits is not None else {}
    (row,) = noun_rows(tables, "compensation")
    return row


def test_payouts_are_summed_over_their_forms():
    row = given(
        compensation_row(kind="refund", face_amount=Decimal("30.10")),
        compensation_row(kind="discount", face_amount=Decimal("9.90")),
        compensation_row(kind="voucher", face_amount=Decimal(60), issued_at=OPENED + DAY),
        compensation_row(kind="upgrade", face_amount=Decimal(100)),
    )
    assert row["compensation_amount"] == Decimal("200.0000")
    assert row["compensation_share"] == 1.0
    assert (row["cash_share"], row["future_credit_share"], row["in_kind_share"]) == (0.2, 0.3, 0.5)
    assert row["compensation_kind"] == "mixed"
    assert row["paid_seconds"] == 86_400


def test_nothing_recorded_is_nothing_given():
    row = given()
    assert row["compensation_given"] is False
    assert row["compensation_amount"] == 0
    assert row["compensation_share"] == 0.0
    assert row["compensation_kind"] == "none"
    assert row["gesture"] is False
    assert [row[n] for n in ("cash_share", "redeemed", "within_authority", "paid_seconds")] == [None] * 4


@pytest.mark.parametrize(
    ("kind", "counts"), [("refund", False), ("voucher", False), ("upgrade", True), ("gesture", True)]
)
def test_money_of_nothing_is_nothing_given_but_a_free_upgrade_is(kind, counts):
    row = given(compensation_row(kind=kind, face_amount=Decimal(0)))
    assert row["compensation_given"] is counts
    assert row["compensation_kind"] == ("none" if not counts else row["compensation_kind"])
    assert row["compensation_amount"] == 0


def test_without_the_table_nothing_is_known():
    row = mart_row({"incidents": [incident_row(loss_amount=200)]})
    assert [row[name] for name in MEASURES] == [None] * len(MEASURES)


@pytest.mark.parametrize("loss", [None, 0])
def test_no_share_of_an_unknown_or_empty_loss(loss):
    assert given(compensation_row(), loss=loss)["compensation_share"] is None
    assert given(loss=loss)["compensation_share"] is None


def test_an_unpriced_payout_makes_the_amount_unknown_but_not_the_giving():
    row = given(compensation_row(), compensation_row(kind="upgrade", face_amount=None))
    assert row["compensation_given"] is True
    assert row["compensation_amount"] is None
    assert row["compensation_share"] is None


def test_a_gesture_costs_nothing_unless_it_is_priced():
    row = given(compensation_row(kind="gesture", face_amount=None))
    assert row["compensation_amount"] == 0
    assert row["compensation_kind"] == "gesture"
    assert (row["cash_share"], row["future_credit_share"], row["in_kind_share"]) == (None, None, None)
    assert row["gesture"] is True


def test_amounts_that_are_never_recorded_are_never_zero():
    without = {k: v for k, v in compensation_row().items() if k != "face_amount"}
    tables = {"incidents": [incident_row(loss_amount=9), incident_row(incident_id="i2")], "compensations": [without]}
    rows = noun_rows(tables, "compensation")
    assert [row["compensation_given"] for row in rows] == [True, False]
    assert [row["compensation_amount"] for row in rows] == [None, None]


def test_every_kind_of_compensation_has_a_form():
    incidents = [incident_row(incident_id=kind) for kind in COMPENSATION_KINDS]
    payouts = [compensation_row(incident_id=kind, kind=kind) for kind in COMPENSATION_KINDS]
    rows = noun_rows({"incidents": incidents, "compensations": payouts}, "compensation")
    forms = dict(zip(sorted(COMPENSATION_KINDS), (row["compensation_kind"] for row in rows), strict=True))
    assert forms["points"] == "future_credit"
    assert forms["free_item"] == "in_kind"
    assert forms["monetary_unspecified"] == "cash"
    assert set(forms.values()) == {"cash", "future_credit", "in_kind", "gesture"}


def test_redeemed_asks_of_future_credit_only():
    cut_at = cut_instant(CUT).replace(tzinfo=None)
    assert given(compensation_row(kind="voucher", redeemed_at=OPENED + 9 * DAY))["redeemed"] is True
    assert given(compensation_row(kind="voucher", redeemed_at=None))["redeemed"] is False
    assert given(compensation_row(kind="voucher", redeemed_at=cut_at))["redeemed"] is False
    assert given(compensation_row(kind="refund", redeemed_at=None))["redeemed"] is None
    assert given(compensation_row(kind="voucher"))["redeemed"] is None  # not recorded


def test_what_was_paid_at_the_cut_or_later_was_not_paid_yet():
    row = given(compensation_row(issued_at=cut_instant(CUT).replace(tzinfo=None)))
    assert row["compensation_given"] is False


def test_a_payout_without_a_date_counts_and_has_no_delay():
    row = given(compensation_row(issued_at=None))
    assert row["compensation_amount"] == 50
    assert row["paid_seconds"] is None


@pytest.mark.parametrize(
    ("amount", "role", "site", "within"),
    [
        (50, "desk", "elsewhere", True),  # exactly the limit
        (51, "desk", "elsewhere", False),
        (80, "desk", "ship", True),  # the site's own limit wins over the general one
        (80, "desk", None, False),
        (10, "captain", "ship", None),  # no limit on record
        (10, None, "ship", None),
        (None, "desk", "ship", None),
    ],
)
def test_within_authority(amount, role, site, within):
    limits = [limit_row(), limit_row(site_id="ship", limit_amount=100)]
    payout = compensation_row(face_amount=amount, issuer_role=role)
    assert given(payout, limits=limits, site_id=site)["within_authority"] is within


def test_one_payout_beyond_authority_is_enough():
    ok, beyond = (
        compensation_row(issuer_role="desk", face_amount=10),
        compensation_row(issuer_role="desk", face_amount=90),
    )
    unknown = compensation_row(issuer_role="chef", face_amount=10)
    assert given(ok, beyond, unknown, limits=[limit_row()])["within_authority"] is False
    assert given(ok, unknown, limits=[limit_row()])["within_authority"] is None
    assert given(ok, ok, limits=[limit_row()])["within_authority"] is True


def test_splitting_a_payout_does_not_bring_it_within_authority():
    halves = [compensation_row(issuer_role="desk", issued_by="a", face_amount=30) for _ in range(2)]
    assert given(*halves, limits=[limit_row()])["within_authority"] is False
    two_givers = [half | {"issued_by": giver} for half, giver in zip(halves, "ab", strict=True)]
    assert given(*two_givers, limits=[limit_row()])["within_authority"] is True


def test_measures_reach_the_mart():
    row = mart_row({"incidents": [incident_row(loss_amount=200)], "compensations": [compensation_row()]})
    assert row["compensation_amount"] == Decimal("50.0000")
    assert row["compensation_share"] == 0.25
    assert row["days_to_pay"] == 2.0
    assert row["compensated_at"].replace(tzinfo=None) == OPENED + 2 * DAY
