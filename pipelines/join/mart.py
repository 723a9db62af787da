"""A mart out of the engine as Arrow: its contract's schema, sorted by its key, floats rounded."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from pipelines.contracts.arrow import mart_schema
from pipelines.contracts.mart import MartColumn
from pipelines.engine import Engine

SIGNIFICANT_DIGITS = 12

# Subjects are numbered in the order of the mart's key, and every noun is joined by that number: a stretch of numbers
# reads a stretch of each, so the mart's memory is that of one batch, whatever its size.
BATCH_ROWS = 100_000


def mart_table(engine: Engine, name: str, columns: Sequence[MartColumn]) -> pa.Table:
    """The rows of a mart in the order of its key: the same rows give the same bytes."""
    return pa.concat_tables([mart_schema(columns).empty_table(), *mart_batches(engine, name, columns)])


def mart_batches(engine: Engine, name: str, columns: Sequence[MartColumn]) -> Iterator[pa.Table]:
    """The rows of a mart in the order of its key, at most ``BATCH_ROWS`` at a time."""
    names = ", ".join(c.name for c in columns)
    order = "subject_id" if name == "incident_mart" else "-subject_id"
    for stretch in _stretches(engine, name):
        rows = engine.connection.sql(f"SELECT {names} FROM {numbered(name)} WHERE {stretch} ORDER BY {order}")
        yield _finished(rows.to_arrow_table(), columns)


def count_rows(engine: Engine, name: str) -> int:
    """How many rows a mart has, counted through all its joins."""
    counts = [f"SELECT count(*) FROM {numbered(name)} WHERE {stretch}" for stretch in _stretches(engine, name)]
    return sum(engine.value(count) for count in counts)


def numbered(name: str) -> str:
    """The view of a mart that still carries ``subject_id``."""
    return f"numbered_{name}"


def _stretches(engine: Engine, name: str) -> list[str]:
    """Conditions that cut a mart into batches: incidents count up from 1, never-failed customers down from -1."""
    sign = 1 if name == "incident_mart" else -1
    last = engine.value(f"SELECT max({sign} * subject_id) FROM subjects") or 0
    ends = [sorted((sign * n, sign * (n + BATCH_ROWS - 1))) for n in range(1, last + 1, BATCH_ROWS)]
    return [f"subject_id BETWEEN {low} AND {high}" for low, high in ends]


def _finished(raw: pa.Table, columns: Sequence[MartColumn]) -> pa.Table:
    table = raw.cast(mart_schema(columns))
    for i, column in enumerate(columns):
        if column.type == "real":
            table = table.set_column(i, table.schema.field(i), _rounded(table.column(i)))
    return table


def _rounded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([_significant(chunk) for chunk in column.chunks], type=pa.float64())


def _significant(values: pa.Array) -> pa.Array:
    """The nearest number of 12 significant digits; null stays null."""
    missing = values.is_null().to_numpy(zero_copy_only=False)
    x = np.where(missing, 0.0, values.to_numpy(zero_copy_only=False))
    magnitude = np.floor(np.log10(np.where(x == 0.0, 1.0, np.abs(x))))
    scale = 10.0 ** (SIGNIFICANT_DIGITS - 1 - magnitude)
    return pa.array(np.round(x * scale) / scale, mask=missing)
