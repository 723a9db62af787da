"""Outcomes known only for those who answered: weights that let answers speak for the silent, and what silence hides.

Weights are 1 / P(answered | treatment, covariates). The silent may still differ: the tipping point is the effect among
them that would undo the one found, the bounds are the extremes that shares allow.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col
from pipelines.models.fit.family import BINOMIAL
from pipelines.models.fit.solve import fit_question
from pipelines.models.question import Aim, Question, numbers, outcome_column
from pipelines.models.rows import Row, check_row

SMALLEST_CHANCE = 0.02
WEIGHTED = "response_weighted"


def response_mart(mart: pd.DataFrame, aim: Aim) -> pd.DataFrame:
    """The mart with the outcome replaced by whether it is known, where it could be by the data cut."""
    column = outcome_column(aim.outcome, aim.horizon_days)
    answered = np.isfinite(numbers(mart, column)).astype(float)
    followed = numbers(mart, Col.FOLLOW_UP_DAYS) >= WORD_OF_MOUTH_WINDOW_DAYS
    return mart.assign(**{column: np.where(followed, answered, np.nan)})


def response_aim(aim: Aim) -> Aim:
    """The question "who answers?", asked with the same treatment."""
    return replace(aim, outcome=replace(aim.outcome, kind="binary"), family=BINOMIAL)


def weighted(question: Question, response: Question) -> Question:
    """The question among those who answered, weighted to speak for all that were asked."""
    fitted = fit_question(response)
    chance = np.full(int(max(response.rows.max(), question.rows.max())) + 1, np.nan)
    chance[response.rows] = fitted.mu[fitted.patterns.index]
    weight = 1.0 / np.maximum(chance[question.rows], SMALLEST_CHANCE)
    weight = np.where(np.isfinite(weight), weight, np.nanmean(weight))
    weight = weight / weight.mean()
    return replace(question, sample=replace(question.sample, weight=weight), members=weight * question.members)


def silence_rows(row: Row, response: Question) -> list[Row]:
    """Diagnostics of one effect: how many answered, the tipping point among the silent, and the bounds."""
    rate = float(np.mean(response.sample.y))
    if row["estimate"] is None or not 0 < rate < 1:
        return []
    name, estimate, unit = row["effect_id"], row["estimate"], row["unit"]
    tipping = -estimate * rate / (1 - rate)
    rows = [
        check_row(name, "response_rate", rate, passed=None, unit="share of those asked", verdict="shown"),
        check_row(name, "tipping_point", tipping, passed=None, unit=unit, subject="the silent", verdict="shown"),
    ]
    reach = _widest(row)
    if reach is None:
        return rows
    low, high = rate * estimate - (1 - rate) * reach, rate * estimate + (1 - rate) * reach
    limits: tuple[tuple[str, float], ...] = (("low", low), ("high", high))
    return [
        *rows,
        *(check_row(name, "bound", value, passed=None, unit=unit, subject=s, verdict="shown") for s, value in limits),
    ]


def _widest(row: Row) -> float | None:
    """The largest effect a share can show."""
    return 100.0 if row["unit"] == "per 100 customers" else None
