"""Rows that share every design value are one pattern: fit on patterns, not on rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.models.arrays import Floats, Ints, Table


@dataclass(frozen=True)
class Sample:
    """One row per incident that a model uses: design values, outcome, cluster code 0…G−1 and weight.

    ``second`` holds the codes of a second clustering (customers) where it cuts across the first (mass events).
    """

    table: Table
    y: Floats
    cluster: Ints
    weight: Floats
    second: Ints | None = None

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
    """Group the rows of a sample. Lossless: the models are declared on the gridded values."""
    key = np.zeros(len(sample.y), dtype=np.int64)
    for values in sample.table.values():
        codes, levels = pd.factorize(values)
        key, _ = pd.factorize(key * max(len(levels), 1) + codes)
    first = np.zeros(int(key.max()) + 1, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    return Patterns(
        table={name: values[first] for name, values in sample.table.items()},
        index=key.astype(np.int64),
        n=np.bincount(key, sample.weight).astype(float),
        s=np.bincount(key, sample.weight * sample.y).astype(float),
    )


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
