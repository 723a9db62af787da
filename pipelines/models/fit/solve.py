"""One fit, all its scenarios, and all of them again without each cluster: what every interval is computed from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipelines.contracts.catalog.covariates import UNKNOWN
from pipelines.contracts.catalog.estimation import SeType
from pipelines.contracts.catalog.thresholds import MOST_POOLED_LABELS
from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.interval import Interval, cv3, largest, two_way
from pipelines.models.fit.jackknife import Standardised, leave_clusters_out, leave_rows_out, standardise, summed_by
from pipelines.models.fit.newton import Fit, fit, make_design
from pipelines.models.fit.patterns import group_patterns
from pipelines.models.question import Question, Scenario
from pipelines.models.refusal import SeparatedError


@dataclass(frozen=True)
class Solved:
    """Means of the scenarios, in order, with leave-one-cluster-out means per clustering.

    The first alone, then two for each clustering that cuts across it (customers, shared cells): that one, and both.
    """

    question: Question
    fit: Fit
    means: Standardised
    without: tuple[Floats, ...]

    @property
    def se_type(self) -> SeType:
        """The code that goes with the intervals."""
        return SeType.CV3 if len(self.without) == 1 else SeType.CV3_TWO_WAY

    def contrast(self, to: int, base: int = 0) -> Interval:
        """Interval of the difference between two scenarios."""
        estimate = float(self.means.psi[to] - self.means.psi[base])
        return self.combined(estimate, [w[:, to] - w[:, base] for w in self.without])

    def combined(self, estimate: float, left_out: Sequence[Floats]) -> Interval:
        """Interval of any function of the scenarios, given its value without each cluster, per clustering."""
        intervals = [cv3(estimate, d) for d in left_out]
        ways = [two_way(intervals[0], *pair) for pair in zip(intervals[1::2], intervals[2::2], strict=True)]
        if ways and self.question.sample.cell is not None:
            ways[-1] = replace(ways[-1], df=min(intervals[0].df, float(len(left_out[-2]) - 1)))
        return largest([intervals[0], *ways])

    def moves(self, psi: Floats, of: Callable[[Floats], Floats]) -> Floats:
        """Values (m,) of the scenarios without each first cluster, stretched to the widest of all clusterings: (G, m).

        ``of`` makes the values from the scenarios' means without each cluster; ``psi`` (m,) are the values themselves.
        """
        first = of(self.without[0])
        if len(self.without) == 1:
            return first
        parts = [of(without) for without in self.without]
        ratio = np.ones(len(psi))
        for j, value in enumerate(psi):
            alone = cv3(float(value), parts[0][:, j]).std_error
            ratio[j] = self.combined(float(value), [p[:, j] for p in parts]).std_error / alone if alone > 0 else 1.0
        return np.asarray(psi + ratio * (first - psi))

    def independent_error(self, to: int, base: int = 0) -> float:
        """Standard error of a contrast as if incidents were independent, from influence functions per row."""
        means, sample, index = self.means, self.question.sample, self.fit.patterns.index
        difference = (means.values[:, to] - means.values[:, base])[index]
        lever = self._lever(self.fit.inverse @ (means.gradient[:, to] - means.gradient[:, base]))[index]
        theta = float(means.psi[to] - means.psi[base])
        member = self.question.members / self.question.members.sum()
        influence = member * (difference - theta) + sample.weight * self._residual * lever
        return float(np.sqrt(influence @ influence))

    def _lever(self, direction: Floats) -> Floats:
        design = self.fit.design
        return np.concatenate([design.matrix(rows) @ direction for rows in design.blocks()])

    @cached_property
    def _residual(self) -> Floats:
        index = self.fit.patterns.index
        return np.asarray(self.fit.a[index] * (self.question.sample.y - self.fit.mu[index]))


def solve(question: Question, scenarios: Sequence[Scenario]) -> Solved:
    """Fit the question and standardise its members under each scenario, with every cluster left out in turn."""
    return solve_fit(fit_question(question), question, scenarios)


def solve_fit(
    fitted: Fit, question: Question, scenarios: Sequence[Scenario], steps: Floats | None = None
) -> Solved:  # fmt: skip
    """The same with a fit at hand, over the members of ``question``; ``steps``: those of its clusters, if at hand."""
    table = fitted.patterns.table
    population = np.bincount(fitted.patterns.index, question.members, minlength=len(fitted.mu)).astype(float)
    means = standardise(fitted, [scenario(table) for scenario in scenarios], population)
    without = [
        leave_clusters_out(means, question.sample, codes, question.members, steps=steps if j == 0 else None)
        for j, codes in enumerate(_clusterings(question))
    ]
    return Solved(question, fitted, means, (*without, *_without_cells(means, question)))


def _without_cells(means: Standardised, question: Question) -> tuple[Floats, ...]:
    """Means without each cell, and each cell's part of a first cluster: rows' own moves, summed."""
    sample = question.sample
    if sample.cell is None:
        return ()
    moved = leave_rows_out(means, sample, question.members)
    both = np.unique(sample.cluster * (int(sample.cell.max()) + 1) + sample.cell, return_inverse=True)[1]
    return tuple(means.psi + summed_by(moved, codes) for codes in (sample.cell, both.astype(np.int64)))


def points(fitted: Fit, question: Question, scenarios: Sequence[Scenario]) -> Solved:
    """The means of the scenarios from a fit at hand, with no cluster left out."""
    table = fitted.patterns.table
    population = np.bincount(fitted.patterns.index, question.members, minlength=len(fitted.mu)).astype(float)
    return Solved(question, fitted, standardise(fitted, [scenario(table) for scenario in scenarios], population), ())


def means_alone(question: Question, scenarios: Sequence[Scenario], like: Fit | None = None) -> Floats:
    """The means of the scenarios over the members, without any interval: (m,)."""
    fitted = fit_question(question, like)
    table, index = fitted.patterns.table, fitted.patterns.index
    population = np.bincount(index, question.members, minlength=len(fitted.mu)).astype(float)
    return standardise(fitted, [scenario(table) for scenario in scenarios], population).psi


def fit_question(question: Question, like: Fit | None = None) -> Fit:
    """The model of a question, fitted on patterns; a few labels that separate the outcome may join the reference."""
    patterns = group_patterns(question.sample)
    within = question.sample.within
    design = make_design(question.covariates, question.treatment, patterns.table, patterns.n, within)
    near = None if like is None else like.coefficients
    for _ in range(MOST_POOLED_LABELS):
        try:
            return fit(design, patterns, question.aim.family, near)
        except SeparatedError as refusal:
            if refusal.column >= design.fixed_width or not _is_level(design.names[refusal.column]):
                raise
            design, near = design.without(refusal.column), refusal.reached
    return fit(design, patterns, question.aim.family, near)


def _is_level(name: str) -> bool:
    """A label of its own, or the level "unknown"."""
    return "=" in name or name.endswith(UNKNOWN)


def _clusterings(question: Question) -> list[Ints]:
    first, second = question.sample.cluster, question.sample.second
    if second is None:
        return [first]
    both = np.unique(first * (int(second.max()) + 1) + second, return_inverse=True)[1]
    return [first, second, both.astype(np.int64)]
