"""Records of equal-length columns, NumPy arrays or pandas Series: put end to end, picked from, put in order.

A record is a frozen dataclass whose fields are columns, or records of as many entries.
"""

from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

Record = TypeVar("Record")
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def end_to_end(parts: Sequence[Record]) -> Record:
    """The entries of several records of the same kind, one after the other."""
    return cast(Record, _by_column(parts, _joined))


def take(record: Record, chosen: Whole | Flags) -> Record:
    """The chosen entries (positions or a mask) of a record."""
    return cast(Record, _by_column([record], lambda columns: _chosen(columns[0], chosen)))


def in_order(record: Record, *keys: pd.Series) -> Record:
    """The entries by the first key, ties by the next, further ties as they stand; blanks come last."""
    order = pd.DataFrame({str(i): key for i, key in enumerate(keys)})
    return take(record, order.sort_values(list(map(str, order)), kind="stable").index.to_numpy())


def _by_column(records: Sequence[Any], change: Callable[[Sequence[Any]], Any]) -> Any:
    """Apply ``change`` to the matching columns of all records, down to the last one."""
    first: Any = records[0]
    if not is_dataclass(first):
        return change(records)
    kind: Any = type(first)
    return kind(**{name: _by_column([vars(r)[name] for r in records], change) for name in vars(first)})


def _joined(columns: Sequence[Any]) -> Any:
    if isinstance(columns[0], pd.Series):
        return pd.concat(columns, ignore_index=True)
    return np.concatenate(columns)


def _chosen(column: Any, chosen: Whole | Flags) -> Any:
    if isinstance(column, pd.Series):
        return column.iloc[chosen].reset_index(drop=True)
    return column[chosen]
