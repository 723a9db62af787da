"""The price of an hour sooner below which people clearly win and above which offers do, wherever limits turn."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.policy.plans.next_sum import next_sum, repriced
from pipelines.policy.plans.scenario import factors_of

A_YEAR, HOURS = 1000.0, 5.0


def world(faster, more, moves, cost, margin=150.0):
    """One segment of 200 in which an hour's promise gains ``faster`` per 100 and half of the loss ``more``.

    ``moves``: loadings of both gains on two shared factors; ``cost``: what half of the loss costs more per incident.
    """
    common = {
        "segment": "everyone", "margin": margin, "n": 200, "n_near": 60, "supported": True, "df_common": 1e6,
        "price_per_hour": 1.0,
    }  # fmt: skip
    settings = [
        (None, None, 30.0, 0.0, 0.0, None), (60.0, None, 30.0 + faster, HOURS, HOURS, Grade.B),
        (None, 0.5, 30.0 + more, cost, 0.0, Grade.B),
    ]  # fmt: skip
    names = ("minutes", "share", "estimate", "cost", "hours_sooner", "grade")
    cells = [
        ScenarioCell(**common, cell=j, **dict(zip(names, values, strict=True))) for j, values in enumerate(settings)
    ]
    loadings = [
        ScenarioFactor(cell, factor, common=True, loading=moves[column][factor])
        for column, cell in enumerate((1, 2))
        for factor in range(2)
    ]
    return cells, factors_of(loadings, len(cells))


def priced(cells, price):
    return [replace(c, price_per_hour=price) for c in repriced(cells, price)]


def net_at(cells, factors, total, price):
    return next_sum(priced(cells, price), factors, total, A_YEAR).net


def test_while_the_sum_pays_for_all_the_price_is_a_division():
    """3 per 100 of 150 less nothing against 1 per 100 of 150 less 1: 4.5 − 0.5 = 4 per incident, 0.8 an hour."""
    even = next_sum(*world(3.0, 1.0, [(0.1, 0.0), (0.0, 0.1)], cost=1.0), 50_000.0, A_YEAR).break_even
    half = 1.96 * 1.5 * np.hypot(0.1, 0.1)
    assert even.price == pytest.approx(0.8, rel=1e-6)
    assert (even.low, even.high) == (pytest.approx((4 - half) / 5, rel=1e-3), pytest.approx((4 + half) / 5, rel=1e-3))


def test_a_limit_that_turns_twice_allows_no_claim_for_all_prices():
    """Close errors cancel while both reach everybody, and no longer where people reach but a few."""
    cells, factors = world(-0.226, 3.63, [(1.34, 0.0), (1.98 * 0.889, 1.98 * np.sqrt(1 - 0.889**2))], cost=2.24)
    even = next_sum(cells, factors, 1228.0, A_YEAR).break_even
    assert net_at(cells, factors, 1228.0, 0.01).high < 0
    assert net_at(cells, factors, 1228.0, 5.0).high > 0
    assert even.high == inf


@pytest.mark.parametrize("seed", range(12))
def test_claims_of_a_break_even_hold_at_every_price(seed):
    rng = np.random.default_rng(seed)
    moves = [rng.normal(0, 1, 2), rng.normal(0, 1, 2)]
    cells, factors = world(rng.normal(1.5, 2), rng.normal(1.5, 2), moves, cost=rng.uniform(0.5, 4))
    total = float(rng.choice([500.0, 2_000.0, 20_000.0]))
    even = next_sum(cells, factors, total, A_YEAR).break_even
    for price in np.geomspace(1e-3, 1e3, 60):
        net = net_at(cells, factors, total, price)
        assert net.low > 0 or price >= even.low * (1 - 1e-6)
        assert net.high < 0 or price <= even.high * (1 + 1e-6)
