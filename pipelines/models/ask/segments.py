"""Where the effect differs: families of segments, each with its own dose slope in one common model.

Families are one-way, and two-way where the profile crosses them. Segments of a family are shrunk towards each other,
what they err in together counted, and their p-values judged together (Benjamini–Hochberg).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.estimation import Cut, SegmentFamily, Spec, TreatmentId, q_family
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import SEGMENT_FAMILIES
from pipelines.contracts.catalog.thresholds import FEWEST_IN_SEGMENT, HARD_DF, INTERACTION_P, LEAST_DF, MOST_SEGMENTS
from pipelines.contracts.catalog.treatments import ACCOUNTABILITY, APOLOGY
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.interval import interval
from pipelines.models.fit.jackknife import cluster_steps
from pipelines.models.fit.sandwich import cr1, joint_p
from pipelines.models.fit.shrinkage import noise_correlation, shrink, with_q_values
from pipelines.models.fit.solve import Solved, fit_question, solve_fit
from pipelines.models.fit.terms import Levels, Linear, Product
from pipelines.models.question import Question, numbers
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, checked, effect_rows, estimated, refused

# Doses are asked about in every family; actions in the one in which their sign may change.
OF_DOSES = SEGMENT_FAMILIES
OF_ACTIONS: dict[TreatmentId, tuple[SegmentFamily, ...]] = {
    ACCOUNTABILITY: (SegmentFamily.FAULT,),
    APOLOGY: (SegmentFamily.EARLIER_APOLOGIES,),
}

# One row per cluster of the whole question, held for every segment at once: half the memory is enough for products.
Moves: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True)
class Segments:
    """One family over a question's rows: a code per row (−1: in none) and the segment of each code.

    ``dimensions`` are one, or two that are crossed; a segment reads ``severity=high`` or ``severity=high;value=low``.
    """

    dimensions: tuple[str, ...]
    code: Ints
    names: tuple[str, ...]

    @property
    def family(self) -> str:
        """The name that the family's tests carry: ``severity`` or ``severity*value``."""
        return "*".join(self.dimensions)


def families(question: Question, mart: pd.DataFrame, crossed: Sequence[tuple[str, str]] = ()) -> Iterator[Segments]:
    """The families of the question's treatment with at least two segments that are large enough.

    ``crossed`` pairs of families are asked of doses, after the one-way ones.
    """
    chosen = mart.iloc[question.rows]
    columns: dict[SegmentFamily, pd.Series | None] = {
        SegmentFamily.SEVERITY: chosen.get(Col.SEVERITY),
        SegmentFamily.VALUE: _thirds(numbers(chosen, Col.ORDERS_365D)),
        SegmentFamily.CHANNEL: chosen.get(Col.CHANNEL),
        SegmentFamily.FAULT: chosen.get(Col.FAULT),
        SegmentFamily.REPEAT: _yes_no(numbers(chosen, Col.EARLIER_INCIDENTS), Cut.REPEAT, Cut.FIRST),
        SegmentFamily.MASS: _yes_no(numbers(chosen, Col.MASS_EVENT), Cut.MASS, Cut.SINGLE),
        SegmentFamily.SITE: chosen.get(Col.SITE_ID),
        SegmentFamily.EARLIER_APOLOGIES: _none_one_several(numbers(chosen, Col.EARLIER_APOLOGIES)),
    }
    named: dict[str, pd.Series] = {f: _named(f, values) for f, values in columns.items() if values is not None}
    asked: list[tuple[str, ...]] = [(family,) for family in OF_ACTIONS.get(question.aim.treatment, OF_DOSES)]
    for dimensions in (*asked, *(crossed if question.aim.treatment not in OF_ACTIONS else ())):
        if not set(dimensions) <= set(named):
            continue
        found = _segments(dimensions, [named[dimension] for dimension in dimensions])
        if len(found.names) > 1:
            yield found


def _named(family: str, values: pd.Series) -> pd.Series:
    """``severity=high`` per row, missing where the level isn't known."""
    values = pd.Series(values).reset_index(drop=True)
    return (f"{family}=" + values.astype("object").astype(str)).where(values.notna())


def _segments(dimensions: tuple[str, ...], columns: Sequence[pd.Series]) -> Segments:
    values = columns[0] if len(columns) == 1 else columns[0] + ";" + columns[1]
    sizes = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    names = tuple(sorted(str(name) for name in sizes.index[sizes >= FEWEST_IN_SEGMENT][:MOST_SEGMENTS]))
    code = values.map({name: i for i, name in enumerate(names)})
    return Segments(dimensions, np.asarray(code.fillna(-1), dtype=np.int64), names)


def _thirds(values: Floats) -> pd.Series:
    known = np.isfinite(values)
    if not known.any():
        return pd.Series([None] * len(values), dtype="object")
    low, high = np.quantile(values[known], (1 / 3, 2 / 3))
    upper = np.where(values > high, Cut.HIGH, Cut.MIDDLE)
    return pd.Series(np.where(values <= low, Cut.LOW, upper), dtype="object").where(known)


def _yes_no(values: Floats, one: Cut, other: Cut) -> pd.Series:
    return pd.Series(np.where(values > 0, one, other), dtype="object").where(np.isfinite(values))


def _none_one_several(values: Floats) -> pd.Series:
    names = np.where(values > 1, Cut.SEVERAL, np.where(values == 1, Cut.ONE, Cut.NONE))
    return pd.Series(names, dtype="object").where(np.isfinite(values))


def by_segment(
    question: Question, mart: pd.DataFrame, parents: Sequence[Effect], crossed: Sequence[tuple[str, str]] = ()
) -> Results:
    """Effects in every segment of every family, shrunken beside them, and a test of each interaction.

    ``parents`` are the adjusted rows of the whole question; a segment is never graded better than its parent.
    """
    results = Results()
    for segments in families(question, mart, crossed):
        try:
            results += _family(question, segments, parents)
        except NotEstimableError as refusal:
            aim = replace(question.aim, segment=";".join(f"{d}=*" for d in segments.dimensions))
            results += refused(aim, [c.level for c in question.contrasts], [Spec.ADJUSTED], *refusal.reasons)
    return results


def _family(question: Question, segments: Segments, parents: Sequence[Effect]) -> Results:
    codes = tuple(range(1, len(segments.names)))
    levels = Levels(_SOURCE, codes)
    asked = replace(
        question,
        sample=replace(
            question.sample,
            table=question.sample.table | {_SOURCE: segments.code.astype(float)},
            second=None,
            cell=None,
        ),
        covariates=(*question.covariates, Levels(_SOURCE, (-1, *codes))),
        treatment=(*question.treatment, Product(levels, Linear(question.dose))),
        curve=(),
        curve_level=None,
    )
    fitted = fit_question(asked)
    steps = cluster_steps(fitted, asked.sample, asked.sample.cluster)
    rows: list[list[Effect]] = []
    moves: list[Moves] = []
    for code, name in enumerate(segments.names):
        inside = segments.code == code
        part = replace(
            asked,
            aim=replace(asked.aim, segment=name),
            members=asked.members * inside,
            contrasts=tuple(replace(c, moved=c.moved & inside, there=c.there & inside) for c in asked.contrasts),
        )
        solved = solve_fit(fitted, part, [part.base, *(c.to for c in part.contrasts)], steps)
        counted = [_counted(row, part) for row in effect_rows(solved, Spec.ADJUSTED)]
        rows.append(_graded(counted, parents))
        moves.append(_moves(solved))
    own = slice(-len(codes), None)
    p = joint_p(fitted.beta[own], cr1(fitted, asked.sample, asked.sample.cluster)[own, own], _df(rows))
    verdict = CheckVerdict.DIFFERS if p < INTERACTION_P else CheckVerdict.NO_CLEAR_DIFFERENCE
    test = checked(_anchor(question, parents), Check.INTERACTION, p, subject=segments.family, verdict=verdict)
    effects: list[Effect] = []
    for j, level in enumerate(zip(*rows, strict=True)):
        effects += _together(level, [m[:, j].astype(float) for m in moves], segments.family)
    return Results(effects, [], [test])


_SOURCE = "part"


def _anchor(question: Question, parents: Sequence[Effect]) -> Effect:
    levels = [c.level for c in question.contrasts]
    return parents[levels.index(question.curve_level) if question.curve_level in levels else 0]


def _df(rows: Sequence[Sequence[Effect]]) -> float:
    found = [row.df for level in rows for row in level if row.df is not None]
    return float(np.median(found)) if found else 1.0


def _counted(row: Effect, part: Question) -> Effect:
    """The row with the cases of its own segment; the model learns from the others too, but doesn't speak of them."""
    if row.estimate is None or row.n_incidents is None:
        return row
    inside, sample = part.members > 0, part.sample
    n, effective = int(inside.sum()), row.effective_incidents
    return replace(
        row,
        n_incidents=n,
        n_clusters=len(np.unique(sample.cluster[inside])),
        n_events=int(np.count_nonzero(sample.y[inside] > 0)),
        effective_incidents=None if effective is None else effective * n / row.n_incidents,
    )


def _graded(rows: Sequence[Effect], parents: Sequence[Effect]) -> list[Effect]:
    """The parent's grade, or worse where the segment has too few degrees of freedom."""
    graded = []
    for row, parent in zip(rows, parents, strict=True):
        if row.df is None or parent.grade is None:
            graded.append(row)
            continue
        own = Grade.A if row.df >= LEAST_DF else Grade.C if row.df >= HARD_DF else Grade.D
        graded.append(replace(row, grade=max(parent.grade, own), reasons=parent.reasons))
    return graded


def _moves(solved: Solved) -> Moves:
    """How far each contrast moves without each cluster, (G, contrasts); 0 where nobody would be left to ask about."""
    without, psi = solved.without[0], solved.means.psi
    moved = (without[:, 1:] - without[:, [0]]) - (psi[1:] - psi[0])
    return np.asarray(np.nan_to_num(moved), dtype=np.float32)


def _together(rows: Sequence[Effect], moves: Sequence[Floats], family: str) -> list[Effect]:
    """The segments of one contrast: q-values, and shrunken rows beside the plain ones.

    A shrunken row keeps its segment's own degrees of freedom.
    """
    judged = with_q_values(rows, q_family(rows[0].treatment, family))
    told = [
        (j, row, row.estimate, row.std_error)
        for j, row in enumerate(judged)
        if row.estimate is not None and row.std_error is not None and row.std_error > 0
    ]
    if len(told) < 2:
        return judged
    places, plain, estimates, own = zip(*told, strict=True)
    correlation = noise_correlation(np.column_stack([moves[j] for j in places]))
    means, errors = shrink(np.array(estimates), np.array(own), correlation)
    shrunken = [_shrunken(row, float(m), float(e)) for row, m, e in zip(plain, means, errors, strict=True)]
    return [*judged, *shrunken]


def _shrunken(row: Effect, mean: float, error: float) -> Effect:
    found = interval(mean, error, row.df or 1.0)
    return replace(estimated(row, found), spec=Spec.SHRUNKEN, q_value=None)
