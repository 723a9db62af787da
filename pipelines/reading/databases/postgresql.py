"""PostgreSQL, and what speaks its protocol: one repeatable-read transaction that can't write."""

from collections import defaultdict
from collections.abc import Sequence

import adbc_driver_postgresql.dbapi
import pyarrow as pa
import pyarrow.compute as pc
from adbc_driver_manager.dbapi import Connection, Cursor, Error

from pipelines.reading.databases.dialect import DatabaseTable, quoted

# Names and types of all columns; partitions are read through the table that they are parts of.
_COLUMNS = """
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, NULL), a.attnum = ANY (p.conkey)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  AND has_table_privilege(c.oid, 'SELECT')
ORDER BY n.nspname, c.relname, a.attnum
"""
_AS_THEY_ARE = frozenset(
    ("smallint", "integer", "bigint", "real", "double precision", "boolean", "text", "character varying")
)
# Moments without an end mean "never", which an export leaves blank.
_MAY_BE_ENDLESS = ("date", "timestamp without time zone", "timestamp with time zone")
# Digits that a DECIMAL of Arrow and of the engine hold.
_MOST_DIGITS = 38


class PostgreSQL:
    """How PostgreSQL is read. The password comes from where libpq looks for it: PGPASSWORD, PGPASSFILE, PGSERVICE."""

    refusal: type[Exception] = Error

    def __init__(self) -> None:
        self._types: dict[str, dict[str, str]] = {}

    def connect(self, address: str) -> Connection:
        """Open it for reading only, everything as of one moment."""
        connection: Connection = adbc_driver_postgresql.dbapi.connect(address)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return connection

    def tables(self, cursor: Cursor) -> list[DatabaseTable]:
        """The company's own tables and views, as ``schema.table``."""
        cursor.execute(_COLUMNS)
        columns: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        keys: dict[tuple[str, str], list[str]] = defaultdict(list)
        for schema, table, column, kind, in_key in cursor.fetchall():
            columns[schema, table][column] = kind
            if in_key:
                keys[schema, table].append(quoted(column))
        self._types = {f"{schema}.{table}": types for (schema, table), types in columns.items()}
        return [
            DatabaseTable(
                name=f"{schema}.{table}",
                reference=f"{quoted(schema)}.{quoted(table)}",
                columns=tuple(types),
                order=tuple(keys[schema, table]) or tuple(f"{quoted(column)}::text" for column in types),
            )
            for (schema, table), types in columns.items()
        ]

    def read(self, cursor: Cursor, table: DatabaseTable, columns: Sequence[str]) -> pa.Table:
        """The named columns of a table; what has no plain type of its own comes as text."""
        types = self._types[table.name]
        chosen = ", ".join(f"{_plain(quoted(column), types[column])} AS {quoted(column)}" for column in columns)
        cursor.execute(f"SELECT {chosen} FROM {table.reference} ORDER BY {', '.join(table.order)}")
        rows = cursor.fetch_arrow_table()
        return pa.table({column: _settled(rows[column], types[column]) for column in columns})


def _plain(column: str, kind: str) -> str:
    if kind in _AS_THEY_ARE:
        return column
    if kind in _MAY_BE_ENDLESS:
        return f"CASE WHEN isfinite({column}) THEN {column} END"
    return f"{column}::text"


def _settled(values: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
    """Numbers of exact decimals as such; PostgreSQL's have no end, so they cross over as text."""
    if kind != "numeric":
        return values
    whole = _longest(values, r"^-?(?P<digits>\d+)(?:\.\d+)?$")
    scale = _longest(values, r"^-?\d+(?:\.(?P<digits>\d+))?$")
    if whole is None or scale is None or whole + scale > _MOST_DIGITS:
        return values.cast(pa.float64())
    return values.cast(pa.decimal128(_MOST_DIGITS, scale))


def _longest(values: pa.ChunkedArray, pattern: str) -> int | None:
    """Digits of the longest part that a pattern finds; None where a value doesn't fit it, such as NaN."""
    found = pc.extract_regex(values, pattern)
    if found.null_count > values.null_count:
        return None
    return pc.max(pc.utf8_length(pc.struct_field(found, "digits"))).as_py() or 0
