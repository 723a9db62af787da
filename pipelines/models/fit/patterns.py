"""Rows that share every design value are one pattern: fit on patterns, not on rows. Rows of one cell share more.

Every column of a design can stand once more as its mean over the cases of the same cell (Mundlak 1978). In a linear
model that absorbs whatever a cell shares, as a dummy per cell would; in others nearly so, without the bias of as many
dummies (Chamberlain 1980). Two sets of cells give two sets of means (Wooldridge 2021). A case alone in its cell is its
own mean and says nothing of differences within cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from pipelines.models.arrays import Flags, Floats, Ints, Table


@dataclass(frozen=True)
class Cells:
    """A code 0…C−1 per row, or −1 where the row is in no cell and takes the mean of those that are; their name.

    ``of_treatment``: means of the treatment's columns alone.
    """

    name: str
    code: Ints
    of_treatment: bool = False

    def of(self, rows: Flags | Ints) -> "Cells":
        """The same cells of fewer rows, numbered anew."""
        code = self.code[rows]
        known, compact = code >= 0, np.full(len(code), -1, dtype=np.int64)
        compact[known] = np.unique(code[known], return_inverse=True)[1]
        return replace(self, code=compact)


@dataclass(frozen=True)
class Sample:
    """One row per incident that a model uses: design values, outcome, cluster code 0…G−1 and weight.

    ``second`` holds the codes of a second clustering (customers) where it cuts across the first (mass events);
    ``cell`` those of the cells whose shocks cases share. ``within`` are the cells whose means stand beside the design.
    """

    table: Table
    y: Floats
    cluster: Ints
    weight: Floats
    second: Ints | None = None
    cell: Ints | None = None
    within: tuple[Cells, ...] = ()

    @property
    def clusters(self) -> int:
        """Number of clusters."""
        return int(self.cluster.max()) + 1 if len(self.cluster) else 0


@dataclass(frozen=True)
class Patterns:
    """Distinct design rows (U of them), their weighted counts ``n`` and outcome sums ``s``; ``index`` maps rows."""

    table: Table
    index: Ints
    n: Floats
    s: Floats


def group_patterns(sample: Sample) -> Patterns:
    """Group the rows of a sample. Lossless: the models are declared on the gridded values.

    Rows within cells are their own patterns: no two share all means.
    """
    if sample.within:
        rows = np.arange(len(sample.y), dtype=np.int64)
        return Patterns(sample.table, rows, sample.weight, sample.weight * sample.y)
    key, first = _distinct(sample.table, len(sample.y))
    return Patterns(
        table={name: values[first] for name, values in sample.table.items()},
        index=key,
        n=np.bincount(key, sample.weight).astype(float),
        s=np.bincount(key, sample.weight * sample.y).astype(float),
    )


_ODD, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


def _distinct(table: Table, rows: int) -> tuple[Ints, Ints]:
    """Each row's number among distinct rows, in order of appearance, and where each of these appears first.

    Rows are told apart by a mixture of their bits; where two that differ have the same, column by column.
    """
    mixed = np.zeros(rows, dtype=np.uint64)
    for values in table.values():
        mixed = (mixed ^ (np.asarray(values, dtype=float) + 0.0).view(np.uint64)) * _ODD
        mixed ^= mixed >> _HALF
    key, first = _numbered(mixed)
    if all(np.array_equal(values[first][key], values) for values in table.values()):
        return key, first
    key = np.zeros(rows, dtype=np.int64)
    for values in table.values():
        codes, levels = pd.factorize(values)
        key, first = _numbered(key * max(len(levels), 1) + codes)
    return key, first


def _numbered(labels: Ints | NDArray[np.uint64]) -> tuple[Ints, Ints]:
    key = pd.factorize(labels)[0].astype(np.int64)
    first = np.zeros(int(key.max()) + 1, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    return key, first


def snap(values: Floats, bins: int) -> Floats:
    """Values on a declared grid: the mean of each of ``bins`` quantile bins; few distinct values stay as they are."""
    distinct = np.unique(values)
    if len(distinct) <= bins:
        return values
    edges = np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1]))
    code = np.searchsorted(edges, values, side="right")
    size = np.bincount(code)
    means = np.bincount(code, values) / np.maximum(size, 1)
    return np.asarray(means[code], dtype=float)


# Spread within cells, as a share of the spread at all, below which a column is the cell's own.
_OF_THE_CELL = 1e-10


@dataclass(frozen=True)
class CellMeans:
    """Means (C + 1, w) of w columns in the C cells, the last for rows in none; ``code`` (N,) is each row's place."""

    code: Ints
    means: Floats
    names: tuple[str, ...]

    def at(self, rows: slice | Ints) -> Floats:
        """The means of some rows' cells, (n, w)."""
        return np.asarray(self.means[self.code[rows]])


def cell_means(cells: Cells, blocks: Iterator[tuple[slice, Floats]], names: Sequence[str], weight: Floats) -> CellMeans:
    """Weighted means by cell of the columns that vary within cells; ``blocks`` give them out slice by slice."""
    count = int(cells.code.max(initial=-1)) + 1
    place = np.where(cells.code < 0, count, cells.code).astype(np.int64)
    sums = np.zeros((count + 1, len(names)))
    squares = np.zeros(len(names))
    for rows, X in blocks:
        w, where = weight[rows], place[rows]
        by = sparse.csr_matrix((w, (where, np.arange(len(w)))), shape=(count + 1, len(w)))
        sums += by @ X
        inside = where < count
        squares += (w[inside, None] * X[inside] * X[inside]).sum(axis=0)
    size = np.bincount(place, weight, minlength=count + 1)
    total = max(float(size[:count].sum()), 1e-300)
    means = sums / np.where(size > 0, size, 1.0)[:, None]
    average = sums[:count].sum(axis=0) / total
    means[count] = average
    between = size[:count] @ (means[:count] * means[:count])
    spread = squares - total * average * average
    varies = (squares - between > _OF_THE_CELL * np.maximum(squares, 1e-300)) & (spread > _OF_THE_CELL * squares)
    return CellMeans(
        place, means[:, varies], tuple(f"{n}|{cells.name}" for n, v in zip(names, varies, strict=True) if v)
    )
