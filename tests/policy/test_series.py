"""Measures step by step: which cases stand in which step, and from when a step can be told."""

from datetime import date, timedelta

import pytest
from cases import CUT, company_of, mart_of

from pipelines.contracts.catalog.counting import Every
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.manifest import Target
from pipelines.policy.over_time.series import poisson_limits, series_rows

EPOCH = date(1970, 1, 1)


def opened(ages, **columns):
    """One case per age, in days before the end of the data, half a day into its day; each a customer of their own."""
    last = (CUT - EPOCH).days
    return mart_of(len(ages), follow_up_days=[a + 0.5 for a in ages], opened_day=[last - a for a in ages], **columns)


def points(mart, measure, every, segment="", **company):
    rows = series_rows(mart, company_of(**company))
    return [r for r in rows if (r.measure, r.every, r.segment) == (measure, every, segment)]


def test_the_latest_week_ends_with_the_data_and_weeks_follow_each_other():
    ages = [day for day in range(28) for _ in range(4)]
    mart = opened(ages, response_status="answered", first_contact_minutes=[5.0 if a < 7 else 500.0 for a in ages])
    weeks = points(mart, "answered_within_60_minutes", Every.WEEK)
    assert [w.n for w in weeks] == [28, 28, 28, 28]
    assert [w.estimate for w in weeks] == [0.0, 0.0, 0.0, 1.0]
    assert weeks[-1].period == f"{CUT - timedelta(days=6)}/{CUT}"
    assert all(w.ci_low - 1e-9 <= w.estimate <= w.ci_high + 1e-9 for w in weeks)


def test_a_month_stands_once_it_is_over_and_whole():
    ages = list(range(0, 100, 1)) * 2
    mart = opened(ages, response_status="answered", first_contact_minutes=5.0)
    months = points(mart, "answered_within_60_minutes", Every.MONTH)
    assert [m.period for m in months] == ["2025-10-01/2025-10-31", "2025-11-01/2025-11-30", "2025-12-01/2025-12-31"]
    assert [m.n for m in months] == [62, 60, 62]
    (quarter,) = points(mart, "answered_within_60_minutes", Every.QUARTER)
    assert quarter.n == sum(m.n for m in months)


def test_what_takes_time_to_be_known_stands_only_where_it_is_known_of_everybody():
    mart = opened([a for a in range(200) for _ in range(2)], negative_post=False)
    ends = [date.fromisoformat(p.period.partition("/")[2]) for p in points(mart, Measure.NEGATIVE_POST, Every.WEEK)]
    assert max(ends) == CUT - timedelta(days=90)


def test_a_step_of_few_cases_is_left_out():
    mart = opened([0] * 9 + [7] * 10 + [20], response_status="answered", first_contact_minutes=5.0)
    assert [p.n for p in points(mart, "answered_within_60_minutes", Every.WEEK)] == [10]


def test_a_silence_is_new_in_the_week_in_which_it_becomes_a_week_long():
    ages = [8] * 12 + [15] * 12
    answered = [None] * 3 + [5.0] * 9 + [None] * 2 + [8 * 1440.0] + [5.0] * 9
    mart = opened(
        ages, closed=False, response_status=["unanswered" if a is None else "answered" for a in answered],
        first_contact_minutes=answered,
    )  # fmt: skip
    new = {p.period.partition("/")[2]: p.estimate for p in points(mart, Measure.NEWLY_SILENT, Every.WEEK)}
    assert new == {str(CUT): 3.0, str(CUT - timedelta(days=7)): 3.0}
    stock = {p.period.partition("/")[2]: p.estimate for p in points(mart, Measure.SILENT_FOR_A_WEEK_NOW, Every.WEEK)}
    assert stock[str(CUT)] == 5.0


def test_what_was_silent_plus_what_is_new_is_never_less_than_what_is_silent():
    ages = list(range(60)) * 3
    mart = opened(ages, closed=[i % 5 == 0 for i in range(180)], closed_hours=[240.0 if i % 5 == 0 else None for i in
                  range(180)], response_status="unanswered")  # fmt: skip
    new, stock = (
        {p.period: p.estimate for p in points(mart, m, Every.WEEK)}
        for m in (Measure.NEWLY_SILENT, Measure.SILENT_FOR_A_WEEK_NOW)
    )
    for before, now in zip(sorted(stock), sorted(stock)[1:], strict=False):
        assert stock[now] <= stock[before] + new[now]


def test_a_part_has_one_step_the_shortest_that_holds_thirty_cases():
    ages = list(range(180)) * 2
    mart = opened(ages, response_status="answered", first_contact_minutes=5.0, site_id=["A"] * 180 + ["B"] * 180)
    rows = [r for r in series_rows(mart, company_of()) if r.segment == "site_id=A"]
    assert {r.every for r in rows if r.measure == "answered_within_60_minutes"} == {Every.MONTH}


def test_targets_and_owners_stand_beside_the_series():
    mart = opened([0] * 12 + [20], response_status="answered", first_contact_minutes=5.0)
    target = Target("answered_within_60_minutes", 0.8, "Front office")
    (week,) = points(mart, "answered_within_60_minutes", Every.WEEK, targets=(target,))
    assert (week.target, week.owner) == (0.8, "Front office")


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.69), (10, 4.80, 18.39), (23, 14.58, 34.51)])
def test_golden_poisson_limits_are_garwood_s(count, low, high):
    assert poisson_limits(count) == pytest.approx((low, high), abs=0.006)
