"""What the mart makes of the files is what happened in the simulated world, so that truths and estimates can meet."""

import numpy as np
import pytest

from pipelines.engine import open_engine
from pipelines.join.build import build_marts
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from pipelines.simulate.cases.life import incident_numbers
from pipelines.simulate.company import simulate
from pipelines.simulate.files import write_tables
from pipelines.simulate.tables.values import FIRST_INCIDENT
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.codes import Arm, Severity

HORIZONS = (90, 365, 540)
COLUMNS = (
    "incident_id",
    "customer_key",
    "first_contact_minutes",
    "response_status",
    "orders_365d",
    "earlier_incidents",
    "severity",
    "mass_event",
    "compensation_share",
    "compensation_given",
    "opened_at_night",
    "assignment",
    "apology_given",
    *(f"returned_within_{h}d" for h in HORIZONS),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The story and the mart, row by row in the same order."""
    simulated = simulate(2_500, 23)
    folder = tmp_path_factory.mktemp("sample")
    write_tables(simulated, folder)
    profile = load_profile("sample")
    with open_engine() as engine:
        result = load(engine, profile, folder, id_key=b"a key", data_cut=None, progress=lambda step: None)
        build_marts(engine, profile, result.supplied, result.data_cut)
        rows = engine.rows(f"SELECT {', '.join(COLUMNS)} FROM incident_mart ORDER BY incident_id")
    mart = {name: np.array(values, dtype=object) for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=True)}
    order = np.argsort(incident_numbers(simulated.life))
    assert [int(i) for i in mart["incident_id"]] == list(FIRST_INCIDENT + np.arange(2_500))
    return simulated.life.told, order, mart


@pytest.mark.parametrize("days", HORIZONS)
def test_returns_are_counted_for_linked_guests_with_full_follow_up(world, days):
    told, order, mart = world
    cases = told.cases
    counted = (cases.linked & (cases.opened + days * DAY < END))[order]
    came_back = (told.returned - cases.opened <= days * DAY)[order]
    found = mart[f"returned_within_{days}d"]
    assert [value is not None for value in found] == list(counted)
    assert [bool(value) for value in found[counted]] == list(came_back[counted])


def test_speed_is_the_first_human_answer_and_silence_at_the_cap_is_unanswered(world):
    told, order, mart = world
    response, cases = told.response, told.cases
    contacted = (np.isfinite(response.minutes) & (cases.opened + response.minutes * 60 < END))[order]
    minutes = response.minutes[order]
    found = mart["first_contact_minutes"]
    assert [value is not None for value in found] == list(contacted)
    assert found[contacted].astype(float) == pytest.approx(minutes[contacted], abs=1 / 60)
    answered = (contacted & (minutes <= 20_160)).tolist()
    assert (mart["response_status"] == "answered").tolist() == answered


def test_what_staff_saw_is_what_the_mart_shows_before_the_answer(world):
    told, order, mart = world
    cases = told.cases
    linked = cases.linked[order]
    fewer = cases.orders_365d[order][linked] - mart["orders_365d"][linked].astype(int)
    assert (fewer >= 0).all()
    assert (fewer > 0).mean() < 0.01, "only bookings cancelled after the failure may be missing"
    assert list(mart["earlier_incidents"][linked]) == list(cases.earlier[order][linked])
    severities = np.array([*Severity.labels(), None], dtype=object)
    assert list(mart["severity"]) == list(severities[np.where(cases.severity_known, cases.severity, -1)][order])
    assert list(mart["mass_event"]) == list(cases.event[order] >= 0)
    assert list(mart["opened_at_night"]) == list(cases.night[order])
    arms = np.array([*Arm.labels(), None], dtype=object)
    assert list(mart["assignment"]) == list(arms[cases.arm[order]])


def test_shares_of_the_loss_are_those_that_were_given(world):
    told, order, mart = world
    cases, recovery = told.cases, told.recovery
    paid_in_time = (cases.opened < END - 90 * DAY)[order]
    known = cases.loss_known[order] & paid_in_time
    share = recovery.total_share[order][known]
    loss = cases.loss[order][known]
    found = mart["compensation_share"][known].astype(float)
    told_of = ~np.isnan(found)
    assert told_of.mean() > 0.98, "only of payouts that the files lost is the share unknown"
    assert np.abs(found - share)[told_of].max() < 0.02
    assert found[told_of] == pytest.approx(share[told_of], abs=0.01 / loss.min() * 3)


def test_words_are_known_where_somebody_noted_them(world):
    told, order, mart = world
    spoken = np.array([value is not None for value in mart["first_contact_minutes"]])
    noted = np.array([value is not None for value in mart["apology_given"]]) & spoken
    assert 0.85 < noted.sum() / spoken.sum() < 0.95
    agrees = mart["apology_given"][noted].astype(bool) == told.recovery.apology[order][noted]
    assert agrees.all()
