"""CSV and its relatives: every field as text, no sniffing, and as many rows as the bytes hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.csv

from pipelines.contracts.catalog.rows import RowReason
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.counted_rows import Place, Reading, is_wanted, show_rows
from pipelines.reading.files.encoding import as_utf8
from pipelines.reading.files.exports import Export, read_whole
from pipelines.reading.files.faults import NotDelimited, NotUtf8, QuotesUnclear
from pipelines.reading.files.header import Header, delimited_header
from pipelines.reading.files.mend import Mended, mend
from pipelines.reading.files.scan import Dialect, Structure, scan

BLOCK_BYTES = 1 << 22
LINE = "_line"


@dataclass(frozen=True)
class _Plain:
    """A plain file: its bytes, where its rows begin, the names of its fields, and its structure."""

    data: bytes
    offset: int
    fields: tuple[str, ...]
    structure: Structure


def read_delimited(engine: Engine, export: Export, place: Place, wanted: Collection[str] | None) -> Reading:
    """Read the wanted columns (all if None) of one file; ``_line`` is the physical line a row starts on."""
    content, sha256 = read_whole(export)
    utf8 = as_utf8(export, content)
    header = delimited_header(export, utf8)
    quote = ord(export.spec.quote) if export.spec.quote else 0
    dialect = Dialect(ord(export.spec.delimiter), quote, len(header.names))
    structure = scan(utf8, header.data_offset, header.data_line, dialect) if header.is_first_line else None
    no_rows: tuple[tuple[int, RowReason], ...] = ()
    if structure is not None:
        plain, rejected = _Plain(utf8, header.data_offset, header.names, structure), no_rows
    else:
        plain, rejected = _mended(export, utf8, header, dialect)
    names = [column for column in header.names if is_wanted(column, wanted)]
    show_rows(engine, place, export.name, _rows(export, plain, names, header.data_line), plain.structure.records)
    rows = plain.structure.records + len(rejected)
    return Reading(export.name, sha256, header.names, dict.fromkeys(names, "VARCHAR"), rows, rejected)


def _mended(
    export: Export, utf8: bytes, header: Header, dialect: Dialect
) -> tuple[_Plain, tuple[tuple[int, RowReason], ...]]:
    mended = mend(utf8, header.data_offset, header.data_line, dialect)
    _check_encoding(export, mended)
    structure = scan(mended.plain, 0, 1, replace(dialect, fields=dialect.fields + 1))
    if structure is None or structure.records != mended.copied:
        raise SourceError(QuotesUnclear(export.name))
    return _Plain(mended.plain, 0, (LINE, *header.names), structure), mended.rejected


def _check_encoding(export: Export, mended: Mended) -> None:
    broken = [line for line, reason in mended.rejected if reason is RowReason.NOT_UTF8]
    if broken and not export.spec.encoding:
        raise SourceError(NotUtf8(export.name, broken[0], export.spec.alias))


def _rows(export: Export, plain: _Plain, names: Sequence[str], first_line: int) -> pa.Table:
    """The columns of these names and the line of each row; blank fields are nothing."""
    chosen = {field: f"c{i}" for i, field in enumerate(plain.fields) if field == LINE or field in names}
    parsed = _parsed(export, plain, [*chosen.values()] or ["c0"])
    columns = {field: parsed[column] for field, column in chosen.items()}
    if LINE not in columns:
        lines = plain.structure.lines
        columns[LINE] = pa.array(np.arange(first_line, first_line + len(parsed)) if lines is None else lines)
    return pa.table(columns)


def _parsed(export: Export, plain: _Plain, chosen: Sequence[str]) -> pa.Table:
    """The parser, told everything: nothing is sniffed and every field is text."""
    kinds = {column: pa.int64() if column == "c0" and LINE in plain.fields else pa.string() for column in chosen}
    if not plain.structure.records:
        return pa.table({column: pa.array([], kind) for column, kind in kinds.items()})
    quote = export.spec.quote
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(pa.py_buffer(plain.data).slice(plain.offset)),
            pyarrow.csv.ReadOptions(
                column_names=[f"c{i}" for i in range(len(plain.fields))],
                block_size=max(plain.structure.longest_bytes + 2, BLOCK_BYTES),
            ),
            pyarrow.csv.ParseOptions(
                delimiter=export.spec.delimiter,
                quote_char=quote or False,
                double_quote=bool(quote),
                escape_char=False,
                newlines_in_values=bool(quote) and quote.encode() in plain.data,
                ignore_empty_lines=False,
            ),
            pyarrow.csv.ConvertOptions(
                check_utf8=False,
                column_types=kinds,
                include_columns=[*chosen],
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowException:
        raise SourceError(NotDelimited(export.name)) from None
