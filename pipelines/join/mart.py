"""A mart out of the engine as Arrow: its contract's schema, sorted by its key, floats rounded."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipelines.contracts.arrow import mart_schema
from pipelines.contracts.mart import MartColumn
from pipelines.engine import Engine

SIGNIFICANT_DIGITS = 12
MART_KEYS = {"incident_mart": "incident_id", "baseline_mart": "customer_key, index_at"}


def mart_table(engine: Engine, name: str, columns: Sequence[MartColumn]) -> pa.Table:
    """The rows of a mart in the order of its key: the same rows give the same bytes."""
    names = ", ".join(f'"{c.name}"' for c in columns)
    raw = engine.connection.sql(f"SELECT {names} FROM {name} ORDER BY {MART_KEYS[name]}").to_arrow_table()
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
