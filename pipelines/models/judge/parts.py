"""Each segment's row earns its own grade: comparable cases, balance, effective cases and hidden causes of its own.

What looks at the whole question – controls, other methods – holds for its parts too, so a part is the worst of the
whole's grade and its own, never better than either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check, Subject, passes
from pipelines.contracts.catalog.estimation import Estimand, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import HARD_OUTSIDE_SHARE, HIDDEN_CAUSE_MULTIPLES
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.ask.segments import families
from pipelines.models.facts import Facts
from pipelines.models.fit.newton import independent_columns
from pipelines.models.fit.solve import fit_question, points
from pipelines.models.judge.comparability import Comparability, compare, compare_dose, local_range
from pipelines.models.judge.evidence import reasons_for
from pipelines.models.judge.grade import Evidence, grade
from pipelines.models.judge.review import Seen, benchmarks, level_under
from pipelines.models.judge.sensitivity import robustness
from pipelines.models.question import Contrast, Level, Question, enough_sides
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, checked


@dataclass(frozen=True)
class _Whole:
    """A question's covariate columns per row, their names and benchmarks, rows outside each contrast's range.

    ``over_dose``: comparability over the dose within each segment looked at so far, the same for all contrasts.
    """

    question: Question
    X: Floats
    names: tuple[str, ...]
    groups: Mapping[str, Ints]
    outside: Mapping[Level, Flags]
    over_dose: dict[str, Comparability] = field(default_factory=dict)


def graded_parts(results: Results, question: Question, mart: pd.DataFrame, facts: Facts, seen: Seen) -> Results:
    """Segment rows with grades of their own, and the checks these rest on."""
    try:
        whole = _whole(question, facts)
    except NotEstimableError:
        return results
    inside = {
        name: segments.code == code
        for segments in families(question, mart, facts.crossed_segments)
        for code, name in enumerate(segments.names)
    }
    contrasts = {c.level: c for c in question.contrasts}
    undecided = {row.segment for row in results.effects if row.grade not in (None, Grade.D)}
    remaining = {name: _remaining(whole, rows) for name, rows in inside.items() if name in undecided}
    effects: list[Effect] = []
    checks: list[Diagnostic] = []
    for row in results.effects:
        contrast = next((c for level, c in contrasts.items() if _is_at(row, level)), None)
        if contrast is None or row.segment not in inside or row.grade in (None, Grade.D):
            effects.append(row)
            continue
        found = _comparability(whole, row.segment, inside[row.segment], contrast, seen)
        effects.append(_graded(row, found, remaining[row.segment]))
        if row.spec is Spec.ADJUSTED and found is not None:
            checks += _checks(row, found)
    return replace(results, effects=effects, diagnostics=[*results.diagnostics, *checks])


def _is_at(row: Effect, level: Level) -> bool:
    return (row.contrast, row.level_from, row.level_to) == (level.contrast, level.level_from, level.level_to)


def _whole(question: Question, facts: Facts) -> _Whole:
    solved = points(fit_question(question), question, ())
    X = solved.fit.design.at(solved.fit.patterns.index)[0]
    dose = question.sample.table[question.dose]
    near = local_range(X, dose)
    outside = {c.level: near.outside(level_under(c, question)) for c in question.contrasts}
    return _Whole(question, X, solved.fit.design.names[: X.shape[1]], benchmarks(solved, facts), outside)


def _comparability(
    whole: _Whole, segment: str, inside: Flags, contrast: Contrast, seen: Seen
) -> Comparability | None:  # fmt: skip
    """Comparability within a segment, worked out once for outcomes over the same rows; None: too few to tell."""
    question = whole.question
    place = (question.aim.treatment, question.rows.tobytes(), segment, contrast.level)
    if place not in seen.parts:
        seen.parts[place] = _compared(whole, segment, inside, contrast)
    return seen.parts[place]


def _compared(whole: _Whole, segment: str, inside: Flags, contrast: Contrast) -> Comparability | None:
    question = whole.question
    part = replace(contrast, moved=contrast.moved & inside, there=contrast.there & inside)
    if not enough_sides(part, question):
        return None
    outside = whole.outside[contrast.level][inside]
    if segment in whole.over_dose:
        return replace(whole.over_dose[segment], outside_share=float(outside.mean()))
    X = whole.X[inside]
    kept = (np.ptp(X, axis=0) > 0) | (np.arange(X.shape[1]) == 0)
    X = X[:, kept]
    names = tuple(name for name, keep in zip(whole.names, kept, strict=True) if keep)
    if question.aim.estimand is Estimand.DOSE:
        dose = question.sample.table[question.dose][inside]
        whole.over_dose[segment] = compare_dose(X, names, dose)
        return replace(whole.over_dose[segment], outside_share=float(outside.mean()))
    return compare(X, names, contrast.moved[inside], contrast.there[inside], outside)


def _remaining(whole: _Whole, inside: Flags) -> Mapping[float, float] | None:
    """Share of the slope left within a segment under hidden causes as strong as known ones."""
    sample = whole.question.sample
    dose = sample.table[whole.question.dose][inside]
    if float(np.ptp(dose)) == 0.0 or len(dose) <= 2 * whole.X.shape[1]:
        return None
    X = whole.X[inside]
    kept = independent_columns(X.T @ X)
    place = np.cumsum(kept) - 1
    groups = {name: place[columns[kept[columns]]] for name, columns in whole.groups.items() if kept[columns].any()}
    found = robustness(X[:, kept], groups, dose, sample.y[inside])
    return {multiple: found.remaining(multiple) for multiple in HIDDEN_CAUSE_MULTIPLES}


def _graded(row: Effect, found: Comparability | None, remaining: Mapping[float, float] | None) -> Effect:
    """The worst of the grade at hand, which is the whole's or that of few groups, and the segment's own."""
    outside = found.outside_share if found else 1.0
    soft = () if passes(Check.OVERLAP, outside) else (Check.OVERLAP,)
    evidence = Evidence(
        randomised=False, headline=False, soft_failures=soft,
        hard_failures=(Check.OVERLAP,) if outside > HARD_OUTSIDE_SHARE else (), reversed=None,
        balance=found.worst[1] if found else None, ess_share=found.ess_share if found else None, df=row.df or 0.0,
        remaining=remaining, control_p=1.0, control_share=0.0, control_power=1.0, spread=0.0, flips=False,
        across_p=1.0, within_p=1.0, controls_power=1.0,
    )  # fmt: skip
    letter, components = grade(evidence)
    if row.grade is None or letter <= row.grade:
        return row
    return replace(row, grade=letter, reasons=reasons_for(letter, components, evidence))


def _checks(row: Effect, found: Comparability) -> list[Diagnostic]:
    return [
        checked(row, Check.OVERLAP, found.outside_share),
        checked(row, Check.EFFECTIVE_SHARE, found.ess_share),
        checked(row, Check.BALANCE, found.worst[1], subject=Subject.LARGEST),
    ]
