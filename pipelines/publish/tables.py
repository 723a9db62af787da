"""The tables of a run from Parquet: whole ones as rows, the mart's columns a batch at a time."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.contracts.arrow import row_schema, table_rows
from pipelines.contracts.messages.faults import (
    MartLacks,
    RunUnreadable,
    TableBreaksContract,
    TableDamaged,
    TableHoldsUnknownCode,
)
from pipelines.contracts.tables.row import Published, defaults
from pipelines.publish.faults import UnreadableRunError
from pipelines.publish.lease import Lease

C = TypeVar("C")
R = TypeVar("R", bound=Published)
T = TypeVar("T")


def rows(folder: Path, row: type[R], *, whole: bool = True) -> tuple[R, ...]:
    """Every row of one table of the run in ``folder``. Raises :class:`UnreadableRunError`.

    In a table that needn't be ``whole``, a column that came later takes its default.
    """
    name = f"{row.TABLE}.parquet"
    table = whole_table(folder / name)
    found = {field.name: field.type for field in table.schema}
    later = frozenset() if whole else defaults(row).keys() - found.keys()
    if wrong := [f.name for f in row_schema(row) if f.name not in later and found.get(f.name) != f.type]:
        raise UnreadableRunError(TableBreaksContract(folder.name, name, tuple(wrong)))
    try:
        return table_rows(row, table)
    except ValueError as error:
        raise UnreadableRunError(TableHoldsUnknownCode(folder.name, name, str(error))) from error


def cells(path: Path) -> list[dict[str, Any]]:
    """Every row of one file by its columns as they are. Raises :class:`UnreadableRunError`."""
    found: list[dict[str, Any]] = whole_table(path).to_pylist()
    return found


def whole_table(path: Path) -> pa.Table:
    """One file, all of it. Raises :class:`UnreadableRunError`."""
    with opened(path) as file:
        try:
            return file.read()
        except (OSError, pa.ArrowException) as error:
            raise UnreadableRunError(TableDamaged(path.parent.name, path.name)) from error


def guarded(folder: Path, read: Callable[[], T]) -> T:
    """What ``read`` makes of a run without digests, whose cells may be anything. Raises :class:`UnreadableRunError`."""
    try:
        return read()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnreadableRunError(RunUnreadable(folder.name, type(error).__name__)) from error


def incidents(folder: Path, case: type[C], held: Lease | None) -> Iterator[C]:
    """The mart of the run in ``folder``, of each row the columns ``case`` has fields for; ``held`` till its end."""
    file = opened(folder / "incident_mart.parquet")
    wanted = [f.name for f in fields(case)]  # type: ignore[arg-type]
    if missing := sorted(set(wanted) - set(file.schema_arrow.names)):
        raise UnreadableRunError(MartLacks(folder.name, tuple(missing)))
    return _cases(file, wanted, case, held)


def _cases(file: pq.ParquetFile, wanted: list[str], case: type[C], held: Lease | None) -> Iterator[C]:
    with file:
        for batch in file.iter_batches(columns=wanted):
            yield from (case(**row) for row in batch.to_pylist())
    del held


def opened(path: Path) -> pq.ParquetFile:
    """A table of a run. Raises :class:`UnreadableRunError`."""
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableRunError(TableDamaged(path.parent.name, path.name)) from error
