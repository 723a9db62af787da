from datetime import timedelta
from decimal import Decimal

import pytest
from builders import OPENED, customer_row, incident_row, interaction_row, mart_rows, noun_rows, order_row, word_row

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def history(*orders, **customer):
    tables = {"incidents": [incident_row()], "orders": list(orders), "customers": [customer_row(**customer)]}
    (row,) = noun_rows(tables, "histories")
    return row


@pytest.mark.parametrize(
    ("before", "counted"),
    [(0 * DAY, 0), (SECOND, 1), (365 * DAY, 1), (365 * DAY + SECOND, 0)],
)
def test_the_year_before_ends_strictly_before_opening(before, counted):
    row = history(order_row(-before))
    assert row["orders_365d"] == counted
    assert row["earlier_spend_365d"] == 100 * counted


def test_history_counts_purchases_only():
    row = history(
        order_row(-DAY, status="cancelled"),
        order_row(-2 * DAY, is_replacement=True, status=None),
        order_row(-3 * DAY, amount=Decimal("19.99")),
    )
    assert row["orders_365d"] == 1
    assert row["earlier_spend_365d"] == Decimal("19.9900")


def test_tenure_runs_from_joining_else_from_the_first_order():
    assert history(order_row(-9 * DAY), joined_at=OPENED - 30 * DAY)["tenure_seconds"] == 30 * 86_400
    assert history(order_row(-9 * DAY), joined_at=None)["tenure_seconds"] == 9 * 86_400
    assert history(order_row(-9 * DAY), joined_at=OPENED + DAY)["tenure_seconds"] == 9 * 86_400
    assert history(joined_at=None)["tenure_seconds"] is None
    assert history(order_row(0 * DAY), joined_at=None)["tenure_seconds"] is None
    assert history(joined_at=OPENED)["tenure_seconds"] == 0


def incidents_of_c1(*days, **extra):
    return [incident_row(incident_id=f"i{n}", opened_at=OPENED + d * DAY, **extra) for n, d in enumerate(days, 1)]


def test_earlier_incidents_are_strictly_earlier_and_of_the_same_customer():
    others = [incident_row(incident_id="x", customer_id="c2"), incident_row(incident_id="y", customer_id=None)]
    rows = mart_rows({"incidents": [*incidents_of_c1(0, 10, 10, 40), *others], "interactions": []})
    assert [row["earlier_incidents"] for row in rows] == [0, 1, 1, 3, 0, None]
    assert [row["days_since_earlier_incident"] for row in rows] == [None, 10.0, 10.0, 30.0, None, None]


def test_earlier_apologies_were_received_before_this_opening():
    apologies = [
        interaction_row(DAY, incident_id="i1", action="apologise"),
        interaction_row(DAY, incident_id="i1", action="explain"),
        interaction_row(20 * DAY, incident_id="i1", action="apologise"),  # after i2 opened
        interaction_row(11 * DAY, incident_id="i2", action="apologise"),
        interaction_row(9 * DAY, incident_id="i2", action="apologise"),  # ahead of i2's own opening: not its history
        interaction_row(12 * DAY, incident_id="i2", actor="bot", action="apologise"),
    ]
    rows = noun_rows({"incidents": incidents_of_c1(0, 10, 40), "interactions": apologies}, "earlier_incidents")
    assert [row["earlier_apologies"] for row in rows] == [0, 1, 4]


def test_earlier_apologies_need_apologies_on_record():
    tables = {"incidents": incidents_of_c1(0, 10), "interactions": [interaction_row(action="explain")]}
    assert [row["earlier_apologies"] for row in noun_rows(tables, "earlier_incidents")] == [None, None]


def score(*words):
    rows = noun_rows({"incidents": incidents_of_c1(0, 10), "word_of_mouth": list(words)}, "earlier_scores")
    return {row["subject_id"]: row["earlier_score"] for row in rows}


def test_the_earlier_score_is_the_last_before_opening():
    said = [word_row(-9 * DAY, score=3.0), word_row(-2 * DAY, score=8.0), word_row(0 * DAY, score=10.0)]
    assert score(*said) == {1: 8, 2: 10}


def test_a_score_given_on_an_earlier_incident_is_the_customers():
    on_incident = word_row(DAY, customer_id=None, incident_id="i1", score=2.0)
    assert score(on_incident) == {2: 2}


def test_scores_of_two_scales_are_never_mixed():
    csat = word_row(-DAY, kind="csat", score=5.0)
    assert score(csat) == {1: 5, 2: 5}
    assert score(csat, word_row(-9 * DAY, score=7.0)) == {1: 7, 2: 7}


def test_site_load_counts_the_24_hours_before():
    def at(hours, site="s1"):
        return OPENED + timedelta(hours=hours), site

    openings = [at(0), at(24), at(24), at(24.5), at(60), at(24, "s2"), at(24, None)]
    incidents = [
        incident_row(incident_id=f"i{n}", opened_at=opened, site_id=site)
        for n, (opened, site) in enumerate(openings, 1)
    ]
    rows = noun_rows({"incidents": incidents}, "openings")
    assert [row["site_load_24h"] for row in rows] == [0, 1, 1, 2, 0, 0, None]
    days = [(opened.date() - openings[0][0].date()).days for opened, _ in openings]
    assert [row["opened_day"] - rows[0]["opened_day"] for row in rows] == days
