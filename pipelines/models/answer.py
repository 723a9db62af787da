"""Fits a question and turns it into result rows: one per contrast, estimated or refused with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pipelines.contracts.results import effect_row
from pipelines.models.arrays import Floats
from pipelines.models.design import make_design
from pipelines.models.interval import Interval, bands, cv3
from pipelines.models.jackknife import leave_clusters_out
from pipelines.models.newton import Fit, fit
from pipelines.models.patterns import group_patterns
from pipelines.models.question import Aim, Contrast, Level, Point, Question, refuse_thin_sides, unchanged
from pipelines.models.refusal import NotEstimableError
from pipelines.models.standardise import Standardised, standardise

Row = dict[str, Any]
SUPPORT_ROWS = 30


@dataclass(frozen=True)
class Results:
    """Rows of the three result tables."""

    effects: list[Row] = field(default_factory=list)
    curves: list[Row] = field(default_factory=list)
    diagnostics: list[Row] = field(default_factory=list)

    def __add__(self, other: "Results") -> "Results":
        """Both."""
        return Results(
            [*self.effects, *other.effects], [*self.curves, *other.curves], [*self.diagnostics, *other.diagnostics]
        )


def refused(aim: Aim, levels: Sequence[Level], specs: Sequence[str], reason: str) -> Results:
    """One row per contrast and specification that says why there is no estimate."""
    return Results(
        [
            effect_row(**_key(aim, level, spec), verdict="not_estimable", reason=reason)
            for spec in specs
            for level in levels
        ]
    )


def answer(question: Question, spec: str) -> Results:
    """Effects and curves of one question under one specification; ``raw`` leaves the covariates out."""
    asked = replace(question, covariates=()) if spec == "raw" else question
    levels = [c.level for c in asked.contrasts]
    try:
        fitted = fit_question(asked)
    except NotEstimableError as refusal:
        return refused(asked.aim, levels, [spec], refusal.reason)
    effects = [_contrast_row(asked, fitted, contrast, spec) for contrast in asked.contrasts]
    return Results(effects, _curves(asked, fitted, spec))


def fit_question(question: Question) -> Fit:
    """The model of a question, fitted on patterns."""
    patterns = group_patterns(question.sample)
    design = make_design(question.covariates, question.treatment, patterns.table, patterns.n)
    return fit(design, patterns, question.aim.family)


def _key(aim: Aim, level: Level, spec: str) -> Row:
    return {
        "outcome": aim.outcome.id, "horizon_days": aim.horizon_days, "treatment": aim.treatment,
        "contrast": level.contrast, "level_from": level.level_from, "level_to": level.level_to,
        "population": aim.population, "segment": aim.segment, "estimand": aim.estimand, "estimator": aim.estimator,
        "spec": spec, "se_type": "cv3", "unit": aim.unit, "baseline": aim.baseline,
    }  # fmt: skip


def _contrast_row(question: Question, fitted: Fit, contrast: Contrast, spec: str) -> Row:
    key = _key(question.aim, contrast.level, spec)
    sample = question.sample
    try:
        refuse_thin_sides(contrast, sample.y, question.aim.outcome.kind == "binary")
    except NotEstimableError as refusal:
        return effect_row(**key, verdict="not_estimable", reason=refusal.reason)
    table = fitted.patterns.table
    means = standardise(fitted, [contrast.base(table), contrast.to(table)], fitted.patterns.n)
    without = leave_clusters_out(means, sample, sample.weight).means
    result = cv3(float(means.psi[1] - means.psi[0]), without[:, 1] - without[:, 0])
    return effect_row(**key, **_numbers(question, fitted, means, result))


def _numbers(question: Question, fitted: Fit, means: Standardised, result: Interval) -> Row:
    sample, scale = question.sample, question.aim.scale
    iid = independent_error(fitted, question, means)
    return {
        "estimate": scale * result.estimate,
        "std_error": scale * result.std_error,
        "ci_low": scale * result.ci_low,
        "ci_high": scale * result.ci_high,
        "p_value": result.p_value,
        "df": result.df,
        "baseline_estimate": scale * float(means.psi[0]),
        "n_incidents": len(sample.y),
        "n_clusters": sample.clusters,
        "n_events": int(np.count_nonzero(sample.y > 0)),
        "effective_incidents": min(1.0, (iid / result.std_error) ** 2) * len(sample.y)
        if result.std_error > 0
        else None,
    }


def independent_error(fitted: Fit, question: Question, means: Standardised) -> float:
    """Standard error of ψ₁ − ψ₀ as if incidents were independent, from influence functions per row."""
    index, sample = fitted.patterns.index, question.sample
    difference = means.values[:, 1] - means.values[:, 0]
    lever = _times(fitted, fitted.inverse @ (means.gradient[:, 1] - means.gradient[:, 0]))
    residual = fitted.a[index] * (sample.y - fitted.mu[index])
    theta = float(means.psi[1] - means.psi[0])
    influence = sample.weight * ((difference[index] - theta) / sample.weight.sum() + residual * lever[index])
    return float(np.sqrt(influence @ influence))


def _times(fitted: Fit, direction: Floats) -> Floats:
    return np.concatenate([fitted.design.matrix(rows) @ direction for rows in fitted.design.blocks()])


def _curves(question: Question, fitted: Fit, spec: str) -> list[Row]:
    if not question.curve or question.curve_level is None:
        return []
    table = fitted.patterns.table
    base = next((c.base for c in question.contrasts if c.level == question.curve_level), unchanged)
    scenarios = [base(table), *(p.to(table) for p in question.curve)]
    means = standardise(fitted, scenarios, fitted.patterns.n)
    without = leave_clusters_out(means, question.sample, question.sample.weight).means
    parent = effect_row(**_key(question.aim, question.curve_level, spec))["effect_id"]
    gain = (means.psi[1:] - means.psi[0], without[:, 1:] - without[:, [0]])
    level = (means.psi[1:], without[:, 1:])
    return [
        row
        for series, (estimates, left_out) in (("gain", gain), ("level", level))
        for row in _series(question, parent, series, estimates, left_out)
    ]


def _series(question: Question, parent: str, series: str, estimates: Floats, left_out: Floats) -> list[Row]:
    band, scale = bands(estimates, left_out), question.aim.scale
    limits = (("pointwise", band.low, band.high), ("simultaneous", band.low_everywhere, band.high_everywhere))
    return [
        _curve_row(
            parent, series, point, question.x_unit, name, scale * band.estimate[j], scale * low[j], scale * high[j]
        )
        for name, low, high in limits
        for j, point in enumerate(question.curve)
    ]


def _curve_row(
    parent: str, series: str, point: Point, unit: str, band: str, estimate: float, low: float, high: float
) -> Row:
    return {
        "effect_id": parent, "series": series, "x": point.x, "x_unit": unit, "x2": None, "x2_unit": None,
        "estimate": float(estimate), "ci_low": float(low), "ci_high": float(high), "band": band,
        "supported": point.n_near >= SUPPORT_ROWS, "n_near": point.n_near, "grade": None,
    }  # fmt: skip


Builder = Callable[..., Question]
