"""Sizes of the tests that are asked for where nothing is proposed."""

import numpy as np
import pytest

from pipelines.policy.plans.experiment_size import design_effect, per_arm


def test_sample_size_by_hand():
    """Two points on 30 in 100, independent: 2 · 7.84 · 0.21 / 0.0004 = 8,232, rounded up to tens."""
    assert per_arm(0.3, 2.0, 1.0) == 8_240
    assert per_arm(0.3, 2.0, 1.5) == 12_350


def test_design_effect_is_one_without_clusters_and_grows_with_them():
    rng = np.random.default_rng(0)
    y = (rng.random(4_000) < 0.3).astype(float)
    assert design_effect(y, np.arange(4_000)) == pytest.approx(1.0)
    alike = np.repeat(rng.random(400) < 0.3, 10).astype(float)
    assert design_effect(alike, np.repeat(np.arange(400), 10)) == pytest.approx(10.0, rel=0.01)
