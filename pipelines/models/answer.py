"""Answers a question under every specification, grades the adjusted one, and gives back all rows."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import At, Baseline, ContrastKind, Estimand, Estimator, Spec
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.treatments import COMPENSATION, TREATMENTS
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.ask.circumstances import Circumstances, Period, within
from pipelines.models.facts import Facts
from pipelines.models.fit.solve import Solved, means_alone, solve
from pipelines.models.judge.blanks_imputed import imputed
from pipelines.models.judge.evidence import BEFORE_CUSTOMERS, Case, judge, moved_by_customers
from pipelines.models.judge.left_out import dropped_rows, left_out_rows, missing_rows, never_treated_reasons
from pipelines.models.judge.placebo import placebo_rows
from pipelines.models.judge.review import Review, Seen, review
from pipelines.models.judge.specifications import raw, sensitivity_fits
from pipelines.models.judge.stopping import stopping_point
from pipelines.models.judge.within import Asked, applies, ask_within
from pipelines.models.question import Level, Question, Scenario
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import (
    Results,
    asked,
    counted,
    curve_rows,
    effect_rows,
    estimated,
    independent_rows,
    refused,
)

# Longer periods of a site than the headline's week, as further rungs of the ladder.
LONGER: dict[Spec, Period] = {Spec.WITHIN_FORTNIGHTS: Period.FORTNIGHT, Spec.WITHIN_MONTHS: Period.MONTH}
ANYTHING = Level(ContrastKind.TWO_ARM, At.TODAY, At.ANY)


def answer(question: Question, mart: pd.DataFrame, facts: Facts, seen: Seen, thorough: bool) -> Results:
    """Effects, curves and diagnostics of one question; ``thorough`` publishes the sensitivity fits too, and AIPW."""
    results, raw_rows = _ask(raw(question), Spec.RAW, with_curve=thorough)
    around = seen.around(mart) if applies(question, facts) else None
    try:
        found = ask_within(question, around, _scenarios(question, with_curve=True))
    except NotEstimableError as refusal:
        return results + _refused(question, Spec.ADJUSTED, refusal)
    others = {Spec.RAW: raw_rows, Spec.ACROSS_CIRCUMSTANCES: points_of(found.across, Spec.ACROSS_CIRCUMSTANCES)}
    if thorough and around is not None:
        results += _ladder_within(question, around)
    for spec, recipe in sensitivity_fits(question, mart, facts, thorough).items():
        try:
            again = recipe()
        except NotEstimableError as refusal:
            more = _refused(question, spec, refusal)
            results, others[spec] = results + more, more.effects
            continue
        if thorough:
            more, others[spec] = _ask(_one_way(again), spec, with_curve=False)
            results += more
        else:
            others[spec] = _points(again, spec, found.across)
    return results + _graded(found, mart, facts, seen, thorough, others) + _imputed(question, mart, facts, thorough)


def _ladder_within(question: Question, around: Circumstances) -> Results:
    """The question across circumstances, and within longer periods of a site than a week: as they are, never a gate."""
    results, _ = _ask(_one_way(question), Spec.ACROSS_CIRCUMSTANCES, with_curve=False)
    for spec, period in LONGER.items():
        asked_again = within(question, around, period)
        if asked_again.sample.within:
            results += _ask(_one_way(asked_again), spec, with_curve=False)[0]
    return results


def _refused(question: Question, spec: Spec, refusal: NotEstimableError) -> Results:
    return refused(question.aim, [c.level for c in question.contrasts], [spec], *refusal.reasons)


def _imputed(question: Question, mart: pd.DataFrame, facts: Facts, thorough: bool) -> Results:
    try:
        return imputed(question, mart, facts) if thorough else Results()
    except NotEstimableError as refusal:
        return _refused(question, Spec.IMPUTED, refusal)


def _points(question: Question, spec: Spec, main: Solved) -> list[Effect]:
    """Estimates alone, for comparison: no interval, never published."""
    rows = [asked(question.aim, c.level, spec) for c in question.contrasts]
    try:
        means = means_alone(question, [question.base, *(c.to for c in question.contrasts)], main.fit)
    except NotEstimableError:
        return rows
    psi = question.aim.scale * means
    return [replace(row, estimate=float(p - psi[0])) for row, p in zip(rows, psi[1:], strict=True)]


def _one_way(question: Question) -> Question:
    """Clustered once: enough for a sensitivity fit."""
    return replace(question, sample=replace(question.sample, second=None))


def _ask(question: Question, spec: Spec, with_curve: bool) -> tuple[Results, list[Effect]]:
    try:
        solved = _solve(question, with_curve)
    except NotEstimableError as refusal:
        found = _refused(question, spec, refusal)
        return found, found.effects
    rows = effect_rows(solved, spec)
    beside = independent_rows(solved, spec) if spec is Spec.RAW and not question.curve else []
    return Results([*rows, *beside], curve_rows(solved, spec) if with_curve else []), rows


def _solve(question: Question, with_curve: bool) -> Solved:
    return solve(question, _scenarios(question, with_curve))


def _scenarios(question: Question, with_curve: bool) -> list[Scenario]:
    curve = [p.to for p in question.curve] if with_curve else []
    return [question.base, *(c.to for c in question.contrasts), *curve]


def points_of(solved: Solved, spec: Spec) -> list[Effect]:
    """Estimates alone of a question's contrasts, for comparison: no interval, never published."""
    question, psi = solved.question, solved.question.aim.scale * solved.means.psi
    rows = [asked(question.aim, c.level, spec) for c in question.contrasts]
    return [replace(row, estimate=float(p - psi[0])) for row, p in zip(rows, psi[1:], strict=True)]


def _graded(
    found: Asked, mart: pd.DataFrame, facts: Facts, seen: Seen, thorough: bool, others: dict[Spec, list[Effect]]
) -> Results:
    solved, question = found.headline, found.across.question
    checked = review(found.across, found.shared, mart, facts, seen, thorough)
    effects: list[Effect] = []
    rows = effect_rows(solved, Spec.ADJUSTED)
    diagnostics = _before(found.across, rows, mart, facts)
    if thorough:
        diagnostics += placebo_rows(rows[_leading(question)], question, mart)
    before = others.get(BEFORE_CUSTOMERS)
    alone = _with_errors(others[Spec.ACROSS_CIRCUMSTANCES], rows)
    moved = before is not None and moved_by_customers(alone, before, question.contrasts, checked)
    for j, (row, contrast) in enumerate(zip(rows, question.contrasts, strict=True)):
        if row.verdict is not Verdict.ESTIMATED:
            effects.append(row)
            continue
        case = Case(
            row, contrast.level, question.aim, checked, {spec: found[j] for spec, found in others.items()},
            randomised=facts.randomised == question.aim.treatment, headline=contrast.level == question.curve_level,
            moved=moved,
        )  # fmt: skip
        graded, more = judge(case)
        effects.append(replace(graded, reasons=(*graded.reasons, *never_treated_reasons(question))))
        diagnostics += more
    grades = {row.effect_id: row.grade for row in effects}
    if question.aim.estimand is Estimand.DOSE:
        effects.append(stopping_point(solved, _anchor_grade(effects)))
    if thorough:
        effects += _two_arm_rows(question, checked)
    curves = [replace(point, grade=grades.get(point.effect_id)) for point in curve_rows(solved, Spec.ADJUSTED)]
    return Results(effects, curves, diagnostics)


def _with_errors(points: list[Effect], rows: list[Effect]) -> list[Effect]:
    """Points with the errors of the headline's rows."""
    return [replace(point, std_error=row.std_error) for point, row in zip(points, rows, strict=True)]


def _anchor_grade(effects: list[Effect]) -> Grade | None:
    """The grade of the dose that pages speak of."""
    return next((row.grade for row in effects if row.level_to == TREATMENTS[COMPENSATION].headline), None)


def _two_arm_rows(question: Question, found: Review) -> list[Effect]:
    """Everyone as those already there, against today, by AIPW: the second method, beside the graded one.

    Of a dose the arm is whoever got anything, so its row stands at the level "any".
    """
    aim = replace(question.aim, estimand=Estimand.TWO_ARM, estimator=Estimator.AIPW)
    dose = question.aim.estimand is Estimand.DOSE
    aim = replace(aim, baseline=Baseline.WHAT_WAS_DONE) if dose else aim
    rows = {}
    for level, arms in found.two_arms.items():
        row = asked(aim, ANYTHING if dose else level, Spec.AIPW)
        base = aim.scale * float(np.mean(question.sample.y))
        rows[row.effect_id] = replace(
            counted(estimated(row, arms.aipw, aim.scale), question), baseline_estimate=base
        )  # fmt: skip
    return list(rows.values())


def _before(solved: Solved, rows: list[Effect], mart: pd.DataFrame, facts: Facts) -> list[Diagnostic]:
    """Who was left out of each effect; what is missing and what isn't held, of the one that leads."""
    question = solved.question
    found = [check for row in rows for check in left_out_rows(row, question)]
    place = _leading(question)
    missing = missing_rows(rows[place], question, question.contrasts[place], mart, facts)
    return [*found, *missing, *dropped_rows(rows[place], solved.fit.design)]


def _leading(question: Question) -> int:
    """The place of the contrast that leads."""
    levels = [c.level for c in question.contrasts]
    return levels.index(question.curve_level) if question.curve_level in levels else 0
