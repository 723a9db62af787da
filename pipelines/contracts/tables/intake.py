"""Quality and quarantine: every row of every file, kept or set aside for a reason."""

from dataclasses import dataclass

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.shapes import Shape
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class RowsCounted(Published):
    """How many rows of one file came in for one table, were kept, or were set aside for one reason.

    ``shape``: what a row of the file is, where the profile declares it; tables say it of all others.
    """

    TABLE = "quality"

    table: str
    file: str
    reason: RowReason
    rows: int
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class SetAside(Published):
    """One row that was set aside, known by file and line; no value of it is written down."""

    TABLE = "quarantine"

    table: str
    file: str
    line: int | None
    column: str | None
    reason: RowReason
