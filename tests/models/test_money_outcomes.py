"""Where more money stops adding, and what an hour is worth in it."""

import numpy as np
import pytest
from asked import aim_of, said
from frames import CAP_MINUTES, empty_mart, facts
from scipy.special import expit

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import COMPENSATION
from pipelines.contracts.catalog.units import Unit
from pipelines.models.ask.compensation import ask_compensation
from pipelines.models.ask.surface import surface
from pipelines.models.fit.solve import solve
from pipelines.models.judge.stopping import stopping_point
from pipelines.models.rows import Results

AIM = aim_of(COMPENSATION)


def given(rows, seed, shape):
    """Money helps by ``shape`` of the share, an hour by a tenth of log-odds per log-minute."""
    rng = np.random.default_rng(seed)
    mart = empty_mart(rows)
    minutes = np.expm1(rng.uniform(1.5, 8.0, rows)).clip(0.5, CAP_MINUTES - 1)
    share = np.where(rng.random(rows) < 0.5, 0.0, rng.choice([0.25, 0.5, 0.75, 1.0, 1.25, 1.5], rows))
    mart["first_contact_minutes"], mart["compensation_share"] = minutes, share
    mart["compensation_given"], mart["loss_amount"] = share > 0, rng.gamma(2.0, 100.0, rows)
    mart["returned_within_365d"] = rng.random(rows) < expit(-0.5 + shape(share) - 0.1 * (np.log1p(minutes) - 4.0))
    return ask_compensation(mart, AIM, facts())


def stop_of(question):
    solved = solve(question, [question.base, *(c.to for c in question.contrasts), *(p.to for p in question.curve)])
    return stopping_point(solved, Grade.B)


def test_plateau_is_found_where_it_begins():
    row = stop_of(given(12_000, 61, lambda s: 1.4 * np.minimum(s, 0.75)))
    assert row.unit is Unit.SHARE_OF_THE_LOSS
    assert 0.6 < row.estimate < 1.1
    assert row.ci_low < row.estimate < row.ci_high <= 1.5


def test_still_rising_is_said_not_guessed():
    row = stop_of(given(12_000, 62, lambda s: 0.9 * s))
    assert row.verdict == "not_estimable"
    assert "not reached" in said(row)


@pytest.fixture(scope="module")
def joint() -> Results:
    return surface(given(12_000, 63, lambda s: 0.8 * s))


def test_exchange_rate_of_an_hour(joint):
    """Within the hour gains what so much extra share gains: both slopes are known."""
    (row,) = joint.effects
    rng = np.random.default_rng(1)
    log_minutes = rng.uniform(1.5, 8.0, 200_000)
    gain = 0.1 * (log_minutes - np.minimum(log_minutes, np.log1p(60))).mean()
    assert row.ci_low < gain / 0.8 < row.ci_high


def test_surface_rises_with_money_and_with_speed(joint):
    cells = {(c.x, c.x2): c.estimate for c in joint.curves}
    assert cells[60.0, 1.0] > cells[60.0, 0.25] > cells[60.0, 0.0]
    assert cells[15.0, 0.5] > cells[4320.0, 0.5]
    assert all(c.n_near >= 30 for c in joint.curves if c.supported)
