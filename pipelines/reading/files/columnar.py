"""Parquet, and tables of a database: types are kept, rows are counted by whoever holds them."""

from collections.abc import Collection
from urllib.parse import unquote

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.databases.faults import TableWantsDatabase
from pipelines.reading.files.counted_rows import Place, Reading, is_wanted, show_rows
from pipelines.reading.files.exports import Export, read_whole
from pipelines.reading.files.faults import NoParquet
from pipelines.reading.files.header import checked_names

# How writers of data sets name the folder of rows without a value.
_NO_PARTITION = "__HIVE_DEFAULT_PARTITION__"
# Whole numbers below it are each a float of their own.
_EXACT_BELOW = 2.0**53


def read_columnar(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of one file; ``_line`` is the number of the row, from 1."""
    content, sha256 = read_whole(export)
    try:
        with pq.ParquetFile(pa.BufferReader(content), coerce_int96_timestamp_unit="us") as file:
            own, counted = file.schema_arrow.names, file.metadata.num_rows
            said = {key: value for key, value in _partition(export).items() if key not in own}
            columns = checked_names(export, [*own, *said])
            names = [column for column in columns if is_wanted(column, wanted)]
            read = [column for column in names if column not in said]
            rows = file.read(columns=read) if read else pa.table({})
        lines = np.arange(1, 1 + (rows.num_rows if read else counted))
        for key in said.keys() & set(names):
            rows = rows.append_column(key, pa.repeat(pa.scalar(said[key], pa.string()), len(lines)))
        shown = _with_whole_numbers(rows).append_column("_line", pa.array(lines))
        show_rows(engine, place, export.name, shown, counted)
        return Reading(export.name, sha256, columns, _types(engine, place, names), counted)
    except (pa.ArrowException, OSError, duckdb.Error) as error:
        raise SourceError(NoParquet(export.name)) from error


def read_table(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of a table; ``_line`` is the number of the row by its key, from 1."""
    columns, rows, sha256 = table_rows(export, wanted)
    names = [column for column in columns if is_wanted(column, wanted)]
    lines = pa.array(np.arange(1, 1 + rows.num_rows))
    shown = _with_whole_numbers(rows.select(names)).append_column("_line", lines)
    show_rows(engine, place, export.name, shown, rows.num_rows)
    return Reading(export.name, sha256, columns, _types(engine, place, names), rows.num_rows)


def table_rows(export: Export, wanted: Collection[str] | None) -> tuple[tuple[str, ...], pa.Table, str]:
    """Names of all columns of a table, the rows of the wanted ones (of one, where none is), and their SHA-256."""
    if export.database is None:
        raise SourceError(TableWantsDatabase(export.spec.alias))
    columns = checked_names(export, export.database.columns(export.name))
    return columns, *export.database.read(export.name, [c for c in columns if is_wanted(c, wanted)])


def _partition(export: Export) -> dict[str, str | None]:
    """What the folders of a data set say of all rows of a file, such as ``country=DE``."""
    said = (part.partition("=") for part in export.name.split("/")[:-1] if "=" in part)
    return {key: None if value == _NO_PARTITION else unquote(value) for key, _, value in said}


def _with_whole_numbers(rows: pa.Table) -> pa.Table:
    """Floats that are all whole as integers: so are ids and counts stored by tools that know no blank integer."""
    for position, field in enumerate(rows.schema):
        if pa.types.is_floating(field.type) and _are_whole(rows[position]):
            rows = rows.set_column(position, field.name, rows[position].cast(pa.int64()))
    return rows


def _are_whole(values: pa.ChunkedArray) -> bool:
    exact = pc.and_(pc.equal(pc.floor(values), values), pc.less(pc.abs(values), _EXACT_BELOW))
    return bool(pc.all(exact).as_py())


def _types(engine: Engine, place: Place, names: list[str]) -> dict[str, str]:
    described = {column: kind for column, kind, *_ in engine.rows(f"DESCRIBE {place.view}")}
    return {column: described[column] for column in names}
