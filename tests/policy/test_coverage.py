"""How often the decision layer's intervals hold the truth, on made-up companies whose truth is known."""

import numpy as np
import pandas as pd
import pytest

from pipelines.policy.counted.expected import compare, reference_of, strata
from pipelines.policy.counted.rates import Calendar, rate_ratio
from pipelines.policy.counted.standards import site_numbers
from pipelines.policy.learning.fixes import cell_dispersion

MONTH = 30.4


@pytest.mark.parametrize("between_sites", [0.0, 0.1, 0.2])
def test_site_intervals_hold_the_truth_whatever_the_sites_case_mix(between_sites):
    rng = np.random.default_rng(1)
    inside = []
    for _ in range(20):
        sizes = rng.integers(10, 150, 40)
        site = np.repeat(np.arange(40), sizes)
        hard = rng.random(len(site)) < rng.uniform(0.1, 0.9, 40)[site]
        quality = np.clip(rng.normal(1, between_sites, 40), 0.3, 1.3)
        met = rng.random(len(site)) < np.where(hard, 0.45, 0.75) * quality[site]
        frame = pd.DataFrame({"severity": hard.astype(str), "site": site.astype(str), "met": met.astype(float)})
        rows = site_numbers(compare(frame["met"], frame["site"], strata(frame, ("severity",))), met.mean())
        truth = quality * met.mean() / np.average(quality, weights=sizes)
        inside += [row.low <= truth[int(name)] <= row.high for name, row in rows.items()]
    assert np.mean(inside) >= 0.93


def test_the_ratio_of_an_event_holds_the_truth_though_few_cases_set_the_expectation():
    rng = np.random.default_rng(2)
    severity = pd.Series(np.repeat(["mild", "grave", "mild", "grave"], [200, 60, 10, 40]))
    own = pd.Series(np.arange(310) >= 260)
    chance = severity.map({"mild": 0.3, "grave": 0.6}) * np.where(own, 1.2, 1.0)
    draws = [(rng.random(310) < chance).astype(float) for _ in range(150)]
    limits = [reference_of(y, severity, ~own).expects(y[own], severity[own]).limits() for y in draws]
    assert np.mean([low <= 1.2 <= high for low, high in limits]) >= 0.90


@pytest.mark.parametrize("clumping", [1.0, 2.5])
def test_the_rate_ratio_of_a_fix_holds_the_truth_though_failures_come_in_clumps(clumping):
    rng = np.random.default_rng(3)
    months = Calendar(pd.Timestamp("2023-07-01", tz="UTC"), np.arange(36) * MONTH, 36 * MONTH, np.ones(36))
    mean, fixed = np.where(np.arange(36) < 20, 6.0, 3.0), 20 * MONTH
    inside = []
    for _ in range(400):
        size = mean / (clumping - 1) if clumping > 1 else None
        counts = rng.poisson(mean) if size is None else rng.negative_binomial(size, 1 / clumping)
        days = (np.repeat(np.arange(36), counts) + rng.random(counts.sum())) * MONTH
        spread, after = cell_dispersion(days, fixed, months), float((days >= fixed).sum())
        _, low, high = rate_ratio(after / spread, (len(days) - after) / spread, 16.0, 20.0)
        inside.append(low <= 0.5 <= high)
    assert np.mean(inside) >= 0.92
