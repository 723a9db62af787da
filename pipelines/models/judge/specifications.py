"""The same question asked in other ways: unadjusted, with more and more adjusted for, in steps instead of a spline, …

Each is one more specification in ``effects``; together they show how much an estimate owes to its model.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import CovariateGroup
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.mart import Col
from pipelines.models.ask.opening import group_of
from pipelines.models.facts import Facts
from pipelines.models.judge.evidence import BEFORE_CUSTOMERS
from pipelines.models.question import Question, flags, numbers, subset

# Step by step from raw to adjusted: the failure, then the channel, the place, the customer.
LADDER: dict[CovariateGroup, Spec] = {
    CovariateGroup.FAILURE: Spec.ADJUSTED_TO_FAILURE,
    CovariateGroup.CHANNEL: Spec.ADJUSTED_TO_CHANNEL,
    CovariateGroup.PLACE: Spec.ADJUSTED_TO_PLACE,
    CovariateGroup.CUSTOMER: Spec.ADJUSTED_TO_CUSTOMER,
}
MINUTES_A_DAY = 1440.0


def raw(question: Question) -> Question:
    """Nothing adjusted for."""
    return replace(question, covariates=())


def binned(question: Question) -> Question:
    """The dose in steps instead of a spline."""
    return replace(question, treatment=question.binned)


def without_threatened(question: Question, mart: pd.DataFrame) -> Question:
    """Without customers who threatened to leave and cases that were passed up: both change how they are treated."""
    pressed = flags(mart, Col.THREATENED) | flags(mart, Col.ESCALATED)
    return subset(question, ~pressed[question.rows])


def landmark_at_cap(question: Question, mart: pd.DataFrame, cap_minutes: float) -> Question:
    """Only customers who had not yet come back when the response cap passed: no return can precede the answer."""
    early = numbers(mart, Col.DAYS_TO_RETURN) <= cap_minutes / MINUTES_A_DAY
    return subset(question, ~early[question.rows])


def ladder(question: Question, facts: Facts) -> Iterator[tuple[Spec, Question]]:
    """The question at each step, with what goes with the treatment held at all of them."""
    allowed = {CovariateGroup.TREATMENT}
    for group, spec in LADDER.items():
        allowed.add(group)
        kept = tuple(t for t in question.covariates if group_of(t.names[0], facts) in allowed)
        yield spec, replace(question, covariates=kept)


def sensitivity_fits(
    question: Question, mart: pd.DataFrame, facts: Facts, thorough: bool
) -> dict[Spec, Callable[[], Question]]:
    """Specifications beside raw and adjusted that the question can be asked under, as recipes."""
    fits: dict[Spec, Callable[[], Question]] = {}
    if question.binned:
        fits[Spec.BINNED] = lambda: binned(question)
    if np.any((flags(mart, Col.THREATENED) | flags(mart, Col.ESCALATED))[question.rows]):
        fits[Spec.WITHOUT_THREATENED] = lambda: without_threatened(question, mart)
    rungs = dict(ladder(question, facts))
    fits[BEFORE_CUSTOMERS] = lambda: rungs[BEFORE_CUSTOMERS]
    if not thorough:
        return fits
    if question.aim.treatment == SPEED and question.aim.outcome.id == RETURNED:
        fits[Spec.LANDMARK_AT_CAP] = lambda: landmark_at_cap(question, mart, facts.response_cap_minutes)
    return fits | {name: lambda rung=rung: rung for name, rung in rungs.items()}
