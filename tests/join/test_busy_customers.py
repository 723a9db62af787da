"""Customers with very many incidents take windows instead of pairs: the same values, without the explosion."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from builders import CUT, OPENED, a_profile, incident_row, memory_engine, order_row, put_tables, word_row

from pipelines.join import declarations
from pipelines.join.build import build_marts

DAY = timedelta(days=1)


PURCHASES = "SELECT * FROM returns JOIN histories USING (subject_id) WHERE subject_id > 0 ORDER BY subject_id"
STORIES = "SELECT * FROM stories LEFT JOIN earlier_scores USING (subject_id) WHERE subject_id > 0 ORDER BY subject_id"


def joined_rows(tables, rows, busy_incidents, monkeypatch):
    monkeypatch.setattr(declarations, "BUSY_INCIDENTS", busy_incidents)
    engine = memory_engine()
    build_marts(engine, a_profile(), put_tables(engine, tables), CUT)
    busy = engine.value("SELECT count(*) FROM busy_customers")
    return busy, engine.rows(rows)


def crowded(seed):
    """Two customers whose orders and incidents share days, so that every edge is met."""
    draw = random.Random(seed)
    incidents = [
        incident_row(
            incident_id=f"i{n}", customer_id=draw.choice("ab"), opened_at=OPENED + draw.randrange(-400, 400) * DAY
        )
        for n in range(60)
    ]
    orders = [
        order_row(
            draw.randrange(-800, 800) * DAY,
            customer_id=draw.choice("ab"),
            order_id=f"o{n}",
            amount=Decimal(draw.randrange(-1, 50)),
            status=draw.choice([None, "cancelled", "done"]),
            is_replacement=draw.random() < 0.1,
            voucher_amount=Decimal(draw.randrange(0, 20)),
            margin=Decimal(draw.randrange(0, 15)) if draw.random() < 0.9 else None,
            service_date=OPENED + draw.randrange(-800, 800) * DAY if draw.random() < 0.7 else None,
        )
        for n in range(120)
    ]
    words = [
        word_row(
            draw.randrange(-500, 500) * DAY,
            customer_id=draw.choice("ab"),
            incident_id=f"i{draw.randrange(60)}" if draw.random() < 0.3 else None,
            kind=draw.choice(["nps", "csat", "review", "referral", "post"]),
            score=draw.choice([None, 1.0, 2.0, 4.0, 5.0, 9.0]),
            sentiment=draw.choice([None, "negative", "positive"]),
            reach=draw.choice([None, 0, 7]),
            praises_staff=draw.choice([None, True, False]),
            has_media=draw.choice([None, True, False]),
        )
        for _ in range(300)
    ]
    return {"incidents": incidents, "orders": orders, "word_of_mouth": words}


@pytest.mark.parametrize("seed", range(3))
def test_both_formulations_give_the_same_values(seed, monkeypatch):
    tables = crowded(seed)
    none_busy, joined = joined_rows(tables, PURCHASES, 1_000, monkeypatch)
    all_busy, windowed = joined_rows(tables, PURCHASES, 0, monkeypatch)
    assert (none_busy, all_busy) == (0, 2)
    assert joined == windowed
    assert any(row[3] for row in joined)  # some booking was held


@pytest.mark.parametrize("seed", range(3))
def test_what_was_said_is_the_same_from_windows_as_from_pairs(seed, monkeypatch):
    tables = crowded(seed)
    _, joined = joined_rows(tables, STORIES, 1_000, monkeypatch)
    _, windowed = joined_rows(tables, STORIES, 0, monkeypatch)
    assert joined == windowed
    assert len({row[2:] for row in joined}) > 20  # not the same nothing everywhere


def test_one_customer_with_very_many_orders_and_incidents_stays_small():
    """1,000 incidents × 20,000 orders are 20 million pairs; the windows handle 21,000 rows once."""
    engine = memory_engine()
    supplied = put_tables(engine, {"incidents": [incident_row()], "orders": [order_row()]})
    engine.run("DELETE FROM incidents")
    engine.run(
        "INSERT INTO incidents (incident_id, customer_id, opened_at) "
        "SELECT 'i' || n, 'c1', TIMESTAMP '2022-01-01' + INTERVAL 1 SECOND * (n * 30001) FROM range(1000) AS t(n)"
    )
    engine.run(
        "INSERT INTO orders (order_id, customer_id, ordered_at, amount) "
        "SELECT 'o' || n, 'c1', TIMESTAMP '2022-01-01' + INTERVAL 1 SECOND * (n * 3000), 1 FROM range(20000) AS t(n)"
    )
    engine.run("SET memory_limit = '400MB'")
    build_marts(engine, a_profile(), supplied, CUT)
    assert engine.value("SELECT count(*) FROM usual_purchases WHERE subject_id > 0") == 0
    totals = engine.rows("SELECT sum(orders_365d), sum(spend_90d), count(days_to_return) FROM incident_mart")
    assert totals == [expected_totals()]


def test_one_customer_with_very_many_words_and_incidents_stays_small():
    """3,000 incidents × 30,000 posts in 90 days are 90 million pairs; the windows handle 33,000 rows once."""
    engine = memory_engine()
    supplied = put_tables(engine, {"incidents": [incident_row()], "word_of_mouth": [word_row()]})
    for table in ("incidents", "word_of_mouth"):
        engine.run(f"DELETE FROM {table}")
    engine.run(
        "INSERT INTO incidents (incident_id, customer_id, opened_at) "
        "SELECT 'i' || n, 'c1', TIMESTAMP '2022-01-01' + INTERVAL 1 SECOND * n FROM range(3000) AS t(n)"
    )
    engine.run(
        "INSERT INTO word_of_mouth (customer_id, posted_at, kind, score) "
        "SELECT 'c1', TIMESTAMP '2022-01-01' + INTERVAL 1 SECOND * (4000 + n), 'nps', n % 11 FROM range(30000) AS t(n)"
    )
    engine.run("SET memory_limit = '400MB'")
    build_marts(engine, a_profile(), supplied, CUT)
    assert engine.value("SELECT count(*) FROM voices") == 3_000  # the first score of each
    assert engine.rows("SELECT DISTINCT scores, at_s + 0 < first_nps_s FROM busy_voices") == [(30_000, True)]


def expected_totals():
    """The same sums by arithmetic: one order each 3,000 s from 1 January 2022, amount 1."""
    every, last, cut = 3_000, 19_999, 1_461 * 86_400
    before = after = returned = 0
    for n in range(1000):
        at = n * 30_001
        first_before = max(0, -(-(at - 365 * 86_400) // every))
        before += max(0, min((at - 1) // every, last) - first_before + 1) if at else 0
        after += max(0, min((at + 90 * 86_400) // every, last) - at // every) if at + 90 * 86_400 < cut else 0
        returned += at < last * every
    return before, Decimal(after), returned
