"""Where the effect differs: declared families of segments, each with its own dose slope in one common model.

Segments of a family are shrunk towards each other and their p-values judged together (Benjamini–Hochberg).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.results import effect_row
from pipelines.models.arrays import Floats, Ints
from pipelines.models.interval import interval
from pipelines.models.question import Question, numbers
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, Row, check_row, effect_rows, refused
from pipelines.models.sandwich import cr1, joint_p
from pipelines.models.shrinkage import shrink, with_q_values
from pipelines.models.solve import fit_question, solve_fit
from pipelines.models.terms import Levels, Linear, Product

FEWEST_IN_SEGMENT = 100
MOST_SEGMENTS = 12
# Doses are asked about in every family; actions in the one in which their sign may change.
OF_DOSES = ("severity", "value", "channel", "fault", "repeat", "mass", "site")
OF_ACTIONS = {"accountability": ("fault",), "apology": ("earlier_apologies",)}


@dataclass(frozen=True)
class Segments:
    """One family over a question's rows: a code per row (−1: in none) and the label of each code."""

    family: str
    code: Ints
    labels: tuple[str, ...]


def families(question: Question, mart: pd.DataFrame) -> Iterator[Segments]:
    """The families of the question's treatment with at least two segments that are large enough."""
    chosen = mart.iloc[question.rows]
    columns = {
        "severity": chosen.get("severity"),
        "value": _thirds(numbers(chosen, "orders_365d")),
        "channel": chosen.get("channel"),
        "fault": chosen.get("fault"),
        "repeat": _yes_no(numbers(chosen, "earlier_incidents"), "repeat", "first"),
        "mass": _yes_no(numbers(chosen, "mass_event"), "mass", "single"),
        "site": chosen.get("site_id"),
        "earlier_apologies": _none_one_several(numbers(chosen, "earlier_apologies")),
    }
    for family in OF_ACTIONS.get(question.aim.treatment, OF_DOSES):
        if columns[family] is None:
            continue
        found = _segments(family, pd.Series(columns[family]).reset_index(drop=True))
        if len(found.labels) > 1:
            yield found


def _segments(family: str, values: pd.Series) -> Segments:
    sizes = values.dropna().astype(str).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    labels = tuple(sorted(str(name) for name in sizes.index[sizes >= FEWEST_IN_SEGMENT][:MOST_SEGMENTS]))
    code = values.astype("object").where(values.notna(), "").astype(str).map({x: i for i, x in enumerate(labels)})
    return Segments(family, np.asarray(code.fillna(-1), dtype=np.int64), labels)


def _thirds(values: Floats) -> pd.Series:
    known = np.isfinite(values)
    if not known.any():
        return pd.Series([None] * len(values), dtype="object")
    low, high = np.quantile(values[known], (1 / 3, 2 / 3))
    names = pd.Series(np.where(values <= low, "low", np.where(values > high, "high", "middle")), dtype="object")
    return names.where(known)


def _yes_no(values: Floats, one: str, other: str) -> pd.Series:
    return pd.Series(np.where(values > 0, one, other), dtype="object").where(np.isfinite(values))


def _none_one_several(values: Floats) -> pd.Series:
    names = np.where(values > 1, "several", np.where(values == 1, "one", "none"))
    return pd.Series(names, dtype="object").where(np.isfinite(values))


def by_segment(question: Question, mart: pd.DataFrame, parents: Sequence[Row]) -> Results:
    """Effects in every segment of every family, shrunken beside them, and a test of each interaction.

    ``parents`` are the adjusted rows of the whole question; a segment is never graded better than its parent.
    """
    results = Results()
    for segments in families(question, mart):
        try:
            results += _family(question, segments, parents)
        except NotEstimableError as refusal:
            aim = replace(question.aim, segment=f"{segments.family}=*")
            results += refused(aim, [c.level for c in question.contrasts], ["adjusted"], refusal.reason)
    return results


def _family(question: Question, segments: Segments, parents: Sequence[Row]) -> Results:
    codes = tuple(range(1, len(segments.labels)))
    levels = Levels(_SOURCE, codes)
    asked = replace(
        question,
        sample=replace(
            question.sample, table=question.sample.table | {_SOURCE: segments.code.astype(float)}, second=None
        ),
        covariates=(*question.covariates, Levels(_SOURCE, (-1, *codes))),
        treatment=(*question.treatment, Product(levels, Linear(question.dose))),
        curve=(),
        curve_level=None,
    )
    fitted = fit_question(asked)
    rows: list[list[Row]] = []
    for code, label in enumerate(segments.labels):
        inside = segments.code == code
        part = replace(
            asked,
            aim=replace(asked.aim, segment=f"{segments.family}={label}"),
            members=asked.members * inside,
            contrasts=tuple(replace(c, moved=c.moved & inside, there=c.there & inside) for c in asked.contrasts),
        )
        solved = solve_fit(fitted, part, [part.base, *(c.to for c in part.contrasts)])
        rows.append(_graded(effect_rows(solved, "adjusted"), parents))
    own = slice(-len(codes), None)
    p = joint_p(fitted.beta[own], cr1(fitted, asked.sample, asked.sample.cluster)[own, own], _df(rows))
    verdict = "differs" if p < 0.05 else "no clear difference"
    parent, subject = _anchor(question, parents), segments.family
    test = check_row(
        parent, "interaction", p, threshold=0.05, passed=None, unit="p-value", subject=subject, verdict=verdict
    )
    return Results([row for level in zip(*rows, strict=True) for row in _together(level, segments.family)], [], [test])


_SOURCE = "segment of the family"


def _anchor(question: Question, parents: Sequence[Row]) -> str:
    levels = [c.level for c in question.contrasts]
    place = levels.index(question.curve_level) if question.curve_level in levels else 0
    return str(parents[place]["effect_id"])


def _df(rows: Sequence[Sequence[Row]]) -> float:
    found = [row["df"] for level in rows for row in level if row["df"] is not None]
    return float(np.median(found)) if found else 1.0


def _graded(rows: Sequence[Row], parents: Sequence[Row]) -> list[Row]:
    """The parent's grade, or worse where the segment has too few degrees of freedom."""
    graded = []
    for row, parent in zip(rows, parents, strict=True):
        if row["estimate"] is None or parent["grade"] is None:
            graded.append(row)
            continue
        own = "A" if row["df"] >= 20 else "C" if row["df"] >= 4 else "D"
        graded.append(row | {"grade": max(parent["grade"], own), "reason": parent["reason"]})
    return graded


def _together(rows: Sequence[Row], family: str) -> list[Row]:
    """The segments of one contrast: q-values, and shrunken rows beside the plain ones."""
    judged = with_q_values(rows, f"{rows[0]['treatment']} by {family}")
    plain = [row for row in judged if row["estimate"] is not None and row["std_error"] > 0]
    if len(plain) < 2:
        return judged
    means, errors = shrink(np.array([r["estimate"] for r in plain]), np.array([r["std_error"] for r in plain]))
    shrunken = [_shrunken(row, float(m), float(e)) for row, m, e in zip(plain, means, errors, strict=True)]
    return [*judged, *shrunken]


def _shrunken(row: Row, mean: float, error: float) -> Row:
    found = interval(mean, error, row["df"])
    kept = {name: value for name, value in row.items() if name != "effect_id"}
    return effect_row(
        **(
            kept
            | {
                "spec": "shrunken", "estimate": mean, "std_error": error, "ci_low": found.ci_low,
                "ci_high": found.ci_high, "p_value": found.p_value, "q_value": None,
            }
        )
    )  # fmt: skip
