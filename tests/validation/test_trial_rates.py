"""How often trials are believed that should not be, and the other way round; how often limits hold.

`make trials` runs the long form; its figures are in docs/validation.md. Rates pass where an exact binomial test at 1 %
does not reject them.
"""

import os

import numpy as np
import pytest
from scipy import stats
from trial_rates import Replicate, kept, looks, replicate

from pipelines.simulate.worlds.trials import Design, Fraud

HONEST, FRAUDS = int(os.environ.get("AMENDS_TRIALS", "1000")), 200
CHANCE = 0.01


def at_most(hits: int, n: int, rate: float) -> bool:
    return stats.binomtest(hits, n, rate, alternative="greater").pvalue > CHANCE


def at_least(hits: int, n: int, rate: float) -> bool:
    return stats.binomtest(hits, n, rate, alternative="less").pvalue > CHANCE


def bias_is_none(rows: list[Replicate]) -> bool:
    gaps = np.array([row.gap for row in rows])
    return abs(gaps.mean()) <= 3.5 * gaps.std() / len(gaps) ** 0.5


def test_a_few_trials_of_every_kind_come_out_as_they_should():
    null = [replicate(f"null:{d}", seed, 900) for d in Design for seed in range(2)]
    false = [replicate(f"refutable:{f}", seed) for f in Fraud for seed in range(2)]
    assert at_most(sum(r.grade == "D" for r in null), len(null), 0.01)
    assert at_least(sum(r.covered for r in null), len(null), 0.95)
    assert at_most(sum(r.grade == "A" for r in false), len(false), 0.02)


@pytest.mark.long
@pytest.mark.parametrize("design", Design)
def test_limits_hold_and_honest_draws_are_believed(design):
    rows = kept(f"null:{design}", HONEST)
    assert at_least(sum(r.covered for r in rows), len(rows), 0.95)
    assert at_most(sum(r.false_claim for r in rows), len(rows), 0.05)
    assert at_most(sum(r.grade == "D" for r in rows), len(rows), 0.01)
    assert bias_is_none(rows)


@pytest.mark.long
@pytest.mark.parametrize("design", Design)
def test_true_effects_are_held_without_bias_and_proven(design):
    rows = kept(f"true:{design}", FRAUDS)
    assert at_least(sum(r.covered for r in rows), len(rows), 0.95)
    assert bias_is_none(rows)
    proven = "B" if design is Design.NON_COMPLIANCE else "A"
    assert at_least(sum(r.grade == proven for r in rows), len(rows), 0.80)


@pytest.mark.long
@pytest.mark.parametrize("fraud", Fraud)
def test_what_wasn_t_drawn_as_declared_isn_t_believed(fraud):
    rows = kept(f"refutable:{fraud}", FRAUDS)
    assert at_most(sum(r.grade == "A" for r in rows), len(rows), 0.02)


@pytest.mark.long
def test_limits_at_any_look_hold_under_a_year_of_weekly_looks():
    found = [looks(seed) for seed in range(HONEST)]
    assert at_most(sum(ever for _, ever in found), len(found), 0.05)
    assert sum(fixed for fixed, _ in found) > 0.15 * len(found)
