"""Negative control: what a customer spent in the year before the incident can't be changed by what was done after it.

The dose enters as a line, with the same adjustment less the purchase history itself. A slope here is confounding that
remains; it is compared, in standard deviations, with the slope of the outcome on the same dose.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.models.arrays import Flags, Floats
from pipelines.models.covariates import group_of
from pipelines.models.facts import Facts
from pipelines.models.family import GAUSSIAN
from pipelines.models.interval import Interval
from pipelines.models.newton import Fit
from pipelines.models.question import Question, numbers, subset, unchanged
from pipelines.models.refusal import NotEstimableError
from pipelines.models.solve import fit_question, solve
from pipelines.models.terms import Linear, Product

SUBJECT = "earlier_spend_365d"


@dataclass(frozen=True)
class Control:
    """Slope of earlier spend on the dose: standard deviations of spend per unit of dose."""

    slope: Interval

    def compared(self, effect: float) -> tuple[float, float]:
        """|slope| as a share of the outcome's ``effect`` (same scale), and the power to see one as large at 5 %."""
        shift = abs(effect) / self.slope.std_error
        limit = float(stats.t.ppf(0.975, self.slope.df))
        power = float(stats.norm.sf(limit - shift) + stats.norm.cdf(-limit - shift))
        return abs(self.slope.estimate) / max(abs(effect), 1e-12), power


def negative_control(question: Question, mart: pd.DataFrame, facts: Facts) -> Control | None:
    """The control for a question, or None where spend before the incident isn't known or doesn't vary."""
    spend = np.log1p(np.maximum(numbers(mart, SUBJECT)[question.rows], 0.0))
    known = np.isfinite(spend)
    if known.mean() < 0.5:
        return None
    kept = tuple(t for t in question.covariates if group_of(t.names[0], facts) != "history")
    try:
        return Control(dose_slope(replace(question, covariates=kept), spend, known))
    except NotEstimableError:
        return None


def dose_slope(question: Question, y: Floats, known: Flags) -> Interval:
    """Slope of ``y`` on the dose given the covariates, in residual standard deviations of ``y`` per unit of dose."""
    solved = solve(_line(question, y, known), [unchanged, lambda table: {question.dose: table[question.dose] + 1.0}])
    slope, spread = solved.contrast(1), _residual_spread(solved.fit, solved.question)
    return Interval(
        slope.estimate / spread, slope.std_error / spread, slope.df, slope.ci_low / spread, slope.ci_high / spread,
        slope.p_value,
    )  # fmt: skip


def outcome_slope(question: Question) -> float:
    """The outcome's own slope on the dose, on the same scale."""
    y = question.sample.y
    asked = _line(question, y, np.ones(len(y), dtype=bool))
    fitted = fit_question(asked)
    return float(fitted.beta[-1]) / _residual_spread(fitted, asked)


def _line(question: Question, y: Floats, known: Flags) -> Question:
    """Least squares of ``y`` on the dose as a line; other parts of the treatment are adjusted for."""
    others = tuple(t for t in question.treatment if not (isinstance(t, Product) or _of_dose(t.names, question.dose)))
    asked = replace(
        question,
        aim=replace(question.aim, family=GAUSSIAN),
        sample=replace(question.sample, y=np.where(known, y, 0.0), second=None),
        covariates=(*question.covariates, *others),
        treatment=(Linear(question.dose),),
    )
    return subset(asked, known)


def _of_dose(names: tuple[str, ...], dose: str) -> bool:
    return all(name == dose or name.startswith((f"{dose}~", f"{dose}>")) for name in names)


def _residual_spread(fitted: Fit, question: Question) -> float:
    return max(float(np.std(question.sample.y - fitted.mu[fitted.patterns.index])), 1e-12)
