"""The world is as hard as it claims: raw comparisons mislead, decisions follow what is recorded, and nothing else."""

import numpy as np
import pytest

from pipelines.simulate.cases.life import live
from pipelines.simulate.cases.outcome import before_contact_odds
from pipelines.simulate.truth import population_truth
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.codes import Arm, Severity
from pipelines.simulate.world.group import CHANNELS
from pipelines.simulate.world.scenario import Scenario

POPULATION = 40_000


@pytest.fixture(scope="module")
def told():
    return live(Scenario.hotel_and_cruise(), 120_000, 31).told


def returned(told):
    return told.returned - told.cases.opened <= 365 * DAY


def followed(told):
    return told.cases.linked & (told.cases.opened + 365 * DAY <= END)


def test_fast_answers_look_useless_though_they_are_not(told):
    rows = population_truth(Scenario.hotel_and_cruise(), POPULATION).rows
    (row,) = (r for r in rows if (r.treatment, r.level, r.horizon_days, r.segment) == ("speed", 60, 365, ""))
    minutes, y = told.response.minutes, returned(told)
    fast, slow = minutes <= 60, (minutes > 60) & told.response.answered
    raw = y[fast & followed(told)].mean() - y[slow & followed(told)].mean()
    assert row.truth > 0.025
    assert raw < 0.005


def test_compensated_guests_look_no_better_though_money_works(told):
    y, keep = returned(told), followed(told) & told.response.answered
    share = told.recovery.total_share
    some = keep & (share > 0.2) & (share < 0.6)
    none = keep & (share == 0)
    assert y[some].mean() < y[none].mean()


def test_given_what_is_recorded_speed_does_not_know_the_truth_behind_it(told):
    """Where severity or loss is blank, or the severity is the same, the true one says nothing about speed."""
    cases, log_minutes = told.cases, np.log(told.response.minutes)
    at_the_desk = cases.channel == CHANNELS.name.index("desk")
    ordinary = np.isfinite(log_minutes) & at_the_desk & (cases.event < 0) & ~cases.night
    blank = ordinary & ~cases.severity_known & cases.loss_known
    within_loss = np.log(cases.loss)
    residual = log_minutes[blank] - np.polyval(
        np.polyfit(within_loss[blank], log_minutes[blank], 2), within_loss[blank]
    )
    assert abs(np.corrcoef(residual, cases.severity[blank])[0, 1]) < 0.08
    unpriced = ordinary & ~cases.loss_known & cases.severity_known & (cases.severity == Severity.DISRUPTION)
    assert abs(np.corrcoef(log_minutes[unpriced], cases.log_loss_excess[unpriced])[0, 1]) < 0.05


def test_nobody_is_compensated_where_nobody_answered(told):
    silent = ~told.response.answered
    assert silent.mean() > 0.04
    assert not told.recovery.anything[silent].any()
    assert (told.recovery.total_share[silent] == 0).all()


def test_threatened_cases_are_answered_sooner_once_they_threaten(told):
    """Against e-mails nobody threatened over that were still waiting when threats usually come."""
    minutes, threat = told.response.minutes, told.response.threat_minutes
    emails = (told.cases.channel == CHANNELS.name.index("email")) & np.isfinite(minutes)
    threatened = emails & np.isfinite(threat) & (threat < minutes)
    usual = np.median(threat[threatened])
    waiting = emails & np.isinf(threat) & (minutes > usual)
    after_threat = minutes[threatened] - threat[threatened]
    assert threatened.sum() > 100
    assert np.median(after_threat) < 0.6 * np.median(minutes[waiting] - usual)


def test_the_experiment_is_a_fair_coin(told):
    inside = told.cases.arm >= 0
    offered = told.cases.arm[inside] == Arm.CREDIT_OFFER
    assert offered.mean() == pytest.approx(0.5, abs=0.01)
    before = before_contact_odds(Scenario.hotel_and_cruise(), told.cases)[inside]
    assert abs(before[offered].mean() - before[~offered].mean()) < 0.03
    assert told.recovery.test_share[inside][offered].mean() > 0.2
    assert (told.recovery.test_share[inside][~offered] == 0).all()


def test_a_traced_hidden_confounder_shows_in_earlier_orders_and_a_traceless_one_does_not():
    """Among first incidents: who fails a second time has come back, which the hidden trait makes likelier."""
    correlations = []
    for traced in (True, False):
        cases = live(Scenario.hidden_confounder(traced=traced), 20_000, 5).told.cases
        first = cases.generation == 0
        correlations.append(np.corrcoef(cases.who.hidden[first], cases.orders_365d[first])[0, 1])
    assert correlations[0] >= 0.3
    assert abs(correlations[1]) < 0.02


def test_scenarios_are_what_their_names_say():
    mass = live(Scenario.mass(), 20_000, 6).told.cases
    singles = live(Scenario.singles(), 20_000, 6).told.cases
    assert (mass.event >= 0).mean() > 0.5
    assert (singles.event < 0).all()
    assert len(np.unique(singles.guest)) == singles.n
    lot = live(Scenario.randomised(), 20_000, 6).told
    log_minutes = np.log(lot.response.minutes)
    answered = np.isfinite(log_minutes)
    assert abs(np.corrcoef(log_minutes[answered], lot.cases.severity[answered])[0, 1]) < 0.03
    weak, usual = (live(s, 20_000, 6).told for s in (Scenario.weak_overlap(), Scenario.hotel_and_cruise()))
    assert _explained(weak) > _explained(usual)


def _explained(told):
    """Share of the variance of log-minutes between channels and recorded severities."""
    log_minutes = np.log(told.response.minutes)
    answered = np.isfinite(log_minutes)
    cell = (told.cases.channel * 5 + told.cases.recorded_severity)[answered]
    means = np.bincount(cell, log_minutes[answered]) / np.maximum(np.bincount(cell), 1)
    return means[cell].var() / log_minutes[answered].var()
