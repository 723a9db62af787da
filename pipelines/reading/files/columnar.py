"""Parquet: types are kept, rows are counted by the footer."""

from collections.abc import Collection

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.counted_rows import Place, Reading, is_wanted, show_rows
from pipelines.reading.files.exports import Export, read_whole
from pipelines.reading.files.faults import NoParquet
from pipelines.reading.files.header import checked_names


def read_columnar(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of one file; ``_line`` is the number of the row, from 1."""
    content, sha256 = read_whole(export)
    try:
        with pq.ParquetFile(pa.BufferReader(content), coerce_int96_timestamp_unit="us") as file:
            columns, counted = checked_names(export, file.schema_arrow.names), file.metadata.num_rows
            names = [column for column in columns if is_wanted(column, wanted)]
            rows = file.read(columns=names) if names else pa.table({})
        lines = pa.array(np.arange(1, 1 + (rows.num_rows if names else counted)))
        show_rows(engine, place, export.name, rows.append_column("_line", lines), counted)
        return Reading(export.name, sha256, columns, _types(engine, place, names), counted)
    except (pa.ArrowException, OSError, duckdb.Error) as error:
        raise SourceError(NoParquet(export.name)) from error


def _types(engine: Engine, place: Place, names: list[str]) -> dict[str, str]:
    described = {column: kind for column, kind, *_ in engine.rows(f"DESCRIBE {place.view}")}
    return {column: described[column] for column in names}
