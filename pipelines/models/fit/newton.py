"""A design over patterns and its maximum likelihood by Newton's method (Fisher scoring); separated data is refused.

A design is an intercept, covariate terms and treatment terms, given out block by block.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve, solve_triangular

from pipelines.contracts.catalog.covariates import design_column
from pipelines.contracts.catalog.estimation import Covariate
from pipelines.contracts.catalog.thresholds import LARGEST_STANDARDISED_COEFFICIENT, LARGEST_STANDARDISED_ERROR
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import (
    NotConverged,
    OutcomeConstant,
    Separated,
    SeparatedBy,
    SeparatedByOwn,
    TreatmentDetermined,
)
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.fit.family import Family, FamilyName
from pipelines.models.fit.patterns import CellMeans, Cells, Patterns, cell_means
from pipelines.models.fit.terms import Term, term_columns
from pipelines.models.refusal import NotEstimableError, SeparatedError

BLOCK_ROWS = 65_536
_ALIASED = 1e-8


@dataclass(frozen=True)
class Design:
    """Columns ``[1, covariates, treatment]``; ``kept`` marks the covariate columns that others don't determine.

    ``pooled`` names labels that joined the reference because they separate the outcome.
    ``dense`` holds all columns at every pattern while that is small; else blocks are rebuilt on use.
    """

    covariates: tuple[Term, ...]
    treatment: tuple[Term, ...]
    table: Table
    rows: int
    kept: Flags | None = None
    dense: Floats | None = None
    pooled: tuple[str, ...] = ()
    means: tuple[CellMeans, ...] = ()

    @property
    def fixed_width(self) -> int:
        """Number of columns before the treatment's."""
        return len(self._fixed_names) if self.kept is None else int(self.kept.sum())

    @property
    def _fixed_names(self) -> tuple[str, ...]:
        return ("1", *(n for t in self.covariates for n in t.names), *(n for m in self.means for n in m.names))

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, the intercept first."""
        fixed = np.array(self._fixed_names, dtype=object)
        fixed = fixed if self.kept is None else fixed[self.kept]
        return (*fixed, *(n for t in self.treatment for n in t.names))

    def at(self, rows: slice | Ints) -> tuple[Floats, Floats]:
        """Fixed and treatment columns at some patterns."""
        if self.dense is not None:
            columns = self.dense[rows]
            return columns[:, : self.fixed_width], columns[:, self.fixed_width :]
        treatment = self.treatment_at(rows, {})
        return self._fixed({name: values[rows] for name, values in self.table.items()}, rows, len(treatment)), treatment

    def treatment_at(self, rows: slice | Ints, changed: Mapping[str, Floats]) -> Floats:
        """Treatment columns at some patterns, with some columns of the table replaced."""
        table = {name: values[rows] for name, values in (self.table | dict(changed)).items()}
        return term_columns(self.treatment, table, len(next(iter(table.values()))))

    def matrix(self, rows: slice | Ints) -> Floats:
        """All columns at some patterns."""
        return np.hstack(self.at(rows)) if self.dense is None else self.dense[rows]

    def without(self, column: int) -> "Design":
        """The design less one covariate column: its level joins the reference."""
        kept = np.ones(self.fixed_width, dtype=bool) if self.kept is None else self.kept.copy()
        kept[np.flatnonzero(kept)[column]] = False
        dense = None if self.dense is None else np.delete(self.dense, column, axis=1)
        return replace(self, kept=kept, dense=dense, pooled=(*self.pooled, self.names[column]))

    def blocks(self) -> Iterator[slice]:
        """Slices that cover the patterns."""
        for start in range(0, self.rows, BLOCK_ROWS):
            yield slice(start, min(start + BLOCK_ROWS, self.rows))

    def _fixed(self, table: Table, rows: slice | Ints, size: int) -> Floats:
        means = (m.at(rows) for m in self.means)
        fixed = np.hstack([np.ones((size, 1)), term_columns(self.covariates, table, size), *means])
        return fixed if self.kept is None else fixed[:, self.kept]


def make_design(
    covariates: tuple[Term, ...], treatment: tuple[Term, ...], table: Table, n: Floats,
    within: Sequence[Cells] = (),
) -> Design:  # fmt: skip
    """A design without aliased columns: a covariate that earlier ones determine is dropped.

    A treatment column that the covariates determine is a refusal: then the two can't be told apart. Beside it stand the
    means of all columns, or of the treatment's alone, over the cells that cases lie ``within``.
    """
    design = Design(covariates, treatment, table, len(n))
    design = replace(design, means=tuple(_means(design, cells, n) for cells in within))
    if design.rows <= BLOCK_ROWS:
        design = replace(design, dense=design.matrix(slice(0, design.rows)))
    independent = independent_columns(_gram(design, n))
    fixed = design.fixed_width
    if not independent[fixed:].all():
        raise NotEstimableError(TreatmentDetermined())
    dense = None if design.dense is None else design.dense[:, independent]
    return replace(design, kept=independent[:fixed], dense=dense)


def _means(design: Design, cells: Cells, n: Floats) -> CellMeans:
    """Means by cell of a design's columns but the constant, the treatment's first."""
    width = design.fixed_width
    fixed = () if cells.of_treatment else design.names[1:width]

    def columns(rows: slice) -> Floats:
        if cells.of_treatment:
            return design.treatment_at(rows, {})
        covariates, treatment = design.at(rows)
        return np.hstack([treatment, covariates[:, 1:]])

    blocks = ((rows, columns(rows)) for rows in design.blocks())
    return cell_means(cells, blocks, (*design.names[width:], *fixed), n)


def _gram(design: Design, n: Floats) -> Floats:
    weighted = (np.sqrt(n[rows])[:, None] * design.matrix(rows) for rows in design.blocks())
    return np.asarray(sum(X.T @ X for X in weighted))


def independent_columns(gram: Floats) -> Flags:
    """Columns that earlier columns don't determine: Cholesky factorisation that skips the dependent ones."""
    scale = np.sqrt(np.diag(gram))
    correlation = gram / np.outer(np.where(scale > 0, scale, 1.0), np.where(scale > 0, scale, 1.0))
    kept: list[int] = []
    factor = np.zeros_like(gram)
    for j in range(len(gram)):
        row = (
            solve_triangular(factor[: len(kept), : len(kept)], correlation[kept, j], lower=True)
            if kept
            else correlation[:0, j]
        )
        left = correlation[j, j] - row @ row
        if left > _ALIASED:
            factor[len(kept), : len(kept)] = row
            factor[len(kept), len(kept)] = np.sqrt(left)
            kept.append(j)
    return np.isin(np.arange(len(gram)), kept)


_STEPS = 50
_TOLERANCE = 1e-10


@dataclass(frozen=True)
class Fit:
    """Coefficients, the inverse information and, per pattern, mean, working weight and score weight.

    Working weight h: information is Σ n h x xᵀ. Score weight a: the score is Σ a (s − n μ) x.
    """

    family: Family
    design: Design
    patterns: Patterns
    beta: Floats
    information: Floats
    inverse: Floats
    mu: Floats
    h: Floats
    a: Floats


def fit(design: Design, patterns: Patterns, family: Family, like: Fit | None = None) -> Fit:
    """Fit the family's GLM to pattern counts; raises :class:`NotEstimableError` when it can't be trusted.

    ``like`` is a fit of nearly the same columns to start from.
    """
    mean = float(patterns.s.sum() / patterns.n.sum())
    if patterns.s.max() == patterns.s.min() == 0.0 or (family.name is FamilyName.BINOMIAL and mean == 1.0):
        raise NotEstimableError(OutcomeConstant())
    beta = np.zeros(len(design.names))
    beta[0] = family.start(mean)
    if like is not None:
        known = dict(zip(like.design.names, like.beta, strict=True))
        beta = np.array([known.get(name, 0.0) for name in design.names])
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        beta = _climb(design, patterns, family, beta)
    result = _at(design, patterns, family, beta)
    _refuse_separation(result)
    return result


def _climb(design: Design, patterns: Patterns, family: Family, beta: Floats) -> Floats:
    """Newton steps until one is so small that the next would be lost in rounding: the error squares with each."""
    best = _log_likelihood(design, patterns, family, beta)
    for _ in range(_STEPS):
        score, information = _score(design, patterns, family, beta)
        step = _solve(information, score)
        beta, best = _halved(design, patterns, family, beta, step, best)
        if float(score @ step) < _TOLERANCE:
            return beta
    raise NotEstimableError(NotConverged())


def _halved(
    design: Design, patterns: Patterns, family: Family, beta: Floats, step: Floats, best: float
) -> tuple[Floats, float]:
    for halving in range(30):
        candidate = beta + step * 0.5**halving
        value = _log_likelihood(design, patterns, family, candidate)
        if value >= best - 1e-9 * abs(best):
            return candidate, max(value, best)
    return beta, best


def _log_likelihood(design: Design, patterns: Patterns, family: Family, beta: Floats) -> float:
    total = 0.0
    for rows in design.blocks():
        total += family.log_likelihood(design.matrix(rows) @ beta, patterns.n[rows], patterns.s[rows])
    return total


def _score(design: Design, patterns: Patterns, family: Family, beta: Floats) -> tuple[Floats, Floats]:
    k = len(beta)
    score, information = np.zeros(k), np.zeros((k, k))
    for rows in design.blocks():
        X = design.matrix(rows)
        mu, h, a = _weights(family, X @ beta)
        score += X.T @ (a * (patterns.s[rows] - patterns.n[rows] * mu))
        root = X * np.sqrt(patterns.n[rows] * h)[:, None]
        information += root.T @ root
    return score, information


def _weights(family: Family, eta: Floats) -> tuple[Floats, Floats, Floats]:
    mu, slope = family.mean(eta), family.slope(eta)
    a = slope / np.maximum(family.variance(mu), 1e-300)
    return mu, slope * a, a


def _solve(information: Floats, score: Floats) -> Floats:
    try:
        return np.asarray(cho_solve(_factor(information), score))
    except (LinAlgError, ValueError) as error:
        raise NotEstimableError(Separated()) from error


def _factor(information: Floats) -> tuple[Floats, bool]:
    if not np.isfinite(information).all():
        raise LinAlgError("not finite")
    factor: tuple[Floats, bool] = cho_factor(information)
    return factor


def _at(design: Design, patterns: Patterns, family: Family, beta: Floats) -> Fit:
    eta = np.concatenate([design.matrix(rows) @ beta for rows in design.blocks()])
    mu, h, a = _weights(family, eta)
    _, information = _score(design, patterns, family, beta)
    try:
        inverse = np.asarray(cho_solve(_factor(information), np.eye(len(beta))))
    except (LinAlgError, ValueError) as error:
        raise NotEstimableError(Separated()) from error
    return Fit(family, design, patterns, beta, information, inverse, mu, h, a)


def _refuse_separation(result: Fit) -> None:
    """Separated fits call themselves converged; the size of a standardised coefficient or its error gives them away.

    Standardised means: on columns made uncorrelated in order, with variance one, so that the close columns of a
    spline don't raise the alarm.
    """
    if result.family.name not in (FamilyName.BINOMIAL, FamilyName.CLOGLOG):
        return
    k = len(result.beta)
    moments, total = np.zeros((k, k)), float(result.patterns.n.sum())
    for rows in result.design.blocks():
        X = result.design.matrix(rows)
        moments += (X * result.patterns.n[rows][:, None]).T @ X / total
    covariance = moments[1:, 1:] - np.outer(moments[0, 1:], moments[0, 1:])
    try:
        root = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError as error:
        raise NotEstimableError(Separated()) from error
    size = np.abs(root.T @ result.beta[1:])
    errors = np.sqrt(np.diag(root.T @ result.inverse[1:, 1:] @ root))
    excess = np.maximum(size / LARGEST_STANDARDISED_COEFFICIENT, errors / LARGEST_STANDARDISED_ERROR)
    if (excess > 1.0).any():
        column = 1 + int(excess.argmax())
        raise SeparatedError(column, Separated(), _seen_in(result.design.names[column]))


def _seen_in(name: str) -> Reason:
    """The covariate that a column of the design belongs to."""
    covariate = design_column(name).covariate
    return SeparatedBy(covariate) if isinstance(covariate, Covariate) else SeparatedByOwn(covariate)
