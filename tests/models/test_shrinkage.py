"""Segments of one model err together: what is drawn towards their mean must not read surer than that mean is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from pipelines.models.fit.sandwich import joint_p
from pipelines.models.fit.shrinkage import between_variance, noise_correlation, shrink

ERRORS = np.linspace(0.7, 1.6, 8)
SHARED = 0.7
families = st.lists(st.tuples(st.floats(-20, 20), st.floats(0.1, 5.0)), min_size=2, max_size=12)


def shocked(rng, truth):
    """Estimates with one shock common to all, as those of one fitted model have."""
    own = rng.standard_normal(len(ERRORS))
    return truth + ERRORS * (np.sqrt(SHARED) * rng.standard_normal() + np.sqrt(1 - SHARED) * own)


def correlated(segments, share=SHARED):
    return share + (1 - share) * np.eye(segments)


def coverage(between, correlation, replicates=1500):
    """Share of true segment effects inside the 95 % intervals."""
    rng = np.random.default_rng(53)
    held = []
    for _ in range(replicates):
        truth = 3.0 + between * rng.standard_normal(len(ERRORS))
        means, errors = shrink(shocked(rng, truth), ERRORS, correlation)
        held.append(np.abs(means - truth) < 1.96 * errors)
    return float(np.mean(held))


@pytest.mark.parametrize("between", [0.0, 0.5, 3.0])
def test_intervals_hold_the_truth_where_segments_err_together(between):
    assert coverage(between, correlated(len(ERRORS))) >= 0.93


@pytest.mark.parametrize("between", [0.0, 0.5])
def test_taken_as_independent_they_would_not(between):
    assert coverage(between, None) < 0.8


def test_a_part_is_no_surer_than_the_mean_that_it_is_drawn_to():
    estimates = np.full(len(ERRORS), 2.0)
    correlation = correlated(len(ERRORS))
    means, errors = shrink(estimates, ERRORS, correlation)
    weights = (1 / ERRORS**2) / (1 / ERRORS**2).sum()
    honest = np.sqrt(weights @ (correlation * np.outer(ERRORS, ERRORS)) @ weights)
    assert means == pytest.approx(estimates)
    assert errors == pytest.approx(np.full(len(ERRORS), honest))
    assert (errors > 1.5 * shrink(estimates, ERRORS)[1]).all()


def test_a_shared_error_makes_no_scatter_so_the_scatter_that_is_there_counts_for_more():
    """Half an error apart says nothing where each errs for itself, and much where nearly all of the error is shared."""
    estimates, errors = np.array([0.0, 0.5, 1.0]), np.ones(3)
    assert between_variance(estimates, errors) == 0.0
    assert between_variance(estimates, errors, correlated(3, 0.95)) > 0.1
    means, _ = shrink(estimates, errors, correlated(3, 0.95))
    assert 0 < means[0] < means[1] < means[2] < 1


def test_the_spread_between_segments_is_found_on_average():
    rng = np.random.default_rng(59)
    found = [
        between_variance(shocked(rng, 2.0 * rng.standard_normal(len(ERRORS))), ERRORS, correlated(len(ERRORS)))
        for _ in range(1500)
    ]
    assert np.mean(found) == pytest.approx(4.0, rel=0.06)


@given(families)
def test_without_correlation_it_is_paule_and_mandels_variance_and_morris_error(family):
    estimates, errors = (np.array(column) for column in zip(*family, strict=True))
    variance = _paule_mandel(estimates, errors)
    assert between_variance(estimates, errors) == pytest.approx(variance, rel=1e-4, abs=1e-6)
    means, found = shrink(estimates, errors, np.eye(len(errors)))
    keep = between_variance(estimates, errors) / (errors**2 + between_variance(estimates, errors))
    weight = 1 / (errors**2 + between_variance(estimates, errors))
    mean = weight @ estimates / weight.sum()
    assert means == pytest.approx(keep * estimates + (1 - keep) * mean, abs=1e-9)
    assert found == pytest.approx(np.sqrt(keep * errors**2 + (1 - keep) ** 2 / weight.sum()))
    assert shrink(estimates, errors)[1] == pytest.approx(found)


def _paule_mandel(estimates, errors):
    """Q = k − 1, as in the literature."""

    def q(variance):
        weight = 1 / (errors**2 + variance)
        return weight @ (estimates - weight @ estimates / weight.sum()) ** 2 - (len(errors) - 1)

    return brentq(q, 0.0, 1e4, xtol=1e-12) if q(0.0) > 0 else 0.0


@given(families, st.floats(0.0, 0.95))
def test_no_segment_is_drawn_beyond_the_others(family, share):
    estimates, errors = (np.array(column) for column in zip(*family, strict=True))
    means, found = shrink(estimates, errors, correlated(len(errors), share))
    assert (means >= estimates.min() - 1e-9).all()
    assert (means <= estimates.max() + 1e-9).all()
    assert (found > 0).all()


def test_the_correlation_is_that_of_what_each_cluster_moves():
    rng = np.random.default_rng(61)
    shock, own = rng.standard_normal((4000, 1)), rng.standard_normal((4000, 3))
    moves = np.array([1.0, 5.0, 0.1]) * (np.sqrt(SHARED) * shock + np.sqrt(1 - SHARED) * own)
    assert noise_correlation(moves) == pytest.approx(correlated(3), abs=0.04)
    assert np.diag(noise_correlation(moves)) == pytest.approx(1.0)


def test_the_test_of_the_interaction_counts_what_slopes_err_in_together():
    """Where nothing differs, one in twenty is called a difference; blind to what is shared, it would be far off."""
    rng = np.random.default_rng(67)
    covariance = correlated(5)
    slopes = rng.multivariate_normal(np.zeros(5), covariance, 4000)
    alarms = np.mean([joint_p(b, covariance, 1e6) < 0.05 for b in slopes])
    blind = np.mean([joint_p(b, np.eye(5), 1e6) < 0.05 for b in slopes])
    assert alarms == pytest.approx(0.05, abs=0.012)
    assert blind > 0.1
