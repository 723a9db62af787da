"""What reading one export file gave: a view over its rows, and its rows counted apart from the parser."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipelines.contracts.catalog.rows import RowReason
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.faults import RowsDiffer
from pipelines.reading.files.quoting import name, text


@dataclass(frozen=True)
class Reading:
    """One file: its header, the wanted columns with engine types, and rows as the file itself holds them.

    ``rejected``: (physical line, reason) of rows that couldn't be read. ``rows_in`` counts them too. ``sha256``: of the
    bytes that were read.
    """

    file: str
    sha256: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows_in: int
    rejected: tuple[tuple[int, RowReason], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where the rows of one file are seen: an Arrow table, and a view of it that names the file."""

    alias: str
    number: int

    @property
    def rows(self) -> str:
        """The name of the rows as read, with ``_line``."""
        return f"{self.alias}#{self.number} rows"

    @property
    def view(self) -> str:
        """The view that staging reads."""
        return name(f"{self.alias}#{self.number}")


def is_wanted(column: str, wanted: Collection[str] | None) -> bool:
    """Whether a column is read; ``wanted`` holds lower-case names, None wants all."""
    return wanted is None or column.lower() in wanted


def show_rows(engine: Engine, place: Place, file: str, rows: pa.Table, counted: int) -> None:
    """Let the engine see the rows of a file: its columns and ``_line``, to which ``_file`` is added.

    Raises ``SourceError`` unless as many rows were read as the file holds.
    """
    if rows.num_rows != counted:
        raise SourceError(RowsDiffer(file, counted, rows.num_rows))
    engine.see(place.rows, rows)
    columns = "".join(f"{name(column)}, " for column in rows.column_names if column != "_line")
    engine.run(
        f"CREATE TEMP VIEW {place.view} AS SELECT {columns}{text(file)} AS _file, CAST(_line AS BIGINT) AS _line "
        f"FROM {name(place.rows)}"
    )
