"""Records of equal-length arrays: put end to end, and taken apart by position. Records may hold records."""

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Record = TypeVar("Record")


def end_to_end(parts: list[Record]) -> Record:
    """The entries of several records of the same kind, one after the other."""
    first: Any = parts[0]
    if isinstance(first, dict):
        return {k: end_to_end([p[k] for p in parts]) for k in first}  # type: ignore[index, return-value]
    if is_dataclass(first):
        return type(parts[0])(**{f.name: end_to_end([getattr(p, f.name) for p in parts]) for f in fields(first)})
    return np.concatenate(parts)  # type: ignore[call-overload, no-any-return]


def take(record: Record, chosen: npt.NDArray[Any]) -> Record:
    """The chosen entries (positions or a mask) of a record."""
    whole: Any = record
    if isinstance(whole, dict):
        return {k: take(v, chosen) for k, v in whole.items()}  # type: ignore[return-value]
    if is_dataclass(whole):
        return type(record)(**{f.name: take(getattr(whole, f.name), chosen) for f in fields(whole)})
    return whole[chosen]  # type: ignore[no-any-return]
