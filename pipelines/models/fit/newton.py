"""A design over patterns and its maximum likelihood by Newton's method (Fisher scoring); separated data is refused.

A design is an intercept, covariate terms and treatment terms, given out block by block.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

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
    ``dense`` holds all columns at every pattern while that is small; else blocks are rebuilt on use. ``gram`` holds
    their cross products, summed over observations.
    """

    covariates: tuple[Term, ...]
    treatment: tuple[Term, ...]
    table: Table
    rows: int
    kept: Flags | None = None
    dense: Floats | None = None
    pooled: tuple[str, ...] = ()
    means: tuple[CellMeans, ...] = ()
    gram: Floats | None = None

    @property
    def fixed_width(self) -> int:
        """Number of columns before the treatment's."""
        return len(self._fixed_names) if self.kept is None else int(self.kept.sum())

    @property
    def _fixed_names(self) -> tuple[str, ...]:
        return ("1", *(n for t in self.covariates for n in t.names), *(n for m in self.means for n in m.names))

    @cached_property
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
        gram = None if self.gram is None else np.delete(np.delete(self.gram, column, axis=0), column, axis=1)
        return replace(self, kept=kept, dense=dense, gram=gram, pooled=(*self.pooled, self.names[column]))

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
    every = slice(0, design.rows)
    small = design.rows <= BLOCK_ROWS
    alone = replace(design, dense=design.matrix(every)) if small else design
    design = replace(design, means=tuple(_means(alone, cells, n) for cells in within))
    if small:
        fixed, own = alone.at(every)
        design = replace(design, dense=np.hstack([fixed, *(m.at(every) for m in design.means), own]))
    gram = _gram(design, n)
    independent = independent_columns(gram)
    width = design.fixed_width
    if not independent[width:].all():
        raise NotEstimableError(TreatmentDetermined())
    if independent.all():
        return replace(design, kept=independent[:width], gram=gram)
    dense = None if design.dense is None else design.dense[:, independent]
    return replace(design, kept=independent[:width], dense=dense, gram=gram[np.ix_(independent, independent)])


def _means(design: Design, cells: Cells, n: Floats) -> CellMeans:
    """Means by cell of a design's columns but the constant, the treatment's first."""
    width = design.fixed_width
    fixed = () if cells.of_treatment else design.names[1:width]

    def columns(rows: slice) -> Floats:
        if cells.of_treatment and design.dense is None:
            return design.treatment_at(rows, {})
        covariates, treatment = design.at(rows)
        return treatment if cells.of_treatment else np.hstack([treatment, covariates[:, 1:]])

    blocks = ((rows, columns(rows)) for rows in design.blocks())
    return cell_means(cells, blocks, (*design.names[width:], *fixed), n)


def _gram(design: Design, n: Floats) -> Floats:
    weighted = (np.sqrt(n[rows])[:, None] * design.matrix(rows) for rows in design.blocks())
    return np.asarray(sum(X.T @ X for X in weighted))


def independent_columns(gram: Floats) -> Flags:
    """Columns that earlier columns don't determine: elimination in order, which leaves dependent ones without rest."""
    scale = np.sqrt(np.diag(gram))
    rest = gram / np.outer(np.where(scale > 0, scale, 1.0), np.where(scale > 0, scale, 1.0))
    if _all_informed(rest):
        return np.ones(len(gram), dtype=bool)
    kept = np.zeros(len(gram), dtype=bool)
    for j in range(len(gram)):
        kept[j] = rest[j, j] > _ALIASED
        if kept[j]:
            after = rest[j, j + 1 :]
            rest[j + 1 :, j + 1 :] -= np.outer(after / rest[j, j], after)
    return kept


def _all_informed(scaled: Floats) -> bool:
    """Whether elimination leaves something of every column: what it leaves are the squares of a root's diagonal."""
    try:
        return bool(np.diag(np.linalg.cholesky(scaled)).min() ** 2 > 2 * _ALIASED)
    except np.linalg.LinAlgError:
        return False


_STEPS = 200
_TOLERANCE = 1e-10
# How much closer a step has to come before the next takes the same information again.
_CLOSER = 0.01
# What a step may still gain for a look at separation: a tenth of an error from the top a fit stays what it is, but for
# a coefficient that runs away. Then by how much it must be past its limit.
_NEAR, _CLEARLY = 0.01, 1.2


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

    @property
    def coefficients(self) -> Mapping[str, float]:
        """Coefficients by name."""
        return dict(zip(self.design.names, self.beta.tolist(), strict=True))


def fit(design: Design, patterns: Patterns, family: Family, near: Mapping[str, float] | None = None) -> Fit:
    """Fit the family's GLM to pattern counts; raises :class:`NotEstimableError` when it can't be trusted.

    ``near`` are coefficients by name to start from, where they are better than none.
    """
    mean = float(patterns.s.sum() / patterns.n.sum())
    if patterns.s.max() == patterns.s.min() == 0.0 or (family.name is FamilyName.BINOMIAL and mean == 1.0):
        raise NotEstimableError(OutcomeConstant())
    beta = np.zeros(len(design.names))
    beta[0] = family.start(mean)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        start = _Point.of(design, patterns, family, beta)
        if near is not None:
            known = np.array([near.get(name, 0.0) for name in design.names])
            start = max(_Point.of(design, patterns, family, known), start, key=lambda at: at.value)
        best = _climb(start)
    information = best.information()
    inverse = _inverse(_factor(information))
    _refuse_separation(best, inverse)
    return Fit(family, design, patterns, best.beta, information, inverse, *_weights(family, best.eta))


def _climb(at: "_Point") -> "_Point":
    """The top. A Newton step squares the error; one with earlier information shrinks it by a factor, at less cost."""
    factor, last = _factor(at.information()), np.inf
    fresh = True
    for _ in range(_STEPS):
        score = at.score()
        step = cho_solve(factor, score)
        left = float(score @ step)
        if not fresh and left > _CLOSER * last:
            factor, last, fresh = _factor(at.information()), np.inf, True
            if left < _NEAR:
                _refuse_separation(at, _inverse(factor), _CLEARLY)
            continue
        at = at.moved(step)
        if left < (_TOLERANCE if fresh else _TOLERANCE**2):
            return at
        last, fresh = left, False
    raise NotEstimableError(NotConverged())


@dataclass(frozen=True)
class _Point:
    """Coefficients with η and the log-likelihood at them."""

    design: Design
    patterns: Patterns
    family: Family
    beta: Floats
    eta: Floats
    value: float

    @classmethod
    def of(cls, design: Design, patterns: Patterns, family: Family, beta: Floats) -> "_Point":
        eta = np.concatenate([design.matrix(rows) @ beta for rows in design.blocks()])
        return cls(design, patterns, family, beta, eta, family.log_likelihood(eta, patterns.n, patterns.s))

    def moved(self, step: Floats) -> "_Point":
        """After a step, halved until it doesn't fall."""
        way = np.concatenate([self.design.matrix(rows) @ step for rows in self.design.blocks()])
        for share in 0.5 ** np.arange(30):
            eta = self.eta + share * way
            value = self.family.log_likelihood(eta, self.patterns.n, self.patterns.s)
            if value >= self.value - 1e-9 * abs(self.value):
                return replace(self, beta=self.beta + share * step, eta=eta, value=max(value, self.value))
        return self

    def score(self) -> Floats:
        mu, _, a = _weights(self.family, self.eta)
        pull = a * (self.patterns.s - self.patterns.n * mu)
        return np.asarray(sum(self.design.matrix(rows).T @ pull[rows] for rows in self.design.blocks()))

    def information(self) -> Floats:
        root = np.sqrt(self.patterns.n * _weights(self.family, self.eta)[1])
        weighted = (self.design.matrix(rows) * root[rows, None] for rows in self.design.blocks())
        return np.asarray(sum(X.T @ X for X in weighted))


def _weights(family: Family, eta: Floats) -> tuple[Floats, Floats, Floats]:
    mu, slope = family.mean(eta), family.slope(eta)
    a = slope / np.maximum(family.variance(mu), 1e-300)
    return mu, slope * a, a


def _factor(information: Floats) -> tuple[Floats, bool]:
    try:
        factor: tuple[Floats, bool] = cho_factor(information)
    except (LinAlgError, ValueError) as error:
        raise NotEstimableError(Separated()) from error
    return factor


def _inverse(factor: tuple[Floats, bool]) -> Floats:
    return np.asarray(cho_solve(factor, np.eye(len(factor[0]))))


def _refuse_separation(at: _Point, inverse: Floats, most: float = 1.0) -> None:
    """Separated fits call themselves converged; the size of a standardised coefficient or its error gives them away.

    Standardised means: on columns made uncorrelated in order, with variance one, so that the close columns of a
    spline don't raise the alarm. ``most``: how many times its limit either may be.
    """
    if at.family.name not in (FamilyName.BINOMIAL, FamilyName.CLOGLOG):
        return
    n, design = at.patterns.n, at.design
    gram = _gram(design, n) if design.gram is None else design.gram
    moments = gram / float(n.sum())
    covariance = moments[1:, 1:] - np.outer(moments[0, 1:], moments[0, 1:])
    try:
        root = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError as error:
        raise NotEstimableError(Separated()) from error
    size = np.abs(root.T @ at.beta[1:])
    errors = np.sqrt(np.diag(root.T @ inverse[1:, 1:] @ root))
    excess = np.maximum(size / LARGEST_STANDARDISED_COEFFICIENT, errors / LARGEST_STANDARDISED_ERROR)
    if (excess > most).any():
        column = 1 + int(excess.argmax())
        reached = dict(zip(design.names, at.beta.tolist(), strict=True))
        raise SeparatedError(column, reached, Separated(), _seen_in(design.names[column]))


def _seen_in(name: str) -> Reason:
    """The covariate that a column of the design belongs to."""
    covariate = design_column(name).covariate
    return SeparatedBy(covariate) if isinstance(covariate, Covariate) else SeparatedByOwn(covariate)
