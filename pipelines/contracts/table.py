"""What a canonical table is made of: columns with a kind, what they may hold, and the key."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["id", "label", "time", "date", "money", "number", "count", "flag", "text"]

SQL_TYPE: dict[Kind, str] = {
    "id": "VARCHAR",
    "label": "VARCHAR",
    "time": "TIMESTAMP",
    "date": "DATE",
    "money": "DECIMAL(18,4)",
    "number": "DOUBLE",
    "count": "BIGINT",
    "flag": "BOOLEAN",
    "text": "VARCHAR",
}


@dataclass(frozen=True)
class Column:
    """One canonical column.

    ``required``: the table can't exist without it. ``person``: the value identifies a person and is keyed-hashed on
    the way in. ``allowed``: the only labels accepted, others quarantine the row. ``minimum``: smallest valid value.
    ``text`` columns are used while coding actions and dropped before the mart.
    """

    name: str
    kind: Kind
    required: bool = False
    person: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table: its grain, columns and the key that must be unique (empty: rows may repeat)."""

    name: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})
