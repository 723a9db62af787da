"""A published table is a frozen dataclass: its fields are the columns, its annotations their types."""

import types
from collections.abc import Mapping
from dataclasses import fields
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


def column_type(hint: Any) -> ColumnType:
    """The column type of an annotation. Raises ``TypeError`` for one that no Parquet column stands for."""
    type_ = present(hint)
    if messages(hint) is not None or (isinstance(type_, type) and issubclass(type_, str)):
        return TEXT
    plain: dict[Any, ColumnType] = {bool: FLAG, int: WHOLE, float: REAL, datetime: TIME}
    if type_ not in plain:
        raise TypeError(f"no column holds {hint}")
    return plain[type_]


def present(hint: Any) -> Any:
    """The type of what is there: ``int`` for ``int | None``, ``str`` for an id that is one."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    return getattr(hint, "__supertype__", hint)


def codes(hint: Any) -> type[StrEnum] | None:
    """The closed set that a column's values come from, or None where they are no codes."""
    type_ = present(hint)
    return type_ if isinstance(type_, type) and issubclass(type_, StrEnum) else None


def is_open(hint: Any) -> bool:
    """Whether the company's own words may stand beside the codes: ``Unit | str``."""
    return str in get_args(hint)


def coded(value: str, hint: Any) -> str:
    """A text as the code it is. Raises ``ValueError`` for one that its catalogue doesn't hold, unless it is open."""
    type_ = codes(hint)
    if type_ is None:
        return value
    try:
        return type_(value)
    except ValueError:
        if is_open(hint):
            return value
        raise


def messages(hint: Any) -> type[Message] | None:
    """The family of messages that a column holds, or None where it holds plain values."""
    type_ = present(hint)
    family = get_args(type_)[0] if get_origin(type_) is tuple else type_
    return family if isinstance(family, type) and issubclass(family, Message) else None


def is_many(hint: Any) -> bool:
    """Whether a column of messages holds any number of them."""
    return get_origin(present(hint)) is tuple
