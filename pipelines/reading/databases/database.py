"""A database as the source of exports: each of its tables is read as a file would be, all as of one moment."""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyarrow as pa

from pipelines.errors import SourceError
from pipelines.reading.databases.faults import TableRefused

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

    from pipelines.reading.databases.dialect import Dialect


class Database:
    """An open database. Its text is the address without what could be secret."""

    def __init__(self, address: str, dialect: Dialect, connection: Connection) -> None:
        self.shown = without_secrets(address)
        self.title = urlsplit(address).path.rsplit("/", 1)[-1].removesuffix(".db") or urlsplit(address).scheme
        self._dialect = dialect
        self._connection = connection
        with self._connection.cursor() as cursor:
            self._tables = {table.name: table for table in dialect.tables(cursor)}

    def __str__(self) -> str:
        return self.shown

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of all its tables and views that may be read."""
        return tuple(self._tables)

    def matching(self, name: str) -> list[str]:
        """The tables that a name stands for; ``*`` in it is anything."""
        if name in self._tables:
            return [name]
        return sorted(table for table in self._tables if fnmatchcase(table, name.replace("[", "[[]")))

    def columns(self, table: str) -> tuple[str, ...]:
        """Names of a table's columns."""
        return self._tables[table].columns

    def read(self, table: str, columns: Collection[str]) -> tuple[pa.Table, str]:
        """Some columns of a table, and the SHA-256 of what was read, in hex."""
        held = self._tables[table]
        try:
            wanted = [column for column in held.columns if column in columns] or held.columns[:1]
            with self._connection.cursor() as cursor:
                rows = self._dialect.read(cursor, held, wanted)
        except self._dialect.refusal as error:
            raise SourceError(TableRefused(table, first_line(error))) from None
        return rows, _digest(rows)


def without_secrets(address: str) -> str:
    """An address as reports and runs may show it: no password, no options."""
    scheme, _, rest = address.partition("?")[0].partition("://")
    who, at, place = rest.rpartition("@")
    return f"{scheme}://{who.partition(':')[0]}{at}{place}"


def first_line(error: Exception) -> str:
    """What a driver says, without what it adds of the statement."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _digest(rows: pa.Table) -> str:
    """SHA-256 of the columns and values, as an Arrow stream writes them."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    return sha256(sink.getvalue()).hexdigest()
