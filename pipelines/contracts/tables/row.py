"""A published table is a frozen dataclass: its fields are the columns, its annotations their types."""

import types
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Message, Population
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


class AsMapping:
    """Rows answer by column name while their readers are being moved to attributes."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        if name == "part":
            return part_of(self)
        found = _as_it_was(self, name)
        if found is None and name in _COLUMN:
            found = getattr(self, _COLUMN[name], None)
            return " ".join(in_words(m) for m in found or ()) or None
        if isinstance(found, Message):
            return in_words(found)
        if isinstance(found, Unit):
            return unit_words(found)
        return "" if name == "clock" and found is None else found

    def get(self, name: str, default: Any = None) -> Any:
        """The column by name."""
        return self[name] if name in self.keys() else default

    def keys(self) -> list[str]:
        """The names of the columns, as they were."""
        old = {new: name for name, new in _COLUMN.items()}
        return [old.get(f.name, f.name) for f in fields(self)]  # type: ignore[arg-type]

    def items(self) -> list[tuple[str, Any]]:
        """Names and values."""
        return [(name, self[name]) for name in self.keys()]

    def __iter__(self) -> Any:
        return iter(self.keys())

    def __contains__(self, name: object) -> bool:
        return name in self.keys()

    def __or__(self, other: Mapping[str, Any]) -> Any:
        given = moved(type(self), other)
        return replace(self, **given)  # type: ignore[type-var]


def _as_it_was(row: Any, name: str) -> Any:
    """A column's value, codes that were texts as these texts."""
    found = getattr(row, name, None)
    if name == "check" and row.multiple is not None:
        return f"bound_{row.multiple:g}x"
    if name == "verdict" and row.TABLE == "diagnostics" and row.grade:
        return row.grade
    return label(found) if name == "baseline" and isinstance(found, StrEnum) else found


def label(code: str) -> str:
    """The label of a code, wherever a text is still asked for."""
    from importlib import import_module

    return str(import_module("words.speech").Speech().label(code, ""))


def _code(type_: type[StrEnum], text: str) -> str:
    """The code of a text, by its value or else by its label."""
    if text in {code.value for code in type_}:
        return text
    return {label(code): code for code in type_}.get(text, text)


def _of_check(values: Mapping[str, Any]) -> dict[str, Any]:
    """A diagnostic's values by what they were: bounds with their multiple in the name, letters as verdicts."""
    given = dict(values)
    if str(given.get("check", "")).startswith("bound_"):
        given |= {"multiple": float(given["check"].removeprefix("bound_").removesuffix("x")), "check": "hidden_cause"}
    verdict = given.get("verdict")
    if verdict in ("A", "B", "C", "D"):
        given |= {"grade": verdict, "verdict": "passed" if verdict <= "B" else "failed"}
    elif verdict == "ok" or verdict == given.get("check"):
        given["verdict"] = "passed" if given.get("passed") else "failed"
    return given | {"unit": given.get("unit") or None}


_COLUMN = {"reason": "reasons", "assumption": "caveats"}


def in_words(message: Message) -> str:
    """A message as text, wherever prose is still asked for."""
    text = getattr(message, "text", None)
    if text is not None:
        return str(text)
    from importlib import import_module

    return str(import_module("words.speech").Speech("en", "", "customers").say(message))


def unit_words(unit: Unit) -> str:
    """A unit as text, wherever prose is still asked for."""
    from importlib import import_module

    return str(import_module("words.speech").Speech("en", *_SPOKEN, "customers").label(unit))


def speak_of(currency: str) -> None:
    """The currency that units are written in, wherever they still are."""
    _SPOKEN[:] = [currency]


_SPOKEN = ["EUR"]


def unit_of(text: str | None) -> Unit | None:
    """The unit that a text names, wherever it is still prose."""
    if not text or isinstance(text, Unit):
        return text or None
    first, _, rest = text.partition(" ")
    text = f"money {rest}".strip() if first.isupper() and len(first) == 3 and first != "SMD" else text
    code = _UNITS.get(text, text.replace(" ", "_"))
    return Unit(code) if code in tuple(Unit) else Unit.OWN


_UNITS = {
    "stars, 1–5": "stars", "difference in share of incidents": "difference_in_share",
    "negative posts and reviews per week": "bad_stories_per_week",
    "occasions per 10,000 units of exposure": "occasions_per_10000_units",
    "promoters less detractors per 100 answers": "promoters_less_detractors",
    "reporting currency per customer": "money_per_customer", "per incident": "money_per_incident",
    "money margin per incident": "margin_per_incident", "margin per incident": "margin_per_incident",
    "money margin per hour and incident": "margin_per_hour_and_incident",
    "money margin per day and case": "margin_per_day_and_case", "money margin per year": "margin_per_year",
    "money spent in the year before": "money_spent_the_year_before",
}  # fmt: skip


def moved(row: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by the old names of columns as arguments of a row's class."""
    from pipelines.contracts.message import PlainCaveat, PlainPopulation, PlainReason

    hints, given = columns(row), {}
    values = _of_check(values) if row.TABLE == "diagnostics" and "check" in values else values
    fixed = {f.name for f in fields(row) if not f.init}
    for old, value in values.items():
        name = old if old in hints else _COLUMN.get(old, old)
        if name in fixed:
            continue
        if name not in hints:
            if value in (None, "", False) or old == "part":
                continue
            raise TypeError(f"{row.__name__} has no column {old}")
        hint = hints[name]
        if name != old and (value is None or isinstance(value, str)):
            value = ({"reason": PlainReason, "assumption": PlainCaveat}[old](value),) if value else ()
        type_ = present(hint)
        if type_ is Unit and is_open(hint) and isinstance(value, str):
            value = coded(_code(Unit, value), hint)
        elif type_ is Unit:
            value = unit_of(value)
        elif isinstance(value, Message) and name in _COLUMN.values():
            value = (value,)
        elif type_ is Population and isinstance(value, str):
            value = PlainPopulation(value)
        elif isinstance(type_, type) and issubclass(type_, StrEnum) and isinstance(value, str):
            value = coded(_code(type_, value), hint) if value else None
        given[name] = value
    return given


def made(row: type[Any], values: Any) -> Any:
    """A row from a mapping, or the row itself."""
    if isinstance(values, row):
        return values
    return row(**moved(row, values))


def part_of(row: Any) -> str:
    """What the table of decisions called a row's part."""
    if hasattr(row, "topic"):
        return str({"silence": "void", "forms": "choice"}.get(row.topic.value, row.topic.value))
    if row.TABLE == "decision_reviews":
        return "decided"
    if row.TABLE == "contrasts":
        paradox = "never_failed" in row.measure or row.measure == "won_back_share"
        return "paradox" if paradox else "front_line" if row.measure.startswith("resolved_at") else "learning"
    return "choice" if row.measure in _CHOICES else "front_line" if "spent" in row.measure else "money"


_CHOICES = ("best_form", "faster", "faster_or_more", "form", "more")
