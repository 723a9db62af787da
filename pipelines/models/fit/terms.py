"""Terms of a design: each turns columns of a table into columns of a matrix. Knots and levels are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from pipelines.models.arrays import Floats, Table

# Labels of a missing value, and of all that are too few for a level of their own.
UNKNOWN_LEVEL, ALL_OTHERS = "unknown", "all others"


@dataclass(frozen=True)
class Linear:
    """The column itself."""

    source: str

    @property
    def names(self) -> tuple[str, ...]:
        """One name."""
        return (self.source,)

    def columns(self, table: Table) -> Floats:
        """(n, 1)."""
        return table[self.source][:, None]


@dataclass(frozen=True)
class Levels:
    """One indicator per listed code of a categorical column; every other code is the reference."""

    source: str
    codes: tuple[int, ...]
    labels: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """``source=label`` per code."""
        return tuple(f"{self.source}={x}" for x in (self.labels or self.codes))

    def columns(self, table: Table) -> Floats:
        """(n, number of codes)."""
        return np.asarray(table[self.source][:, None] == np.asarray(self.codes, dtype=float), dtype=float)


@dataclass(frozen=True)
class Spline:
    """Restricted cubic spline, linear beyond the outer knots: Harrell, Regression Modeling Strategies, 2.4.5."""

    source: str
    knots: tuple[float, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The linear part and one name per bend."""
        return tuple(f"{self.source}~{j}" for j in range(len(self.knots) - 1))

    def columns(self, table: Table) -> Floats:
        """(n, knots − 1)."""
        x = table[self.source]
        if len(x) and x.min() == x.max():
            return np.repeat(self._at(x[:1]), len(x), axis=0)
        return self._at(x)

    def _at(self, x: Floats) -> Floats:
        t = np.asarray(self.knots)
        above = np.maximum(x[:, None] - t, 0.0)
        cubes = above * above * above
        last, before = t[-1], t[-2]
        bends = (
            cubes[:, :-2]
            - cubes[:, [-2]] * (last - t[:-2]) / (last - before)
            + cubes[:, [-1]] * (before - t[:-2]) / (last - before)
        )
        return np.hstack([x[:, None], bends / (last - t[0]) ** 2])


@dataclass(frozen=True)
class Steps:
    """One indicator per interval (edge, next edge], the last open; up to the first edge is the reference."""

    source: str
    edges: tuple[float, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """``source>edge`` per interval."""
        return tuple(f"{self.source}>{edge:g}" for edge in self.edges)

    def columns(self, table: Table) -> Floats:
        """(n, number of edges)."""
        interval = np.searchsorted(np.asarray(self.edges), table[self.source] - 1e-9)
        return np.asarray(interval[:, None] == np.arange(1, len(self.edges) + 1), dtype=float)


@dataclass(frozen=True)
class Product:
    """Interaction: every column of one term times every column of the other."""

    left: "Term"
    right: "Term"

    @property
    def names(self) -> tuple[str, ...]:
        """``left×right`` per pair."""
        return tuple(f"{a}×{b}" for a in self.left.names for b in self.right.names)

    def columns(self, table: Table) -> Floats:
        """(n, columns of left × columns of right)."""
        a, b = self.left.columns(table), self.right.columns(table)
        return (a[:, :, None] * b[:, None, :]).reshape(len(a), -1)


Term: TypeAlias = Linear | Levels | Spline | Steps | Product

_QUANTILES = {3: (0.1, 0.5, 0.9), 4: (0.05, 0.35, 0.65, 0.95), 5: (0.05, 0.275, 0.5, 0.725, 0.95)}


def spline_or_line(source: str, values: Floats, knots: int) -> Term:
    """A spline with knots at fixed quantiles of ``values``, with fewer knots or a line where they coincide."""
    for number in range(knots, 2, -1):
        at = np.quantile(values, _QUANTILES[number])
        if np.all(np.diff(at) > 1e-6 * max(1.0, float(np.ptp(values)))):
            return Spline(source, tuple(float(k) for k in at))
    return Linear(source)


def term_columns(terms: Sequence[Term], table: Table, rows: int) -> Floats:
    """The terms side by side, (rows, total width)."""
    return np.hstack([np.zeros((rows, 0)), *(t.columns(table) for t in terms)])
