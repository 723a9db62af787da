"""Contracts as Arrow schemas, and rows as Arrow tables in them and back."""

from collections.abc import Sequence
from typing import TypeVar

import pyarrow as pa

import pipelines.contracts.messages.every  # noqa: F401 - codes of rows are known once it is read
from pipelines.contracts.mart import MartColumn
from pipelines.contracts.tables.plain import built, read_column, written_column
from pipelines.contracts.tables.row import Published, column_type, columns
from pipelines.contracts.types import ColumnType

R = TypeVar("R", bound=Published)

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


def row_schema(row: type[Published]) -> pa.Schema:
    """The schema of a published table."""
    return pa.schema([pa.field(name, ARROW_TYPE[column_type(hint)]) for name, hint in columns(row).items()])


def row_table(row: type[R], rows: Sequence[R]) -> pa.Table:
    """Rows of one published table in its schema; floats keep 12 significant digits so reruns are byte-identical.

    Raises ``ValueError`` for a code that its catalogue doesn't hold.
    """
    schema = row_schema(row)
    cells = {name: written_column([getattr(r, name) for r in rows], hint) for name, hint in columns(row).items()}
    return pa.Table.from_arrays([pa.array(cells[f.name], type=f.type) for f in schema], schema=schema)


def table_rows(row: type[R], table: pa.Table) -> tuple[R, ...]:
    """The rows of a published table; columns that it lacks take their default.

    Raises ``ValueError`` for a code that its catalogue doesn't hold, ``TypeError`` for a column that has no default.
    """
    hints = {name: hint for name, hint in columns(row).items() if name in table.column_names}
    found = [(name, read_column(table[name].to_pylist(), hint)) for name, hint in hints.items()]
    return tuple(
        built(row, dict(zip(hints, values, strict=True))) for values in zip(*(v for _, v in found), strict=True)
    )
