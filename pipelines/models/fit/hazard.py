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

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.mart import Col
from pipelines.contracts.results import CURVE_ANCHOR, effect_row
from pipelines.models.arrays import Floats, Ints, Table
from pipelines.models.ask.covariates import declared_covariates, encode
from pipelines.models.ask.speed import (
    ANSWERED,
    speed_columns,
    speed_levels,
    speed_terms,
    unanswered_can_be_judged,
    within,
)
from pipelines.models.facts import Facts
from pipelines.models.fit.family import CLOGLOG
from pipelines.models.fit.interval import Interval, cv3
from pipelines.models.fit.jackknife import leave_clusters_out
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.solve import fit_question
from pipelines.models.fit.standardise import Standardised
from pipelines.models.fit.terms import Levels
from pipelines.models.judge.grade import Grade
from pipelines.models.question import (
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
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, Row, key

_NUMBERS = (
    "estimate", "std_error", "ci_low", "ci_high", "df", "p_value", "baseline_estimate", "effective_incidents", "grade",
)  # fmt: skip
EDGES_DAYS = (0, 14, 30, 60, 90, 180, 270, 365, 540, 730)
GROUPS = ("failure", "channel", "customer", "history")
BEST_GRADE: Grade = "C"
_REASONS = {
    "C": "A second look at returns: graded no better than C.",
    "D": "A second look at returns, which allow no conclusion here.",
}
INCIDENCE, RESTRICTED_MEAN = "cumulative_incidence", "restricted_mean"


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
        aim = replace(aim, population=ANSWERED)
        known &= unanswered == 0.0
    chosen, ever = mart[known], back[known]
    periods = person_periods(numbers(chosen, Col.DAYS_TO_RETURN), numbers(chosen, Col.FOLLOW_UP_DAYS), horizon)
    refuse_thin(periods.returned, "binary")
    table, covariates = encode(chosen, [c for c in declared_covariates(facts) if c.group in GROUPS], ever)
    table = {"log_minutes": log_minutes[known], "unanswered": unanswered[known], **table}
    sample = make_sample(chosen, periods.row, {n: v[periods.row] for n, v in table.items()}, periods.returned)
    sample = Sample({**sample.table, "period": periods.period.astype(float)}, sample.y, sample.cluster, sample.weight)
    codes = tuple(range(1, len(periods.edges) - 1))
    return Question(
        aim=aim,
        sample=sample,
        rows=np.flatnonzero(known)[periods.row],
        treatment=(*speed_terms(log_minutes[known], unanswered[known]), Levels("period", codes)),
        covariates=covariates,
        base=unchanged,
        contrasts=tuple(_contrast(level, sample.table) for level in speed_levels()),
        members=(periods.period == 0).astype(float),
        dose="log_minutes",
    ), periods.edges  # fmt: skip


def _contrast(level: Level, table: Table) -> Contrast:
    first = table["period"] == 0
    slow = (table["log_minutes"] > np.log1p(float(level.level_to))) | (table["unanswered"] == 1.0)
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


def hazard_aim(horizon: int, estimand: str) -> Aim:
    """The aim of a time-to-return row."""
    outcome = OUTCOMES["days_to_return"]
    return Aim(outcome, horizon, "speed", estimand, "all", "today's answering times", CLOGLOG, "pooled_cloglog")


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
        period = {"period": np.full(len(share), float(p))}
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


def _effect(question: Question, contrast: Contrast, psi: Floats, without: Floats, j: int, estimand: str) -> Row:
    scale, unit = (100.0, "per 100 customers") if estimand == INCIDENCE else (1.0, "days")
    aim = replace(question.aim, estimand=estimand)
    columns = key(aim, contrast.level, "adjusted") | {"unit": unit}
    try:
        refuse_thin_sides(contrast, question.sample.y, "duration")
    except NotEstimableError as refusal:
        return effect_row(**columns, verdict="not_estimable", reason=refusal.reason)
    per = len(psi) // (1 + len(question.contrasts))
    base = per - 2 if estimand == INCIDENCE else per - 1
    to, sample = j * per + base, question.sample
    found = cv3(float(psi[to] - psi[base]), without[:, to] - without[:, base])
    return effect_row(
        **columns, estimate=scale * found.estimate, std_error=scale * found.std_error, ci_low=scale * found.ci_low,
        ci_high=scale * found.ci_high, df=found.df, p_value=found.p_value, baseline_estimate=scale * float(psi[base]),
        n_incidents=int(question.members.sum()), n_clusters=sample.clusters, n_events=int(sample.y.sum()),
    )  # fmt: skip


def _curves(effects: Sequence[Row], psi: Floats, without: Floats, edges: Floats, question: Question) -> list[Row]:
    wanted = [c.level.level_to for c in question.contrasts].index(CURVE_ANCHOR["speed"]) + 1
    parent = effects[2 * (wanted - 1)]["effect_id"]
    per = len(edges)
    return [
        _point(parent, series, float(day), question, cv3(float(psi[s * per + p]), without[:, s * per + p]))
        for series, s in (("today", 0), ("within", wanted))
        for p, day in enumerate(edges[1:])
    ]


def _point(parent: str, series: str, day: float, question: Question, found: Interval) -> Row:
    return {
        "effect_id": parent, "series": series, "x": day, "x_unit": "days", "x2": None, "x2_unit": None,
        "estimate": 100 * found.estimate, "ci_low": 100 * found.ci_low, "ci_high": 100 * found.ci_high,
        "band": "pointwise", "supported": True, "n_near": int(question.members.sum()), "grade": None,
    }  # fmt: skip


def graded_like_returns(results: Results, effects: Sequence[Row]) -> Results:
    """Time to return is a second look at the same returns: no better than they are graded, and no better than C.

    Where returns themselves are refused, so is the second look, with the same reason.
    """
    returns = {
        row["level_to"]: row
        for row in effects
        if (row["treatment"], row["outcome"], row["spec"], row["segment"]) == ("speed", "returned", "adjusted", "")
    }
    graded = [_judged(row, returns.get(row["level_to"])) for row in results.effects]
    letters = {row["effect_id"]: row["grade"] for row in graded}
    curves = [point | {"grade": letters[point["effect_id"]]} for point in results.curves]
    return replace(results, effects=graded, curves=[point for point in curves if point["grade"]])


def _judged(row: Row, returned: Row | None) -> Row:
    if row["estimate"] is None:
        return row
    if returned is None or returned["estimate"] is None:
        reason = returned["reason"] if returned else "Returns at this promise were not asked about."
        return row | dict.fromkeys(_NUMBERS) | {"verdict": "not_estimable", "reason": reason}
    letter = max(BEST_GRADE, returned["grade"] or BEST_GRADE)
    return row | {"grade": letter, "reason": _REASONS[letter]}
