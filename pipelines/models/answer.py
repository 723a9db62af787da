"""Fits a question and turns it into result rows: one per contrast, estimated or refused with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pipelines.contracts.results import effect_row
from pipelines.models.interval import Band, bands
from pipelines.models.question import Aim, Contrast, Level, Question, refuse_thin_sides
from pipelines.models.refusal import NotEstimableError
from pipelines.models.solve import Solved, solve

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
    scenarios = [asked.base, *(c.to for c in asked.contrasts), *(p.to for p in asked.curve)]
    try:
        solved = solve(asked, scenarios)
    except NotEstimableError as refusal:
        return refused(asked.aim, [c.level for c in asked.contrasts], [spec], refusal.reason)
    effects = [_contrast_row(solved, contrast, j, spec) for j, contrast in enumerate(asked.contrasts, start=1)]
    return Results(effects, _curves(solved, 1 + len(asked.contrasts), spec))


def _key(aim: Aim, level: Level, spec: str, se_type: str = "cv3") -> Row:
    return {
        "outcome": aim.outcome.id, "horizon_days": aim.horizon_days, "treatment": aim.treatment,
        "contrast": level.contrast, "level_from": level.level_from, "level_to": level.level_to,
        "population": aim.population, "segment": aim.segment, "estimand": aim.estimand, "estimator": aim.estimator,
        "spec": spec, "se_type": se_type, "unit": aim.unit, "baseline": aim.baseline,
    }  # fmt: skip


def _contrast_row(solved: Solved, contrast: Contrast, scenario: int, spec: str) -> Row:
    question = solved.question
    key = _key(question.aim, contrast.level, spec, solved.se_type)
    try:
        refuse_thin_sides(contrast, question.sample.y, question.aim.outcome.kind == "binary")
    except NotEstimableError as refusal:
        return effect_row(**key, verdict="not_estimable", reason=refusal.reason)
    return effect_row(**key, **_numbers(solved, scenario))


def _numbers(solved: Solved, scenario: int) -> Row:
    sample, scale, result = solved.question.sample, solved.question.aim.scale, solved.contrast(scenario)
    iid = solved.independent_error(scenario)
    effective = min(1.0, (iid / result.std_error) ** 2) * len(sample.y) if result.std_error > 0 else None
    return {
        "estimate": scale * result.estimate, "std_error": scale * result.std_error, "ci_low": scale * result.ci_low,
        "ci_high": scale * result.ci_high, "p_value": result.p_value, "df": result.df,
        "baseline_estimate": scale * float(solved.means.psi[0]), "n_incidents": len(sample.y),
        "n_clusters": sample.clusters, "n_events": int(np.count_nonzero(sample.y > 0)),
        "effective_incidents": effective,
    }  # fmt: skip


def _curves(solved: Solved, first: int, spec: str) -> list[Row]:
    question = solved.question
    if question.curve_level is None:
        return []
    parent = effect_row(**_key(question.aim, question.curve_level, spec, solved.se_type))["effect_id"]
    psi, without = solved.means.psi, solved.without[0]
    gain = (psi[first:] - psi[0], without[:, first:] - without[:, [0]])
    level = (psi[first:], without[:, first:])
    return [
        row
        for series, (estimates, left_out) in (("gain", gain), ("level", level))
        for row in _series(question, parent, series, bands(estimates, left_out))
    ]


def _series(question: Question, parent: str, series: str, band: Band) -> list[Row]:
    limits = (("pointwise", band.low, band.high), ("simultaneous", band.low_everywhere, band.high_everywhere))
    return [
        {
            "effect_id": parent, "series": series, "x": point.x, "x_unit": question.x_unit, "x2": None, "x2_unit": None,
            "estimate": question.aim.scale * float(band.estimate[j]), "ci_low": question.aim.scale * float(low[j]),
            "ci_high": question.aim.scale * float(high[j]), "band": name, "supported": point.n_near >= SUPPORT_ROWS,
            "n_near": point.n_near, "grade": None,
        }
        for name, low, high in limits
        for j, point in enumerate(question.curve)
    ]  # fmt: skip
