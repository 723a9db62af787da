"""A published table is a frozen dataclass: its fields are the columns, its annotations their types."""

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from pipelines.contracts.message import Message
from pipelines.contracts.types import FLAG, REAL, TEXT, TIME, WHOLE, ColumnType


class Published:
    """A row of a published table. ``TABLE`` names the file; a nullable column is ``… | None``."""

    __slots__ = ()
    TABLE: ClassVar[str]


@cache
def columns(row: type[Published]) -> Mapping[str, Any]:
    """Column → annotated type, in order."""
    hints = get_type_hints(row)
    return {f.name: hints[f.name] for f in fields(row)}  # type: ignore[arg-type]


def column_type(hint: Any) -> ColumnType:
    """The column type of an annotation. Raises ``TypeError`` for one that no Parquet column stands for."""
    type_ = present(hint)
    if messages(hint) is not None or (isinstance(type_, type) and issubclass(type_, str | StrEnum)):
        return TEXT
    plain: dict[Any, ColumnType] = {bool: FLAG, int: WHOLE, float: REAL, datetime: TIME}
    if type_ not in plain:
        raise TypeError(f"no column holds {hint}")
    return plain[type_]


def present(hint: Any) -> Any:
    """The type of what is there: ``int`` for ``int | None``."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(a for a in get_args(hint) if a is not type(None))
    return hint


def messages(hint: Any) -> type[Message] | None:
    """The family of messages that a column holds, or None where it holds plain values."""
    type_ = present(hint)
    family = get_args(type_)[0] if get_origin(type_) is tuple else type_
    return family if isinstance(family, type) and issubclass(family, Message) else None


def is_many(hint: Any) -> bool:
    """Whether a column of messages holds any number of them."""
    return get_origin(present(hint)) is tuple
