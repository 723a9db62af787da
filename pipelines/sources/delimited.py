"""CSV and its relatives into the engine: every field as text, no sniffing, and as many rows as the bytes hold."""

from pathlib import Path

from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.sources.encoding import utf8_file
from pipelines.sources.exports import Export
from pipelines.sources.header import Header, delimited_header
from pipelines.sources.quoting import name, text
from pipelines.sources.reading import Reading
from pipelines.sources.scan import Dialect, Structure, scan


def read_delimited(engine: Engine, export: Export, relation: str) -> Reading:
    """Read one file into the relation (view: the columns, then ``_file`` and ``_line``)."""
    utf8 = utf8_file(export, engine.scratch)
    header = delimited_header(export, utf8)
    spec = export.spec
    dialect = Dialect(ord(spec.delimiter), ord(spec.quote), len(header.names))
    structure = scan(utf8, header.data_offset, header.data_line, dialect)
    if structure is None:
        raise SourceError(f"{export.name}: not well formed.")
    return _read_plain(engine, export, utf8, header, structure, relation)


def _read_plain(
    engine: Engine, export: Export, utf8: Path, header: Header, structure: Structure, relation: str
) -> Reading:
    spec = export.spec
    columns = ", ".join(f"c{i}: 'VARCHAR'" for i in range(len(header.names)))
    stored = relation.replace("raw.", "raw._", 1).replace('"', "")
    engine.run(
        f"CREATE TABLE {stored} AS SELECT * FROM read_csv({text(str(utf8))}, auto_detect = false, header = false, "
        f"skip = {header.data_line - 1}, columns = {{{columns}}}, delim = {text(spec.delimiter)}, "
        f"quote = {text(spec.quote)}, escape = {text(spec.quote)}, strict_mode = true, "
        f"max_line_size = {max(structure.longest_bytes + 2, 1 << 21)})"
    )
    named = ", ".join(f"c{i} AS {name(column)}" for i, column in enumerate(header.names))
    line, lines = f"rowid + {header.data_line}", ""
    engine.run(
        f"CREATE VIEW {relation} AS SELECT {named}, {text(export.name)} AS _file, {line} AS _line FROM {stored}{lines}"
    )
    read = engine.value(f"SELECT count(*) FROM {stored}")
    if read != structure.records:
        raise SourceError(
            f"{export.name}: {structure.records:,} rows counted but {read:,} read. Export the file again as plain CSV."
        )
    return Reading(export.name, header.names, structure.records)
