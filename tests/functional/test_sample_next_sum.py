"""The next sum on the committed sample: the page's answer is the scenarios' own arithmetic at the share it reaches."""

import re
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_chart, cached_run
from dashboard.next_sum import a_year, spent_either_way
from dashboard.scenario import cached_factors
from pipelines.policy.plans.scenario import Request, answer
from pipelines.publish.store import local_store
from words.next_sums import sum_headline
from words.speech import Speech

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"


@pytest.fixture
def run(sample_run):
    for cache in (cached_run, cached_chart, cached_factors):
        cache.clear()
    return local_store(sample_run.parents[1]).run(sample_run.name)


def test_incidents_a_year_are_those_of_the_mart(run, sample_run):
    columns = ["opened_at", "response_status", "loss_amount", "customer_on_file", "severity", "compensation_share"]
    mart = pq.read_table(sample_run / "incident_mart.parquet", columns=columns).to_pandas()
    cut = pd.Timestamp(run.data_cut, tz="UTC") + pd.Timedelta(days=1)
    last = mart[mart["opened_at"] >= cut - pd.Timedelta(days=365)]
    able = (last["response_status"] == "answered") & last["customer_on_file"]
    able &= last["loss_amount"].notna() & last["severity"].notna() & last["compensation_share"].notna()
    assert a_year(run).estimate == a_year(run).n == able.sum()


@pytest.mark.parametrize("total", [1_000.0, 100_000.0])
def test_each_way_is_a_scenario_for_the_share_of_all_incidents_that_the_sum_reaches(run, total):
    found, every = spent_either_way(run, total)
    yearly = a_year(run).estimate
    for way in (w for w in every if w.net is not None):
        today = [c for c in run.scenario_cells if c.minutes is None and c.share is None]
        inside = sum(c.n for c in today if c.segment not in way.outside) / sum(c.n for c in today)
        assert way.reached <= inside + 1e-9
        request = Request(minutes=way.minutes, share=way.share, reached=way.reached / inside)
        alone = answer(run.scenario_cells, cached_factors(run), request)
        assert (way.net.low, way.net.high) == pytest.approx((yearly * alone.value_low, yearly * alone.value_high))
        assert way.spent <= total * (1 + 1e-9)
        assert way.grade == alone.grade != "D"
    assert found.grade == max(found.faster.grade, found.more.grade)


def test_the_page_says_what_was_reckoned(run, sample_run, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(sample_run.parents[1]))
    app = AppTest.from_file(APP, default_timeout=60).switch_page("dashboard/app_pages/policy.py").run()
    assert not app.exception
    found, _ = spent_either_way(run, 100_000.0)
    headings = [re.sub(r"\\(.)", r"\1", e.value) for e in app.subheader]
    assert sum_headline(found, Speech(currency="EUR", customers_word="guests")) in headings
