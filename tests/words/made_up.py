"""Made-up values for every parameter a message may have, and every module that declares messages."""

import importlib
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, get_args, get_origin

from pipelines.contracts.message import Kind, Message, declared, parameters

ROOT = Path(__file__).parents[2]
VALUES = {
    Kind.COUNT: 3, Kind.NUMBER: 2.5, Kind.SHARE: 0.25, Kind.MONEY: 37.0, Kind.SUM: 37.5, Kind.MINUTES: 15.0,
    Kind.HOURS: 4.0, Kind.DAYS: 14.0, Kind.DAY: date(2026, 10, 31), Kind.LABEL: "§§", Kind.NAME: "§§",
    Kind.OUTCOME: "§§",
}  # fmt: skip


def every_message() -> tuple[type[Message], ...]:
    """Every message that the pipelines, the command line and the dashboard declare; those of tests are left out."""
    for folder in ("pipelines", "amends", "dashboard"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "contracts.message import" in path.read_text(encoding="utf-8"):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return tuple(m for m in declared() if m.__module__.partition(".")[0] in ("pipelines", "amends", "dashboard"))


def made_up(message: type[Message]) -> Message:
    """One message with something in each of its places."""
    return message(**{name: _value(*known) for name, known in parameters(message).items()})


def _value(type_, kind):
    if kind is not None:
        return VALUES[kind]
    if get_origin(type_) is tuple:
        inner = get_args(type_)[0]
        known = get_args(inner) if get_origin(inner) is Annotated else (inner, None)
        return (_value(*known),)
    if issubclass(type_, Enum):
        return next(iter(type_))
    return made_up(type_ if type_.CODE else _simplest(type_))


def _simplest(family):
    """A message of a family, or of a group within one, that holds no other."""
    fitting = (m for m in every_message() if issubclass(m, family))
    return min(fitting, key=lambda m: (sum(kind is None for _, kind in parameters(m).values()), len(parameters(m))))
