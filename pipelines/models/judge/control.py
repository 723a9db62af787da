"""Negative control: what a customer spent in the year before the incident can't be changed by what was done after it.

The contrasts asked about are estimated once more with that spend as the outcome and the same adjustment, less the
purchase history itself. A difference is confounding that remains; it is compared, in standard deviations, with the
outcome's own. A policy shift keeps its terms; a dose enters as a line, which sees more than any one of its levels.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.covariates import CovariateGroup
from pipelines.contracts.catalog.estimation import Estimand
from pipelines.contracts.catalog.thresholds import LEAST_CONTROLLED_SHARE
from pipelines.contracts.mart import Col
from pipelines.models.arrays import Flags, Floats
from pipelines.models.ask.covariates import group_of
from pipelines.models.facts import Facts
from pipelines.models.fit.family import GAUSSIAN
from pipelines.models.fit.interval import Interval
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.solve import Solved, fit_question, solve
from pipelines.models.fit.standardise import standardise
from pipelines.models.fit.terms import Linear, Product
from pipelines.models.question import Level, Question, numbers, subset
from pipelines.models.refusal import NotEstimableError

SUBJECT = Col.EARLIER_SPEND_365D


@dataclass(frozen=True)
class Compared:
    """A control's p-value, |difference| as a share of the effect, and the power to see one so large at 5 %."""

    p_value: float
    share: float
    power: float


@dataclass(frozen=True)
class Control:
    """One contrast of earlier spend, in residual standard deviations."""

    difference: Interval

    def compared(self, effect: float) -> Compared:
        """The difference beside the outcome's ``effect``, on the same scale."""
        shift = abs(effect) / max(self.difference.std_error, 1e-12)
        limit = float(stats.t.ppf(0.975, self.difference.df))
        power = float(stats.norm.sf(limit - shift) + stats.norm.cdf(-limit - shift))
        share = abs(self.difference.estimate) / max(abs(effect), 1e-12)
        return Compared(self.difference.p_value, share, power)


def negative_controls(question: Question, mart: pd.DataFrame, facts: Facts) -> dict[Level, Control]:
    """The control of each contrast; empty where spend before the incident isn't known or doesn't vary."""
    spend = np.log1p(np.maximum(numbers(mart, SUBJECT)[question.rows], 0.0))
    known = np.isfinite(spend)
    if known.mean() < LEAST_CONTROLLED_SHARE:
        return {}
    try:
        asked = _before(_plain(question), spend, known, facts)
        solved = solve(asked, [asked.base, *(c.to for c in asked.contrasts)])
    except NotEstimableError:
        return {}
    scale = 1.0 / _residual_spread(solved.fit, asked)
    return {c.level: Control(_scaled(solved.contrast(j), scale)) for j, c in enumerate(asked.contrasts, start=1)}


def effects(solved: Solved) -> dict[Level, float]:
    """The outcome's contrasts in residual standard deviations, asked as the control asks."""
    question = _plain(solved.question)
    try:
        fitted = fit_question(question) if question.aim.estimand is Estimand.DOSE else solved.fit
    except NotEstimableError:
        return {}
    table, index = fitted.patterns.table, fitted.patterns.index
    population = np.bincount(index, question.members, minlength=len(fitted.mu)).astype(float)
    psi = standardise(fitted, [question.base(table), *(c.to(table) for c in question.contrasts)], population).psi
    scale = 1.0 / _residual_spread(fitted, question)
    return {c.level: scale * float(psi[j] - psi[0]) for j, c in enumerate(question.contrasts, start=1)}


def _residual_spread(fitted: Fit, question: Question) -> float:
    return max(float(np.std(question.sample.y - fitted.mu[fitted.patterns.index])), 1e-12)


def _plain(question: Question) -> Question:
    """Without interactions; a dose as a line, other parts of its treatment adjusted for."""
    terms = tuple(t for t in question.treatment if not isinstance(t, Product))
    if question.aim.estimand is not Estimand.DOSE:
        return replace(question, treatment=terms)
    others = tuple(t for t in terms if t.names[0].partition("~")[0].partition(">")[0] != question.dose)
    return replace(question, covariates=(*question.covariates, *others), treatment=(Linear(question.dose),))


def _before(question: Question, spend: Floats, known: Flags, facts: Facts) -> Question:
    """The question about spend before the incident: least squares, without the history, clustered once."""
    asked = replace(
        question,
        aim=replace(question.aim, family=GAUSSIAN),
        sample=replace(question.sample, y=np.where(known, spend, 0.0), second=None),
        covariates=tuple(t for t in question.covariates if group_of(t.names[0], facts) is not CovariateGroup.HISTORY),
    )
    return subset(asked, known)


def _scaled(found: Interval, scale: float) -> Interval:
    return replace(
        found, estimate=scale * found.estimate, std_error=scale * found.std_error, ci_low=scale * found.ci_low,
        ci_high=scale * found.ci_high,
    )  # fmt: skip
