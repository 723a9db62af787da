"""The guard rails of one question: what each adjusted contrast rests on, as evidence for its grade and as rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import CovariateGroup
from pipelines.contracts.catalog.estimation import Estimand
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.ask.covariates import group_of
from pipelines.models.facts import Facts
from pipelines.models.fit.aipw import TwoArms, two_arms
from pipelines.models.fit.solve import Solved
from pipelines.models.judge.comparability import Comparability, compare, compare_dose, outside_local_range
from pipelines.models.judge.control import Control, effects, negative_controls
from pipelines.models.judge.sensitivity import Robustness, robustness
from pipelines.models.question import Contrast, Level, Question, enough_sides

Seen = dict[tuple[str, bytes], "Grounds"]
BENCHMARKS = (CovariateGroup.FAILURE, CovariateGroup.PLACE, CovariateGroup.CUSTOMER, CovariateGroup.HISTORY)


@dataclass(frozen=True)
class Grounds:
    """What doesn't depend on the outcome: comparability and negative control per contrast."""

    comparability: Mapping[Level, Comparability]
    controls: Mapping[Level, Control]


@dataclass(frozen=True)
class Review:
    """Everything checked about one adjusted question; ``effects`` are its contrasts in standard deviations."""

    grounds: Grounds
    robustness: Robustness | None
    two_arms: Mapping[Level, TwoArms]
    effects: Mapping[Level, float]


def review(solved: Solved, mart: pd.DataFrame, facts: Facts, seen: Seen, thorough: bool) -> Review:
    """Check an adjusted fit. ``seen`` remembers the grounds of other outcomes over the same rows."""
    question, X = solved.question, _covariates(solved)
    place = (question.aim.treatment, question.rows.tobytes())
    if place not in seen:
        seen[place] = _grounds(solved, X, mart, facts)
    groups = _benchmarks(solved, facts)
    dose = question.sample.table[question.dose]
    anchor = question.curve_level or (question.contrasts[0].level if question.contrasts else None)
    second = thorough or question.curve_level is None
    chosen = [
        c for c in question.contrasts if second and (c.level == anchor or not thorough) and enough_sides(c, question)
    ]
    return Review(
        grounds=seen[place],
        robustness=robustness(X, groups, dose, question.sample.y) if np.ptp(dose) > 0 else None,
        effects=effects(solved),
        two_arms={
            c.level: two_arms(X, _treated(question, c), question.sample.y, question.sample.cluster) for c in chosen
        },
    )


def _grounds(solved: Solved, X: Floats, mart: pd.DataFrame, facts: Facts) -> Grounds:
    question, names = solved.question, solved.fit.design.names
    names = names[: X.shape[1]]
    return Grounds(
        comparability={
            c.level: _compare(question, c, X, names) for c in question.contrasts if enough_sides(c, question)
        },
        controls=negative_controls(question, mart, facts),
    )


def _covariates(solved: Solved) -> Floats:
    """Constant and covariate columns per row."""
    index = solved.fit.patterns.index
    return solved.fit.design.at(index)[0]


def _benchmarks(solved: Solved, facts: Facts) -> dict[str, Ints]:
    """Column positions of each benchmark for a hidden cause: a label's indicator, or a spline with all its bends.

    Channel and clock are none: they drive the speed of the answer more than anything, and are recorded in full.
    """
    groups: dict[str, list[int]] = {}
    for position, name in enumerate(solved.fit.design.names[1 : solved.fit.design.fixed_width], start=1):
        if group_of(name, facts) in BENCHMARKS:
            groups.setdefault(name.partition("~")[0], []).append(position)
    return {name: np.array(columns, dtype=np.int64) for name, columns in groups.items()}


def _treated(question: Question, contrast: Contrast) -> Flags:
    """The arm of a second estimator: whoever got anything of a dose, else those already there."""
    return question.sample.table[question.dose] > 0 if question.aim.estimand is Estimand.DOSE else contrast.there


def _compare(question: Question, contrast: Contrast, X: Floats, names: tuple[str, ...]) -> Comparability:
    outside = _outside(question, contrast, X)
    if question.aim.estimand is Estimand.DOSE:
        dose = question.sample.table[question.dose]
        everyone = np.ones(len(dose), dtype=bool)
        return compare_dose(X, names, dose, everyone, outside)
    return compare(X, names, contrast.moved, contrast.there, outside)


def _outside(question: Question, contrast: Contrast, X: Floats) -> Flags:
    """Rows whose level under the contrast no comparable row received."""
    dose = question.sample.table[question.dose]
    level = contrast.to(question.sample.table).get(question.dose, dose)
    return outside_local_range(X, dose, level)
