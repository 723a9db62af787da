"""Figures of the complaint database that were computed independently of this product."""

from datetime import UTC, datetime

import numpy as np
import pytest
import statsmodels.api as sm

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.outcomes import RETAINED, RETURNED
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED
from pipelines.contracts.messages.lacking import NoCustomers


@pytest.fixture(scope="module")
def decided(cfpb):
    """Complaints with a yes or no on the dispute."""
    mart = cfpb.mart.dropna(subset="outcome_disputed")
    kind = mart["compensation_kind"]
    return mart.assign(
        disputed=mart["outcome_disputed"].astype(float),
        monetary=(kind == "cash").astype(float),
        non_monetary=(kind == "in_kind").astype(float),
        timely=mart["responded_on_time"].astype(float),
    )


def test_every_complaint_is_kept_duplicates_too(cfpb):
    assert cfpb.quality("incidents") == {RowReason.ROWS_IN: 3186, RowReason.KEPT: 3186}
    assert len(cfpb.mart) == 3186
    assert cfpb.found("exact_duplicates") == 11


def test_an_undecided_dispute_is_never_a_no(cfpb, decided):
    assert len(decided) == 3129
    assert cfpb.mart["outcome_disputed"].isna().sum() == 57
    assert cfpb.quality("outcomes")[RowReason.KEPT] == 3129
    assert cfpb.found("dispute_unknown") == 57
    assert cfpb.measure("outcome_disputed").n == 3129


@pytest.mark.parametrize(
    ("kind", "rate", "n"),
    [("cash", 0.074, 215), ("in_kind", 0.108, 380), ("none", (0.213 * 2468 + 0.197 * 66) / 2534, 2534)],
)
def test_dispute_rates_by_form_of_relief(cfpb, kind, rate, n):
    row = cfpb.measure("outcome_disputed", f"compensation_kind={kind}")
    assert (row.estimate, row.n) == (pytest.approx(rate, abs=5e-4), n)


def test_the_raw_odds_are_the_published_ones(decided):
    columns = ["monetary", "non_monetary", "timely"]
    fit = sm.Logit(decided["disputed"], sm.add_constant(decided[columns])).fit(disp=False)
    odds = np.exp(fit.params[columns]).tolist()
    assert odds == [pytest.approx(0.297, abs=5e-4), pytest.approx(0.448, abs=5e-4), pytest.approx(1.27, abs=5e-3)]
    low, high = np.exp(fit.conf_int().loc["timely"])
    assert low < 1 < high


def test_monetary_relief_goes_with_twelve_disputes_fewer_in_a_hundred(decided):
    fit = sm.OLS(decided["disputed"], sm.add_constant(decided["monetary"])).fit(cov_type="HC1")
    assert 100 * fit.params["monetary"] == pytest.approx(-12.4, abs=0.05)
    assert 100 * fit.bse["monetary"] == pytest.approx(1.94, abs=0.005)


def test_dates_are_read_month_first(cfpb):
    opened = cfpb.mart["opened_at"]
    assert opened.min() == datetime(2013, 6, 4, tzinfo=UTC)
    assert opened.max() == datetime(2017, 2, 23, tzinfo=UTC)
    assert cfpb.found("sent_before_received") == 6


def test_companies_share_shocks(cfpb):
    assert cfpb.mart["cluster_key"].nunique() == 491


def test_only_the_companys_flag_speaks_of_speed(cfpb):
    assert cfpb.measure("responded_on_time").estimate == pytest.approx(3093 / 3186)
    assert "interactions" not in cfpb.manifest.supplied
    assert cfpb.mart[["response_status", "first_contact_minutes"]].isna().all(axis=None)
    assert not cfpb.rows("measures", measure="median_first_contact_hours")
    speed = cfpb.asked(treatment=SPEED)
    assert {row.verdict for row in speed} == {Verdict.NOT_ESTIMABLE}


def test_relief_has_no_amount(cfpb):
    assert cfpb.mart[["compensation_amount", "compensation_share", "loss_amount"]].isna().all(axis=None)
    assert not cfpb.rows("measures", measure="compensation_amount")
    dose = cfpb.rows("effects", treatment=COMPENSATION)
    assert dose
    assert {row.verdict for row in dose} == {Verdict.NOT_ESTIMABLE}


def test_nobody_can_be_seen_to_return(cfpb):
    assert cfpb.mart["customer_key"].isna().all()
    refused = [row for row in cfpb.asked() if row.outcome in (RETURNED, RETAINED)]
    assert {(row.verdict, row.reasons) for row in refused} == {(Verdict.NOT_ESTIMABLE, (NoCustomers(),))}
    counted = [row for row in cfpb.run.measures if row.measure.startswith(("returned", "retained", "spend"))]
    assert not [row for row in counted if row.topic is Topic.DESCRIPTIVE]
    assert {(row.verdict, row.estimate) for row in counted} == {(Verdict.NOT_ESTIMABLE, None)}
