"""The join engine: DuckDB over a database file of its own, with a memory limit and spilling.

SQL keeps to what Spark executes too (docs/adr/0001); tests render every statement for both.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.settings.machine import EngineSettings


class Engine:
    """One connection and its scratch folder. Everything in it is gone when it closes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        self.connection = connection
        self.scratch = scratch

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute one statement."""
        self.connection.execute(sql, list(parameters))

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The single value of a query."""
        return self.rows(sql, parameters)[0][0]

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The result of a query as an Arrow table."""
        return self.connection.sql(sql, params=list(parameters)).to_arrow_table()

    def register(self, name: str, table: pa.Table) -> None:
        """Copy an Arrow table into the engine under a name."""
        self.connection.register("_incoming", table)
        self.run(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM _incoming')
        self.connection.unregister("_incoming")


@contextmanager
def open_engine(settings: EngineSettings | None = None) -> Iterator[Engine]:
    """An engine on a private temporary folder (mode 0700) that is removed at the end, spilled rows included."""
    settings = settings or EngineSettings.from_environment()
    with tempfile.TemporaryDirectory(prefix="amends-") as folder:
        scratch = Path(folder)
        connection = duckdb.connect(
            str(scratch / "engine.duckdb"),
            config={
                "threads": str(settings.threads),
                "memory_limit": settings.memory_limit,
                "temp_directory": str(scratch / "spill"),
                "preserve_insertion_order": "true",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        try:
            connection.execute("SET TimeZone = 'UTC'")
            yield Engine(connection, scratch)
        finally:
            connection.close()
