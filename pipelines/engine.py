"""Two engines of DuckDB, neither with a way to files or network of its own.

The join engine keeps a database file in a private folder and may spill there. The sealed engine lives in memory, spills
nothing, and sees what is registered with it alone: what exports hold in clear never gets beyond it.

SQL keeps to what Spark executes too (docs/adr/0001); tests render every statement for both.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.contracts.messages.faults import DiskFull, TooLittleMemory
from pipelines.errors import MachineError
from pipelines.scratch import private_folder
from pipelines.settings.machine import EngineSettings

# Rows of a batch that leaves the engine: texts of a batch lie in one buffer, of two gigabytes at most.
BATCH_ROWS = 100_000
_FULL = ("No space left on device", "Disk quota exceeded", "failed to offload data block")


class Engine:
    """One connection, its scratch folder and its limits. Everything in it is gone when it closes.

    Raises ``MachineError`` where the machine, not a statement, is at fault.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, scratch: Path, settings: EngineSettings | None = None
    ) -> None:
        self.connection = connection
        self.scratch = scratch
        self.settings = settings or EngineSettings()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute one statement."""
        with _within_limits(self.scratch, self.settings):
            self.connection.execute(sql, list(parameters))

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with _within_limits(self.scratch, self.settings):
            return self.connection.execute(sql, list(parameters)).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The single value of a query."""
        return self.rows(sql, parameters)[0][0]

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The result of a query as an Arrow table."""
        with _within_limits(self.scratch, self.settings):
            return self.connection.sql(sql, params=list(parameters)).to_arrow_table(BATCH_ROWS)

    def register(self, name: str, table: pa.Table) -> None:
        """Copy an Arrow table into the engine under a name."""
        with self.seeing("_incoming", table):
            self.run(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM _incoming')

    def see(self, name: str, table: pa.Table) -> None:
        """Let statements read an Arrow table, where it lies, under a name."""
        self.connection.register(name, table)

    @contextmanager
    def seeing(self, name: str, table: pa.Table) -> Iterator[None]:
        """Let statements read an Arrow table for a while."""
        self.see(name, table)
        try:
            yield
        finally:
            self.connection.unregister(name)


@contextmanager
def open_engine(settings: EngineSettings | None = None) -> Iterator[Engine]:
    """An engine on a private temporary folder (mode 0700) that is removed at the end, spilled rows included."""
    settings = settings or EngineSettings.from_environment()
    with private_folder() as scratch:
        with _within_limits(scratch, settings):
            connection = _connected(str(scratch / "engine.duckdb"), settings)
        try:
            connection.execute(f"SET temp_directory = '{_quoted(scratch / 'spill')}'")
            connection.execute(f"SET allowed_directories = ['{_quoted(scratch)}']")
            _lock(connection)
            yield Engine(connection, scratch, settings)
        finally:
            connection.close()


@contextmanager
def open_sealed(settings: EngineSettings | None = None) -> Iterator[Engine]:
    """An engine in memory that writes nothing down and reads nothing but what is registered with it."""
    settings = settings or EngineSettings.from_environment()
    connection = _connected(":memory:", settings)
    try:
        connection.execute("SET temp_directory = ''")
        _lock(connection)
        yield Engine(connection, Path(), settings)
    finally:
        connection.close()


@contextmanager
def _within_limits(scratch: Path, settings: EngineSettings) -> Iterator[None]:
    """Blame the machine for what is the machine's: DuckDB also calls a full disk a lack of memory."""
    try:
        yield
    except duckdb.Error as error:
        if any(sign in str(error) for sign in _FULL):
            raise MachineError(DiskFull(scratch)) from None
        if isinstance(error, duckdb.OutOfMemoryException):
            raise MachineError(TooLittleMemory(settings.memory_limit)) from None
        raise
    except MemoryError:
        raise MachineError(TooLittleMemory(settings.memory_limit)) from None


def _connected(database: str, settings: EngineSettings) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": str(settings.threads),
        "memory_limit": settings.memory_limit,
        "preserve_insertion_order": "true",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }
    return duckdb.connect(database, config=config)


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Close files and network, then the settings, which nobody can open again."""
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
