"""Records of equal-length arrays: put end to end, and taken apart by position. Records may hold records and dicts."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

Record = TypeVar("Record")


def end_to_end(parts: list[Record]) -> Record:
    """The entries of several records of the same kind, one after the other."""
    return cast(Record, _combine(parts, np.concatenate))


def take(record: Record, chosen: npt.NDArray[Any]) -> Record:
    """The chosen entries (positions or a mask) of a record."""
    return cast(Record, _combine([record], lambda arrays: arrays[0][chosen]))


def _combine(parts: list[Any], arrays: Callable[[list[Any]], Any]) -> Any:
    """Apply ``arrays`` to the matching arrays of all parts, down to the last leaf."""
    first: Any = parts[0]
    if isinstance(first, dict):
        return {k: _combine([p[k] for p in parts], arrays) for k in first}
    if is_dataclass(first):
        record: Any = type(first)
        return record(**{f.name: _combine([getattr(p, f.name) for p in parts], arrays) for f in fields(first)})
    return arrays(parts)
