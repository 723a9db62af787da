"""Sensitivity measures reproduce the numbers their authors published."""

import numpy as np
import pytest

from pipelines.models.judge.sensitivity import e_value, hidden_strength, robustness, robustness_value

# Cinelli & Hazlett (2020), Darfur: directly harmed on peace index, 0.097 (SE 0.023), 783 residual degrees of freedom.
DARFUR_T, DARFUR_DF = 0.09731582 / 0.02325654, 783


def test_e_value_of_the_published_example():
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1 / 3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1.0) == 1.0


def test_robustness_values_of_the_darfur_study():
    assert robustness_value(DARFUR_T, DARFUR_DF) == pytest.approx(0.139, abs=0.0005)
    assert robustness_value(DARFUR_T, DARFUR_DF, alpha=0.05) == pytest.approx(0.076, abs=0.0005)


def test_bound_of_the_darfur_study_for_a_cause_as_strong_as_being_female():
    """Published: partial R² .009 with the treatment, .125 with the outcome, adjusted estimate .075."""
    with_dose, with_y = 0.0091640, 0.1246409
    t, df = DARFUR_T, DARFUR_DF
    bias = np.sqrt(with_y * with_dose / (1 - with_dose)) * np.sqrt(df) / t
    assert 0.09731582 * (1 - bias) == pytest.approx(0.0752, abs=0.0005)
    r2_dose = with_dose / (1 + with_dose)
    assert hidden_strength(r2_dose, 0.1090, 1.0)[0] == pytest.approx(with_dose)


def test_bound_finds_what_leaving_out_a_real_confounder_would_do():
    rng = np.random.default_rng(4)
    n = 4000
    seen, hidden = rng.standard_normal((2, n))
    dose = 0.5 * seen + 0.5 * hidden + rng.standard_normal(n)
    y = 0.4 * seen + 0.4 * hidden + 0.3 * dose + rng.standard_normal(n)
    found = robustness(np.column_stack([np.ones(n), seen]), {"seen": np.array([1])}, dose, y)
    slope = np.linalg.lstsq(np.column_stack([np.ones(n), seen, dose]), y, rcond=None)[0][-1]
    assert slope > 0.4
    assert slope * found.remaining(1.0) == pytest.approx(0.3, abs=0.06)


def test_stronger_hidden_causes_leave_less():
    rng = np.random.default_rng(5)
    seen, noise = rng.standard_normal((2, 500))
    dose = 0.4 * seen + rng.standard_normal(500)
    found = robustness(np.column_stack([np.ones(500), seen]), {"seen": np.array([1])}, dose, dose + seen + noise)
    assert 1 > found.remaining(0.5) > found.remaining(1.0) > found.remaining(2.0)
