"""What must not matter: the order of rows, payouts in pieces, the names of ids, the date on which it all happened."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from builders import (
    CUT,
    OPENED,
    comparison_row,
    compensation_row,
    customer_row,
    incident_row,
    interaction_row,
    limit_row,
    mart_rows,
    order_row,
    promise_row,
    word_row,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CUSTOMERS, AGENTS = ("a", "b", "c", None), ("x", "y", None)
IDS = {"first_agent", "incident_id", "customer_id", "order_id", "agent_id", "issued_by", "event_id", "customer_key"}


def some(*values):
    return st.sampled_from(values)


def moments(low, high):
    """Few distinct hours, so that ties and window edges are met."""
    return st.integers(low, high).map(lambda n: OPENED + n * 15 * DAY + (n % 2) * HOUR)


def rows(builder, most, **fields):
    return st.lists(st.fixed_dictionaries(fields).map(lambda f: builder(**f)), max_size=most)


def on(incidents):
    return some(*(row["incident_id"] for row in incidents))


@st.composite
def exports(draw):
    opened = draw(st.lists(st.tuples(moments(-9, 9), some(*CUSTOMERS), some("storm", None)), min_size=1, max_size=12))
    incidents = [
        incident_row(
            incident_id=f"i{n}",
            customer_id=customer,
            opened_at=at,
            event_id=event,
            site_id=draw(some("s1", "s2", None)),
            loss_amount=draw(some(Decimal(80), Decimal(0), None)),
            resolved_at=draw(st.none() | moments(-9, 12)),
            public_complaint=draw(some(True, False, None)),
            fixed_for_customer=draw(some(True, False, None)),
        )
        for n, (at, customer, event) in enumerate(opened)
    ]
    actions = some("apologise", "explain", "offer", "resolve", "escalate", None)
    orders = draw(
        rows(
            order_row,
            20,
            customer_id=some("a", "b", "c", "d"),
            ordered_at=moments(-20, 20),
            amount=some(Decimal(0), Decimal(10), Decimal("33.33")),
            status=some("done", "cancelled", None),
            service_date=st.none() | moments(-20, 30),
        )
    )
    return {
        "incidents": incidents,
        "interactions": draw(
            rows(
                interaction_row,
                25,
                incident_id=on(incidents),
                contacted_at=moments(-9, 12),
                actor=some("agent", "bot", "customer"),
                action=actions,
                agent_id=some(*AGENTS),
                personal=some(True, False, None),
                public=some(True, False, None),
            )
        ),
        "compensations": draw(
            rows(
                compensation_row,
                8,
                incident_id=on(incidents),
                kind=some("refund", "voucher", "upgrade", "gesture"),
                face_amount=some(Decimal(20), Decimal(60), None),
                issuer_role=some("desk", None),
                issued_by=some(*AGENTS),
                issued_at=moments(-9, 12),
            )
        ),
        "orders": [row | {"order_id": f"o{n}"} for n, row in enumerate(orders)],
        "customers": [customer_row(customer_id="a"), customer_row(customer_id="d", joined_at=None)],
        "word_of_mouth": draw(
            rows(
                word_row,
                12,
                customer_id=some("a", "b", "d"),
                posted_at=moments(-12, 12),
                kind=some("nps", "review", "referral", "post"),
                score=some(0.0, 3.0, 9.0, None),
                sentiment=some("positive", "negative", None),
            )
        ),
        "promises": draw(rows(promise_row, 4, incident_id=on(incidents), kept_at=st.none() | moments(0, 9))),
        "authority_limits": [limit_row()],
        "comparison_subjects": [comparison_row(customer_id="d")],
    }


def shuffled(tables, draw):
    return {name: draw.draw(st.permutations(table)) for name, table in tables.items()}


def split(tables, draw):
    """Every priced payout in two pieces."""
    pieces = []
    for row in tables["compensations"]:
        whole = row["face_amount"]
        part = None if whole is None else whole * draw.draw(some(Decimal("0.25"), Decimal("0.5")))
        pieces += [row] if whole is None else [row | {"face_amount": part}, row | {"face_amount": whole - part}]
    return tables | {"compensations": pieces}


def relabelled(tables, name):
    """Every id replaced by ``name(id)``."""
    return {
        table: [{k: name(v) if k in IDS and v is not None else v for k, v in row.items()} for row in content]
        for table, content in tables.items()
    }


def shifted(tables, by):
    return {
        table: [{k: v + by if isinstance(v, datetime) else v for k, v in row.items()} for row in content]
        for table, content in tables.items()
    }


EASY = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))


@EASY
@given(tables=exports(), draw=st.data())
@pytest.mark.parametrize("change", [shuffled, split])
def test_neither_row_order_nor_payouts_in_pieces_matter(change, tables, draw):
    assert mart_rows(change(tables, draw)) == mart_rows(tables)


@EASY
@given(tables=exports())
def test_names_of_ids_do_not_matter(tables):
    """The new names sort the other way round."""
    mirror = {chr(code): chr(ord("~") - code + ord("!")) for code in range(ord("!"), ord("~") + 1)}

    def name(value):
        return "".join(mirror[c] for c in value) + "!"

    def plain(row):
        return {k: name(v) if k in IDS and v is not None else v for k, v in row.items() if k != "cluster_key"}

    before, after = mart_rows(tables), mart_rows(relabelled(tables, name))
    renamed = sorted((plain(row) for row in before), key=lambda row: row["incident_id"])
    assert [{k: v for k, v in row.items() if k != "cluster_key"} for row in after] == renamed
    clusters = {row["incident_id"]: row["cluster_key"] for row in after}
    pairs = {(row["cluster_key"], clusters[name(row["incident_id"])]) for row in before}
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})


@EASY
@given(tables=exports(), weeks=st.integers(1, 60))
def test_the_calendar_date_does_not_matter(tables, weeks):
    by = timedelta(weeks=weeks)
    before = [{k: v + by if isinstance(v, datetime) else v for k, v in row.items()} for row in mart_rows(tables)]
    after = mart_rows(shifted(tables, by), cut=date.fromordinal(CUT.toordinal() + by.days))
    for row in (*before, *after):
        del row["opened_month"], row["opened_day"]
    assert after == before
