"""Outcomes known only for those who answered: weights that let answers speak for the silent, and what silence hides.

Weights are 1 / P(answered | treatment, covariates). The silent may still differ: the tipping point is the effect among
them that would undo the one found, the bounds are the extremes that shares allow.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check, Subject
from pipelines.contracts.catalog.outcomes import OutcomeKind
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.fit.family import BINOMIAL
from pipelines.models.fit.solve import fit_question
from pipelines.models.question import PER_100, Aim, Question, numbers
from pipelines.models.rows import shown

SMALLEST_CHANCE = 0.02


def response_mart(mart: pd.DataFrame, aim: Aim) -> pd.DataFrame:
    """The mart with the outcome replaced by whether it is known, where it could be by the data cut."""
    column = aim.outcome.column_at(aim.horizon_days)
    answered = np.isfinite(numbers(mart, column)).astype(float)
    followed = numbers(mart, Col.FOLLOW_UP_DAYS) >= WORD_OF_MOUTH_WINDOW_DAYS
    return mart.assign(**{column: np.where(followed, answered, np.nan)})


def response_aim(aim: Aim) -> Aim:
    """The question "who answers?", asked with the same treatment."""
    return replace(aim, outcome=replace(aim.outcome, kind=OutcomeKind.BINARY), family=BINOMIAL)


def weighted(question: Question, response: Question) -> Question:
    """The question among those who answered, weighted to speak for all that were asked."""
    fitted = fit_question(response)
    chance = np.full(int(max(response.rows.max(), question.rows.max())) + 1, np.nan)
    chance[response.rows] = fitted.mu[fitted.patterns.index]
    weight = 1.0 / np.maximum(chance[question.rows], SMALLEST_CHANCE)
    weight = np.where(np.isfinite(weight), weight, np.nanmean(weight))
    weight = weight / weight.mean()
    return replace(question, sample=replace(question.sample, weight=weight), members=weight * question.members)


def silence_rows(row: Effect, response: Question) -> list[Diagnostic]:
    """Diagnostics of one effect: how many answered, the tipping point among the silent, and the bounds."""
    rate, estimate = float(np.mean(response.sample.y)), row.estimate
    if estimate is None or not 0 < rate < 1:
        return []
    rows = [
        shown(row, Check.RESPONSE_RATE, rate),
        shown(row, Check.TIPPING_POINT, -estimate * rate / (1 - rate), Subject.SILENT),
    ]
    # The largest effect a share can show; other outcomes have none.
    reach = PER_100 if row.unit == Unit.PER_100_CUSTOMERS else None
    if reach is None:
        return rows
    low, high = rate * estimate - (1 - rate) * reach, rate * estimate + (1 - rate) * reach
    return [*rows, shown(row, Check.BOUND, low, Subject.LOW), shown(row, Check.BOUND, high, Subject.HIGH)]
