"""What an arm comes to: limits at any look decide before the planned end, the fixed ones after it."""

from dataclasses import replace

import pytest

from pipelines.contracts.catalog.estimation import ContrastKind, OutcomeId, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import ASSIGNMENT
from pipelines.contracts.experiments.draw import Sign
from pipelines.contracts.experiments.reasons import DrawRefuted, TooFewDrawn
from pipelines.contracts.experiments.registry import Experiment
from pipelines.contracts.experiments.verdict import Comes, so_far
from pipelines.contracts.tables.effect import Effect

PLAN = Experiment(
    "a",
    "Is it so?",
    "COO",
    ("usual", "new"),
    (0.5, 0.5),
    "incident",
    (),
    "returned",
    365,
    3.0,
    1_000,
    20.0,
    None,
    "",
    "r",
)
ROW = Effect(
    OutcomeId("returned"), ASSIGNMENT, ContrastKind.ARM, 365, level_from="usual", level_to="new", estimate=4.0,
    ci_low=1.0, ci_high=7.0, n_clusters=400, grade=Grade.A,
)  # fmt: skip


def comes(row: Effect, low: float, high: float, *, up: bool = True) -> Comes:
    ever = replace(row, spec=Spec.ALWAYS_VALID, ci_low=low, ci_high=high)
    (arm,) = so_far(PLAN, [row, ever], up=up)
    return arm.comes


def test_before_the_end_only_limits_at_any_look_decide():
    assert comes(ROW, -1.0, 9.0) is Comes.GOES_ON
    assert comes(ROW, 0.5, 9.0) is Comes.BETTER
    assert comes(ROW, -9.0, -0.5) is Comes.WORSE
    assert comes(ROW, 0.5, 9.0, up=False) is Comes.WORSE
    assert comes(ROW, -2.0, 2.5) is Comes.NO_DIFFERENCE


def test_at_the_planned_end_the_fixed_ones_do():
    whole = replace(ROW, n_clusters=1_000)
    assert comes(whole, -1.0, 9.0) is Comes.BETTER
    assert comes(replace(whole, ci_low=-1.0), -1.0, 9.0) is Comes.UNDECIDED


@pytest.mark.parametrize(
    ("reason", "expected"), [(DrawRefuted(Sign.RATIO), Comes.REFUTED), (TooFewDrawn(6), Comes.UNDECIDED)]
)
def test_nothing_is_concluded_of_a_refuted_draw(reason, expected):
    assert comes(replace(ROW, grade=Grade.D, reasons=(reason,)), 0.5, 9.0) is expected


def test_without_an_outcome_nothing_is_known():
    (arm,) = so_far(PLAN, [], up=True)
    assert arm.comes is Comes.NO_CASES
