"""The true effects: consistent with themselves, with a world in which the policy happens, and with a closed form."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.simulate.cases.life import live
from pipelines.simulate.cases.outcome import before_contact_odds, delay_loss, within
from pipelines.simulate.truth import population_truth, sample_truth
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.group import RESPONSE_CAP_MINUTES
from pipelines.simulate.world.scenario import Scenario


def found(truth, **wanted):
    return [r for r in truth.rows if r.level_2 is None and wanted.items() <= vars(r).items()]


@pytest.fixture(scope="module")
def truth():
    return population_truth(Scenario.hotel_and_cruise(), 100_000)


def test_a_slower_promise_gains_less_and_more_money_gains_more(truth):
    for days in (90, 365, 540):
        speed = [r.truth for r in found(truth, treatment="speed", horizon_days=days, segment="")]
        dose = [
            r.truth
            for r in found(truth, treatment="compensation", horizon_days=days, segment="", population="answered")
        ]
        assert speed == sorted(speed, reverse=True)
        assert speed[-1] > 0
        assert dose[0] == 0
        assert dose == sorted(dose)


def test_the_dose_curve_is_an_s(truth):
    rows = found(truth, treatment="compensation", horizon_days=365, segment="", population="answered")
    at = {r.level: r.truth for r in rows}
    steep = at[1.0] - at[0.5]
    assert steep > 2 * (at[0.5] - at[0.0])
    assert steep > 2 * (at[1.5] - at[1.0])


def test_differences_are_what_they_say_and_parts_add_up(truth):
    for row in truth.rows:
        assert row.truth == pytest.approx(row.mean_at_level - row.mean_against, abs=2e-6)
    (whole,) = found(truth, treatment="speed", level=60.0, horizon_days=365, segment="")
    parts = [r for r in found(truth, treatment="speed", level=60.0, horizon_days=365) if r.segment]
    known = sum(r.incidents for r in parts)
    mean = sum(r.truth * r.incidents for r in parts) / known
    assert known / whole.incidents == pytest.approx(0.92, abs=0.01)
    assert mean == pytest.approx(whole.truth, abs=0.001)


def test_the_truth_of_a_sample_is_near_that_of_the_population(truth):
    sample = sample_truth(live(Scenario.hotel_and_cruise(), 20_000, 4))
    for ours, theirs in zip(sample.rows, truth.rows, strict=True):
        assert (ours.treatment, ours.level, ours.segment, ours.horizon_days) == (
            theirs.treatment,
            theirs.level,
            theirs.segment,
            theirs.horizon_days,
        )
        if not ours.segment:
            assert ours.truth == pytest.approx(theirs.truth, abs=0.012)


def test_where_nothing_works_every_effect_of_what_the_company_does_is_nothing():
    rows = population_truth(Scenario.null(), 30_000).rows
    assert {r.treatment for r in rows} >= {"speed", "compensation", "assignment", "apology", "repaired"}
    assert all(r.truth == 0 for r in rows if r.treatment != "failure")
    assert all(r.truth < 0 for r in rows if r.treatment == "failure" and not r.segment)


@pytest.mark.parametrize("tau", [15.0, 240.0])
def test_a_world_in_which_everybody_is_answered_in_time_sees_the_returns_the_truth_foretells(truth, tau):
    """The promise kept from the start, guests' own coins the same: first incidents only, whose past is the same."""
    usual = Scenario.hotel_and_cruise()
    returned = []
    for scenario in (usual, replace(usual, promise_minutes=tau)):
        told = live(scenario, 150_000, 8).told
        cases = told.cases
        first = (cases.generation == 0) & cases.linked & (cases.opened + 365 * DAY <= END)
        returned.append((told.returned - cases.opened <= 365 * DAY)[first])
    (row,) = found(truth, treatment="speed", level=tau, horizon_days=365, segment="")
    gain = returned[1].astype(float) - returned[0]
    error = gain.std() / np.sqrt(len(gain))
    assert abs(gain.mean() - row.truth) < 4 * error + 0.0015


def test_speed_drawn_by_lot_with_nothing_following_it_matches_the_integral():
    """log S ~ N(ln 90, (2·1.3)²), 5 % never answered, nothing else works: ψ is an integral over S alone."""
    scenario = replace(Scenario.randomised(), action_gain=0.0, compensation_gain=0.0, event_shock=0.0)
    (row,) = found(population_truth(scenario, 60_000), treatment="speed", level=60.0, horizon_days=365, segment="")
    told = live(scenario, 40_000, 21).told
    kept = told.cases.linked & (told.cases.opened + 365 * DAY <= END)
    start = before_contact_odds(scenario, told.cases)[kept]
    factor = np.asarray(scenario.speed_by_severity)[told.cases.severity[kept]]
    z = (np.arange(400) + 0.5) / 400
    minutes = np.exp(np.log(90.0) + 2 * scenario.response_spread * _normal_quantile(z))
    gain = np.mean([_gain(scenario, start, factor, m, 60.0) for m in minutes])
    never = within(start - factor * delay_loss(scenario, np.array(60.0)), 365) - within(
        start - factor * scenario.never_answered_loss, 365
    )
    assert row.truth == pytest.approx(0.95 * gain + 0.05 * never.mean(), abs=0.0015)


def _gain(scenario, start, factor, minutes, tau):
    late = minutes > RESPONSE_CAP_MINUTES
    now = scenario.never_answered_loss if late else delay_loss(scenario, np.array(minutes))
    then = delay_loss(scenario, np.array(min(minutes, tau)))
    return (within(start - factor * then, 365) - within(start - factor * now, 365)).mean()


def _normal_quantile(p):
    from scipy.special import ndtri

    return ndtri(p)
