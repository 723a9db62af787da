"""The shop: customers, bookings as orders, refunds and gift cards – and orders placed by its own testers."""

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, typed_by_hand, written
from pipelines.simulate.helpdesk.people import emails, names

FIRST_REFUND, FIRST_GIFT_CARD, FIRST_TRANSACTION = 70_000_001, 80_000_001, 90_000_001
CARD_TEMPLATES = {"points": "points", "credit": "store-credit", "gift_card": "gift-card"}
Frames = dict[str, pd.DataFrame]


def customer_tables(customers: pd.DataFrame, rng: np.random.Generator) -> Frames:
    """``customer`` and ``customer_tag``."""
    name = names(customers["customer_id"])
    frame = pd.DataFrame({
        "id": customers["customer_id"],
        "created_at": written(customers["joined_at"], rng),
        "email": typed_by_hand(emails(customers["customer_id"]), rng),
        "first_name": name["first_name"],
        "last_name": name["last_name"],
        "phone": "+34600" + customers["customer_id"].str[-6:],
        "state": "enabled",
        "currency": "EUR",
    })  # fmt: skip
    labels = {"segment": "segment", "region": "region", "tier": "loyalty_tier"}
    marks = [
        pd.DataFrame(
            {"customer_id": customers["customer_id"], "index": str(i), "value": f"{tag}: " + customers[column]}
        )
        for i, (tag, column) in enumerate(labels.items(), start=1)
    ]
    return {"customer": synced(frame, rng), "customer_tag": synced(pd.concat(marks, ignore_index=True), rng)}


def order_tables(orders: pd.DataFrame, rng: np.random.Generator) -> Frames:
    """``order`` and what hangs on it: arrival day, replacement mark, credit used, margin."""
    cancelled = orders["ordered_at"] + pd.Timedelta(days=2)
    frame = pd.DataFrame({
        "id": orders["order_id"],
        "order_number": orders["order_id"].str[-5:],
        "customer_id": orders["customer_id"],
        "email": emails(orders["customer_id"]),
        "created_at": written(orders["ordered_at"], rng),
        "cancelled_at": written(cancelled.where(orders["status"] == "cancelled"), rng),
        "cancel_reason": np.where(orders["status"] == "cancelled", "customer", ""),
        "currency": "EUR",
        "financial_status": "paid",
        "fulfillment_status": np.where(orders["status"] == "completed", "fulfilled", ""),
        "total_price": orders["amount"].map("{:.2f}".format),
        "test": "false",
    })  # fmt: skip
    testers = frame[rng.random(len(frame)) < 0.004]
    testers = testers.assign(id="99" + testers["id"], test="true", email="qa@group.example.com")
    return {"order": synced(pd.concat([frame, testers], ignore_index=True), rng), **_order_details(orders, rng)}


def _order_details(orders: pd.DataFrame, rng: np.random.Generator) -> Frames:
    ids = orders["order_id"]
    replaced, credited = orders["is_replacement"].astype(bool), orders["voucher_amount"] > 0
    arrival = {"order_id": ids, "name": "arrival", "value": orders["service_date"].dt.strftime("%Y-%m-%d")}
    margin = {
        "id": "5" + ids, "owner_id": ids, "owner_resource": "ORDER", "namespace": "finance", "key": "margin",
        "value": orders["margin"].map("{:.2f}".format),
    }  # fmt: skip
    credit = {
        "order_id": ids[credited], "index": "1", "code": "WITHTHANKS",
        "amount": orders["voucher_amount"][credited].map("{:.2f}".format), "type": "fixed_amount",
    }  # fmt: skip
    return {
        "order_note_attribute": synced(pd.DataFrame(arrival), rng),
        "order_tag": synced(pd.DataFrame({"order_id": ids[replaced], "index": "1", "value": "Replacement"}), rng),
        "order_discount_code": synced(pd.DataFrame(credit), rng),
        "metafield": synced(pd.DataFrame(margin), rng),
    }


def payout_tables(compensations: pd.DataFrame, rng: np.random.Generator) -> Frames:
    """``refund`` with its ``transaction`` (a failed attempt among them), and ``gift_card`` for every kind of credit."""
    money = compensations[compensations["kind"] == "refund"].reset_index(drop=True)
    refund_id = pd.Series((np.arange(len(money)) + FIRST_REFUND).astype(str))
    refund = pd.DataFrame({
        "id": refund_id,
        "created_at": written(money["issued_at"], rng),
        "note": "Ticket " + money["incident_id"],
        "user_id": money["issued_by"].fillna(""),
    })  # fmt: skip
    paid = pd.DataFrame({
        "id": (np.arange(len(money)) + FIRST_TRANSACTION).astype(str),
        "refund_id": refund_id,
        "kind": "refund",
        "status": "success",
        "amount": money["face_amount"].map("{:.2f}".format),
        "currency": "EUR",
    })  # fmt: skip
    failed = paid[rng.random(len(paid)) < 0.03]
    attempts = pd.concat([paid, failed.assign(id="9" + failed["id"], status="failure")], ignore_index=True)
    cards = compensations[compensations["kind"].isin(list(CARD_TEMPLATES))].reset_index(drop=True)
    return {"refund": synced(refund, rng), "transaction": synced(attempts, rng), "gift_card": _gift_cards(cards, rng)}


def _gift_cards(cards: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    value = cards["face_amount"].map("{:.2f}".format)
    used = cards["redeemed_at"].notna()
    frame = pd.DataFrame({
        "id": (np.arange(len(cards)) + FIRST_GIFT_CARD).astype(str),
        "created_at": written(cards["issued_at"], rng),
        "updated_at": written(cards["redeemed_at"].fillna(cards["issued_at"]), rng),
        "initial_value": value,
        "balance": value.mask(used, "0.00"),
        "currency": "EUR",
        "template_suffix": cards["kind"].map(CARD_TEMPLATES),
        "note": "Ticket " + cards["incident_id"],
        "user_id": cards["issued_by"].fillna(""),
    })  # fmt: skip
    return synced(frame, rng)
