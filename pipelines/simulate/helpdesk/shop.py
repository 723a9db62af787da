"""The shop: customers, bookings as orders, refunds and gift cards – and orders placed by its own testers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import euros, synced, typed_by_hand, written
from pipelines.simulate.helpdesk.people import emails, names
from pipelines.simulate.helpdesk.vocabulary import VOCABULARY
from pipelines.simulate.tables.canonical import Tables
from pipelines.simulate.tables.compensations import Compensations
from pipelines.simulate.tables.customers import Customers
from pipelines.simulate.tables.orders import CANCELLED, COMPLETED, Orders
from pipelines.simulate.tables.values import CURRENCY, numbered
from pipelines.simulate.world.codes import Form
from pipelines.simulate.world.records import take

FIRST_REFUND, FIRST_GIFT_CARD, FIRST_TRANSACTION = 70_000_001, 80_000_001, 90_000_001
_CARDS = {form.label: template for form, template in VOCABULARY.card.items()}


@dataclass(frozen=True)
class Shopify:
    """The shop's tables as they land, one field each."""

    customer: pd.DataFrame
    customer_tag: pd.DataFrame
    order: pd.DataFrame
    order_note_attribute: pd.DataFrame
    order_tag: pd.DataFrame
    order_discount_code: pd.DataFrame
    metafield: pd.DataFrame
    refund: pd.DataFrame
    transaction: pd.DataFrame
    gift_card: pd.DataFrame


def shopify(tables: Tables, rng: np.random.Generator) -> Shopify:
    """Every table of the shop, drawn one after the other."""
    orders = tables.orders
    customer, customer_tag = _customers(tables.customers, rng), _customer_tags(tables.customers, rng)
    order, note, tag = _orders(orders, rng), _arrivals(orders, rng), _replacement_marks(orders, rng)
    discount, metafield = _credit_used(orders, rng), _margins(orders, rng)
    refund, transaction = _refunds(tables.compensations, rng)
    cards = _gift_cards(tables.compensations, rng)
    return Shopify(customer, customer_tag, order, note, tag, discount, metafield, refund, transaction, cards)


def _customers(customers: Customers, rng: np.random.Generator) -> pd.DataFrame:
    name = names(customers.customer_id)
    return synced(
        pd.DataFrame(
            {
                "id": customers.customer_id,
                "created_at": written(customers.joined_at, rng),
                "email": typed_by_hand(emails(customers.customer_id), rng),
                "first_name": name.first,
                "last_name": name.last,
                "phone": "+34600" + customers.customer_id.str[-6:],
                "state": "enabled",
                "currency": CURRENCY,
            }
        ),
        rng,
    )


def _customer_tags(customers: Customers, rng: np.random.Generator) -> pd.DataFrame:
    marks = {"segment": customers.segment, "region": customers.region, "tier": customers.loyalty_tier}
    rows = [
        pd.DataFrame({"customer_id": customers.customer_id, "index": str(i), "value": f"{tag}: " + marked})
        for i, (tag, marked) in enumerate(marks.items(), start=1)
    ]
    return synced(pd.concat(rows, ignore_index=True), rng)


def _orders(orders: Orders, rng: np.random.Generator) -> pd.DataFrame:
    """The orders, some of them placed again by testers."""
    cancelled = orders.status == CANCELLED
    frame = pd.DataFrame(
        {
            "id": orders.order_id,
            "order_number": orders.order_id.str[-5:],
            "customer_id": orders.customer_id,
            "email": emails(orders.customer_id),
            "created_at": written(orders.ordered_at, rng),
            "cancelled_at": written((orders.ordered_at + pd.Timedelta(days=2)).where(cancelled), rng),
            "cancel_reason": np.where(cancelled, "customer", ""),
            "currency": CURRENCY,
            "financial_status": "paid",
            "fulfillment_status": np.where(orders.status == COMPLETED, "fulfilled", ""),
            "total_price": euros(orders.amount),
            "test": "false",
        }
    )
    tested = np.flatnonzero(rng.random(len(frame)) < 0.004)
    testers = frame.iloc[tested].assign(id="99" + orders.order_id, test="true", email="qa@group.example.com")
    return synced(pd.concat([frame, testers], ignore_index=True), rng)


def _arrivals(orders: Orders, rng: np.random.Generator) -> pd.DataFrame:
    days = orders.service_date.dt.strftime("%Y-%m-%d")
    return synced(pd.DataFrame({"order_id": orders.order_id, "name": "arrival", "value": days}), rng)


def _replacement_marks(orders: Orders, rng: np.random.Generator) -> pd.DataFrame:
    replaced = orders.order_id[orders.is_replacement.astype(bool)]
    return synced(pd.DataFrame({"order_id": replaced, "index": "1", "value": "Replacement"}), rng)


def _credit_used(orders: Orders, rng: np.random.Generator) -> pd.DataFrame:
    used = orders.voucher_amount > 0
    amount = euros(orders.voucher_amount[used])
    columns = {"order_id": orders.order_id[used], "index": "1", "code": "WITHTHANKS", "amount": amount}
    return synced(pd.DataFrame({**columns, "type": "fixed_amount"}), rng)


def _margins(orders: Orders, rng: np.random.Generator) -> pd.DataFrame:
    whose = {"id": "5" + orders.order_id, "owner_id": orders.order_id, "owner_resource": "ORDER"}
    what = {"namespace": "finance", "key": "margin", "value": euros(orders.margin)}
    return synced(pd.DataFrame({**whose, **what}), rng)


def _refunds(compensations: Compensations, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The refunds, and the attempts to pay them: some failed first."""
    money = take(compensations, (compensations.kind == Form.REFUND.label).to_numpy())
    n = len(money.kind)
    refund_id, attempt_id = numbered(np.arange(n), FIRST_REFUND), numbered(np.arange(n), FIRST_TRANSACTION)
    refund = pd.DataFrame(
        {
            "id": refund_id,
            "created_at": written(money.issued_at, rng),
            "note": "Ticket " + money.incident_id,
            "user_id": money.issued_by,
        }
    )
    paid = pd.DataFrame(
        {
            "id": attempt_id,
            "refund_id": refund_id,
            "kind": "refund",
            "status": "success",
            "amount": euros(money.face_amount),
            "currency": CURRENCY,
        }
    )
    failed = paid.iloc[np.flatnonzero(rng.random(n) < 0.03)].assign(id="9" + attempt_id, status="failure")
    return synced(refund, rng), synced(pd.concat([paid, failed], ignore_index=True), rng)


def _gift_cards(compensations: Compensations, rng: np.random.Generator) -> pd.DataFrame:
    """Every kind of credit."""
    cards = take(compensations, compensations.kind.isin(list(_CARDS)).to_numpy())
    value = euros(cards.face_amount)
    frame = pd.DataFrame(
        {
            "id": numbered(np.arange(len(value)), FIRST_GIFT_CARD),
            "created_at": written(cards.issued_at, rng),
            "updated_at": written(cards.redeemed_at.fillna(cards.issued_at), rng),
            "initial_value": value,
            "balance": value.mask(cards.redeemed_at.notna(), "0.00"),
            "currency": CURRENCY,
            "template_suffix": cards.kind.map(_CARDS),
            "note": "Ticket " + cards.incident_id,
            "user_id": cards.issued_by,
        }
    )
    return synced(frame, rng)
