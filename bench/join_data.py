"""Exports for the join benchmark: per incident 3 contacts and 0.6 payouts, per customer 4 orders, from a fixed seed."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

NAMES = ("incidents", "interactions", "compensations", "orders", "word_of_mouth")
SEVERITIES = ("low", "middle", "high")
DAY = 86_400


def write(folder: Path, incidents: int, seed: int = 1) -> None:
    """Write one Parquet file per canonical table; times are whole seconds, ids are text."""
    draw = np.random.default_rng(seed)
    customers = max(1, round(incidents * 0.88))
    number = np.arange(incidents)
    opened = draw.integers(0, 900 * DAY, incidents)
    case = {
        "incident_id": ids("I", number),
        "customer_id": ids("customer-", draw.integers(0, customers, incidents)),
        "opened_at": times(opened),
        "channel": labels(draw, ("desk", "phone", "email", "app"), incidents),
        "category": labels(draw, ("noise", "room", "food", "billing"), incidents),
        "severity": labels(draw, SEVERITIES, incidents),
        "site_id": ids("S", draw.integers(0, 200, incidents)),
        "loss_amount": draw.integers(20, 520, incidents).astype(float),
        "resolved_at": times(opened + draw.integers(0, 10 * DAY, incidents), draw.random(incidents) < 0.2),
        "event_id": ids("E", draw.integers(0, 1 + incidents // 2000, incidents), draw.random(incidents) < 0.8),
    }
    contacts, of = 3 * incidents, np.repeat(number, 3)
    contact = {
        "incident_id": ids("I", of),
        "contacted_at": times(opened[of] + draw.integers(0, 5 * DAY, contacts)),
        "actor": labels(draw, ("agent", "agent", "bot", "customer"), contacts),
        "action": labels(draw, ("acknowledge", "apologise", "explain", "offer", "own"), contacts),
        "agent_id": ids("agent-", draw.integers(0, 5000, contacts)),
    }
    payouts = round(0.6 * incidents)
    of = draw.integers(0, incidents, payouts)
    payout = {
        "incident_id": ids("I", of),
        "issued_at": times(opened[of] + draw.integers(0, 5 * DAY, payouts)),
        "kind": labels(draw, ("refund", "voucher", "upgrade"), payouts),
        "face_amount": draw.integers(5, 205, payouts).astype(float),
    }
    orders = 4 * customers
    order = {
        "customer_id": ids("customer-", draw.integers(0, round(customers * 1.5), orders)),
        "order_id": ids("O", np.arange(orders)),
        "ordered_at": times(draw.integers(-365 * DAY, 1095 * DAY, orders)),
        "amount": draw.integers(10, 410, orders).astype(float),
        "status": labels(draw, ("done",) * 19 + ("cancelled",), orders),
    }
    words = round(0.2 * incidents)
    word = {
        "customer_id": ids("customer-", draw.integers(0, customers, words)),
        "posted_at": times(draw.integers(-200 * DAY, 1095 * DAY, words)),
        "kind": labels(draw, ("nps", "review", "post", "referral"), words),
        "score": draw.integers(0, 11, words).astype(float),
    }
    for name, columns in zip(NAMES, (case, contact, payout, order, word), strict=True):
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")


def ids(prefix: str, numbers: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Text ids of equal length."""
    return pa.array([f"{prefix}{n:09}" for n in numbers], mask=missing)


def times(seconds: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Seconds since 1 January 2022 as timestamps."""
    start = np.datetime64("2022-01-01", "s").astype(np.int64)
    return pa.array((start + seconds) * 1_000_000, pa.timestamp("us"), mask=missing)


def labels(draw: np.random.Generator, values: tuple[str, ...], size: int) -> pa.Array:
    """Labels drawn evenly."""
    return pa.DictionaryArray.from_arrays(draw.integers(0, len(values), size), list(values)).cast(pa.string())
