"""Cells, arrivals and controls: numbers agree with statsmodels on the same design, and traces show where they are."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from asked import RETURNED_BY_SPEED
from frames import facts
from scipy.special import expit

from pipelines.contracts.catalog.checks import Subject
from pipelines.contracts.messages.grounds import AgentsUnknown, DaysUnknown, SitesUnknown
from pipelines.models.ask.circumstances import Period, circumstances, others, within
from pipelines.models.ask.speed import ask_speed
from pipelines.models.fit.patterns import Cells
from pipelines.models.fit.solve import fit_question, solve
from pipelines.models.judge.controls import control_tests, unexpected
from pipelines.models.judge.within import ask_within
from pipelines.models.question import subset
from pipelines.simulate.worlds.kinds import Kind
from pipelines.simulate.worlds.world import draw


@pytest.fixture(scope="module")
def world():
    return draw(Kind.CRISIS, 6_000, 5)


@pytest.fixture(scope="module")
def question(world):
    return ask_speed(world.mart, RETURNED_BY_SPEED, facts())


@pytest.fixture(scope="module")
def held(world, question):
    return within(question, circumstances(world.mart))


def by_hand(question, table) -> np.ndarray:
    """The design as one would write it down: own columns at ``table``, means of cells from what happened."""
    rows = len(question.rows)
    own = np.column_stack([t.columns(question.sample.table) for t in question.treatment])
    fixed = np.column_stack([t.columns(question.sample.table) for t in question.covariates])
    moved = np.column_stack([t.columns(question.sample.table | table) for t in question.treatment])
    means = []
    for cells in question.sample.within:
        columns = pd.DataFrame(own if cells.of_treatment else np.hstack([own, fixed]))
        known = cells.code >= 0
        mean = columns[known].groupby(cells.code[known]).transform("mean")
        means.append(mean.reindex(range(rows)).fillna(columns[known].mean()).to_numpy())
    return np.column_stack([np.ones(rows), fixed, *means, moved])


def test_contrasts_within_cells_are_those_of_statsmodels(held):
    X = by_hand(held, {})
    independent = np.abs(np.diag(np.linalg.qr(X)[1])) > 1e-8
    model = sm.GLM(held.sample.y, X[:, independent], family=sm.families.Binomial()).fit(tol=1e-14, maxiter=100)
    solved = solve(held, [held.base, *(c.to for c in held.contrasts)])
    for psi, contrast in zip(solved.means.psi[1:], held.contrasts, strict=True):
        theirs = expit(by_hand(held, contrast.to(held.sample.table))[:, independent] @ model.params).mean()
        assert psi == pytest.approx(theirs, abs=1e-8)


def test_linear_means_are_the_same_as_a_dummy_per_cell():
    """Mundlak 1978: with a mean per column the slope within cells is that of least squares with dummies."""
    rng = np.random.default_rng(3)
    cell = rng.integers(0, 40, 400)
    shared = rng.normal(size=40)[cell]
    x = shared + rng.normal(size=400)
    y = 0.5 * x + 2 * shared + rng.normal(size=400)
    mean = pd.Series(x).groupby(cell).transform("mean")
    with_means = np.linalg.lstsq(np.column_stack([np.ones(400), mean, x]), y, rcond=None)[0][-1]
    dummies = np.linalg.lstsq(np.column_stack([pd.get_dummies(cell).to_numpy(float), x]), y, rcond=None)[0][-1]
    assert with_means == pytest.approx(dummies, abs=1e-10)


def test_who_has_no_cell_takes_the_average_of_those_that_have(held, question):
    agents = next(c for c in held.sample.within if c.name == "agent")
    means = fit_question(held).design.means[0]
    silent = question.sample.table["unanswered"] == 1.0
    assert (agents.code[silent] == -1).all()
    place = means.names.index("log_minutes~0|agent")
    answered = question.sample.table["log_minutes"][agents.code >= 0]
    assert means.at(np.flatnonzero(silent))[:, place] == pytest.approx(answered.mean())


def test_cells_of_fewer_rows_are_numbered_anew():
    cells = Cells("site", np.array([0, 2, -1, 2, 5]))
    assert cells.of(np.array([1, 2, 4])).code.tolist() == [0, -1, 1]


def test_errors_are_no_smaller_than_by_customer_or_by_cell(held):
    solved = solve(held, [held.base, held.contrasts[2].to])
    estimate = float(solved.means.psi[1] - solved.means.psi[0])
    ways = [solved.combined(estimate, [w[:, 1] - w[:, 0]]).std_error for w in solved.without]
    assert solved.contrast(1).std_error >= max(ways[0], ways[-2])


def test_rows_own_moves_add_up_to_what_refits_without_a_cell_show(held):
    """The largest cells left out for real: the linearised move is theirs but for a tenth of the spread of moves."""
    solved = solve(held, [held.base, held.contrasts[2].to])
    cell = held.sample.cell
    summed = solved.without[-2][:, 1] - solved.without[-2][:, 0]
    whole = float(solved.means.psi[1] - solved.means.psi[0])
    for code in np.argsort(-np.bincount(cell))[:3]:
        fewer = subset(held, cell != code)
        again = solve(fewer, [fewer.base, fewer.contrasts[2].to]).means.psi
        assert summed[code] - whole == pytest.approx(float(again[1] - again[0]) - whole, abs=0.2 * summed.std() + 2e-4)


def test_sites_in_crisis_leave_traces_before_and_not_after(world, question):
    around = circumstances(world.mart)
    asked = ask_within(question, around, [question.base])
    assert asked.shared.across.p_value < 0.05
    assert asked.shared.across.p_value <= asked.shared.within.p_value
    worst = max(asked.shared.across.each, key=lambda test: abs(test.t))
    assert worst.name in (Subject.SAME_SITE_NEAR, Subject.SAME_SITE_AROUND, Subject.SAME_SITE_SPELL)
    assert worst.t < 0, "where others were answered late, fewer return"


def test_a_controls_own_case_is_left_out(world, question):
    around = circumstances(world.mart)
    solved = solve(question, [question.base])
    dose = unexpected(solved)
    near = others(question, around, dose).columns[Subject.SAME_SITE_NEAR]
    day, site = around.day[question.rows], around.site[question.rows]
    for j in (7, 700, 3_000):
        there = (site == site[j]) & (np.abs(day - day[j]) <= 3)
        there[j] = False
        assert near[j] == pytest.approx(dose[there].mean()) if there.any() else np.isnan(near[j])


def test_what_is_not_on_record_is_said(world):
    mart = world.mart
    assert circumstances(mart).lacking == ()
    assert circumstances(mart.assign(first_agent=None)).lacking == (AgentsUnknown(),)
    assert circumstances(mart.assign(site_id=None, opened_day=None)).lacking == (DaysUnknown(), SitesUnknown())


def test_without_sites_weeks_of_the_company_remain(world, question):
    around = circumstances(world.mart.assign(site_id=None, first_agent=None))
    cells = [c for c in within(question, around, Period.WEEK).sample.within if not c.of_treatment]
    assert [c.name for c in cells] == ["site_week"]
    assert len(np.unique(cells[0].code)) <= 105


def test_one_dose_for_everybody_leaves_no_control(question, world):
    around = circumstances(world.mart)
    solved = solve(question, [question.base])
    flat = others(question, around, np.ones(len(question.rows)))
    assert control_tests(solved, flat, ()) is None
