from datetime import date

import numpy as np
import pandas as pd
import pytest
from cases import company_of, mart_of, only, why

from pipelines.policy.counted.lately import given_out_row, rising_rows

YEAR = 13 * 28


def kinds(now, before):
    """Boiler failures: ``now`` in the last four weeks, ``before`` evenly over the year before."""
    age = np.concatenate([np.full(now, 5.0), np.linspace(28.5, 28 + YEAR - 0.5, before)])
    return mart_of(now + before, follow_up_days=age, category="boiler", mass_event=False)


def test_a_kind_that_comes_three_times_as_often_rises():
    row = only(rising_rows(kinds(30, 130), company_of()))
    assert (row.segment, row.standing, row.observed, row.expected) == ("category=boiler", "above", 30, 10)
    assert row.estimate == pytest.approx(3.0)
    assert 1 < row.ci_low < 3 < row.ci_high


def test_as_often_as_usual_does_not_rise():
    assert only(rising_rows(kinds(10, 130), company_of())).standing == "unclear"


def test_a_mass_incident_is_one_occasion():
    mart = kinds(30, 130).assign(event_id=["storm"] * 30 + [None] * 130, mass_event=[True] * 30 + [False] * 130)
    assert only(rising_rows(mart, company_of())).observed == 1


def test_too_few_cases_are_hidden_and_a_short_history_says_so():
    few = pd.concat([kinds(30, 130), kinds(3, 4).assign(category="lift")], ignore_index=True)
    row = only(rising_rows(few, company_of()), segment="category=lift")
    assert (row.verdict, row.estimate, row.observed) == ("suppressed", None, None)
    young = mart_of(40, follow_up_days=np.linspace(1, 100, 40), category="boiler", mass_event=False)
    assert "older" in why(only(rising_rows(young, company_of())))


def test_a_record_that_does_not_reach_the_first_block_is_too_short():
    """366 days leave the thirteenth four weeks before nearly empty, so that a steady rate would seem to rise."""
    steady = mart_of(400, follow_up_days=np.linspace(0.5, 366, 400), category="boiler", mass_event=False)
    assert "older" in why(only(rising_rows(steady, company_of())))
    whole = mart_of(400, follow_up_days=np.linspace(0.5, 392, 400), category="boiler", mass_event=False)
    assert only(rising_rows(whole, company_of())).estimate == pytest.approx(1.0, abs=0.02)


def test_of_many_steady_kinds_hardly_any_rises():
    """60 kinds at a steady rate: each alone would stray in 5 of 100, all together hardly ever."""
    rng = np.random.default_rng(7)
    n = 60 * 100
    ages, kind = rng.uniform(0, 392, n), np.repeat([f"k{j:02d}" for j in range(60)], 100)
    mart = mart_of(n + 1, follow_up_days=[*ages, 392.0], category=[*kind, "k00"], mass_event=False)
    rows = list(rising_rows(mart, company_of()))
    strayed = [row for row in rows if row.ci_low > 1 or row.ci_high < 1]
    assert strayed
    assert {row.standing for row in rows} == {"unclear"}
    assert all("60 kinds" in why(row) for row in strayed)


def test_last_weeks_compensation_stands_beside_the_26_weeks_before():
    cut = pd.Timestamp(date(2026, 1, 1), tz="UTC")
    issued = [cut - pd.Timedelta(days=7 * week - 3) for week in range(1, 28) for _ in range(12)]
    paid = pd.DataFrame({"incident_id": [str(i) for i in range(len(issued))], "issued_at": issued, "kind": "refund",
                         "face_amount": [50.0] * 12 + [10.0] * (len(issued) - 12)})  # fmt: skip
    row = given_out_row(company_of(compensations=paid))
    assert (row.estimate, row.n, row.usual_low, row.usual_high) == (600.0, 12, 120.0, 120.0)
    assert row.verdict == "counted"
    assert "issued_at" in why(given_out_row(company_of()))
