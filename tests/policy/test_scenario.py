"""Scenarios by arithmetic against full refits; what lies outside support; what is held."""

from dataclasses import asdict, replace

import numpy as np
import pytest
from cases import NOTHING, company_of, mart_of, why
from offered import graded, offered
from scipy import stats

from pipelines.contracts.arrow import row_table
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Held
from pipelines.models.fit.interval import cv3
from pipelines.models.fit.solve import solve
from pipelines.policy.decide import plan_rows
from pipelines.policy.learnt.joint import at
from pipelines.policy.learnt.joint_question import ask_joint, fit_joint
from pipelines.policy.plans.grades import grades_of
from pipelines.policy.plans.scenario import NoSuchCellError, Request, answer, choices, compare, factors_of, t_quantile
from pipelines.policy.plans.scenario_cells import scenarios_of


@pytest.fixture(scope="module")
def published():
    """A company with segments, its question, and its published cells and factors."""
    world = offered(1_600, 5, brands=1, event_share=0.3)
    joint = ask_joint(world.mart, world.company)
    found = scenarios_of(joint, fit_joint(joint), world.company, grades_of(joint, graded()))
    return joint, found.cells, factors_of(found.factors, len(found.cells))


def refit(joint, request):
    """The scenario from scratch: every segment solved anew, its money too, with every cluster left out in turn."""
    names = joint.segments.names
    chosen = [x for x, name in enumerate(names) if request.segments is None or name in request.segments]
    sizes = np.array([(joint.segments.code == x).sum() for x in chosen])
    gain, without = 0.0, 0.0
    for x, weight in zip(chosen, request.reached * sizes / sizes.sum(), strict=True):
        inside = (joint.segments.code == x).astype(float)
        solved = solve(replace(joint.question, members=inside), [at(None, None), at(request.minutes, request.share)])
        gain = gain + weight * (solved.means.psi[1] - solved.means.psi[0])
        without = without + weight * (solved.without[0][:, 1] - solved.without[0][:, 0])
    return cv3(100 * float(gain), 100 * without)


def requests(asked, cells, number):
    rng = np.random.default_rng(3)
    while number:
        some = rng.choice(asked.segments, rng.integers(1, len(asked.segments) + 1), replace=False)
        request = Request(
            frozenset(str(s) for s in some), rng.choice([None, *asked.minutes]), rng.choice([None, *asked.shares]),
            float(rng.uniform(0.1, 1.0)),
        )  # fmt: skip
        wanted = [c for c in cells if (c.minutes, c.share) == (request.minutes, request.share)]
        moved = (request.minutes, request.share) != (None, None)
        if moved and all(c.supported for c in wanted if c.segment in request.segments):
            number -= 1
            yield request


def test_fifty_random_scenarios_have_the_intervals_of_full_refits(published):
    joint, cells, factors = published
    asked = choices(cells)
    for request in requests(asked, cells, 50):
        found, full = answer(cells, factors, request), refit(joint, request)
        width = full.ci_high - full.ci_low
        assert found.gain == pytest.approx(full.estimate, abs=1e-6)
        assert abs(found.low - full.ci_low) < 0.05 * width, (request, found, full)
        assert abs(found.high - full.ci_high) < 0.05 * width, (request, found, full)


def test_money_is_margin_less_what_is_given_more(published):
    _, cells, factors = published
    one = cells[0].segment
    cell = next(c for c in cells if c.segment == one and (c.minutes, c.share) == (None, 0.25))
    today = next(c for c in cells if c.segment == one and (c.minutes, c.share) == (None, None))
    found = answer(cells, factors, Request(frozenset({one}), share=0.25, reached=0.5))
    cost = 0.5 * (cell.cost - today.cost)
    assert found.cost == pytest.approx(cost)
    assert found.value == pytest.approx(found.gain * cell.margin / 100 - cost)
    assert found.value_high - found.value == pytest.approx((found.high - found.gain) * cell.margin / 100)


def test_what_was_hardly_ever_done_is_not_answered(published):
    _, cells, factors = published
    nowhere = [replace(c, supported=False) if c.share == 1.0 else c for c in cells]
    found = answer(nowhere, factors, Request(share=1.0))
    assert (found.gain, found.value, found.supported) == (None, None, False)
    assert "outside" in why(found)
    first = cells[0].segment
    partly = [replace(c, supported=False) if (c.share, c.segment) == (0.5, first) else c for c in cells]
    found = answer(partly, factors, Request(share=0.5))
    assert (found.outside, found.supported) == ((first,), False)
    assert found.gain is not None


@pytest.mark.parametrize(
    ("minutes", "share", "held"),
    [(60.0, None, "compensation"), (None, 0.25, "speed"), (60.0, 0.25, "nothing")],
)
def test_a_scenario_says_what_is_held(published, minutes, share, held):
    _, cells, factors = published
    assert answer(cells, factors, Request(minutes=minutes, share=share)).held == held


def test_doing_nothing_changes_nothing_for_certain(published):
    _, cells, factors = published
    found = answer(cells, factors, Request())
    assert (found.gain, found.low, found.high, found.value) == (0.0, 0.0, 0.0, 0.0)
    assert answer(cells, factors, Request(share=0.25, reached=0.0)).high == 0.0


def test_a_comparison_is_the_difference_and_nothing_beats_itself(published):
    _, cells, factors = published
    sooner, larger = Request(minutes=60.0), Request(share=0.25)
    found = compare(cells, factors, sooner, larger)
    assert found.value == pytest.approx(
        answer(cells, factors, sooner).value - answer(cells, factors, larger).value, abs=1e-9
    )
    same = compare(cells, factors, sooner, sooner)
    assert (same.gain, same.value, same.high) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)


def test_levels_that_were_not_published_are_refused(published):
    _, cells, factors = published
    for request in (Request(minutes=61.0), Request(share=0.26), Request(frozenset({"nobody"}))):
        with pytest.raises(NoSuchCellError):
            answer(cells, factors, request)
    with pytest.raises(ValueError, match="reached"):
        Request(reached=1.2)


def test_cells_are_graded_by_what_they_set(published):
    joint, *_ = published
    effects = [replace(e, grade=Grade.D) if e.treatment == "speed" and e.level_to == "60" else e for e in graded("C")]
    grades = grades_of(joint, effects)
    assert grades.of(None, None) is None
    assert [grades.of(None, 0.25), grades.of(60.0, None), grades.of(60.0, 0.25), grades.of(240.0, 0.0)] == list("CDDC")
    assert grades_of(joint, []).of(None, 0.25) == "D"


def test_a_cell_outside_support_shows_no_number_and_today_s_carries_no_grade(published):
    _, cells, _ = published
    outside = [c for c in cells if not c.supported]
    assert outside
    for cell in outside:
        shown = (cell.estimate, cell.std_error, cell.ci_low, cell.ci_high, cell.df, cell.grade)
        assert shown == (None,) * 6
        assert (cell.verdict, "Too few" in why(cell)) == ("not_estimable", True)
    assert {c.grade for c in cells if (c.minutes, c.share) == (None, None)} == {None}


def test_a_segment_that_is_one_cluster_says_so_and_takes_nothing_from_the_others(published):
    """The gravest are all of one mass event: they have no error, and the others keep the event's part in theirs."""
    world = offered(1_600, 5, brands=1, event_share=0.0)
    severity = world.mart["severity"]
    event = (severity == "grave") | ((severity == "mild") & (np.arange(len(severity)) % 2 == 0))
    mart = world.mart.assign(cluster_key=np.where(event, "e1", world.mart["cluster_key"]))
    joint = ask_joint(mart, world.company)
    cells = scenarios_of(joint, fit_joint(joint), world.company, grades_of(joint, graded())).cells
    grave = [c for c in cells if c.severity == "grave"]
    assert grave
    assert all((c.supported, c.estimate) == (False, None) for c in grave)
    assert all("hang together" in why(c) for c in grave)
    mild = next(c for c in cells if c.severity == "mild" and c.share is None and c.minutes is None)
    inside = joint.segments.code == 0
    full = solve(replace(joint.question, members=inside.astype(float)), [at(None, None)])
    assert mild.std_error == pytest.approx(100 * cv3(full.means.psi[0], full.without[0][:, 0]).std_error, rel=0.05)


def test_the_quantile_is_student_s():
    for df in (1.0, 1.7, 2.3, 3.5, 4.9, 5.0, 8.0, 30.0, 500.0):
        assert t_quantile(df) == pytest.approx(stats.t.ppf(0.975, df), rel=0.01 if df < 5 else 0.002)


def test_without_customers_or_compensation_every_table_says_what_to_add():
    company = company_of(NOTHING, margin_rate=None)
    plans = plan_rows(mart_of(40), [], company)
    for row in (*plans.budgets.policies, *plans.scenarios.cells):
        assert row.verdict == "not_estimable"
        for part in ("customer_id", "compensations"):
            assert part in why(row)
        assert row_table(type(row), [row]).num_rows == 1
    assert plans.budgets.offers == plans.scenarios.factors == ()
    assert all(row.verdict == "not_estimable" and why(row) for row in (*plans.choices, *plans.counts))


def test_answers_hold_only_plain_values(published):
    _, cells, factors = published
    values = asdict(answer(cells, factors, Request(minutes=60.0))).values()
    assert all(type(value) in (float, int, str, bool, tuple, Grade, Held) for value in values)
