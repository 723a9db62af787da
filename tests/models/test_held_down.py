"""Outcomes that can't be believed, and what rests on checks that failed: D at best, with the reason."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from pipelines.contracts.catalog.checks import Check, CheckVerdict, Touch
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Measure, MeasureFamily, answered_within
from pipelines.contracts.catalog.outcomes import RETURNED, REVIEW_STARS
from pipelines.contracts.catalog.treatments import APOLOGY, COMPENSATION, FAILURE, REPAIR, SPEED
from pipelines.contracts.messages.plausible import HourNotRecorded, MonthsMissing
from pipelines.contracts.sources import Incidents, Orders
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.models.facts import Facts
from pipelines.models.plausible import held_down, outcome_checks
from pipelines.models.rows import Results
from pipelines.policy.doubted import told

FACTS = Facts(
    horizons_days=(90,), response_cap_minutes=20160.0,
    supplied={
        Incidents.NAME: frozenset({Incidents.customer_id, Incidents.opened_at}),
        Orders.NAME: frozenset({Orders.amount}),
    },
    covariates=(("x_sample", "label"), ("x_colour", "label")),
)  # fmt: skip
DAYS = HourNotRecorded("incidents.opened_at")


def doubt(touches, subject="", reason=DAYS, check=Check.DAYS_WITHOUT_CLOCK):
    return Diagnostic(
        "",
        check,
        Stage.BEFORE,
        subject,
        1.0,
        None,
        0.95,
        False,
        CheckVerdict.FAILED,
        reasons=(reason,),
        touches=touches,
    )


def effect(treatment=SPEED, outcome=RETURNED, **more):
    return Effect(
        outcome=outcome,
        treatment=treatment,
        horizon_days=90,
        estimate=5.0,
        ci_low=1.0,
        ci_high=9.0,
        grade=Grade.B,
        **more,
    )


def checks(returned, **columns):
    mart = pd.DataFrame({"returned_within_90d": returned, **columns})
    return [(row.check, row.subject) for row in outcome_checks(mart, FACTS)]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_an_outcome_that_all_or_none_have_is_doubted(share):
    assert checks(np.full(120, share)) == [(Check.CONSTANT_OUTCOME, RETURNED)]
    assert checks(np.full(80, share)) == [], "so few may be alike by chance"
    assert checks(np.r_[np.full(119, share), 1 - share]) == []


def test_a_label_that_decides_an_outcome_is_doubted():
    half = np.repeat([0.0, 1.0], 60)
    assert checks(half, x_colour=np.repeat(["red", "blue"], 60)) == [(Check.OUTCOME_BY_LABEL, RETURNED)]
    mixed = np.tile([0.0, 1.0], 60)
    assert checks(mixed, x_colour=np.repeat(["red", "blue"], 60)) == []


def test_parts_of_a_sample_that_were_drawn_by_the_outcome_are_doubted():
    returned = np.r_[np.repeat([1.0, 0.0], [100, 100]), np.repeat([1.0, 0.0], [30, 170])]
    part = np.repeat(["train", "test"], 200)
    assert checks(returned, x_sample=part) == [(Check.OUTCOME_BY_LABEL, RETURNED)]
    assert checks(returned, x_colour=part) == [], "groups of customers may differ"
    alike = np.r_[np.repeat([1.0, 0.0], [100, 100]), np.repeat([1.0, 0.0], [96, 104])]
    assert checks(alike, x_sample=part) == []


RESTS = [
    (Touch.ANSWERS, "", SPEED, RETURNED, True),
    (Touch.ANSWERS, "", COMPENSATION, RETURNED, False),
    (Touch.RETURNS, "", COMPENSATION, RETURNED, True),
    (Touch.RETURNS, "", COMPENSATION, REVIEW_STARS, False),
    (Touch.FAILURE, "", FAILURE, REVIEW_STARS, True),
    (Touch.FAILURE, "", SPEED, REVIEW_STARS, False),
    (Touch.EVERYTHING, "", APOLOGY, REVIEW_STARS, True),
    (Touch.OUTCOME, RETURNED, APOLOGY, RETURNED, True),
    (Touch.OUTCOME, RETURNED, APOLOGY, REVIEW_STARS, False),
]


@pytest.mark.parametrize(("touches", "subject", "treatment", "outcome", "held"), RESTS)
def test_what_rests_on_a_failed_check_is_graded_d_with_its_reason(touches, subject, treatment, outcome, held):
    results = Results([effect(treatment, outcome, segment="a part")])
    (row,) = held_down(results, [doubt(touches, subject)], pd.DataFrame()).effects
    assert (row.grade, DAYS in row.reasons) == ((Grade.D, True) if held else (Grade.B, False))


def test_what_has_no_grade_gets_none():
    refused = Effect(outcome=RETURNED, treatment=SPEED, verdict=Verdict.NOT_ESTIMABLE)
    assert held_down(Results([refused]), [doubt(Touch.EVERYTHING)], pd.DataFrame()).effects == [refused]


def test_failing_that_helps_is_graded_d():
    helps = effect(FAILURE)
    harms = replace(effect(FAILURE, level_to="recovered"), estimate=-5.0, ci_low=-9.0, ci_high=-1.0, grade=Grade.C)
    found = held_down(Results([helps, harms]), [], pd.DataFrame())
    assert [row.grade for row in found.effects] == [Grade.D, Grade.C]
    assert [row.passed for row in found.diagnostics] == [False, True]


@pytest.mark.parametrize(("agreeing", "grade"), [(60, Grade.D), (50, Grade.B)])
def test_an_outcome_that_what_was_done_decides_is_graded_d(agreeing, grade):
    fixed = np.repeat([True, False], 60)
    returned = np.r_[np.arange(60) < agreeing, np.arange(60) >= agreeing].astype(float)
    mart = pd.DataFrame({"fixed_for_customer": fixed, "returned_within_90d": returned})
    (row,) = held_down(Results([effect(REPAIR, spec=Spec.ADJUSTED)]), [], mart).effects
    assert row.grade is grade


def measured(measure):
    return Measured(Topic.STANDARDS, measure, estimate=0.4, n=100)


def test_counted_numbers_that_rest_on_a_failed_check_are_not_told():
    missing = doubt(Touch.RETURNS, reason=MonthsMissing("orders.ordered_at", date(2024, 5, 1), 1))
    rows = [
        measured(m)
        for m in (
            answered_within(60),
            answered_within(4320),
            Measure.STANDARD_MET,
            MeasureFamily.RETURNED_WITHIN.at(90),
            Measure.ESCALATED,
        )
    ]
    verdicts = [row.verdict for row in told(rows, [doubt(Touch.ANSWERS), missing])]
    untold, is_told = Verdict.NOT_ESTIMABLE, Verdict.ESTIMATED
    assert verdicts == [untold, is_told, untold, untold, is_told]
