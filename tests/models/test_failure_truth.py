"""What a failure changes, against moments drawn from the orders: held to a truth, refused where they can't serve."""

from dataclasses import replace

import numpy as np
import pytest
from asked import aim_of
from frames import facts
from stays import marts, stays, truth_per_100

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import REOPENED
from pipelines.contracts.catalog.thresholds import MOST_UNLIKENESS
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.messages.estimation import OnlyAfterFailure
from pipelines.contracts.messages.grounds import ComparisonDrawn, ComparisonUnlike
from pipelines.models.ask.failure import ask_failure, failure_levels, of_drawn, stacked, unlikeness
from pipelines.models.estimate import estimate
from pipelines.models.fit.solve import solve
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, asked

AIM = aim_of(FAILURE)


def effect(mart, baseline):
    question = ask_failure(stacked(mart, baseline), AIM, facts())
    return solve(question, [question.base, question.contrasts[0].to]).contrast(1)


def one_moment_of_those_spared(world, baseline):
    """How it must not be done: customers whom nothing ever failed, once each."""
    hit = {f"g{guest}" for guest in world.loc[world["failed"], "guest"]}
    return baseline[~baseline["customer_key"].isin(hit)].drop_duplicates("customer_key")


@pytest.fixture(scope="module")
def worlds():
    found = []
    for seed in range(1, 7):
        world = stays(6_000, seed, failure_loss=0.8)
        found.append((world, *marts(world)))
    return found


def test_the_drawn_comparison_finds_what_the_failures_cost(worlds):
    errors = [effect(mart, baseline).estimate * 100 - truth_per_100(world) for world, mart, baseline in worlds]
    spread = effect(*worlds[0][1:]).std_error * 100
    assert abs(np.mean(errors)) < 2.5 * spread / np.sqrt(len(worlds))


def test_spared_customers_once_each_would_lean(worlds):
    lean = [
        100 * effect(mart, one_moment_of_those_spared(world, baseline)).estimate - truth_per_100(world)
        for world, mart, baseline in worlds
    ]
    assert np.mean(lean) > 3.0


def test_purchases_before_tell_the_two_comparisons_apart(worlds):
    for world, mart, baseline in worlds:
        assert unlikeness(stacked(mart, baseline)) < MOST_UNLIKENESS
        assert unlikeness(stacked(mart, one_moment_of_those_spared(world, baseline))) > MOST_UNLIKENESS


@pytest.mark.parametrize(
    ("unlike", "grade", "reason"),
    [(0.05, Grade.C, ComparisonDrawn()), (0.6, Grade.D, ComparisonUnlike()), (None, Grade.D, ComparisonUnlike())],
)
def test_a_drawn_comparison_is_capped_and_says_why(unlike, grade, reason):
    row = replace(asked(AIM, failure_levels()[0], Spec.ADJUSTED), grade=Grade.B)
    capped = of_drawn(Results([row, replace(row, grade=None)]), unlike)
    assert [r.grade for r in capped.effects] == [grade, None]
    assert capped.effects[0].reasons == (reason,)
    (check,) = capped.diagnostics
    assert check.value == unlike
    assert check.passed is (None if unlike is None else unlike < MOST_UNLIKENESS)


def test_a_declared_comparison_is_not_capped_for_being_drawn(worlds):
    _, mart, baseline = worlds[0]
    supplied = facts().supplied | {"comparison_subjects": frozenset({"customer_id", "index_at"})}
    for known, drawn in ((facts(), True), (facts(supplied=supplied), False)):
        found = estimate(mart, baseline, known)
        rows = [r for r in found.effects if r.treatment == "failure" and r.grade]
        assert rows
        assert all((ComparisonDrawn() in r.reasons) == drawn for r in rows)


def test_what_only_a_failure_brings_about_has_no_comparison(worlds):
    _, mart, baseline = worlds[0]
    with pytest.raises(NotEstimableError) as refusal:
        ask_failure(stacked(mart, baseline), aim_of(FAILURE, REOPENED), facts())
    assert refusal.value.reasons == (OnlyAfterFailure(),)
