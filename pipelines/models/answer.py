"""Answers a question under every specification, grades the adjusted one, and gives back all rows."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.results import CURVE_ANCHOR, effect_row
from pipelines.models.facts import Facts
from pipelines.models.fit.solve import Solved, means_alone, solve
from pipelines.models.judge.blanks_imputed import IMPUTED, imputed
from pipelines.models.judge.checks import BEFORE_CUSTOMERS
from pipelines.models.judge.evidence import Case, judge, moved_by_customers
from pipelines.models.judge.left_out import dropped_rows, left_out_rows, missing_rows, never_treated_words
from pipelines.models.judge.placebo import placebo_rows
from pipelines.models.judge.review import Review, Seen, review
from pipelines.models.judge.specifications import raw, sensitivity_fits
from pipelines.models.judge.stopping import stopping_point
from pipelines.models.question import Level, Question
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, Row, curve_rows, effect_rows, independent_rows, key, refused

RAW, ADJUSTED, AIPW = "raw", "adjusted", "aipw"
ANY = "any"


def answer(question: Question, mart: pd.DataFrame, facts: Facts, seen: Seen, thorough: bool) -> Results:
    """Effects, curves and diagnostics of one question; ``thorough`` publishes the sensitivity fits too, and AIPW."""
    results, raw_rows = _ask(raw(question), RAW, with_curve=thorough)
    try:
        solved = _solve(question, with_curve=True)
    except NotEstimableError as refusal:
        return results + refused(question.aim, [c.level for c in question.contrasts], [ADJUSTED], refusal.reason)
    others = {RAW: raw_rows}
    for name, recipe in sensitivity_fits(question, mart, facts, thorough).items():
        try:
            asked = recipe()
        except NotEstimableError as refusal:
            more = refused(question.aim, [c.level for c in question.contrasts], [name], refusal.reason)
            results, others[name] = results + more, more.effects
            continue
        if thorough:
            more, others[name] = _ask(_one_way(asked), name, with_curve=False)
            results += more
        else:
            others[name] = _points(asked, solved)
    return results + _graded(solved, mart, facts, seen, thorough, others) + _imputed(question, mart, facts, thorough)


def _imputed(question: Question, mart: pd.DataFrame, facts: Facts, thorough: bool) -> Results:
    try:
        return imputed(question, mart, facts) if thorough else Results()
    except NotEstimableError as refusal:
        return refused(question.aim, [c.level for c in question.contrasts], [IMPUTED], refusal.reason)


def _points(question: Question, main: Solved) -> list[Row]:
    """Estimates alone, for comparison: no interval, no row of their own."""
    try:
        means = means_alone(question, [question.base, *(c.to for c in question.contrasts)], main.fit)
    except NotEstimableError:
        return [{"estimate": None, "std_error": None} for _ in question.contrasts]
    psi = question.aim.scale * means
    return [{"estimate": float(p - psi[0]), "std_error": None} for p in psi[1:]]


def _one_way(question: Question) -> Question:
    """Clustered once: enough for a sensitivity fit."""
    return replace(question, sample=replace(question.sample, second=None))


def _ask(question: Question, spec: str, with_curve: bool) -> tuple[Results, list[Row]]:
    try:
        solved = _solve(question, with_curve)
    except NotEstimableError as refusal:
        found = refused(question.aim, [c.level for c in question.contrasts], [spec], refusal.reason)
        return found, found.effects
    rows = effect_rows(solved, spec)
    beside = independent_rows(solved, spec) if spec == RAW and not question.curve else []
    return Results([*rows, *beside], curve_rows(solved, spec) if with_curve else []), rows


def _solve(question: Question, with_curve: bool) -> Solved:
    curve = [p.to for p in question.curve] if with_curve else []
    return solve(question, [question.base, *(c.to for c in question.contrasts), *curve])


def _graded(
    solved: Solved, mart: pd.DataFrame, facts: Facts, seen: Seen, thorough: bool, others: dict[str, list[Row]]
) -> Results:
    question = solved.question
    checked = review(solved, mart, facts, seen, thorough)
    randomised = facts.randomised == question.aim.treatment
    effects: list[Row] = []
    rows = effect_rows(solved, ADJUSTED)
    diagnostics = _before(solved, rows, mart, facts)
    if thorough:
        diagnostics += placebo_rows(rows[_leading(question)]["effect_id"], question, mart)
    before = others.get(BEFORE_CUSTOMERS)
    moved = before is not None and moved_by_customers(rows, before, question.contrasts, checked)
    for j, (row, contrast) in enumerate(zip(rows, question.contrasts, strict=True)):
        if row["verdict"] == "estimated":
            same = {name: found[j] for name, found in others.items()}
            headline = contrast.level == question.curve_level
            case = Case(row, contrast.level, question.aim, checked, same, randomised, headline, moved)
            row, more = judge(case)
            row = row | {"reason": f"{row['reason']} {never_treated_words(question)}".strip()}
            diagnostics += more
        effects.append(row)
    grades = {row["effect_id"]: row["grade"] for row in effects}
    if question.aim.estimand == "dose":
        anchor = next((r["grade"] for r in effects if r["level_to"] == CURVE_ANCHOR["compensation"]), None)
        effects.append(stopping_point(solved, anchor))
    if thorough:
        effects += _two_arm_rows(question, checked)
    curves = [row | {"grade": grades.get(row["effect_id"])} for row in curve_rows(solved, ADJUSTED)]
    return Results(effects, curves, diagnostics)


def _two_arm_rows(question: Question, checked: Review) -> list[Row]:
    """Everyone as those already there, against today, by AIPW: the second method, beside the graded one.

    Of a dose the arm is whoever got anything, so its row stands at the level "any".
    """
    dose = question.aim.estimand == "dose"
    rows = []
    for level, arms in checked.two_arms.items():
        at = Level("two_arm", "today", ANY) if dose else level
        columns = key(question.aim, at, AIPW) | {"estimand": "two_arm", "estimator": AIPW}
        columns |= {"baseline": "what was done"} if dose else {}
        scale, found = question.aim.scale, arms.aipw
        rows.append(
            effect_row(
                **columns, estimate=scale * found.estimate, std_error=scale * found.std_error,
                ci_low=scale * found.ci_low, ci_high=scale * found.ci_high, df=found.df, p_value=found.p_value,
                baseline_estimate=scale * float(question.sample.y.mean()), n_incidents=len(question.sample.y),
                n_clusters=question.sample.clusters, n_events=int(np.count_nonzero(question.sample.y > 0)),
            )
        )  # fmt: skip
    return list({row["effect_id"]: row for row in rows}.values())


def _before(solved: Solved, rows: list[Row], mart: pd.DataFrame, facts: Facts) -> list[Row]:
    """Who was left out of each effect; what is missing and what isn't held, of the one that leads."""
    question = solved.question
    found = [check for row in rows for check in left_out_rows(row["effect_id"], question)]
    place = _leading(question)
    name = rows[place]["effect_id"]
    missing = missing_rows(name, question, question.contrasts[place], mart, facts)
    return [*found, *missing, *dropped_rows(name, solved.fit.design)]


def _leading(question: Question) -> int:
    """The place of the contrast that leads."""
    levels = [c.level for c in question.contrasts]
    return levels.index(question.curve_level) if question.curve_level in levels else 0
