"""What a kind of database has to be able to do; each module beside this one knows one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa
    from adbc_driver_manager.dbapi import Connection, Cursor


@dataclass(frozen=True)
class DatabaseTable:
    """One table or view. ``name`` is what profiles and reports call it, ``reference`` what SQL calls it.

    ``order``: columns of the primary key, quoted; all columns where there is none.
    """

    name: str
    reference: str
    columns: tuple[str, ...]
    order: tuple[str, ...]


class Dialect(Protocol):
    """One kind of database; ``refusal`` is what its driver raises."""

    refusal: type[Exception]

    def connect(self, address: str) -> Connection:
        """Open it for reading only, everything as of one moment."""

    def tables(self, cursor: Cursor) -> list[DatabaseTable]:
        """The company's own tables and views, by name."""

    def read(self, cursor: Cursor, table: DatabaseTable, columns: Sequence[str]) -> pa.Table:
        """The named columns of a table, in the order of its key, with types that Parquet could hold, too."""


def quoted(identifier: str) -> str:
    """A name as standard SQL quotes it."""
    return '"' + identifier.replace('"', '""') + '"'
