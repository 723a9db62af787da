import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import proportion_confint

from pipelines.policy.counted.expected import (
    SMALLEST_STRATUM,
    Comparison,
    between_variance,
    compare,
    reference_of,
    shrink,
    strata,
)


@pytest.mark.parametrize(("observed", "n", "p"), [(12, 40, 0.25), (0, 15, 0.4), (9, 9, 0.7), (300, 1000, 0.5)])
def test_with_equal_expectations_the_limits_of_the_ratio_are_wilsons(observed, n, p):
    low, high = Comparison(n, observed, n * p, n * p * p).limits()
    assert (low * p, high * p) == pytest.approx(proportion_confint(observed, n, method="wilson"), abs=1e-12)


def test_rare_events_get_the_score_interval_of_a_poisson_ratio():
    """θ with (O − θE)² = z²θE, by hand for O = 8, E = 5."""
    z2 = 1.959963984540054**2
    middle, half = (2 * 8 + z2) / (2 * 5), np.sqrt((2 * 8 + z2) ** 2 - 4 * 64) / (2 * 5)
    assert Comparison(10**6, 8, 5.0, 0.0).limits() == pytest.approx((middle - half, middle + half))


def test_an_uncertain_reference_widens_the_limits():
    sure, unsure = Comparison(50, 20, 15.0, 4.5).limits(), Comparison(50, 20, 15.0, 4.5, 4.0).limits()
    assert unsure[0] < sure[0] < sure[1] < unsure[1]


def test_expected_by_hand_when_one_site_gets_the_hard_cases():
    """Easy cases are met 80 of 100, hard ones 40 of 100; site b has 10 easy and 30 hard: 8 + 12 = 20 expected."""
    easy = pd.DataFrame(
        {"site": ["a"] * 90 + ["b"] * 10, "severity": "easy", "met": [1.0] * 74 + [0.0] * 16 + [1.0] * 6 + [0.0] * 4}
    )
    hard = pd.DataFrame(
        {"site": ["a"] * 70 + ["b"] * 30, "severity": "hard", "met": [1.0] * 26 + [0.0] * 44 + [1.0] * 14 + [0.0] * 16}
    )
    frame = pd.concat([easy, hard], ignore_index=True)
    found = compare(frame["met"], frame["site"], strata(frame, ("severity",)))["b"]
    assert (found.observed, found.expected, found.n) == (20.0, pytest.approx(20.0), 40)


def test_small_cells_are_pooled_with_what_they_share():
    frame = pd.DataFrame({"severity": ["s1"] * 50 + ["s2"] * 10, "channel": ["desk"] * 40 + ["mail"] * 20})
    labels = strata(frame, ("severity", "channel"))
    assert labels[:40].nunique() == 1
    assert set(labels[40:]) == {"all"}


def test_one_event_against_single_cases_of_its_severity_by_hand():
    values = pd.Series([1.0] * 30 + [0.0] * 30 + [1.0] * 20 + [0.0] * 80 + [1.0] * 8 + [0.0] * 2)
    severity = pd.Series(["low"] * 60 + ["high"] * 100 + ["low"] * 4 + ["high"] * 6)
    own = pd.Series([False] * 160 + [True] * 10)
    found = reference_of(values, severity, ~own).expects(values[own], severity[own])
    assert found.expected == pytest.approx(4 * 0.5 + 6 * 0.2)
    assert found.squares == pytest.approx(4 * 0.25 + 6 * 0.04)
    assert found.reference_variance == pytest.approx(16 * 0.25 / 60 + 36 * 0.16 / 100)


def test_too_few_single_cases_give_no_expectation():
    own = pd.Series([True] * 20 + [False] * (SMALLEST_STRATUM - 1))
    assert reference_of(pd.Series(np.ones(len(own))), pd.Series("s", index=own.index), ~own) is None


def test_variance_between_sites_is_dersimonian_and_lairds():
    ratios, variances = np.array([0.7, 1.1, 1.4, 0.9, 1.0]), np.array([0.02, 0.01, 0.03, 0.02, 0.05])
    assert between_variance(ratios, variances) == pytest.approx(combine_effects(ratios, variances, method_re="dl").tau2)


def test_shrunken_ratios_cover_the_truth_and_lie_nearer_to_it():
    rng = np.random.default_rng(5)
    inside, raw_error, shrunk_error = [], 0.0, 0.0
    for _ in range(200):
        variances = rng.uniform(0.005, 0.08, 30)
        truth = rng.normal(1.0, 0.12, 30)
        ratios = rng.normal(truth, np.sqrt(variances))
        found = shrink(ratios, variances)
        inside.append(np.mean((found.low <= truth) & (truth <= found.high)))
        raw_error += float(((ratios - truth) ** 2).sum())
        shrunk_error += float(((found.ratio - truth) ** 2).sum())
    assert 0.93 <= np.mean(inside) <= 0.98
    assert shrunk_error < 0.6 * raw_error


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.booleans()), min_size=40, max_size=120),
    st.randoms(),
)
def test_names_and_order_don_t_matter_and_totals_agree(cases, random):
    frame = pd.DataFrame(cases, columns=["site", "severity", "met"])
    frame["met"] = frame["met"].astype(float)
    found = compare(frame["met"], frame["site"], strata(frame, ("severity",)))
    assert sum(c.observed for c in found.values()) == pytest.approx(sum(c.expected for c in found.values()))
    order = list(range(len(frame)))
    random.shuffle(order)
    moved = frame.iloc[order].reset_index(drop=True).assign(site=lambda f: "site " + f["site"])
    again = compare(moved["met"], moved["site"], strata(moved, ("severity",)))
    assert {f"site {site}": pytest.approx(c.expected) for site, c in found.items()} == {
        s: c.expected for s, c in again.items()
    }
