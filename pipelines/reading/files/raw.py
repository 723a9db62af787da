"""The sealed side: each file of the profile as one view under its alias, rows as the export wrote them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.messages.doing import Progress, ReadingFile
from pipelines.engine import Engine
from pipelines.errors import ContractError, SourceError
from pipelines.reading.columns.mapping import Origin
from pipelines.reading.files.columnar import read_columnar, read_table
from pipelines.reading.files.counted_rows import Place, Reading
from pipelines.reading.files.delimited import read_delimited
from pipelines.reading.files.exports import Export
from pipelines.reading.files.faults import ColumnsDiffer, NoRows
from pipelines.reading.files.quoting import BLANKS, name, text, texts
from pipelines.reading.files.sheets import each_sheet, read_sheet
from pipelines.settings.declared import shown
from pipelines.settings.files import FileSpec, Format

Reader = Callable[[Engine, Export, Place, Collection[str] | None], Reading]

READERS: dict[Format, Reader] = {
    Format.CSV: read_delimited, Format.PARQUET: read_columnar, Format.XLSX: read_sheet, Format.TABLE: read_table,
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """All files behind one alias, read."""

    origin: Origin
    readings: tuple[Reading, ...]


def read_source(
    engine: Engine,
    file: FileSpec,
    exports: Sequence[Export],
    wanted: Collection[str] | None,
    progress: Progress,
) -> Source:
    """Read the files behind an alias into the view ``<alias>``: their columns, ``_file`` and ``_line``.

    ``wanted`` None: all columns, as a profile's SQL reads them, without the texts that mean "nothing".

    Raises ``SourceError`` when files under one alias differ in their columns, ``ContractError`` when none has a row.
    """
    parts_of = [part for export in exports for part in each_sheet(export)]
    places = [Place(file.alias, number) for number, _ in enumerate(parts_of)]
    readings = []
    for export, place in zip(parts_of, places, strict=True):
        progress(ReadingFile(export.name))
        readings.append(READERS[file.format](engine, export, place, wanted))
    _check_alike(readings)
    files = shown([reading.file for reading in readings])
    if not any(reading.rows_in for reading in readings) and not file.optional:
        raise ContractError(NoRows(files))
    relation = name(file.alias)
    parts = " UNION ALL BY NAME ".join(f"SELECT * FROM {place.view}" for place in places)
    rows = parts if wanted is not None else _without_nulls(file, readings[0], parts)
    engine.run(f"CREATE TEMP VIEW {relation} AS {rows}")
    return Source(Origin(relation, _types(engine, relation), file, files, readings[0].header), tuple(readings))


def _without_nulls(file: FileSpec, reading: Reading, rows: str) -> str:
    """The rows as a profile's SQL is to see them: texts that mean "nothing" are nothing there too."""
    if not file.nulls:
        return rows
    texts_of = {column: f"trim(CAST({name(column)} AS VARCHAR), {text(BLANKS)})" for column in reading.columns}
    kept = ", ".join(
        f"CASE WHEN {written} NOT IN ({texts(file.nulls)}) THEN {name(column)} END AS {name(column)}"
        for column, written in texts_of.items()
    )
    return f"SELECT {kept}, _file, _line FROM ({rows})"


def _check_alike(readings: Sequence[Reading]) -> None:
    first = readings[0]
    for other in readings[1:]:
        if different := sorted(set(first.columns) ^ set(other.columns)):
            raise SourceError(ColumnsDiffer(first.file, other.file, shown(different)))


def _types(engine: Engine, relation: str) -> Mapping[str, str]:
    described = engine.rows(f"DESCRIBE {relation}")
    return {column: kind for column, kind, *_ in described if column not in ("_file", "_line")}
