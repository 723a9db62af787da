"""Dataclasses read back from JSON: manifests, requests, whatever one process writes and another reads."""

import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class DocumentError(ValueError):
    """A document that lacks something or holds it in another form."""


@cache
def _hints(kind: Hashable) -> Mapping[str, Any]:
    return get_type_hints(kind)


def read(kind: type[T], document: Mapping[str, Any]) -> T:
    """A dataclass from a JSON object under the names of its fields; what the class doesn't know is passed over.

    Raises :class:`DocumentError` with the names of what is missing or of another type.
    """
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(document, dict):
        raise DocumentError(kind.__name__)
    needed = (name for name, f in known.items() if f.default is MISSING)
    if lacking := sorted(name for name in needed if name not in document):
        raise DocumentError(", ".join(lacking))
    hints: Mapping[str, Any] = _hints(kind)  # type: ignore[arg-type]
    return kind(**{name: _value(document[name], hints[name], name) for name in known if name in document})


def _value(value: Any, hint: Any, name: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value in (None, "") else _value(value, inner[0], name)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(item, inner[0], name) for item in value)
    if origin is Mapping and isinstance(value, dict):
        return {key: _value(item, inner[1], name) for key, item in value.items()}
    if origin is Literal and value in inner:
        return value
    if is_dataclass(hint) and isinstance(hint, type):
        return read(hint, value)
    try:
        return _plain(value, hint)
    except (TypeError, ValueError) as error:
        raise DocumentError(name) from error


def _plain(value: Any, hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(hint, type) or not isinstance(value, hint):
        raise TypeError(hint)
    return value
