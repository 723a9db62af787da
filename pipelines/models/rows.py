"""Solved questions as rows of the published tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipelines.contracts.results import effect_row
from pipelines.models.fit.interval import Band, bands, interval
from pipelines.models.fit.solve import Solved
from pipelines.models.question import Aim, Contrast, Level, Question, refuse_thin_sides
from pipelines.models.refusal import NotEstimableError

Row = Any
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


def key(aim: Aim, level: Level, spec: str, se_type: str = "cv3") -> Row:
    """The identifying columns of an effect."""
    return {
        "outcome": aim.outcome.id, "horizon_days": aim.horizon_days, "treatment": aim.treatment,
        "contrast": level.contrast, "level_from": level.level_from, "level_to": level.level_to,
        "population": aim.population, "segment": aim.segment, "estimand": aim.estimand, "estimator": aim.estimator,
        "spec": spec, "se_type": se_type, "unit": aim.unit, "baseline": aim.baseline,
    }  # fmt: skip


def refused(aim: Aim, levels: Sequence[Level], specs: Sequence[str], reason: str) -> Results:
    """One row per contrast and specification that says why there is no estimate."""
    return Results(
        [
            effect_row(**key(aim, level, spec), verdict="not_estimable", reason=reason)
            for spec in specs
            for level in levels
        ]
    )


def effect_rows(solved: Solved, spec: str) -> list[Row]:
    """One row per contrast of a question; scenario 0 is the base, 1… the contrasts in order."""
    return [_effect(solved, contrast, j, spec) for j, contrast in enumerate(solved.question.contrasts, start=1)]


def _effect(solved: Solved, contrast: Contrast, scenario: int, spec: str) -> Row:
    question = solved.question
    columns = key(question.aim, contrast.level, spec, solved.se_type)
    try:
        refuse_thin_sides(contrast, question.sample.y, question.aim.outcome.kind)
    except NotEstimableError as refusal:
        return effect_row(**columns, verdict="not_estimable", reason=refusal.reason)
    return effect_row(**columns, **_numbers(solved, scenario))


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


def independent_rows(solved: Solved, spec: str) -> list[Row]:
    """The same contrasts with errors as if incidents were independent: how others publish raw comparisons."""
    rows = []
    for scenario, row in enumerate(effect_rows(solved, spec), start=1):
        if row["estimate"] is None:
            continue
        scale = solved.question.aim.scale
        error, df = solved.independent_error(scenario), float(len(solved.question.sample.y) - len(solved.fit.beta))
        found = interval(row["estimate"], scale * error, df)
        rows.append(
            effect_row(
                **{name: value for name, value in row.items() if name != "effect_id"}
                | {
                    "se_type": "independent",
                    "std_error": found.std_error,
                    "ci_low": found.ci_low,
                    "df": df,
                    "ci_high": found.ci_high,
                    "p_value": found.p_value,
                    "effective_incidents": None,
                }
            )
        )
    return rows


def curve_rows(solved: Solved, spec: str) -> list[Row]:
    """Both series of a question's curve: gain against the base, and level; scenarios after the contrasts."""
    question, first = solved.question, 1 + len(solved.question.contrasts)
    if question.curve_level is None:
        return []
    parent = effect_row(**key(question.aim, question.curve_level, spec, solved.se_type))["effect_id"]
    psi, without = solved.means.psi, solved.without[0]
    gain = bands(psi[first:] - psi[0], without[:, first:] - without[:, [0]])
    level = bands(psi[first:], without[:, first:])
    return [*_series(question, parent, "gain", gain), *_series(question, parent, "level", level)]


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


def check_row(
    effect_id: str,
    check: str,
    value: float | None,
    *,
    passed: bool | None,
    threshold: float | None = None,
    unit: str = "",
    subject: str = "",
    stage: str = "after",
    verdict: str | None = None,
) -> Row:
    """One row of ``diagnostics``."""
    plain = {True: "passed", False: "failed", None: "unknown"}[passed]
    return {
        "effect_id": effect_id, "check": check, "stage": stage, "subject": subject,
        "value": None if value is None or not np.isfinite(value) else float(value), "unit": unit,
        "threshold": threshold, "passed": passed, "verdict": verdict or plain,
    }  # fmt: skip
