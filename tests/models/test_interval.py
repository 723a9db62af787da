"""Intervals and bands behave as their definitions say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.models.fit.interval import bands, cv3, interval, two_way


def test_sixty_equal_clusters_have_about_twenty_degrees_of_freedom():
    rng = np.random.default_rng(1)
    found = [cv3(0.0, rng.standard_normal(60)).df for _ in range(200)]
    assert 17 < np.mean(found) < 26


def test_jackknife_of_a_mean_is_its_textbook_error():
    y = np.random.default_rng(2).standard_normal(50)
    without = (y.sum() - y) / 49
    assert cv3(float(y.mean()), without).std_error == pytest.approx(y.std(ddof=1) / np.sqrt(50), rel=1e-9)


def test_two_way_takes_the_largest_variance_and_the_smaller_df():
    a, b, c = interval(1.0, 0.3, 30.0), interval(1.0, 0.4, 12.0), interval(1.0, 0.2, 50.0)
    result = two_way(a, b, c)
    assert result.std_error == pytest.approx(np.sqrt(0.09 + 0.16 - 0.04))
    assert result.df == 12.0
    assert two_way(a, b, interval(1.0, 0.45, 50.0)).std_error == pytest.approx(0.4)


@given(st.floats(-5, 5), st.floats(0.01, 5), st.floats(1, 200))
def test_interval_holds_its_estimate_and_excludes_zero_exactly_when_p_is_small(estimate, error, df):
    result = interval(estimate, error, df)
    assert result.ci_low <= estimate <= result.ci_high
    if abs(result.p_value - 0.05) > 1e-6:
        assert (result.ci_low > 0 or result.ci_high < 0) == (result.p_value < 0.05)


def test_simultaneous_band_is_wider_and_covers_whole_curves():
    rng = np.random.default_rng(3)
    points, clusters, missed_point, missed_whole = 12, 80, 0, 0
    for _ in range(300):
        shocks = rng.standard_normal((clusters, points)).cumsum(axis=1)
        mean = shocks.mean(axis=0)
        band = bands(mean, (shocks.sum(axis=0) - shocks) / (clusters - 1))
        assert (band.low_everywhere <= band.low + 1e-12).all()
        missed_point += bool(((band.low > 0) | (band.high < 0)).any())
        missed_whole += bool(((band.low_everywhere > 0) | (band.high_everywhere < 0)).any())
    assert missed_whole <= 0.09 * 300
    assert missed_point > missed_whole


def test_contrast_that_no_cluster_moves_has_no_width():
    result = cv3(0.0, np.zeros(10))
    assert result.std_error == 0.0
    assert np.isnan(result.p_value)
