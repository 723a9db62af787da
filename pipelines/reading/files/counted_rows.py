"""What reading one export file gave: a view over its rows, and its rows counted apart from the parser."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.contracts.catalog.rows import RowReason
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.faults import RowsDiffer
from pipelines.reading.files.quoting import name, text


@dataclass(frozen=True)
class Reading:
    """One file: its header, the wanted columns with engine types, and rows as the file itself holds them.

    ``rejected``: (physical line, reason) of rows that couldn't be read. ``rows_in`` counts them too.
    """

    file: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows_in: int
    rejected: tuple[tuple[int, RowReason], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where the rows of one file go in the engine: a stored table, the line of each row, and a view of both."""

    alias: str
    number: int

    @property
    def rows(self) -> str:
        """The table of the rows as read."""
        return f"raw.{name(f'{self.alias}#{self.number} rows')}"

    @property
    def lines(self) -> str:
        """The table of physical lines, where they don't simply follow the rows."""
        return f"raw.{name(f'{self.alias}#{self.number} lines')}"

    @property
    def view(self) -> str:
        """The view that staging reads."""
        return f"raw.{name(f'{self.alias}#{self.number}')}"


def is_wanted(column: str, wanted: Collection[str] | None) -> bool:
    """Whether a column is read; ``wanted`` holds lower-case names, None wants all."""
    return wanted is None or column.lower() in wanted


def register_lines(engine: Engine, place: Place, lines: npt.NDArray[np.int64]) -> str:
    """Store the physical line of each row; returns the relation of rows with their lines (column ``_line``)."""
    store_rows(engine, place.lines, pa.table({"_line": lines}))
    return f"{place.rows} POSITIONAL JOIN {place.lines}"


def store_rows(engine: Engine, table: str, rows: pa.Table) -> None:
    """Copy Arrow rows into a new table of the engine."""
    engine.connection.register("_incoming", rows)
    engine.run(f"CREATE TABLE {table} AS SELECT * FROM _incoming")
    engine.connection.unregister("_incoming")


def create_view(engine: Engine, place: Place, file: str, columns: Mapping[str, str], line: str, relation: str) -> None:
    """The view of a file: columns (name → SQL), ``_file`` and ``_line``."""
    named = "".join(f"{sql} AS {name(column)}, " for column, sql in columns.items())
    traced = f"{named}{text(file)} AS _file, CAST({line} AS BIGINT) AS _line"
    engine.run(f"CREATE VIEW {place.view} AS SELECT {traced} FROM {relation}")


def check_count(engine: Engine, place: Place, file: str, counted: int) -> None:
    """Raise ``SourceError`` unless as many rows were read as the file holds."""
    read = engine.value(f"SELECT count(*) FROM {place.rows}")
    if read != counted:
        raise SourceError(RowsDiffer(file, counted, read))
