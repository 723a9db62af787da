"""The raw side of the engine: each file of the profile as one view under its alias, rows as the export wrote them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.catalog.doing import Progress, ReadingFile
from pipelines.engine import Engine
from pipelines.errors import ContractError, SourceError
from pipelines.reading.columns.mapping import Origin
from pipelines.reading.files.columnar import read_columnar
from pipelines.reading.files.counted_rows import Place, Reading
from pipelines.reading.files.delimited import read_delimited
from pipelines.reading.files.exports import Export
from pipelines.reading.files.file_spec import FileSpec, Format
from pipelines.reading.files.quoting import name
from pipelines.reading.files.sheets import read_sheet
from pipelines.settings.names import shown

Reader = Callable[[Engine, Export, Place, Collection[str] | None], Reading]

READERS: dict[Format, Reader] = {"csv": read_delimited, "parquet": read_columnar, "xlsx": read_sheet}


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
    """Read the files behind an alias into the view ``raw.<alias>``: their columns, ``_file`` and ``_line``.

    Raises ``SourceError`` when files under one alias differ in their columns, ``ContractError`` when none has a row.
    """
    places = [Place(file.alias, number) for number, _ in enumerate(exports)]
    readings = []
    for export, place in zip(exports, places, strict=True):
        progress(ReadingFile(export.name))
        readings.append(READERS[file.format](engine, export, place, wanted))
    _check_alike(readings)
    files = shown([reading.file for reading in readings])
    if not any(reading.rows_in for reading in readings) and not file.optional:
        raise ContractError(f"{files}: a header but no rows. Export it again, or say optional = true.")
    relation = f"raw.{name(file.alias)}"
    parts = " UNION ALL BY NAME ".join(f"SELECT * FROM {place.view}" for place in places)
    engine.run(f"CREATE VIEW {relation} AS {parts}")
    return Source(Origin(relation, _types(engine, relation), file, files, readings[0].header), tuple(readings))


def _check_alike(readings: Sequence[Reading]) -> None:
    first = readings[0]
    for other in readings[1:]:
        if different := sorted(set(first.columns) ^ set(other.columns)):
            raise SourceError(
                f"{first.file} and {other.file} differ in {shown(different)}. Give them different names under [files]."
            )


def _types(engine: Engine, relation: str) -> Mapping[str, str]:
    described = engine.rows(f"DESCRIBE {relation}")
    return {column: kind for column, kind, *_ in described if column not in ("_file", "_line")}
