"""The same question asked in other ways: unadjusted, with more and more adjusted for, in steps instead of a spline, …

Each is one more specification in ``effects``; together they show how much an estimate owes to its model.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.covariates import group_of
from pipelines.models.facts import Facts
from pipelines.models.judge.checks import BEFORE_CUSTOMERS
from pipelines.models.question import Question, flags, numbers, subset

LADDER = ("failure", "channel", "place", "customer")


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
    early = numbers(mart, Col.DAYS_TO_RETURN) <= cap_minutes / 1440.0
    return subset(question, ~early[question.rows])


def ladder(question: Question, facts: Facts) -> Iterator[tuple[str, Question]]:
    """Step by step from raw to adjusted: the failure, then the channel, the place, the customer."""
    for last, group in enumerate(LADDER, start=1):
        allowed = {*LADDER[:last], "treatment"}
        kept = tuple(t for t in question.covariates if group_of(t.names[0], facts) in allowed)
        yield f"adjusted_to_{group}", replace(question, covariates=kept)


def sensitivity_fits(
    question: Question, mart: pd.DataFrame, facts: Facts, thorough: bool
) -> dict[str, Callable[[], Question]]:
    """Specifications beside raw and adjusted that the question can be asked under, as recipes."""
    fits: dict[str, Callable[[], Question]] = {}
    if question.binned:
        fits["binned"] = lambda: binned(question)
    if np.any((flags(mart, Col.THREATENED) | flags(mart, Col.ESCALATED))[question.rows]):
        fits["without_threatened"] = lambda: without_threatened(question, mart)
    rungs = dict(ladder(question, facts))
    fits[BEFORE_CUSTOMERS] = lambda: rungs[BEFORE_CUSTOMERS]
    if not thorough:
        return fits
    if question.aim.treatment == "speed" and question.aim.outcome.id == "returned":
        fits["landmark_at_cap"] = lambda: landmark_at_cap(question, mart, facts.response_cap_minutes)
    return fits | {name: lambda rung=rung: rung for name, rung in rungs.items()}
