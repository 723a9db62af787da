import numpy as np
import pandas as pd
import pytest
from cases import CUT_INSTANT, NOTHING, company_of, mart_of, only, why

from pipelines.contracts.catalog.thresholds import SHORTEST_STRETCH_WEEKS
from pipelines.contracts.messages.counted import FoundByLooking
from pipelines.policy.counted.changepoint import changepoints, strongest
from pipelines.policy.events.bad_posts import post_rows


def test_a_doubling_is_dated_to_its_week():
    rng = np.random.default_rng(2)
    counts = np.concatenate([rng.poisson(4, 60), rng.poisson(12, 40)])
    (change,) = changepoints(counts)
    assert abs(change.week - 60) <= 1
    assert change.p_value == 0.001


def test_a_rise_and_a_fall_are_both_found_in_order():
    rng = np.random.default_rng(3)
    counts = np.concatenate([rng.poisson(3, 50), rng.poisson(15, 20), rng.poisson(3, 50)])
    assert [round(c.week / 10) for c in changepoints(counts)] == [5, 7]


@pytest.mark.parametrize("clumping", [1.0, 3.0])
def test_without_a_change_one_is_rarely_found_though_posts_clump(clumping):
    rng = np.random.default_rng(4)
    found = 0
    for _ in range(100):
        size = 6 / (clumping - 1) if clumping > 1 else None
        counts = rng.poisson(6, 60) if size is None else rng.negative_binomial(size, 1 / clumping, 60)
        found += bool(changepoints(counts, level=0.05))
    assert found <= 12


def test_short_or_empty_series_have_no_split():
    assert strongest(np.ones(2 * SHORTEST_STRETCH_WEEKS - 1)) is None
    assert strongest(np.zeros(50)) is None


def posts_of(weekly):
    """One post a day count per week, the last week ending at the data cut."""
    days = [CUT_INSTANT - pd.Timedelta(days=7 * (len(weekly) - j) - 3) for j in range(len(weekly))]
    return pd.DataFrame({"posted_on": [d.date() for d in days], "posts": weekly})


def record(weeks, **columns):
    return mart_of(40, follow_up_days=np.linspace(1, 7 * weeks, 40), **columns)


def test_stretches_carry_their_rates_and_the_change_between_them():
    company = company_of(bad_posts=posts_of([2, 4] * 20 + [9, 11] * 20))
    first, second = (row for row in post_rows(record(80), [], company))
    assert (first.estimate, second.estimate, second.expected) == (3.0, 10.0, 3.0)
    assert second.ratio == pytest.approx(10 / 3)
    assert (second.ratio_low, second.ratio_high) == (None, None)
    assert second.reasons == (FoundByLooking(),)
    assert first.reasons == ()
    assert second.level == (CUT_INSTANT - pd.Timedelta(weeks=40)).date().isoformat()
    assert first.p_value is None
    assert second.p_value <= 0.01


def test_an_event_is_asked_whether_posts_changed_around_it():
    opened = [CUT_INSTANT - pd.Timedelta(weeks=40)] * 20 + [CUT_INSTANT - pd.Timedelta(weeks=79.9)] * 20
    mart = record(80, event_id=["storm"] * 20 + [None] * 20).assign(opened_at=opened)
    calm = only(post_rows(mart, ["storm"], company_of(bad_posts=posts_of([3, 4] * 40))), event_id="storm")
    assert "No clear change" in why(calm)
    assert (calm.ratio, calm.expected, calm.level) == (None, None, None)
    assert calm.estimate == pytest.approx(3.5, abs=0.1)
    loud = only(
        post_rows(mart, ["storm"], company_of(bad_posts=posts_of([2, 4] * 20 + [9, 11] * 20))), event_id="storm"
    )
    assert loud.reasons == (FoundByLooking(),)
    assert loud.ratio == pytest.approx(10 / 3, rel=0.05)


def test_series_without_a_change_hardly_ever_get_a_ratio_and_never_limits_of_one():
    opened = [CUT_INSTANT - pd.Timedelta(weeks=30)] * 20 + [CUT_INSTANT - pd.Timedelta(weeks=59.9)] * 20
    mart = record(60, event_id=["storm"] * 20 + [None] * 20).assign(opened_at=opened)
    rng = np.random.default_rng(6)
    rows = [
        only(post_rows(mart, ["storm"], company_of(bad_posts=posts_of(rng.poisson(6, 60)))), event_id="storm")
        for _ in range(40)
    ]
    assert sum(row.ratio is not None for row in rows) <= 2
    assert all(row.ratio_low is None and row.ratio_high is None for row in rows)


def test_without_posts_the_rows_say_what_to_add():
    for company in (company_of(NOTHING), company_of()):
        rows = post_rows(record(80), ["storm"], company)
        assert len(rows) == 2
        assert all("word_of_mouth" in why(row) for row in rows)
    short = only(post_rows(record(5), [], company_of(bad_posts=posts_of([3] * 5))), event_id="")
    assert "weeks" in why(short)
