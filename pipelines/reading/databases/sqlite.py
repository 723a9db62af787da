"""SQLite: one file, opened so that nothing can be written. ``sqlite:///shop.db``, or ``sqlite:////data/shop.db``."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import adbc_driver_sqlite.dbapi
import pyarrow as pa
from adbc_driver_manager.dbapi import Connection, Cursor, Error

from pipelines.reading.databases.dialect import DatabaseTable, quoted

# A column may hold anything in any row, whatever type it declares: it is a number where all its values are.
_NUMBERS = {"": "INTEGER", "integer": "INTEGER", "integer real": "REAL", "real": "REAL"}


class SQLite:
    """How SQLite is read."""

    refusal: type[Exception] = Error

    def connect(self, address: str) -> Connection:
        """Open the file for reading only; a transaction holds it as of one moment."""
        connection: Connection = adbc_driver_sqlite.dbapi.connect(f"file:{quote(urlsplit(address).path[1:])}?mode=ro")
        return connection

    def tables(self, cursor: Cursor) -> list[DatabaseTable]:
        """Tables and views by name."""
        cursor.execute(
            "SELECT m.name, c.name, c.pk FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
            "WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid"
        )
        found: dict[str, list[tuple[str, int]]] = {}
        for table, column, key in cursor.fetchall():
            found.setdefault(table, []).append((column, key))
        return [
            DatabaseTable(
                name=table,
                reference=quoted(table),
                columns=tuple(column for column, _ in columns),
                order=tuple(quoted(c) for c, key in sorted(columns, key=lambda named: named[1]) if key)
                or tuple(quoted(c) for c, _ in columns),
            )
            for table, columns in found.items()
        ]

    def read(self, cursor: Cursor, table: DatabaseTable, columns: Sequence[str]) -> pa.Table:
        """The named columns of a table: numbers where all values are, else text."""
        kinds = [self._kind(cursor, table, column) for column in columns]
        chosen = ", ".join(
            f"CAST({quoted(column)} AS {kind}) AS {quoted(column)}" for column, kind in zip(columns, kinds, strict=True)
        )
        cursor.execute(f"SELECT {chosen} FROM {table.reference} ORDER BY {', '.join(table.order)}")
        return cursor.fetch_arrow_table()

    def _kind(self, cursor: Cursor, table: DatabaseTable, column: str) -> str:
        of = f"typeof({quoted(column)})"
        cursor.execute(
            f"SELECT group_concat(kind, ' ') FROM "
            f"(SELECT DISTINCT {of} AS kind FROM {table.reference} WHERE {of} <> 'null' ORDER BY 1)"
        )
        return _NUMBERS.get(cursor.fetchall()[0][0] or "", "TEXT")
