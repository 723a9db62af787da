"""Time to return: a pooled complementary log-log hazard on life-table periods, open cases censored.

Cumulative incidence 1 − exp(−Σ exp η) at the horizon and mean days without a return up to it (restricted mean), with
everyone answered within τ against today. Incidents count in the periods whose end lies before the data cut, whether
or not they return: to count those who return in a period cut short, and not those who don't, would raise every return.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import CovariateGroup
from pipelines.contracts.catalog.estimation import AskedOf, Band, Baseline, Covariate, Estimand, Estimator, Series, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import DAYS_TO_RETURN, OUTCOMES, RETURNED, OutcomeKind
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import ReturnsNotAsked
from pipelines.contracts.messages.grounds import SecondLook, SecondLookWithoutConclusion
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Ints, Table
from pipelines.models.ask.handling import LOG_MINUTES, speed_columns, speed_terms
from pipelines.models.ask.opening import declared_covariates, encode
from pipelines.models.ask.speed import headline_level, speed_levels, unanswered_can_be_judged, within
from pipelines.models.facts import Facts
from pipelines.models.fit.family import CLOGLOG
from pipelines.models.fit.interval import Interval, cv3
from pipelines.models.fit.jackknife import Standardised, leave_clusters_out
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.solve import fit_question
from pipelines.models.fit.terms import Levels
from pipelines.models.question import (
    PER_100,
    Aim,
    Contrast,
    Level,
    Question,
    Scenario,
    make_sample,
    numbers,
    refuse_thin,
    refuse_thin_sides,
    unchanged,
)
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, asked, estimated, not_estimable

EDGES_DAYS = (0, 14, 30, 60, 90, 180, 270, 365, 540, 730)
GROUPS = (CovariateGroup.FAILURE, CovariateGroup.CHANNEL, CovariateGroup.CUSTOMER, CovariateGroup.HISTORY)
BEST_GRADE = Grade.C
PERIOD, UNANSWERED = Covariate.PERIOD, Covariate.UNANSWERED
INCIDENCE, RESTRICTED_MEAN = Estimand.CUMULATIVE_INCIDENCE, Estimand.RESTRICTED_MEAN


@dataclass(frozen=True)
class Periods:
    """Person-periods: the mart row and period of each, whether the customer returned in it, and the edges in days."""

    row: Ints
    period: Ints
    returned: Floats
    edges: Floats


def person_periods(days: Floats, followed: Floats, horizon: int) -> Periods:
    """Split each incident's time into periods up to the horizon; a period that the data cut shortens doesn't count."""
    edges = np.array([e for e in EDGES_DAYS if e < horizon] + [horizon], dtype=float)
    parts = []
    for p, (start, end) in enumerate(pairwise(edges)):
        at_risk = ~(days <= start)
        event = (days > start) & (days <= end)
        rows = np.flatnonzero(at_risk & (followed >= end))
        parts.append((rows, np.full(len(rows), p), event[rows].astype(float)))
    row, period, returned = (np.concatenate(x) for x in zip(*parts, strict=True))
    return Periods(row.astype(np.int64), period.astype(np.int64), returned, edges)


def ask_hazard(mart: pd.DataFrame, aim: Aim, facts: Facts) -> tuple[Question, Floats]:
    """The person-period question and the edges of its periods; raises :class:`NotEstimableError` with the reason."""
    log_minutes, unanswered = speed_columns(mart, facts.response_cap_minutes)
    known = np.isfinite(log_minutes) & mart[Col.CUSTOMER_KEY].notna().to_numpy()
    horizon = int(aim.horizon_days or 0)
    back = (np.nan_to_num(numbers(mart, Col.DAYS_TO_RETURN), nan=np.inf) <= horizon).astype(float)
    if not unanswered_can_be_judged(unanswered[known], back[known]):
        aim = replace(aim, population=AskedOf.ALL_ANSWERED)
        known &= unanswered == 0.0
    chosen, ever = mart[known], back[known]
    periods = person_periods(numbers(chosen, Col.DAYS_TO_RETURN), numbers(chosen, Col.FOLLOW_UP_DAYS), horizon)
    refuse_thin(periods.returned, OutcomeKind.BINARY)
    table, covariates = encode(chosen, [c for c in declared_covariates(facts) if c.group in GROUPS], ever)
    table = {LOG_MINUTES: log_minutes[known], UNANSWERED: unanswered[known], **table}
    sample = make_sample(chosen, periods.row, {n: v[periods.row] for n, v in table.items()}, periods.returned)
    sample = Sample({**sample.table, PERIOD: periods.period.astype(float)}, sample.y, sample.cluster, sample.weight)
    codes = tuple(range(1, len(periods.edges) - 1))
    return Question(
        aim=aim,
        sample=sample,
        rows=np.flatnonzero(known)[periods.row],
        treatment=(*speed_terms(log_minutes[known], unanswered[known]), Levels(PERIOD, codes)),
        covariates=covariates,
        base=unchanged,
        contrasts=tuple(_contrast(level, sample.table) for level in speed_levels()),
        members=(periods.period == 0).astype(float),
        dose=LOG_MINUTES,
    ), periods.edges  # fmt: skip


def _contrast(level: Level, table: Table) -> Contrast:
    first = table[PERIOD] == 0
    slow = (table[LOG_MINUTES] > np.log1p(float(level.level_to))) | (table[UNANSWERED] == 1.0)
    return Contrast(level, within(float(level.level_to)), moved=slow & first, there=~slow & first)


def time_to_return(mart: pd.DataFrame, facts: Facts, horizon: int) -> Results:
    """Rows of both estimands for every promise, and curves of returns over time today and within the hour."""
    aim = hazard_aim(horizon, INCIDENCE)
    question, edges = ask_hazard(mart, aim, facts)
    fitted = fit_question(question)
    scenarios = [question.base, *(c.to for c in question.contrasts)]
    means = _means(fitted, question, scenarios, edges)
    without = leave_clusters_out(means, question.sample, question.sample.cluster, question.members, exact=0)
    effects = [
        _effect(question, contrast, means.psi, without, j, estimand)
        for j, contrast in enumerate(question.contrasts, start=1)
        for estimand in (INCIDENCE, RESTRICTED_MEAN)
    ]
    return Results(effects, _curves(effects, means.psi, without, edges, question))


def hazard_aim(horizon: int, estimand: Estimand) -> Aim:
    """The aim of a time-to-return row."""
    return Aim(
        OUTCOMES[DAYS_TO_RETURN], horizon, SPEED, estimand, AskedOf.ALL, Baseline.TODAYS_ANSWERING_TIMES, CLOGLOG,
        Estimator.POOLED_CLOGLOG,
    )  # fmt: skip


def _means(fitted: Fit, question: Question, scenarios: Sequence[Scenario], edges: Floats) -> Standardised:
    """Per scenario: incidence at the end of each period, then the restricted mean; with gradients, over incidents."""
    table, widths = fitted.patterns.table, np.diff(edges)
    size = len(fitted.mu)
    population = np.bincount(fitted.patterns.index, question.members, minlength=size).astype(float)
    everything = [_one(fitted, scenario(table), widths, population / population.sum()) for scenario in scenarios]
    psi, gradient, values = zip(*everything, strict=True)
    return Standardised(fitted, (), population, np.concatenate(psi), np.hstack(gradient), np.hstack(values))


def _one(fitted: Fit, setting: Table, widths: Floats, share: Floats) -> tuple[Floats, Floats, Floats]:
    """Means, gradients and values of one scenario; evaluated only at the patterns that open an incident's time."""
    rows = np.flatnonzero(share)
    size, k = len(rows), len(fitted.beta)
    fixed = fitted.design.at(rows)[0]
    hazard, slope = np.zeros(size), np.zeros((size, k))
    alive, fall = np.ones(size), np.zeros((size, k))
    mean, mean_slope = np.zeros(size), np.zeros((size, k))
    values, gradients = [], []
    for p, width in enumerate(widths):
        period: Table = {PERIOD: np.full(len(share), float(p))}
        X = np.hstack([fixed, fitted.design.treatment_at(rows, setting | period)])
        step = np.exp(np.minimum(X @ fitted.beta, 30.0))
        hazard, slope = hazard + step, slope + step[:, None] * X
        after = np.exp(-hazard)
        after_fall = -after[:, None] * slope
        mean, mean_slope = mean + width * (alive + after) / 2, mean_slope + width * (fall + after_fall) / 2
        alive, fall = after, after_fall
        values.append(1.0 - after)
        gradients.append(-(share[rows] @ after_fall))
    stacked = np.zeros((len(share), len(widths) + 1))
    stacked[rows] = np.column_stack([*values, mean])
    return share @ stacked, np.column_stack([*gradients, share[rows] @ mean_slope]), stacked


def _effect(question: Question, contrast: Contrast, psi: Floats, without: Floats, j: int, estimand: Estimand) -> Effect:
    scale, unit = (PER_100, Unit.PER_100_CUSTOMERS) if estimand is INCIDENCE else (1.0, Unit.DAYS)
    row = replace(asked(replace(question.aim, estimand=estimand), contrast.level, Spec.ADJUSTED), unit=unit)
    try:
        refuse_thin_sides(contrast, question.sample.y, OutcomeKind.DURATION)
    except NotEstimableError as refusal:
        return not_estimable(row, *refusal.reasons)
    per = len(psi) // (1 + len(question.contrasts))
    base = per - 2 if estimand is INCIDENCE else per - 1
    to, sample = j * per + base, question.sample
    return replace(
        estimated(row, cv3(float(psi[to] - psi[base]), without[:, to] - without[:, base]), scale),
        baseline_estimate=scale * float(psi[base]),
        n_incidents=int(question.members.sum()),
        n_clusters=sample.clusters,
        n_events=int(sample.y.sum()),
    )


def _curves(
    effects: Sequence[Effect], psi: Floats, without: Floats, edges: Floats, question: Question
) -> list[CurvePoint]:
    wanted = [c.level for c in question.contrasts].index(headline_level()) + 1
    parent = effects[2 * (wanted - 1)].effect_id
    per = len(edges)
    return [
        _point(parent, series, float(day), question, cv3(float(psi[s * per + p]), without[:, s * per + p]))
        for series, s in ((Series.TODAY, 0), (Series.WITHIN, wanted))
        for p, day in enumerate(edges[1:])
    ]


def _point(parent: str, series: Series, day: float, question: Question, found: Interval) -> CurvePoint:
    return CurvePoint(
        parent, series, day, Unit.DAYS, estimate=PER_100 * found.estimate, ci_low=PER_100 * found.ci_low,
        ci_high=PER_100 * found.ci_high, band=Band.POINTWISE, supported=True, n_near=int(question.members.sum()),
    )  # fmt: skip


def graded_like_returns(results: Results, effects: Sequence[Effect]) -> Results:
    """Time to return is a second look at the same returns: no better than they are graded, and no better than C.

    Where returns themselves are refused, so is the second look, with the same reason.
    """
    returns = {
        row.level_to: row
        for row in effects
        if (row.treatment, row.outcome, row.spec, row.segment) == (SPEED, RETURNED, Spec.ADJUSTED, "")
    }
    graded = [_judged(row, returns.get(row.level_to)) for row in results.effects]
    letters = {row.effect_id: row.grade for row in graded}
    curves = [replace(point, grade=letters[point.effect_id]) for point in results.curves]
    return replace(results, effects=graded, curves=[point for point in curves if point.grade])


def _judged(row: Effect, returned: Effect | None) -> Effect:
    if row.estimate is None:
        return row
    if returned is None or returned.estimate is None:
        return _without_numbers(row, *(returned.reasons if returned else (ReturnsNotAsked(),)))
    letter = max(BEST_GRADE, returned.grade or BEST_GRADE)
    return replace(row, grade=letter, reasons=(SecondLook() if letter is Grade.C else SecondLookWithoutConclusion(),))


def _without_numbers(row: Effect, *reasons: Reason) -> Effect:
    nothing = replace(
        row, estimate=None, std_error=None, ci_low=None, ci_high=None, df=None, p_value=None, baseline_estimate=None,
        effective_incidents=None, grade=None,
    )  # fmt: skip
    return not_estimable(nothing, *reasons)
