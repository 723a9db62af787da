"""Solved questions as rows of the published tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pipelines.contracts.catalog.checks import CHECKS, COMPONENT_CHECK, Check, CheckVerdict, passes
from pipelines.contracts.catalog.estimation import Band, Series, SeType, Spec, Stage
from pipelines.contracts.catalog.grades import Component, Grade, Verdict
from pipelines.contracts.catalog.thresholds import FEWEST_NEAR
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.fit.interval import Bands, Interval, bands, interval
from pipelines.models.fit.solve import Solved
from pipelines.models.question import Aim, Contrast, Level, Question, refuse_thin_sides
from pipelines.models.refusal import NotEstimableError


@dataclass(frozen=True)
class Results:
    """Rows of the three result tables."""

    effects: list[Effect] = field(default_factory=list)
    curves: list[CurvePoint] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __add__(self, other: "Results") -> "Results":
        """Both."""
        return Results(
            [*self.effects, *other.effects], [*self.curves, *other.curves], [*self.diagnostics, *other.diagnostics]
        )


def asked(aim: Aim, level: Level, spec: Spec, se_type: SeType = SeType.CV3) -> Effect:
    """An effect as it is asked for, without a number yet."""
    return Effect(
        outcome=aim.outcome.id, horizon_days=aim.horizon_days, treatment=aim.treatment, contrast=level.contrast,
        level_from=level.level_from, level_to=level.level_to, population=aim.population, segment=aim.segment,
        estimand=aim.estimand, estimator=aim.estimator, spec=spec, se_type=se_type, unit=aim.unit,
        baseline=aim.baseline,
    )  # fmt: skip


def not_estimable(row: Effect, *reasons: Reason) -> Effect:
    """The effect as one that says why there is no number."""
    return replace(row, verdict=Verdict.NOT_ESTIMABLE, reasons=reasons)


def estimated(row: Effect, found: Interval, scale: float = 1.0) -> Effect:
    """The effect with an interval's numbers, in units of ``scale``."""
    return replace(
        row, estimate=scale * found.estimate, std_error=scale * found.std_error, ci_low=scale * found.ci_low,
        ci_high=scale * found.ci_high, df=found.df, p_value=found.p_value,
    )  # fmt: skip


def counted(row: Effect, question: Question) -> Effect:
    """The effect with the cases, clusters and events of its sample."""
    sample = question.sample
    events = int(np.count_nonzero(sample.y > 0))
    return replace(row, n_incidents=len(sample.y), n_clusters=sample.clusters, n_events=events)


def refused(aim: Aim, levels: Sequence[Level], specs: Sequence[Spec], *reasons: Reason) -> Results:
    """One row per contrast and specification that says why there is no estimate."""
    return Results([not_estimable(asked(aim, level, spec), *reasons) for spec in specs for level in levels])


def effect_rows(solved: Solved, spec: Spec) -> list[Effect]:
    """One row per contrast of a question; scenario 0 is the base, 1… the contrasts in order."""
    return [_effect(solved, contrast, j, spec) for j, contrast in enumerate(solved.question.contrasts, start=1)]


def _effect(solved: Solved, contrast: Contrast, scenario: int, spec: Spec) -> Effect:
    question = solved.question
    row = asked(question.aim, contrast.level, spec, solved.se_type)
    try:
        refuse_thin_sides(contrast, question.sample.y, question.aim.outcome.kind)
    except NotEstimableError as refusal:
        return not_estimable(row, *refusal.reasons)
    result, iid = solved.contrast(scenario), solved.independent_error(scenario)
    incidents = len(question.sample.y)
    return replace(
        counted(estimated(row, result, question.aim.scale), question),
        baseline_estimate=question.aim.scale * float(solved.means.psi[0]),
        effective_incidents=min(1.0, (iid / result.std_error) ** 2) * incidents if result.std_error > 0 else None,
    )


def independent_rows(solved: Solved, spec: Spec) -> list[Effect]:
    """The same contrasts with errors as if incidents were independent: how others publish raw comparisons."""
    rows = []
    df, scale = float(len(solved.question.sample.y) - len(solved.fit.beta)), solved.question.aim.scale
    for scenario, row in enumerate(effect_rows(solved, spec), start=1):
        if row.estimate is not None:
            found = interval(row.estimate, scale * solved.independent_error(scenario), df)
            rows.append(replace(estimated(row, found), se_type=SeType.INDEPENDENT, effective_incidents=None))
    return rows


def curve_rows(solved: Solved, spec: Spec) -> list[CurvePoint]:
    """Both series of a question's curve: gain against the base, and level; scenarios after the contrasts."""
    question, first = solved.question, 1 + len(solved.question.contrasts)
    if question.curve_level is None or question.x_unit is None:
        return []
    parent = asked(question.aim, question.curve_level, spec, solved.se_type).effect_id
    psi = solved.means.psi
    gain = bands(psi[first:] - psi[0], solved.moves(psi[first:] - psi[0], lambda w: w[:, first:] - w[:, [0]]))
    level = bands(psi[first:], solved.moves(psi[first:], lambda w: w[:, first:]))
    return [
        *_series(question, parent, question.x_unit, Series.GAIN, gain),
        *_series(question, parent, question.x_unit, Series.LEVEL, level),
    ]


def _series(question: Question, parent: str, x_unit: Unit, series: Series, found: Bands) -> list[CurvePoint]:
    scale = question.aim.scale
    limits = (
        (Band.POINTWISE, found.low, found.high),
        (Band.SIMULTANEOUS, found.low_everywhere, found.high_everywhere),
    )
    return [
        CurvePoint(
            parent, series, point.x, x_unit, estimate=scale * float(found.estimate[j]), ci_low=scale * float(low[j]),
            ci_high=scale * float(high[j]), band=band, supported=point.n_near >= FEWEST_NEAR, n_near=point.n_near,
        )
        for band, low, high in limits
        for j, point in enumerate(question.curve)
    ]  # fmt: skip


def checked(
    row: Effect,
    check: Check,
    value: float | None = None,
    *,
    subject: str = "",
    passed: bool | None = None,
    verdict: CheckVerdict | None = None,
    stage: Stage | None = None,
    unit: Unit | str | None = None,
    multiple: float | None = None,
    reasons: tuple[Reason, ...] = (),
) -> Diagnostic:
    """What a check of an effect found: its unit, limit and stage are the catalogue's unless said otherwise.

    Where the check has a limit and neither verdict nor ``passed`` is given, the limit decides.
    """
    entry = CHECKS[check]
    if passed is None and verdict is None and entry.limit is not None and value is not None:
        passed = passes(check, value)
    made = verdict not in (CheckVerdict.ABSENT, CheckVerdict.NOT_CHECKED)
    return Diagnostic(
        row.effect_id,
        check,
        stage or entry.stage,
        subject,
        None if value is None or not np.isfinite(value) else float(value),
        (unit or (row.unit if entry.in_effects_unit else entry.unit)) if made else None,
        threshold=entry.limit.threshold if made and entry.limit else None,
        passed=passed,
        verdict=verdict or _PLAIN[passed],
        multiple=multiple,
        reasons=reasons,
    )


_PLAIN = {True: CheckVerdict.PASSED, False: CheckVerdict.FAILED, None: CheckVerdict.UNKNOWN}


def shown(
    row: Effect, check: Check, value: float | None, subject: str = "", verdict: CheckVerdict = CheckVerdict.SHOWN
) -> Diagnostic:
    """What a check found that passes and fails nothing."""
    return checked(row, check, value, subject=subject, verdict=verdict)


def component(row: Effect, part: Component, letter: Grade) -> Diagnostic:
    """The letter of one component of an effect's grade."""
    return replace(checked(row, COMPONENT_CHECK[part], passed=letter <= Grade.B), grade=letter)
