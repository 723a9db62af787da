"""Data files beside the code, read once into typed records: tables as CSV, everything else as TOML.

A file with a field too many or too few, or with a value of another type, is a ``ValueError`` that names the place.
"""

import csv
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import IntEnum
from importlib.resources import files
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np

from pipelines.simulate.world.records import Flags, Floats

Record = TypeVar("Record")
_FROM_TEXT: dict[Any, Callable[[str], Any]] = {bool: {"yes": True, "no": False}.__getitem__, int: int, float: float}


def table(package: str, name: str, record: type[Record]) -> Record:
    """A CSV file as one record of columns, one entry a line; a column of codes names all of them in their order."""
    header, *lines = csv.reader(_text(package, name).splitlines())
    hints = _declared(record, header, name)
    columns = zip(header, zip(*lines, strict=True), strict=True)
    return record(**{column: _column(cells, hints[column], f"{name}: {column}") for column, cells in columns})


def document(package: str, name: str, record: type[Record]) -> Record:
    """A TOML file as one record."""
    return _record(tomllib.loads(_text(package, name)), record, name)


def _text(package: str, name: str) -> str:
    return (files(package) / name).read_text(encoding="utf-8")


def _declared(record: type[Any], found: Sequence[str], where: str) -> Mapping[str, Any]:
    """Types of the fields, which have to be the ones found."""
    hints = get_type_hints(record)
    needed = {f.name for f in fields(record) if f.default is MISSING}
    if wrong := set(found) - set(hints) | needed - set(found):
        raise ValueError(f"{where}: {', '.join(sorted(wrong))}")
    return hints


def _column(cells: Sequence[str], hint: Any, where: str) -> Any:
    if hint in (Floats, Flags):
        return np.array([_single(c, bool if hint == Flags else float, where) for c in cells])
    (kind, *_) = get_args(hint)
    if get_origin(kind) is tuple:
        return tuple(tuple(c.split()) for c in cells)
    found = tuple(_single(c, kind, where) for c in cells)
    if issubclass(kind, IntEnum) and found != tuple(kind):
        raise ValueError(f"{where}: {', '.join(kind.__members__)}")
    return found


def _record(found: Mapping[str, Any], record: type[Record], where: str) -> Record:
    hints = _declared(record, list(found), where)
    return record(**{name: _value(value, hints[name], f"{where}: {name}") for name, value in found.items()})


def _value(found: Any, hint: Any, where: str) -> Any:
    kind, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _record(found, cast(type[object], hint), where)
    if kind is tuple:
        each = [inner[0]] * len(found) if inner[-1] is ... else inner
        if len(each) != len(found):
            raise ValueError(f"{where}: {len(each)}")
        return tuple(_value(v, h, where) for v, h in zip(found, each, strict=True))
    if kind is dict:
        return {_single(k, inner[0], where): _value(v, inner[1], f"{where}.{k}") for k, v in found.items()}
    return _single(found, hint, where)


def _single(found: Any, kind: Any, where: str) -> Any:
    """A code by its label, a number, a flag or text."""
    try:
        if kind in (bool, str) and isinstance(found, kind):
            return found
        return kind[found.upper()] if issubclass(kind, IntEnum) else _FROM_TEXT[kind](str(found))
    except (AttributeError, KeyError, ValueError) as error:
        raise ValueError(f"{where}: {found!r}") from error
