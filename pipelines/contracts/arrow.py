"""Contracts as Arrow schemas, and rows as Arrow tables in them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipelines.contracts.mart import MartColumn
from pipelines.contracts.results import RESULT_TABLES
from pipelines.contracts.types import ColumnType

ARROW_TYPE: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "flag": pa.bool_(),
    "whole": pa.int64(),
    "real": pa.float64(),
    "money": pa.decimal128(18, 4),
    "time": pa.timestamp("us", tz="UTC"),
}


def mart_schema(columns: Sequence[MartColumn]) -> pa.Schema:
    """The schema enforced when a mart is written."""
    return pa.schema([pa.field(c.name, ARROW_TYPE[c.type]) for c in columns])


def result_schema(name: str) -> pa.Schema:
    """The schema of one result table."""
    return pa.schema([pa.field(column, ARROW_TYPE[type_]) for column, type_ in RESULT_TABLES[name]])


def result_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of one result table in its schema; floats keep 12 significant digits so reruns are byte-identical."""
    schema = result_schema(name)
    columns = [pa.array([_rounded(row.get(f.name)) for row in rows], type=f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _rounded(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if value != value else float(f"{value:.12g}")
