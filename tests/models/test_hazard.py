"""Time to return: incidence and restricted mean agree with what was put in, and open cases are censored, not lost."""

from dataclasses import replace

import numpy as np
import pytest
from asked import RETURNED_BY_SPEED
from frames import CAP_MINUTES, empty_mart, facts

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.messages.estimation import ReturnedBeforeAnswer
from pipelines.models.ask.hazard import INCIDENCE, RESTRICTED_MEAN, graded_like_returns, person_periods, time_to_return
from pipelines.models.ask.speed import headline_level
from pipelines.models.rows import asked


def timed(rows, seed, effect):
    """Days to return are exponential with a rate that falls with the log of the minutes to the answer."""
    rng = np.random.default_rng(seed)
    mart = empty_mart(rows)
    minutes = np.expm1(rng.uniform(1.0, 8.0, rows)).clip(0.5, CAP_MINUTES - 1)
    followed = rng.uniform(30, 900, rows)
    luck = rng.exponential(1.0, rows)

    def days(at):
        return luck / (0.002 * np.exp(effect * (np.log1p(at) - 4.0)))

    mart["first_contact_minutes"], mart["follow_up_days"] = minutes, followed
    mart["days_to_return"] = np.where(days(minutes) <= followed, days(minutes), np.nan)
    mart["severity"] = rng.choice(["a", "b"], rows)
    rate = 0.002 * np.exp(effect * (np.log1p(minutes) - 4.0))
    fast = 0.002 * np.exp(effect * (np.log1p(np.minimum(minutes, 60.0)) - 4.0))
    incidence = 100 * (np.exp(-365 * rate) - np.exp(-365 * fast)).mean()
    mean = ((1 - np.exp(-365 * fast)) / fast - (1 - np.exp(-365 * rate)) / rate).mean()
    return mart, incidence, mean


@pytest.fixture(scope="module")
def found():
    mart, incidence, mean = timed(5000, 51, -0.2)
    rows = {(r.estimand, r.level_to): r for r in time_to_return(mart, facts(), 365).effects}
    return rows, incidence, mean


def test_incidence_of_a_known_hazard(found):
    rows, incidence, _ = found
    row = rows[INCIDENCE, "60"]
    assert row.ci_low < incidence < row.ci_high
    assert row.std_error < 1.5


def test_restricted_mean_of_a_known_hazard(found):
    rows, _, mean = found
    row = rows[RESTRICTED_MEAN, "60"]
    assert row.ci_low < mean < row.ci_high
    assert row.unit == "days"
    assert row.estimate < 0


def test_returns_accumulate_over_time():
    mart, *_ = timed(3000, 52, -0.2)
    points = [c for c in time_to_return(mart, facts(), 365).curves if c.series == "today"]
    values = [p.estimate for p in sorted(points, key=lambda p: p.x)]
    assert all(np.diff(values) > 0)


def test_a_period_cut_short_counts_for_nobody_returned_or_not():
    periods = person_periods(np.array([10.0, np.nan, np.nan, 50.0]), np.array([400.0, 20.0, 400.0, 55.0]), 60)
    counted = {(int(r), int(p)): e for r, p, e in zip(periods.row, periods.period, periods.returned, strict=True)}
    assert counted == {
        (0, 0): 1.0,
        (1, 0): 0.0,
        (2, 0): 0.0, (2, 1): 0.0, (2, 2): 0.0,
        (3, 0): 0.0, (3, 1): 0.0,
    }  # fmt: skip


def test_returns_within_the_horizon_are_those_that_were_put_in():
    """Half of the cases are cut short: counting them only where they return would add two points here."""
    mart, *_ = timed(20000, 53, 0.0)
    points = [c for c in time_to_return(mart, facts(), 365).curves if c.series == "today"]
    end = max(points, key=lambda point: point.x)
    assert end.estimate == pytest.approx(100 * (1 - np.exp(-365 * 0.002)), abs=1.0)


def returns(**columns):
    """What is known of returns themselves at the promise that leads."""
    return replace(asked(RETURNED_BY_SPEED, headline_level(), Spec.ADJUSTED), **columns)


@pytest.mark.parametrize(("grade", "graded"), [(Grade.A, "C"), (Grade.B, "C"), (Grade.C, "C"), (Grade.D, "D")])
def test_time_to_return_is_never_surer_than_the_returns_it_looks_at(grade, graded):
    mart, *_ = timed(3000, 52, -0.2)
    again = graded_like_returns(time_to_return(mart, facts(), 365), [returns(grade=grade, estimate=3.0)])
    level = headline_level().level_to
    assert {r.grade for r in again.effects if r.level_to == level and r.estimate is not None} == {graded}
    assert {point.grade for point in again.curves} == {graded}


def test_where_returns_are_refused_so_is_the_time_to_them():
    mart, *_ = timed(3000, 52, -0.2)
    refused = returns(verdict=Verdict.NOT_ESTIMABLE, reasons=(ReturnedBeforeAnswer(0.33),))
    again = graded_like_returns(time_to_return(mart, facts(), 365), [refused])
    rows = [r for r in again.effects if r.level_to == headline_level().level_to]
    assert {(r.estimate, r.ci_low, r.grade, r.verdict, r.reasons) for r in rows} == {
        (None, None, None, Verdict.NOT_ESTIMABLE, refused.reasons)
    }
    assert again.curves == []
