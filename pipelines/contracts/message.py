"""What a row, an error or a step has to say: a code with typed parameters, never prose.

:mod:`words` turns a message into a sentence. A message is stored as JSON: ``{"code":"reason.too_few","n":12}``
for one, and decoded here alone, so that a code nobody declares is an error and never an empty place on a page.
"""

import json
import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path
from typing import (
    Annotated,
    Any,
    ClassVar,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

M = TypeVar("M", bound="Message")


class Kind(StrEnum):
    """What a parameter is, so that its number is written with the right unit and digits, and its text as it is."""

    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    SUM = "sum"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    DAY = "day"
    LABEL = "label"
    NAME = "name"
    OUTCOME = "outcome"


# A whole number of things; a plain number with the digits it needs; a share from 0 to 1; sums in reporting currency, as
# large as one needs them, or to the cent where they are to be paid.
Count = Annotated[int, Kind.COUNT]
Number = Annotated[float, Kind.NUMBER]
Share = Annotated[float, Kind.SHARE]
Money = Annotated[float, Kind.MONEY]
Sum = Annotated[float, Kind.SUM]
Minutes = Annotated[float, Kind.MINUTES]
Hours = Annotated[float, Kind.HOURS]
Days = Annotated[float, Kind.DAYS]
Day = Annotated[date, Kind.DAY]
# The company's own word, never inflected; and the name of a file, column, key or command, written as it is typed:
# several names are enumerated, not joined by "and".
Label = Annotated[str, Kind.LABEL]
Name = Annotated[str, Kind.NAME]
# An outcome by its id, or by the name that the company gave its own.
OutcomeName = Annotated[str, Kind.OUTCOME]
File = Annotated[Path, Kind.NAME]


class UnknownCodeError(ValueError):
    """A stored code that no catalogue declares."""


def snake(name: str) -> str:
    """``TooFewIncidents`` → ``too_few_incidents``: how classes are named in codes."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@dataclass_transform(frozen_default=True)
class Message:
    """One thing to say. Subclasses are frozen dataclasses; their code is ``<family>.<name in snake case>``."""

    FAMILY: ClassVar[str] = ""
    CODE: ClassVar[str] = ""
    _registry: ClassVar[dict[str, type["Message"]]] = {}

    def __init_subclass__(cls, family: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        dataclass(frozen=True)(cls)
        if family:
            cls.FAMILY = family
        else:
            cls.CODE = f"{cls.FAMILY}.{snake(cls.__name__)}"
            if cls.CODE in Message._registry:
                raise TypeError(f"{cls.CODE} is declared twice")
            Message._registry[cls.CODE] = cls


class Reason(Message, family="reason"):
    """Why something is not there, is not told, or is told with less certainty; with what to add where that helps."""


class Caveat(Message, family="caveat"):
    """What a number assumes, so what would overturn it."""


class Population(Message, family="population"):
    """Whom a counted number speaks of."""


class Step(Message, family="step"):
    """What to do next."""


class Promised(Message, family="promised"):
    """What a standard offers one case; the offer of a step."""


class Fault(Message, family="fault"):
    """What of an input or a setting is to be mended: what, where, what next."""


class Doing(Message, family="doing"):
    """What a long command is at, told as it goes on."""


class Alert(Message, family="alert"):
    """What somebody should hear of though they look at no page."""


class Remark(Message, family="remark"):
    """What was noticed in somebody's files while a profile was drafted, and why a guess was made."""


def declared(family: type[Message] = Message) -> tuple[type[Message], ...]:
    """Every message of a family that has been imported, by code."""
    return tuple(m for _, m in sorted(Message._registry.items()) if issubclass(m, family))


def parameters(message: type[Message]) -> Mapping[str, tuple[Any, Kind | None]]:
    """Type and kind of each parameter of a message; the kind is None for codes, messages and tuples of them."""
    return _parameters(message)  # type: ignore[arg-type]


@cache
def _parameters(message: Any) -> Mapping[str, tuple[Any, Kind | None]]:
    hints = get_type_hints(message, include_extras=True)
    return {f.name: _kind(hints[f.name]) for f in fields(message)}


def _kind(hint: Any) -> tuple[Any, Kind | None]:
    inner = _present(hint)
    if get_origin(inner) is Annotated:
        type_, kind = get_args(inner)
        return type_, kind
    return inner, None


def _present(hint: Any) -> Any:
    """The type of what is there: ``int`` for ``int | None``."""
    if get_origin(hint) in (Union, types.UnionType):
        found = [a for a in get_args(hint) if a is not type(None)]
        return found[0] if len(found) == 1 else hint
    return hint


def encode(said: Iterable[Message]) -> str | None:
    """Messages as one cell: canonical JSON without spaces; nothing said is null."""
    found = [_plain(message) for message in said]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else None


def decode(cell: str | None, family: type[M]) -> tuple[M, ...]:
    """The messages of a cell. Raises :class:`UnknownCodeError` for a code or parameter that nobody declares."""
    if not cell:
        return ()
    found = _decoded(cell)
    if foreign := [m.CODE for m in found if not isinstance(m, family)]:
        raise UnknownCodeError(f"{', '.join(foreign)} is no {family.FAMILY or 'message'}")
    return cast(tuple[M, ...], found)


@cache
def _decoded(cell: str) -> tuple[Message, ...]:
    return tuple(_message(item) for item in json.loads(cell))


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        said = {f.name: getattr(value, f.name) for f in fields(value)}  # type: ignore[arg-type]
        return {"code": value.CODE, **{name: _plain(v) for name, v in said.items() if v is not None}}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Path) else value


def _message(item: Any) -> Message:
    code = str(item.get("code")) if isinstance(item, dict) else repr(item)
    found = Message._registry.get(code)
    if found is None:
        raise UnknownCodeError(f"no message has the code {code}")
    try:
        known = parameters(found)
        return found(**{name: _typed(v, known[name][0]) for name, v in item.items() if name != "code"})
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownCodeError(f"{found.CODE} doesn't take {sorted(set(item) - {'code'})}") from error


def _typed(value: Any, type_: Any) -> Any:
    if isinstance(value, dict):
        return _message(value)
    if get_origin(type_) is tuple:
        inner = get_args(type_)[0]
        return tuple(_typed(item, _kind(inner)[0]) for item in value)
    if isinstance(type_, type) and issubclass(type_, date):
        return date.fromisoformat(value)
    if isinstance(type_, type) and issubclass(type_, Enum | Path):
        return type_(value)
    return value
