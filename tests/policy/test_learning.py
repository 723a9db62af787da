from datetime import date

import numpy as np
import pandas as pd
import pytest
from cases import NOTHING, company_of, mart_of, only, why
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.messages.caveats import NothingButTheFix
from pipelines.policy.counted.rates import calendar, dispersion, rate_limits, rate_ratio
from pipelines.policy.learning.fixes import promise_counts, recurrence

RATE, RATIO = Measure.OCCASIONS_PER_10000_UNITS, Change.RATE_AFTER_FIX
AGAINST = Change.RATE_AFTER_FIX_AGAINST_OTHERS
CUT = pd.Timestamp("2026-01-01", tz="UTC")
FIX = pd.DataFrame({"root_cause": ["pump"], "fix_deployed_at": [pd.Timestamp("2025-07-01")]})


def exposure(units=1000.0):
    starts = [date(2025, month, 1) for month in range(1, 13) for _ in range(2)]
    return pd.DataFrame({"site_id": ["a", "b"] * 12, "period_start": starts, "units": units / 2})


def broken(before, after, **columns):
    """Single pump failures, evenly spread over the halves of 2025; the fix came between them."""
    first = np.linspace(1, 180, before)
    second = np.linspace(182, 364, after)
    age = 365.0 - np.concatenate([first, second])
    return mart_of(before + after, **{"follow_up_days": age, "root_cause": "pump", "mass_event": False} | columns)


def test_a_rate_counts_occasions_over_exposure():
    row = only(recurrence(broken(60, 30), company_of(exposure=exposure())).rates, measure=RATE, level="")
    assert row.estimate == pytest.approx(10_000 * 90 / 12_000)
    low, high = confint_poisson(90, 12_000, method="exact-c")
    assert (row.ci_low, row.ci_high) == pytest.approx((10_000 * low, 10_000 * high))


def test_a_mass_incident_happened_once():
    mart = broken(60, 30, event_id=["storm"] * 20 + [None] * 70, mass_event=[True] * 20 + [False] * 70)
    assert only(recurrence(mart, company_of(exposure=exposure())).rates, measure=RATE, level="").n == 71


def test_before_and_after_a_fix_as_a_rate_ratio():
    row = only(recurrence(broken(60, 30), company_of(exposure=exposure(), fixes=FIX)).changes, measure=RATIO)
    assert row.estimate == pytest.approx(0.5)
    assert (row.n, row.caveats) == (90, (NothingButTheFix(),))
    exact = stats.binomtest(30, 90, 0.5).proportion_ci(method="exact")
    odds = [p / (1 - p) for p in exact]
    assert (row.ci_low, row.ci_high) == pytest.approx(tuple(odds), rel=1e-6)


def test_the_conditional_interval_of_a_ratio_agrees_with_the_binomial_test():
    ratio, low, high = rate_ratio(9, 16, 300.0, 200.0)
    exact = stats.binomtest(9, 25, 300 / 500).proportion_ci(method="exact")
    assert ratio == pytest.approx(9 / 300 / (16 / 200))
    assert (low, high) == pytest.approx(tuple(p / (1 - p) * 200 / 300 for p in exact))
    assert rate_ratio(5, 0, 1.0, 1.0)[2] == np.inf
    assert rate_ratio(0, 5, 1.0, 1.0)[:2] == (0.0, 0.0)


def test_clumps_widen_the_interval():
    rng = np.random.default_rng(2)
    even = broken(120, 60)
    months = rng.choice([20.0, 80.0, 150.0, 200.0, 330.0], 180)
    clumped = broken(120, 60, follow_up_days=np.sort(365.0 - months))
    rows = [
        only(recurrence(m, company_of(exposure=exposure(), fixes=FIX)).changes, measure=RATIO) for m in (even, clumped)
    ]
    widths = [np.log(r.ci_high / r.ci_low) for r in rows]
    assert widths[1] > 1.5 * widths[0]


def test_dispersion_is_never_below_chance():
    assert dispersion(np.array([5.0, 5.0, 5.0]), np.array([5.0, 5.0, 5.0]), 1) == 1.0
    assert dispersion(np.array([0.0, 10.0, 5.0]), np.array([5.0, 5.0, 5.0]), 1) == pytest.approx(5.0)


def test_a_fix_that_only_rode_a_general_fall_shows_no_gain_against_other_causes():
    pump, lift = broken(60, 30), broken(80, 40)
    lift = lift.assign(root_cause="lift", incident_id="l" + lift["incident_id"])
    mart = pd.concat([pump, lift], ignore_index=True)
    row = only(recurrence(mart, company_of(exposure=exposure(), fixes=FIX)).changes, measure=AGAINST)
    assert row.estimate == pytest.approx(1.0)
    assert row.ci_low < 1 < row.ci_high


def test_without_exposure_causes_are_still_compared_with_each_other():
    supplied = company_of().facts.supplied | {"exposure": frozenset()}
    lift = broken(60, 60)
    mart = pd.concat([broken(60, 30), lift.assign(root_cause="lift", incident_id="l" + lift["incident_id"])])
    found = recurrence(mart.reset_index(drop=True), company_of(supplied, fixes=FIX))
    assert "exposure" in why(only(found.rates, measure=RATE))
    assert only(found.changes, measure=AGAINST).estimate == pytest.approx(0.5)


def test_a_fix_outside_the_records_is_refused():
    late = FIX.assign(fix_deployed_at=pd.Timestamp("2027-01-01"))
    row = only(recurrence(broken(60, 30), company_of(exposure=exposure(), fixes=late)).changes, measure=RATIO)
    assert row.verdict == "not_estimable"


def test_the_last_period_is_not_stretched_to_a_later_cut():
    found = calendar(exposure()[:12], CUT)
    assert found.between(0.0, 1e6) == pytest.approx(6000.0)
    assert found.end == pytest.approx(151 + 31)


def test_units_of_a_period_are_spread_over_its_days():
    assert calendar(exposure(), CUT).between(0.0, 15.5) == pytest.approx(500.0)


def test_no_occasion_still_has_an_upper_limit():
    assert rate_limits(0, 100.0) == (0.0, pytest.approx(-np.log(0.025) / 100))


def test_commitments_kept_and_broken():
    mart = mart_of(40, commitment_kept=[True] * 24 + [False] * 8 + [None] * 8)
    kept, broken_ = promise_counts(mart, company_of())
    assert (kept.measure, kept.estimate, kept.n) == (Measure.COMMITMENTS_KEPT, 24, 32)
    assert (broken_.measure, broken_.estimate, broken_.n) == (Measure.COMMITMENTS_BROKEN, 8, 32)


def test_without_causes_fixes_or_promises_rows_say_what_to_add():
    assert "root_cause" in why(only(recurrence(mart_of(30), company_of(NOTHING)).rates, measure=RATE))
    assert "promises" in why(only(promise_counts(mart_of(30), company_of(NOTHING)), measure="commitments_kept"))
    causes = NOTHING | {"incidents": frozenset({"root_cause"})}
    assert "fixes" in why(only(recurrence(broken(20, 20), company_of(causes)).changes, measure=RATIO))
