"""The same question with its blanks filled in several ways: what the level "unknown" may hide.

Only covariates that have a value which nobody wrote down are filled; where a blank says that there was nothing (no
earlier incident, no earlier score), it stays a level of its own. Beside the estimate stands how far from the filled-in
values the unseen ones of the cases to be changed would have to lie to change the conclusion.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.covariates import CovariateKind, Held, design_column
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.thresholds import (
    LEAST_BLANK_SHARE,
    MOST_BLANK_SHARE,
    MOST_FILLED_INCIDENTS,
    MOST_FILLED_LEVELS,
)
from pipelines.contracts.messages.estimation import TooManyToFill
from pipelines.contracts.messages.grounds import BlanksFilled, ErrorsOneWay, TipsAt
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats
from pipelines.models.ask.opening import declared_covariates, encode
from pipelines.models.facts import Facts
from pipelines.models.fit.imputation import DRAWS, Incomplete, completions, pooled
from pipelines.models.fit.interval import Interval, interval
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.solve import Solved, fit_question, means_alone, solve_fit
from pipelines.models.fit.terms import ALL_OTHERS, Term, term_columns
from pipelines.models.question import Contrast, Question, enough_sides
from pipelines.models.rows import Results, asked, counted, estimated, refused, shown

SHIFTS = (0.5, 1.0, 2.0, 4.0)
_SEED = 20_240_229


@dataclass(frozen=True)
class Blank:
    """A covariate to fill in: its known values as numbers (amounts on a log scale) or codes of ``labels``."""

    covariate: Held
    column: Incomplete
    labels: tuple[str, ...] = ()

    def series(self, filled: Floats) -> pd.Series:
        """Filled-in values as the mart holds them."""
        if self.labels:
            return pd.Series(np.asarray(self.labels, dtype=object)[filled.astype(int)])
        return pd.Series(np.expm1(filled) if self.covariate.kind is CovariateKind.AMOUNT else filled)


def blanks(question: Question, mart: pd.DataFrame, facts: Facts) -> list[Blank]:
    """The covariates of a question of which more than a twentieth and at most half is missing, and could be filled."""
    chosen, found = mart.iloc[question.rows], []
    for covariate in declared_covariates(facts):
        name = covariate.column
        fillable = covariate.filled and name in question.sample.table
        if fillable and LEAST_BLANK_SHARE < float(chosen[name].isna().mean()) <= MOST_BLANK_SHARE:
            found.append(_blank(covariate, chosen[name]))
    return found


def _blank(covariate: Held, values: pd.Series) -> Blank:
    if covariate.kind in (CovariateKind.LABEL, CovariateKind.FLAG):
        text = values.astype("object").where(values.notna(), None).map(str, na_action="ignore")
        common = (
            text.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[: MOST_FILLED_LEVELS - 1]
        )
        text = text.where(text.isna() | text.isin(common), ALL_OTHERS)
        labels = tuple(sorted(text.dropna().unique()))
        codes = text.map({label: float(j) for j, label in enumerate(labels)})
        return Blank(covariate, Incomplete(np.asarray(codes, dtype=float), len(labels)), labels)
    number = np.asarray(values.astype(float), dtype=float)
    return Blank(
        covariate, Incomplete(np.log1p(np.maximum(number, 0.0)) if covariate.kind is CovariateKind.AMOUNT else number)
    )


def imputed(question: Question, mart: pd.DataFrame, facts: Facts) -> Results:
    """Pooled rows of every contrast, with how much is lost to the blanks and what would tip it; nothing without any."""
    found = blanks(question, mart, facts)
    if not found:
        return Results()
    if len(question.rows) > MOST_FILLED_INCIDENTS:
        reason = TooManyToFill(MOST_FILLED_INCIDENTS, len(question.rows))
        return refused(question.aim, [c.level for c in question.contrasts], (Spec.IMPUTED,), reason)
    once = replace(question, sample=replace(question.sample, second=None), curve=(), curve_level=None)
    contrasts = tuple(c for c in once.contrasts if enough_sides(c, once))
    once = replace(once, contrasts=contrasts)
    filled = list(completions(_complete(once, found), [b.column for b in found], _SEED))
    first = _solve(_with(once, found, filled[0]))
    solved = [first, *(_solve(_with(once, found, values), first.fit) for values in filled[1:])]
    results = [pooled([s.contrast(j) for s in solved]) for j in range(1, len(contrasts) + 1)]
    rows = [_row(first, c, *r) for c, r in zip(contrasts, results, strict=True)]
    if question.sample.second is not None:
        rows = [replace(row, reasons=(*row.reasons, ErrorsOneWay())) for row in rows]
    return Results(rows, [], list(_checks(question, once, found, (filled[0], first), rows, results)))


def _complete(question: Question, found: list[Blank]) -> Floats:
    """All that is held and complete, the treatment and the outcome."""
    terms = (*_held(question, found), *question.treatment)
    return np.column_stack([term_columns(terms, question.sample.table, len(question.rows)), question.sample.y])


def _held(question: Question, found: list[Blank]) -> tuple[Term, ...]:
    names = {b.covariate.column for b in found}
    return tuple(t for t in question.covariates if design_column(t.names[0]).covariate not in names)


def _with(question: Question, found: list[Blank], values: list[Floats]) -> Question:
    """The question with the blanks filled in."""
    names = [b.covariate.column for b in found]
    frame = pd.DataFrame({b.covariate.column: b.series(v) for b, v in zip(found, values, strict=True)})
    columns, terms = encode(frame, [b.covariate for b in found], question.sample.y)
    table = {n: v for n, v in question.sample.table.items() if design_column(n).covariate not in names} | columns
    sample = replace(question.sample, table=table)
    return replace(question, sample=sample, covariates=(*_held(question, found), *terms))


def _solve(question: Question, like: Fit | None = None) -> Solved:
    return solve_fit(fit_question(question, like), question, [question.base, *(c.to for c in question.contrasts)])


def _row(solved: Solved, contrast: Contrast, found: Interval, lost: float) -> Effect:
    question, scale = solved.question, solved.question.aim.scale
    row = counted(estimated(asked(question.aim, contrast.level, Spec.IMPUTED), found, scale), question)
    return replace(row, baseline_estimate=scale * float(solved.means.psi[0]), reasons=(BlanksFilled(DRAWS, lost),))


Filled = tuple[list[Floats], Solved]


def _checks(
    question: Question, once: Question, found: list[Blank], first: Filled, rows: list[Effect],
    results: list[tuple[Interval, float]],
) -> Iterator[Diagnostic]:  # fmt: skip
    """The share of variance lost, and the tipping points, of the contrast that leads."""
    levels = [c.level for c in once.contrasts]
    place = levels.index(question.curve_level) if question.curve_level in levels else 0
    row, (middle, lost) = rows[place], results[place]
    yield shown(row, Check.VARIANCE_DUE_TO_BLANKS, lost)
    for j, blank in enumerate(found):
        at = _tipping_label if blank.labels else _tipping_number
        yield at(row, blank, [_shifted(once, found, first, j, place, middle, s) for s in _shifts(blank)])


def _shifts(blank: Blank) -> list[float]:
    """In standard deviations, nearest first; for a label its levels."""
    if blank.labels:
        return [float(level) for level in range(blank.column.levels)]
    return [sign * size for size in SHIFTS for sign in (1.0, -1.0)]


def _shifted(
    once: Question, found: list[Blank], first: Filled, j: int, place: int, middle: Interval, shift: float
) -> tuple[float, bool]:
    """Whether the conclusion changes when the unseen values of the cases to be changed lie so far off."""
    values, solved = list(first[0]), first[1]
    unseen = found[j].column.missing & once.contrasts[place].moved
    spread = float(np.nanstd(found[j].column.values))
    moved = np.full(int(unseen.sum()), shift) if found[j].labels else values[j][unseen] + shift * spread
    values[j] = values[j].copy()
    values[j][unseen] = moved
    base, to = means_alone(_with(once, found, values), [once.base, once.contrasts[place].to], solved.fit)
    step = float(to - base) - solved.contrast(place + 1).estimate
    shifted = interval(middle.estimate + step, middle.std_error, middle.df)
    return shift, _conclusion(shifted) != _conclusion(middle)


def _conclusion(found: Interval) -> int:
    """−1, 0 or 1: clearly less, can't be said, clearly more."""
    return 0 if found.ci_low <= 0 <= found.ci_high else 1 if found.ci_low > 0 else -1


def _tipping_number(row: Effect, blank: Blank, tried: list[tuple[float, bool]]) -> Diagnostic:
    tips = [shift for shift, changes in tried if changes]
    verdict = CheckVerdict.CHANGES_CONCLUSION if tips else CheckVerdict.HOLDS
    return shown(row, Check.TIPPING_SHIFT, tips[0] if tips else None, blank.covariate.column, verdict)


def _tipping_label(row: Effect, blank: Blank, tried: list[tuple[float, bool]]) -> Diagnostic:
    tips = [blank.labels[int(level)] for level, changes in tried if changes]
    verdict = CheckVerdict.CHANGES_CONCLUSION if tips else CheckVerdict.HOLDS
    found = shown(row, Check.TIPPING_LEVEL, float(len(tips)), blank.covariate.column, verdict)
    return replace(found, reasons=(TipsAt(tips[0]),) if tips else ())
