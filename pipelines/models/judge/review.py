"""The guard rails of one question: what each adjusted contrast rests on, as evidence for its grade and as rows.

Negative control: what a customer spent in the year before the incident can't be changed by what was done after it.
The contrasts asked about are estimated once more with that spend as the outcome and the same adjustment, less the
purchase history itself. A difference is confounding that remains; it is compared, in standard deviations, with the
outcome's own. A policy shift keeps its terms; a dose enters as a line, which sees more than any one of its levels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.covariates import CovariateGroup
from pipelines.contracts.catalog.estimation import Estimand
from pipelines.contracts.catalog.thresholds import LEAST_CONTROLLED_SHARE
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.ask.circumstances import Circumstances, circumstances
from pipelines.models.ask.opening import group_of
from pipelines.models.facts import Facts
from pipelines.models.fit.aipw import TwoArms, two_arms
from pipelines.models.fit.family import GAUSSIAN
from pipelines.models.fit.interval import Interval
from pipelines.models.fit.jackknife import standardise
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.solve import Solved, fit_question, solve
from pipelines.models.fit.terms import Linear, Product
from pipelines.models.judge.comparability import Comparability, compare, compare_dose, local_range
from pipelines.models.judge.controls import ControlTests
from pipelines.models.judge.sensitivity import Robustness, robustness
from pipelines.models.question import Contrast, Level, Question, enough_sides, numbers, subset
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


BENCHMARKS = (CovariateGroup.FAILURE, CovariateGroup.PLACE, CovariateGroup.CUSTOMER, CovariateGroup.HISTORY)


@dataclass(frozen=True)
class Grounds:
    """What doesn't depend on the outcome: comparability and negative control per contrast."""

    comparability: Mapping[Level, Comparability]
    controls: Mapping[Level, Control]


class Seen:
    """What questions of one run share: the circumstances of its mart, and grounds of outcomes over the same rows."""

    def __init__(self) -> None:
        self.grounds: dict[tuple[str, bytes], Grounds] = {}
        self.parts: dict[tuple[str, bytes, str, Level], Comparability | None] = {}
        self._around: tuple[pd.DataFrame, Circumstances] | None = None
        self._turn = Lock()

    def around(self, mart: pd.DataFrame) -> Circumstances:
        """The circumstances of a mart, worked out once, whoever asks at the same time."""
        with self._turn:
            if self._around is None or self._around[0] is not mart:
                self._around = mart, circumstances(mart)
            return self._around[1]


@dataclass(frozen=True)
class Shared:
    """The controls of circumstances before and after these are held, and why they aren't held or looked at."""

    across: ControlTests | None = None
    within: ControlTests | None = None
    lacking: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Review:
    """Everything checked about one adjusted question; ``effects`` are its contrasts in standard deviations."""

    grounds: Grounds
    robustness: Robustness | None
    two_arms: Mapping[Level, TwoArms]
    effects: Mapping[Level, float]
    shared: Shared


def review(solved: Solved, shared: Shared, mart: pd.DataFrame, facts: Facts, seen: Seen, thorough: bool) -> Review:
    """Check a fit across circumstances. ``seen`` remembers the grounds of other outcomes over the same rows."""
    question, X = solved.question, _covariates(solved)
    place = (question.aim.treatment, question.rows.tobytes())
    if place not in seen.grounds:
        seen.grounds[place] = _grounds(solved, X, mart, facts)
    groups = benchmarks(solved, facts)
    dose = question.sample.table[question.dose]
    anchor = question.curve_level or (question.contrasts[0].level if question.contrasts else None)
    second = thorough or question.curve_level is None
    chosen = [
        c for c in question.contrasts if second and (c.level == anchor or not thorough) and enough_sides(c, question)
    ]
    return Review(
        shared=shared,
        grounds=seen.grounds[place],
        robustness=robustness(X, groups, dose, question.sample.y) if np.ptp(dose) > 0 else None,
        effects=effects(solved),
        two_arms={
            c.level: two_arms(X, _treated(question, c), question.sample.y, question.sample.cluster) for c in chosen
        },
    )


def _grounds(solved: Solved, X: Floats, mart: pd.DataFrame, facts: Facts) -> Grounds:
    question, names = solved.question, solved.fit.design.names
    return Grounds(_comparable(question, X, names[: X.shape[1]]), negative_controls(question, mart, facts))


def _covariates(solved: Solved) -> Floats:
    """Constant and covariate columns per row."""
    index = solved.fit.patterns.index
    return solved.fit.design.at(index)[0]


def benchmarks(solved: Solved, facts: Facts) -> dict[str, Ints]:
    """Column positions of each benchmark for a hidden cause: a label's indicator, or a spline with all its bends.

    Channel and clock are none: they drive the speed of the answer more than anything, and are recorded in full.
    """
    groups: dict[str, list[int]] = {}
    for position, name in enumerate(solved.fit.design.names[1 : solved.fit.design.fixed_width], start=1):
        if group_of(name, facts) in BENCHMARKS:
            groups.setdefault(name.partition("~")[0], []).append(position)
    return {name: np.array(columns, dtype=np.int64) for name, columns in groups.items()}


def _treated(question: Question, contrast: Contrast) -> Flags:
    """The arm of a second estimator: whoever got anything of a dose, else those already there."""
    return question.sample.table[question.dose] > 0 if question.aim.estimand is Estimand.DOSE else contrast.there


def _comparable(question: Question, X: Floats, names: tuple[str, ...]) -> dict[Level, Comparability]:
    """Comparability of every contrast with enough cases on both sides."""
    dose, chosen = question.sample.table[question.dose], [c for c in question.contrasts if enough_sides(c, question)]
    if not chosen:
        return {}
    near = local_range(X, dose)
    outside = [near.outside(level_under(c, question)) for c in chosen]
    if question.aim.estimand is Estimand.DOSE:
        found = compare_dose(X, names, dose)
        return {
            c.level: replace(found, outside_share=float(out.mean())) for c, out in zip(chosen, outside, strict=True)
        }
    pairs = zip(chosen, outside, strict=True)
    return {c.level: compare(X, names, c.moved, c.there, out) for c, out in pairs}


def level_under(contrast: Contrast, question: Question) -> Floats:
    """The dose of every row under a contrast."""
    table = question.sample.table
    return contrast.to(table).get(question.dose, table[question.dose])
