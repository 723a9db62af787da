"""Survey outcomes: weights undo answering that follows the case, and the rows say how much silence could hide."""

import numpy as np
import pytest
from asked import aim_of
from frames import CAP_MINUTES, empty_mart, facts
from scipy.special import expit

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.outcomes import PROMOTER
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.models.ask.speed import ask_speed
from pipelines.models.estimate import estimate
from pipelines.models.fit.solve import solve
from pipelines.models.judge.non_response import response_aim, response_mart, silence_rows, weighted
from pipelines.models.rows import effect_rows

AIM = aim_of(SPEED, PROMOTER)
ROWS = 12_000


def surveyed(seed):
    """Severe cases react more to speed and answer surveys less: answers alone understate the effect."""
    rng = np.random.default_rng(seed)
    mart = empty_mart(ROWS)
    severe = rng.random(ROWS) < 0.5
    minutes = np.expm1(rng.uniform(1.5, 8.0, ROWS)).clip(0.5, CAP_MINUTES - 1)
    slope = np.where(severe, 0.35, 0.05)

    def chance(at):
        return expit(0.2 - 0.8 * severe - slope * (np.log1p(at) - 4.0))

    promoter = rng.random(ROWS) < chance(minutes)
    answers = rng.random(ROWS) < np.where(severe, 0.15, 0.6)
    mart["severity"], mart["first_contact_minutes"] = np.where(severe, "grave", "small"), minutes
    mart["promoter"], mart["follow_up_days"] = np.where(answers, promoter.astype(float), np.nan), 400.0
    truth = 100 * (chance(np.minimum(minutes, 60)) - chance(minutes)).mean()
    return mart, truth


@pytest.fixture(scope="module")
def asked():
    return surveyed(71)


def hour(question):
    solved = solve(question, [question.base, *(c.to for c in question.contrasts)])
    return next(r for r in effect_rows(solved, Spec.ADJUSTED) if r.level_to == "60")


def test_weights_bring_the_estimate_nearer_to_everyone():
    plain, corrected, covered = [], [], 0
    for seed in range(71, 83):
        mart, truth = surveyed(seed)
        question = ask_speed(mart, AIM, facts())
        response = ask_speed(response_mart(mart, AIM), response_aim(AIM), facts())
        row = hour(weighted(question, response))
        plain.append(hour(question).estimate - truth)
        corrected.append(row.estimate - truth)
        covered += row.ci_low < truth < row.ci_high
    assert abs(np.mean(corrected)) < abs(np.mean(plain))
    assert covered >= 10


def test_tipping_point_undoes_the_effect_and_bounds_hold_it(asked):
    mart, _ = asked
    response = ask_speed(response_mart(mart, AIM), response_aim(AIM), facts())
    row = hour(ask_speed(mart, AIM, facts()))
    found = {(d.check, d.subject): d.value for d in silence_rows(row, response)}
    rate = found["response_rate", ""]
    assert rate * row.estimate + (1 - rate) * found["tipping_point", "the_silent"] == pytest.approx(0, abs=1e-9)
    assert found["bound", "low"] < row.estimate < found["bound", "high"]


def test_the_weighted_rows_are_published_beside_the_plain_ones(asked):
    rows = estimate(asked[0].head(4000), None, facts()).effects
    specs = {r.spec for r in rows if (r.outcome, r.treatment) == ("promoter", "speed")}
    assert {"raw", "adjusted", "response_weighted"} <= specs
