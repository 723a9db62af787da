"""Parquet into the engine: types are kept, rows are counted by the footer."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.counted_rows import Place, Reading, check_count, create_view, is_wanted
from pipelines.reading.files.exports import Export
from pipelines.reading.files.faults import NoParquet
from pipelines.reading.files.header import checked_names
from pipelines.reading.files.quoting import name, text


def read_columnar(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of one file; ``_line`` is the number of the row, from 1."""
    try:
        footer = pq.read_metadata(export.path)
        columns = checked_names(export, footer.schema.to_arrow_schema().names)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(NoParquet(export.name)) from error
    names = [column for column in columns if is_wanted(column, wanted)]
    chosen = ", ".join(map(name, names)) or "1 AS nothing"
    engine.run(f"CREATE TABLE {place.rows} AS SELECT {chosen} FROM read_parquet({text(str(export.path))})")
    check_count(engine, place, export.name, footer.num_rows)
    create_view(engine, place, export.name, {column: name(column) for column in names}, "rowid + 1", place.rows)
    return Reading(export.name, columns, _types(engine, place, names), footer.num_rows)


def _types(engine: Engine, place: Place, names: list[str]) -> dict[str, str]:
    described = {column: kind for column, kind, *_ in engine.rows(f"DESCRIBE {place.rows}")}
    return {column: described[column] for column in names}
