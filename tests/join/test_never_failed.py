"""The comparison: who is in it, from which moment, and with which definitions."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

from builders import (
    CUT,
    OPENED,
    baseline_rows,
    comparison_row,
    customer_row,
    incident_row,
    noun_rows,
    order_row,
    word_row,
)

from pipelines.settings.profile import cut_instant

DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1)
CUT_AT = cut_instant(CUT).replace(tzinfo=None)


def all_moments(tables):
    rows = noun_rows(tables, "never_failed")
    return [(row["customer_key"], EPOCH + timedelta(seconds=row["index_s"])) for row in rows]


def moments(tables):
    return dict(all_moments(tables))


def test_customers_with_a_purchase_and_no_failure_are_compared():
    tables = {
        "incidents": [incident_row(customer_id="failed")],
        "orders": [
            order_row(0 * DAY, customer_id="failed", order_id="a"),
            order_row(0 * DAY, customer_id="fine", order_id="b"),
            order_row(0 * DAY, customer_id="cancelled", order_id="c", status="cancelled"),
            order_row(0 * DAY, customer_id="replaced", order_id="d", is_replacement=True),
        ],
        "customers": [customer_row(customer_id="visitor")],
    }
    assert list(moments(tables)) == ["fine"]


def test_the_moment_follows_a_purchase_by_the_usual_time_from_purchase_to_incident():
    incidents = [incident_row(incident_id=f"i{n}", customer_id=f"c{n}") for n in range(3)]
    lags = [order_row(-n * DAY, customer_id=f"c{n - 3}", order_id=f"lag{n}") for n in (3, 4, 5)]
    older = order_row(-90 * DAY, customer_id="c0", order_id="older")  # the latest purchase is the one that counts
    fine = order_row(-10 * DAY, customer_id="fine", order_id="fine")
    assert moments({"incidents": incidents, "orders": [*lags, older, fine]}) == {"fine": OPENED - 6 * DAY}


def test_a_purchase_as_the_case_opened_is_its_purchase():
    bought = order_row(0 * DAY, customer_id="c1", order_id="now")
    fine = order_row(-10 * DAY, customer_id="fine", order_id="fine")
    tables = {"incidents": [incident_row()], "orders": [order_row(-5 * DAY), bought, fine]}
    assert moments(tables)["fine"] == OPENED - 10 * DAY


def test_a_booking_is_compared_from_its_service():
    stay = order_row(-60 * DAY, customer_id="fine", service_date=OPENED + 2 * DAY)
    assert moments({"incidents": [incident_row()], "orders": [stay]}) == {"fine": OPENED + 2 * DAY}


def test_moments_at_or_after_the_cut_are_none():
    stay = order_row(-60 * DAY, customer_id="fine", service_date=CUT_AT)
    assert moments({"incidents": [incident_row(opened_at=CUT_AT - DAY)], "orders": [stay]}) == {}


def test_every_purchase_counts_not_every_customer():
    """Whoever buys three times as often stands for three times as many purchases."""
    often = [order_row(n * DAY, customer_id="often", order_id=f"o{n}") for n in (0, 2, 4)]
    rarely = order_row(DAY, customer_id="rarely", order_id="r")
    tables = {"incidents": [incident_row(customer_id=None), incident_row(incident_id="i2", customer_id=None)]}
    found = all_moments(tables | {"orders": [*often, rarely]})
    assert Counter(customer for customer, _ in found) == {"often": 3, "rarely": 1}


def test_whoever_fails_later_is_compared_with_what_came_before():
    """Else only those who never came back to run the risk again would be left."""
    orders = [order_row(n * DAY, customer_id="c1", order_id=f"o{n}") for n in (-90, -40, -2, 60)]
    incidents = [incident_row(), incident_row(incident_id="i2", opened_at=OPENED - 85 * DAY, customer_id=None)]
    assert all_moments({"incidents": incidents, "orders": orders}) == [("c1", OPENED - 88 * DAY)]


def test_the_failed_purchase_itself_is_never_compared():
    orders = [order_row(-20 * DAY, customer_id="c1", order_id="failed")]
    slow = [incident_row()]
    quick = [incident_row(incident_id=f"q{n}", customer_id=f"q{n}", opened_at=OPENED - 19 * DAY) for n in range(3)]
    orders += [order_row(-20 * DAY, customer_id=f"q{n}", order_id=f"q{n}") for n in range(3)]
    assert all_moments({"incidents": slow + quick, "orders": orders}) == []


def test_there_are_at_most_three_moments_per_incident_of_the_same_month():
    summer, winter = datetime(2024, 7, 1), datetime(2024, 1, 10)
    incidents = [incident_row(incident_id=f"s{n}", opened_at=summer, customer_id=None) for n in range(90)]
    incidents += [incident_row(incident_id=f"w{n}", opened_at=winter, customer_id=None) for n in range(10)]
    orders = [
        order_row(ordered_at=when, customer_id=f"c{n}", order_id=f"{n}{when:%m}")
        for n in range(300)
        for when in (summer, winter)
    ]
    drawn = Counter(when for _, when in all_moments({"incidents": incidents, "orders": orders}))
    assert drawn == {summer: 270, winter: 30}


def test_a_moment_has_the_place_of_its_order():
    orders = [order_row(DAY, customer_id="fine", site_id="s1", brand="inn")]
    (row,) = noun_rows({"incidents": [incident_row()], "orders": orders}, "never_failed")
    assert (row["site_id"], row["brand"]) == ("s1", "inn")


def test_a_time_without_incidents_has_nothing_to_compare():
    orders = [order_row(-200 * DAY, customer_id="then"), order_row(timedelta(0), customer_id="now")]
    assert list(moments({"incidents": [incident_row()], "orders": orders})) == ["now"]


def test_outcomes_and_history_mean_the_same_as_for_incidents():
    tables = {
        "incidents": [incident_row(customer_id="failed")],
        "orders": [
            order_row(-20 * DAY, customer_id="n1", amount=Decimal(40)),
            order_row(90 * DAY, customer_id="n1", amount=Decimal(60)),
        ],
        "customers": [customer_row(customer_id="n1", joined_at=OPENED - 100 * DAY, segment="family")],
        "word_of_mouth": [
            word_row(-DAY, customer_id="n1", score=6.0),
            word_row(10 * DAY, customer_id="n1", score=9.0),
        ],
        "comparison_subjects": [comparison_row(region="north")],
    }
    (row,) = baseline_rows(tables)
    assert row["customer_key"] == "n1"
    assert row["index_at"].replace(tzinfo=None) == OPENED
    assert (row["orders_365d"], row["earlier_spend_365d"], row["tenure_days"]) == (1, 40, 100.0)
    assert (row["earlier_score"], row["promoter"]) == (6.0, True)
    assert (row["returned_within_90d"], row["spend_90d"], row["days_to_return"]) == (True, 60, 90.0)
    assert (row["opened_month"], row["region"], row["segment"]) == ("2024-03", "north", None)


def test_a_declared_comparison_takes_the_place_of_the_drawn_one():
    tables = {
        "incidents": [incident_row()],
        "orders": [order_row(-10 * DAY, customer_id="drawn")],
        "comparison_subjects": [
            comparison_row(),
            comparison_row(index_at=OPENED + DAY),  # the same customer, another moment
            comparison_row(index_at=OPENED + DAY),  # declared twice
            comparison_row(customer_id="n2", index_at=CUT_AT),  # after the cut
        ],
    }
    rows = baseline_rows(tables)
    assert [(row["customer_key"], row["index_at"].day) for row in rows] == [("n1", 1), ("n1", 2)]


def test_without_orders_there_is_nobody_to_compare_with():
    assert baseline_rows({"incidents": [incident_row()], "customers": [customer_row(customer_id="n1")]}) == []
