"""Purchases before the incident can't follow from the answer: a difference in them is one between customers."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from asked import RETURNED_BY_SPEED
from frames import confounded, facts

from pipelines.contracts.catalog.estimation import Spec
from pipelines.models.ask.speed import ask_speed, within_level
from pipelines.models.fit.interval import interval
from pipelines.models.fit.solve import solve
from pipelines.models.judge.comparability import Comparability
from pipelines.models.judge.evidence import moved_by_customers
from pipelines.models.judge.review import Control, Grounds, Review, Shared, effects, negative_controls
from pipelines.models.question import Contrast
from pipelines.models.rows import asked

HOUR = within_level("60")


@pytest.fixture(scope="module")
def mart():
    return confounded(2500, 31)[0]


def controls(mart):
    return negative_controls(ask_speed(mart, RETURNED_BY_SPEED, facts()), mart, facts())


def test_valued_customers_answered_sooner_show_in_their_earlier_spend(mart):
    found = controls(mart)[HOUR].difference
    assert found.p_value < 0.001
    assert found.estimate > 0


def test_spend_that_has_nothing_to_do_with_speed_shows_nothing(mart):
    shuffled = np.random.default_rng(3).permutation(mart["earlier_spend_365d"].to_numpy(float))
    assert controls(mart.assign(earlier_spend_365d=shuffled))[HOUR].difference.p_value > 0.01


def test_without_earlier_spend_there_is_no_control(mart):
    assert controls(mart.assign(earlier_spend_365d=None)) == {}


def test_the_effect_is_on_the_scale_of_the_control(mart):
    question = ask_speed(mart, RETURNED_BY_SPEED, facts())
    solved = solve(question, [question.base, *(c.to for c in question.contrasts)])
    gain = float(solved.means.psi[2] - solved.means.psi[0])
    assert effects(solved)[HOUR] == pytest.approx(gain / 0.47, rel=0.1)


def test_a_control_has_power_where_it_could_have_seen_an_effect_so_large():
    found = Control(interval(0.02, 0.02, 60.0))
    assert found.compared(0.10).power > 0.95 > found.compared(0.04).power > found.compared(0.0).power
    assert found.compared(0.10).share == pytest.approx(0.2)


def row(estimate, std_error=0.5):
    return replace(asked(RETURNED_BY_SPEED, HOUR, Spec.ADJUSTED), estimate=estimate, std_error=std_error)


def moved(rows, before, outside=0.0):
    levels = [within_level(str(j)) for j in range(len(rows))]
    contrasts = [Contrast(level, SimpleNamespace, np.array([True]), np.array([True])) for level in levels]
    grounds = Grounds({level: Comparability({}, {}, 1.0, outside) for level in levels}, {})
    return moved_by_customers(rows, before, contrasts, Review(grounds, None, {}, {}, Shared()))


def test_customers_move_an_estimate_when_it_is_more_than_chance_and_more_than_a_quarter():
    assert moved([row(2.0)], [row(3.0)])
    assert moved([row(5.0), row(2.0)], [row(5.1), row(1.0)])
    assert not moved([row(2.0)], [row(2.4)])
    assert not moved([row(10.0)], [row(11.0)])


def test_without_comparable_cases_the_customers_say_nothing():
    assert not moved([row(2.0)], [row(3.0)], outside=0.3)


def test_what_could_not_be_estimated_does_not_count():
    assert not moved([row(2.0)], [row(None)])
