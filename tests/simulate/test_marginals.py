"""The group looks as it was meant to: mixes, medians, seasons and blanks near what was judged plausible."""

import numpy as np
import pandas as pd
import pytest

from pipelines.simulate.cases.life import live
from pipelines.simulate.cases.outcome import within
from pipelines.simulate.company import simulate
from pipelines.simulate.world.codes import Line
from pipelines.simulate.world.group import BUSINESSES, CATEGORIES, CHANNELS, GROUP, MASS_EVENTS
from pipelines.simulate.world.records import take
from pipelines.simulate.world.scenario import Scenario


@pytest.fixture(scope="module")
def tables():
    return simulate(8_000, 11).tables


@pytest.fixture(scope="module")
def life():
    return live(Scenario.hotel_and_cruise(), 60_000, 12)


def test_failures_of_hotels_and_ships_come_in_the_stated_mix(tables):
    category, ship = tables.incidents.category, tables.incidents.brand == "Vela Cruises"
    assert 1 - ship.mean() == pytest.approx(0.72, abs=0.02)
    for percents, chosen in ((CATEGORIES.hotel, ~ship), (CATEGORIES.cruise, ship)):
        found = category[chosen].value_counts(normalize=True)
        for name, percent in zip(CATEGORIES.name, percents, strict=True):
            assert found.get(name, 0.0) == pytest.approx(percent / 100, abs=0.02), name


def test_channels_are_used_answered_and_left_unanswered_as_stated(life):
    cases, minutes = life.told.cases, life.told.response.minutes
    for index, name in enumerate(CHANNELS.name):
        inside = cases.channel == index
        answered = minutes[inside & np.isfinite(minutes)]
        assert inside.mean() == pytest.approx(CHANNELS.share[index] / 100, abs=0.015), name
        assert np.isinf(minutes[inside]).mean() == pytest.approx(CHANNELS.never_answered[index], abs=0.045), name
        assert np.median(answered) == pytest.approx(CHANNELS.median_minutes[index], rel=0.35), name
        assert 5 < np.quantile(answered, 0.9) / np.median(answered) < 9, name


def test_severities_and_losses_are_as_stated(life):
    cases = life.told.cases
    assert np.bincount(cases.severity) / cases.n == pytest.approx([0.46, 0.34, 0.16, 0.04], abs=0.02)
    for line in Line:
        for severity, median in enumerate(BUSINESSES[line].median_loss):
            loss = cases.loss[(cases.who.line == line) & (cases.severity == severity)]
            assert np.median(loss) == pytest.approx(median, rel=0.06)


def test_guests_come_back_as_often_as_stated(life):
    cases, odds = life.told.cases, life.told.odds
    hotel = cases.who.line == Line.HOTEL
    by_severity = [within(odds[hotel & (cases.severity == s)], 365).mean() for s in range(4)]
    assert by_severity == pytest.approx([0.36, 0.31, 0.22, 0.15], abs=0.025)
    assert within(odds[hotel], 365).mean() == pytest.approx(0.31, abs=0.015)
    assert within(odds[~hotel], 540).mean() == pytest.approx(0.27, abs=0.015)


def test_compensation_heaps_and_comes_in_the_stated_kinds(tables, life):
    recovery = life.told.recovery
    given = recovery.anything
    assert 1 - given.mean() == pytest.approx(0.52, abs=0.02)
    heaps = [np.isclose(recovery.share[given], share).mean() for share in (0.1, 0.25, 0.5, 1.0)]
    assert min(heaps) > 0.08
    assert (recovery.total_share[given] > 1).mean() == pytest.approx(0.08, abs=0.02)
    kinds = tables.compensations.kind.value_counts(normalize=True)
    assert kinds["refund"] == pytest.approx(0.27, abs=0.04)
    assert kinds["free_item"] == pytest.approx(0.24, abs=0.06)
    given, future = tables.compensations, ["credit", "points", "gift_card"]
    early = given.kind.isin(future) & (given.issued_at < "2025-01-01")
    assert 0.44 < given.redeemed_at[early].notna().mean() < 0.60


def test_events_take_their_share_and_their_sizes(tables):
    sizes = tables.incidents.event_id.value_counts()
    assert sorted(sizes, reverse=True) == sorted((e.size for e in MASS_EVENTS), reverse=True)
    assert sizes.sum() / 8_000 == pytest.approx(0.22, abs=0.005)


def test_single_failures_follow_the_season(life):
    cases = life.told.cases
    alone = (cases.event < 0) & (cases.generation == 0)
    month = pd.DatetimeIndex(cases.opened[alone].astype("datetime64[s]")).month
    found = np.bincount(month, minlength=13)[1:] / alone.sum()
    assert found == pytest.approx(np.array(GROUP.season) / sum(GROUP.season), abs=0.012)


def test_the_stated_blanks_and_repeats_are_there(tables):
    incidents, contacts = tables.incidents, tables.interactions
    assert incidents.customer_id.isna().mean() == pytest.approx(0.10, abs=0.015)
    assert incidents.severity.isna().mean() == pytest.approx(0.08, abs=0.01)
    assert incidents.loss_amount.isna().mean() == pytest.approx(0.27, abs=0.015)
    assert contacts.agent_id[contacts.actor == "agent"].isna().mean() == pytest.approx(0.19, abs=0.02)
    known = incidents.customer_id.dropna()
    per_guest = known.value_counts()
    assert (len(known) - len(per_guest)) / len(incidents.customer_id) == pytest.approx(0.14, abs=0.01)
    assert per_guest.max() >= 4


def test_size_of_the_group(tables):
    assert len(tables.customers.customer_id) == 24_000
    assert len(tables.orders.order_id) == pytest.approx(60_000, rel=0.12)
    assert tables.orders.order_id.is_unique


def test_scores_tell_failed_guests_from_others(tables):
    said = take(tables.word_of_mouth, (tables.word_of_mouth.kind == "nps").to_numpy())
    failed, score = said.incident_id.notna(), said.score.astype(int)

    def net(values):
        return 100 * ((values >= 9).mean() - (values <= 6).mean())

    assert net(score[~failed]) == pytest.approx(46, abs=5)
    assert net(score[failed]) == pytest.approx(-8, abs=9)
