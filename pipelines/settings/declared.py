"""Declarations out of TOML: a frozen dataclass names the keys, and beside each stands what it must hold.

A key is a field annotated with a :class:`Wanted`; one without a default has to be there. A name that nobody knows is
told with the nearest one, and names are shown without giving data away.
"""

import difflib
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pipelines.contracts.message import Fault
from pipelines.errors import SourceError
from pipelines.settings.faults import (
    DeclaredTwice,
    DidYouMean,
    KeysMissing,
    KnownNames,
    MustBe,
    MustBeOneOf,
    Names,
    Noun,
    Shown,
    SomeNames,
    Suggestion,
    UnknownName,
    Wants,
)

T = TypeVar("T")
SHOWN_NAMES = 40
_LIKE_DATA = re.compile(r"@|\d{4}|.{60}")


@dataclass(frozen=True)
class Wanted:
    """What a key must hold, what is said where it doesn't, and how its value is kept."""

    holds: Callable[[Any], bool]
    otherwise: Callable[[str], Fault]
    kept: Callable[[Any], Any] = lambda value: value


def wanted(what: Wants, holds: Callable[[Any], bool], kept: Callable[[Any], Any] | None = None) -> Wanted:
    """A kind of value that a word describes."""
    return Wanted(holds, partial(MustBe, wanted=what), kept or frozen)


def one_of(choices: Iterable[str], kept: Callable[[str], Any] = str) -> Wanted:
    """One of few texts."""
    known = tuple(map(str, choices))
    quoted = tuple(map(repr, known))
    return Wanted(lambda v: v in known, partial(MustBeOneOf, choices=quoted), kept)


def code(choices: type[StrEnum]) -> Wanted:
    """One of a closed set."""
    return one_of(choices, choices)


def frozen(value: Any) -> Any:
    """A list of TOML, and the lists in it, as tuples."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def plain_text(value: Any) -> str:
    """A TOML value as an export would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def is_number(value: Any) -> bool:
    """A finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_list_of(value: Any, kind: type) -> bool:
    """A list that holds something, and values of exactly this type."""
    return isinstance(value, list) and len(value) > 0 and all(type(item) is kind for item in value)


TEXT = wanted(Wants.TEXT, lambda v: isinstance(v, str) and v.strip() != "")
ANY_TEXT = wanted(Wants.TEXT, lambda v: isinstance(v, str))
DAY = wanted(Wants.DAY, lambda v: type(v) is date)
YES_NO = wanted(Wants.YES_NO, lambda v: isinstance(v, bool))
NUMBER = wanted(Wants.NUMBER, is_number, float)
COST = wanted(Wants.COST, lambda v: is_number(v) and v >= 0)


def check_known(names: Collection[str], known: Collection[str], at: str, noun: Noun) -> None:
    """Raise ``SourceError`` for the first name that isn't known, with the nearest one that is."""
    for name in names:
        if name not in known:
            raise SourceError(UnknownName(at, noun, name, suggestion(name, known, told=listed)))


def suggestion(name: str, known: Collection[str], told: Callable[[Sequence[str]], Shown] | None = None) -> Suggestion:
    """The nearest known name, else what is known, as one types it; by :func:`shown` unless ``told`` otherwise."""
    typed = {k.lower(): str(k) for k in known}
    near = difflib.get_close_matches(name.lower(), typed, n=1, cutoff=0.6)
    return DidYouMean(typed[near[0]]) if near else KnownNames((told or shown)(sorted(typed.values())))


def shown(names: Sequence[str]) -> Shown:
    """Names out of an export for a message; what looks like data (an export without a header) is left out."""
    return listed(["…" if _LIKE_DATA.search(name) else name for name in names])


def listed(names: Sequence[str]) -> Shown:
    """Names of ours for a message, as many as one can read."""
    first = tuple(names[:SHOWN_NAMES])
    return SomeNames(first, len(names) - SHOWN_NAMES) if len(names) > SHOWN_NAMES else Names(first)


@cache
def keys(declaration: type) -> Mapping[str, Wanted]:
    """The keys of a declaration, in order."""
    found = get_type_hints(declaration, include_extras=True)
    return {name: wanted for name, hint in found.items() if (wanted := _wanted(hint))}


def _wanted(hint: Any) -> Wanted | None:
    return next((part for part in get_args(hint)[1:] if isinstance(part, Wanted)), None) if get_origin(hint) else None


def declared(declaration: type, entry: Mapping[str, Any], at: str, to_key: str) -> dict[str, Any]:
    """The values of an entry, ready for the dataclass.

    ``at`` and ``to_key`` say where the entry and its keys stand. Raises :class:`SourceError` naming a key that is
    unknown, lacking, or holds what it can't.
    """
    known = keys(declaration)
    check_known(entry, known, at, Noun.KEY)
    lacking = tuple(f.name for f in fields(declaration) if f.name in known and f.name not in entry and _is_needed(f))
    if lacking:
        raise SourceError(KeysMissing(at, lacking))
    for key, value in entry.items():
        if not known[key].holds(value):
            raise SourceError(known[key].otherwise(f"{to_key}{key}"))
    return {key: known[key].kept(value) for key, value in entry.items()}


def _is_needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def check_once(names: list[str], at: str) -> None:
    """Raise :class:`SourceError` when two entries of a list have the same name."""
    if twice := tuple(sorted({name for name in names if names.count(name) > 1})):
        raise SourceError(DeclaredTwice(at, twice))
