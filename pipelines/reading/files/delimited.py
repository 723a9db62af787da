"""CSV and its relatives into the engine: every field as text, no sniffing, and as many rows as the bytes hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.contracts.catalog.rows import RowReason
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.counted_rows import Place, Reading, check_count, create_view, is_wanted, register_lines
from pipelines.reading.files.encoding import utf8_file
from pipelines.reading.files.exports import Export
from pipelines.reading.files.faults import NotDelimited, NotUtf8, QuotesUnclear
from pipelines.reading.files.header import Header, delimited_header
from pipelines.reading.files.mend import Mended, mend
from pipelines.reading.files.quoting import text
from pipelines.reading.files.scan import Dialect, Structure, scan

DEFAULT_LINE_BYTES = 1 << 21
LINE = "_line"


@dataclass(frozen=True)
class _Plain:
    """A plain file: where it lies, lines to skip, the names of its fields, and its structure."""

    path: Path
    skip: int
    fields: tuple[str, ...]
    structure: Structure


def read_delimited(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of one file; ``_line`` is the physical line a row starts on."""
    utf8 = utf8_file(export, engine.scratch)
    header = delimited_header(export, utf8)
    quote = ord(export.spec.quote) if export.spec.quote else 0
    dialect = Dialect(ord(export.spec.delimiter), quote, len(header.names))
    structure = scan(utf8, header.data_offset, header.data_line, dialect) if header.is_first_line else None
    no_rows: tuple[tuple[int, RowReason], ...] = ()
    if structure is not None:
        plain, rejected = _Plain(utf8, 1, header.names, structure), no_rows
    else:
        plain, rejected = _mended(engine, export, utf8, header, dialect)
    names = [column for column in header.names if is_wanted(column, wanted)]
    _store(engine, export, plain, place, names)
    for copy in {utf8, plain.path} - {export.path}:
        copy.unlink()
    rows = plain.structure.records + len(rejected)
    return Reading(export.name, header.names, dict.fromkeys(names, "VARCHAR"), rows, rejected)


def _mended(
    engine: Engine, export: Export, utf8: Path, header: Header, dialect: Dialect
) -> tuple[_Plain, tuple[tuple[int, RowReason], ...]]:
    target = engine.scratch / f"{export.spec.alias}.plain"
    mended = mend(utf8, header.data_offset, header.data_line, dialect, target)
    _check_encoding(export, mended)
    structure = scan(target, 0, 1, replace(dialect, fields=dialect.fields + 1))
    if structure is None or structure.records != mended.copied:
        raise SourceError(QuotesUnclear(export.name))
    return _Plain(target, 0, (LINE, *header.names), structure), mended.rejected


def _check_encoding(export: Export, mended: Mended) -> None:
    broken = [line for line, reason in mended.rejected if reason is RowReason.NOT_UTF8]
    if broken and not export.spec.encoding:
        raise SourceError(NotUtf8(export.name, broken[0], export.spec.alias))


def _store(engine: Engine, export: Export, plain: _Plain, place: Place, names: Sequence[str]) -> None:
    chosen = {field: f"c{i}" for i, field in enumerate(plain.fields) if field == LINE or field in names}
    try:
        engine.run(
            f"CREATE TABLE {place.rows} AS SELECT {', '.join(chosen.values()) or 'c0'} FROM {_csv(export, plain)}"
        )
    except duckdb.Error:
        raise SourceError(NotDelimited(export.name)) from None
    check_count(engine, place, export.name, plain.structure.records)
    line, relation = chosen.pop(LINE, f"rowid + {plain.skip + 1}"), place.rows
    if LINE not in plain.fields and plain.structure.lines is not None:
        line, relation = LINE, register_lines(engine, place, plain.structure.lines)
    create_view(engine, place, export.name, chosen, line, relation)


def _csv(export: Export, plain: _Plain) -> str:
    """The engine's reader, told everything: nothing is sniffed and every field is text."""
    columns = ", ".join(f"c{i}: 'VARCHAR'" for i in range(len(plain.fields)))
    quote = text(export.spec.quote)
    return (
        f"read_csv({text(str(plain.path))}, auto_detect = false, header = false, skip = {plain.skip}, "
        f"columns = {{{columns}}}, delim = {text(export.spec.delimiter)}, quote = {quote}, escape = {quote}, "
        f"strict_mode = true, max_line_size = {max(plain.structure.longest_bytes + 2, DEFAULT_LINE_BYTES)})"
    )
