"""A design: an intercept, covariate terms and treatment terms over patterns, given out block by block."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import solve_triangular

from pipelines.contracts.messages.estimation import TreatmentDetermined
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.fit.terms import Term, term_columns
from pipelines.models.refusal import NotEstimableError

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

    @property
    def fixed_width(self) -> int:
        """Number of columns before the treatment's."""
        return 1 + sum(len(t.names) for t in self.covariates) if self.kept is None else int(self.kept.sum())

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, the intercept first."""
        fixed = np.array(["1", *(n for t in self.covariates for n in t.names)], dtype=object)
        fixed = fixed if self.kept is None else fixed[self.kept]
        return (*fixed, *(n for t in self.treatment for n in t.names))

    def at(self, rows: slice | Ints) -> tuple[Floats, Floats]:
        """Fixed and treatment columns at some patterns."""
        if self.dense is not None:
            columns = self.dense[rows]
            return columns[:, : self.fixed_width], columns[:, self.fixed_width :]
        treatment = self.treatment_at(rows, {})
        return self._fixed({name: values[rows] for name, values in self.table.items()}, len(treatment)), treatment

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

    def _fixed(self, table: Table, size: int) -> Floats:
        fixed = np.hstack([np.ones((size, 1)), term_columns(self.covariates, table, size)])
        return fixed if self.kept is None else fixed[:, self.kept]


def make_design(covariates: tuple[Term, ...], treatment: tuple[Term, ...], table: Table, n: Floats) -> Design:
    """A design without aliased columns: a covariate that earlier ones determine is dropped.

    A treatment column that the covariates determine is a refusal: then the two can't be told apart.
    """
    design = Design(covariates, treatment, table, len(n))
    if design.rows <= BLOCK_ROWS:
        design = replace(design, dense=design.matrix(slice(0, design.rows)))
    independent = _independent(_gram(design, n))
    fixed = design.fixed_width
    if not independent[fixed:].all():
        raise NotEstimableError(TreatmentDetermined())
    dense = None if design.dense is None else design.dense[:, independent]
    return replace(design, kept=independent[:fixed], dense=dense)


def _gram(design: Design, n: Floats) -> Floats:
    weighted = (np.sqrt(n[rows])[:, None] * design.matrix(rows) for rows in design.blocks())
    return np.asarray(sum(X.T @ X for X in weighted))


def _independent(gram: Floats) -> Flags:
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
