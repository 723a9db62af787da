"""AIPW over folds of clusters is right when either model is, and says what the outcome model says when both are."""

import numpy as np
import pytest
from scipy.special import expit

from pipelines.models.fit.aipw import two_arms
from pipelines.models.fit.propensity import propensity


def arms(rows, seed):
    rng = np.random.default_rng(seed)
    w = rng.standard_normal(rows)
    there = rng.random(rows) < expit(0.8 * w)
    y = (rng.random(rows) < np.clip(0.4 + 0.15 * w + 0.10 * there, 0, 1)).astype(float)
    truth = (
        np.clip(0.5 + 0.15 * w, 0, 1).mean()
        - np.where(there, np.clip(0.5 + 0.15 * w, 0, 1), np.clip(0.4 + 0.15 * w, 0, 1)).mean()
    )
    return np.column_stack([np.ones(rows), w]), there, y, np.arange(rows) // 2, truth


def test_interval_covers_the_truth():
    hits = []
    for seed in range(60):
        X, there, y, cluster, truth = arms(800, seed)
        found = two_arms(X, there, y, cluster).aipw
        hits.append(found.ci_low <= truth <= found.ci_high)
    assert np.mean(hits) >= 0.88


def test_a_wrong_outcome_model_is_made_good_by_the_propensity():
    rng = np.random.default_rng(9)
    w = rng.standard_normal(20_000)
    there = rng.random(20_000) < expit(w)
    y = np.exp(w) + 0.5 * there + rng.standard_normal(20_000)
    truth = 0.5 * (1 - there.mean())
    found = two_arms(np.column_stack([np.ones(20_000), w]), there, y, np.arange(20_000))
    assert abs(found.aipw.estimate - truth) < 0.5 * abs(found.outcome_model - truth)


def test_how_clusters_are_named_changes_nothing_though_many_look_alike():
    rng = np.random.default_rng(11)
    w, there, cluster = rng.integers(0, 2, 600), rng.random(600) < 0.5, np.arange(600) // 3
    y = (rng.random(600) < 0.3 + 0.2 * there).astype(float)
    X = np.column_stack([np.ones(600), w])
    renamed = rng.permutation(200)[cluster]
    assert two_arms(X, there, y, renamed).aipw.estimate == pytest.approx(two_arms(X, there, y, cluster).aipw.estimate)


def test_propensity_always_exists_and_is_calibrated():
    rng = np.random.default_rng(10)
    w = rng.standard_normal(5000)
    treated = rng.random(5000) < expit(-0.5 + w)
    X = np.column_stack([np.ones(5000), w])
    assert propensity(X, treated).mean() == pytest.approx(treated.mean(), abs=1e-3)
    separated = propensity(X, w > 0)
    assert np.isfinite(separated).all()
    assert separated[w > 1].min() > 0.9
