"""Figures of the Olist sample that were computed independently of this product."""

import pandas as pd
import pytest
import statsmodels.api as sm
from real_data import export_folder

from pipelines.contracts.catalog.company import SampledBy
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.outcomes import RESTORED, RETURNED, SPEND
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.messages.lacking import NotDrawnByCustomer

LATE_BY_TIMESTAMP = 0.0795


@pytest.fixture(scope="module")
def delivered():
    """Orders of the export that arrived, with their times."""
    times = ["order_delivered_customer_date", "order_estimated_delivery_date"]
    orders = pd.read_csv(export_folder("olist_sample") / "olist_orders_dataset.csv", parse_dates=times)
    return orders[orders["order_status"] == "delivered"]


def test_late_means_after_the_promised_calendar_day_and_the_run_says_so(olist, delivered):
    promised, arrived = delivered["order_estimated_delivery_date"], delivered["order_delivered_customer_date"]
    assert len(olist.mart) == (arrived.dt.normalize() > promised).sum() == 191
    assert len(olist.mart) / len(delivered) == pytest.approx(0.0658, abs=5e-5)
    assert (arrived > promised).mean() == pytest.approx(LATE_BY_TIMESTAMP, abs=5e-5)
    note = olist.manifest.profile.note
    assert "promised day" in note
    assert "6.6 %" in note
    assert "8.0 %" in note


def test_a_late_order_costs_two_stars(olist):
    stars = pd.concat([olist.mart.assign(late=1.0), olist.never_failed.assign(late=0.0)])
    stars = stars[["late", "review_stars"]].dropna().astype(float)
    fit = sm.OLS(stars["review_stars"], sm.add_constant(stars["late"])).fit(cov_type="HC1")
    assert fit.params["late"] == pytest.approx(-1.99, abs=0.005)
    assert fit.bse["late"] == pytest.approx(0.116, abs=5e-4)
    assert fit.params["const"] == pytest.approx(4.27, abs=0.005)


def test_punctual_customers_are_the_never_failed_comparison(olist):
    punctual = olist.measure("review_stars", "population=never_failed")
    assert punctual.estimate == pytest.approx(4.27, abs=0.005)
    assert not set(olist.never_failed["customer_key"]) & set(olist.mart["customer_key"])


@pytest.mark.parametrize(
    ("severity", "stars", "n"),
    [("1-3 days late", 3.07, 58), ("4-7 days late", 2.08, 49), ("over 7 days late", 1.85, 84)],
)
def test_stars_fall_with_every_day(olist, severity, stars, n):
    row = olist.measure("review_stars", f"severity={severity}")
    assert (row.estimate, row.n) == (pytest.approx(stars, abs=0.005), n)


def test_one_answer_per_order_counts(olist):
    assert olist.quality("files.reviews")[RowReason.ROWS_IN] == 2993
    assert olist.quality("word_of_mouth")[RowReason.KEPT] == 2993 - 14


@pytest.mark.parametrize(
    ("check", "rows"),
    [
        ("answered_before_delivery", 134),
        ("shipped_before_approval", 49),
        ("paid_other_than_charged", 11),
        ("repeated_review_id", 1),
        ("several_answers", 14),
        ("order_without_answer", 21),
        ("paid_by_voucher", 223),
    ],
)
def test_odd_rows_are_counted(olist, check, rows):
    assert olist.found(check) == rows


def test_every_customer_of_the_export_is_known_once(olist):
    assert olist.quality("customers")[RowReason.KEPT] == 2995
    assert olist.quality("orders")[RowReason.KEPT] == 3000


def test_returns_are_refused_because_orders_were_sampled(olist):
    refused = [row for row in olist.asked() if row.outcome in (RETURNED, SPEND, RESTORED)]
    drawn_by_order = (NotDrawnByCustomer(SampledBy.ORDER),)
    assert {(row.verdict, row.reasons) for row in refused} == {(Verdict.NOT_ESTIMABLE, drawn_by_order)}


def test_nobody_is_called_a_lost_customer(olist):
    """A return rate out of sampled orders would read as 98 % churn."""
    stems = ("returned", "spend", "retained", "restored")
    counted = [row for row in olist.run.measures if row.measure.startswith(stems)]
    assert not [row for row in counted if row.topic is Topic.DESCRIPTIVE]
    assert {(row.verdict, row.estimate) for row in counted} == {(Verdict.NOT_ESTIMABLE, None)}


def test_a_survey_answer_is_no_answer_of_the_company(olist):
    assert "interactions" not in olist.manifest.supplied
    assert olist.mart[["response_status", "first_contact_minutes"]].isna().all(axis=None)
    counted = [row for row in olist.run.measures if "contact" in row.measure or "answered" in row.measure]
    assert not [row for row in counted if row.topic is Topic.DESCRIPTIVE]
    assert {(row.verdict, row.estimate) for row in counted} == {(Verdict.NOT_ESTIMABLE, None)}
    speed = olist.asked(treatment=SPEED)
    assert speed
    assert {row.verdict for row in speed} == {Verdict.NOT_ESTIMABLE}


def test_vouchers_are_no_compensation(olist):
    assert "compensations" not in olist.manifest.supplied
    assert olist.mart[["compensation_given", "compensation_amount", "compensation_kind"]].isna().all(axis=None)
