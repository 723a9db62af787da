"""A published table is a frozen dataclass: its fields are the columns, its annotations their types."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

from pipelines.contracts.message import Message
from pipelines.contracts.types import FLAG, REAL, TEXT, TIME, WHOLE, ColumnType

V = TypeVar("V")


class Published:
    """A row of a published table. ``TABLE`` names the file; a nullable column is ``… | None``."""

    __slots__ = ()
    TABLE: ClassVar[str]


def told(value: V | None) -> V:
    """A value that every row with an estimate has. Raises ``ValueError`` where it is missing."""
    if value is None:
        raise ValueError("a row without an estimate has no number to say")
    return value


def columns(row: type[Published]) -> Mapping[str, Any]:
    """Column → annotated type, in order."""
    return _columns(row)  # type: ignore[arg-type]


@cache
def _columns(row: Any) -> Mapping[str, Any]:
    hints = get_type_hints(row)
    return {f.name: hints[f.name] for f in fields(row)}


def defaults(row: type[Published]) -> Mapping[str, Any]:
    """Columns that a row needn't have, and what they hold then."""
    return {f.name: f.default for f in fields(row) if f.default is not MISSING}  # type: ignore[arg-type]


def column_type(hint: Any) -> ColumnType:
    """The column type of an annotation. Raises ``TypeError`` for one that no Parquet column stands for."""
    type_ = present(hint)
    if messages(hint) is not None or (isinstance(type_, type) and issubclass(type_, str)):
        return TEXT
    plain: dict[Any, ColumnType] = {bool: FLAG, int: WHOLE, float: REAL, datetime: TIME}
    if type_ not in plain:
        raise TypeError(f"no column holds {hint}")
    return plain[type_]


@cache
def present(hint: Any) -> Any:
    """The type of what is there: ``int`` for ``int | None``, ``str`` for an id that is one."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    return getattr(hint, "__supertype__", hint)


@cache
def codes(hint: Any) -> tuple[type[StrEnum], ...]:
    """The closed sets that a column's values come from; none where they are no codes."""
    types_ = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return tuple(t for t in types_ if isinstance(t, type) and issubclass(t, StrEnum))


@cache
def is_open(hint: Any) -> bool:
    """Whether other words may stand beside the codes, such as the company's own: ``Unit | str``."""
    return any(getattr(type_, "__supertype__", type_) is str for type_ in get_args(hint))


def member_of(catalogue: type[StrEnum], value: str) -> StrEnum | None:
    """The code of a closed set that a text is; None where it is none."""
    try:
        return catalogue(value)
    except ValueError:
        return None


def coded(value: str, hint: Any) -> str:
    """A text as the code it is. Raises ``ValueError`` for one that no catalogue of its holds, unless it is open."""
    catalogues = codes(hint)
    found = next((member for catalogue in catalogues if (member := member_of(catalogue, value)) is not None), None)
    if found is not None:
        return found
    if catalogues and not is_open(hint):
        raise ValueError(f"{value!r} is no {' or '.join(c.__name__ for c in catalogues)}")
    return value


@cache
def messages(hint: Any) -> type[Message] | None:
    """The family of messages that a column holds, or None where it holds plain values."""
    type_ = present(hint)
    family = get_args(type_)[0] if get_origin(type_) is tuple else type_
    return family if isinstance(family, type) and issubclass(family, Message) else None


@cache
def is_many(hint: Any) -> bool:
    """Whether a column of messages holds any number of them."""
    return get_origin(present(hint)) is tuple
