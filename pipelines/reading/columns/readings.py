"""How one column is read: SQL for its value, and the reasons for which a row can't be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.contracts.catalog.rows import RowReason

NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
REAL = ("FLOAT", "DOUBLE")


@dataclass(frozen=True)
class Parse:
    """SQL in three layers over the column's own name: ``first`` and ``second`` add columns, then ``value``.

    ``faults``: (reason, condition) in order of precedence. ``folds``: whether a local time happens twice. ``join``:
    what the second layer is joined with.
    """

    value: str
    first: Mapping[str, str] = field(default_factory=dict)
    second: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[tuple[RowReason, str], ...] = ()
    folds: str = ""
    join: str = ""


def is_number(native: str) -> bool:
    """Whether an engine type holds numbers."""
    return native in NUMERIC or native in REAL or native.startswith("DECIMAL")


def is_time(native: str) -> bool:
    """Whether an engine type holds dates or times."""
    return native == "DATE" or native.startswith("TIMESTAMP")
