"""What a failure changes, against moments drawn from the orders: held to a truth, refused where they can't serve."""

import numpy as np
import pytest
from frames import facts
from stays import marts, stays, truth_per_100

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.models.ask.failure import DRAWN, LARGEST_UNLIKENESS, UNLIKE, ask_failure, of_drawn, stacked, unlikeness
from pipelines.models.estimate import estimate
from pipelines.models.fit.family import BINOMIAL
from pipelines.models.fit.solve import solve
from pipelines.models.question import Aim
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results

AIM = Aim(
    OUTCOMES["returned"], 365, "failure", "effect_of_failure", "failed_and_never_failed", "never failed", BINOMIAL
)


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
        assert unlikeness(stacked(mart, baseline)) < LARGEST_UNLIKENESS
        assert unlikeness(stacked(mart, one_moment_of_those_spared(world, baseline))) > LARGEST_UNLIKENESS


@pytest.mark.parametrize(("unlike", "grade", "reason"), [(0.05, "C", DRAWN), (0.6, "D", UNLIKE), (None, "D", UNLIKE)])
def test_a_drawn_comparison_is_capped_and_says_why(unlike, grade, reason):
    row = {"effect_id": "e", "grade": "B", "reason": ""}
    capped = of_drawn(Results([row, row | {"grade": None}]), unlike)
    assert [r["grade"] for r in capped.effects] == [grade, None]
    assert capped.effects[0]["reason"] == reason
    (check,) = capped.diagnostics
    assert check["value"] == unlike
    assert check["passed"] is (None if unlike is None else unlike < LARGEST_UNLIKENESS)


def test_a_declared_comparison_is_not_capped_for_being_drawn(worlds):
    _, mart, baseline = worlds[0]
    supplied = facts().supplied | {"comparison_subjects": frozenset({"customer_id", "index_at"})}
    for known, drawn in ((facts(), True), (facts(supplied=supplied), False)):
        found = estimate(mart, baseline, known)
        rows = [r for r in found.effects if r["treatment"] == "failure" and r["grade"]]
        assert rows
        assert all((DRAWN in r["reason"]) == drawn for r in rows)


def test_what_only_a_failure_brings_about_has_no_comparison(worlds):
    _, mart, baseline = worlds[0]
    aim = Aim(OUTCOMES["reopened"], None, "failure", "effect_of_failure", "both", "never failed", BINOMIAL)
    with pytest.raises(NotEstimableError, match="only exists after a failure"):
        ask_failure(stacked(mart, baseline), aim, facts())
