"""Published rows from short notes: old names of columns, texts for codes and messages. For tests only."""

from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from functools import cache
from typing import Any

from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Message, Population
from pipelines.contracts.messages.earlier import EarlierCaveat, EarlierPopulation, EarlierReason
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import coded, columns, is_open, present
from words.speech import PLAIN

_COLUMN = {"reason": "reasons", "assumption": "caveats"}


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


def made(row: type[Any], values: Any) -> Any:
    """A row from a mapping, or the row itself."""
    if isinstance(values, row):
        return values
    return row(**moved(row, values))


def moved(row: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by the old names of columns as arguments of a row's class."""
    hints, given = columns(row), {}
    values = _of_check(values) if row.TABLE == "diagnostics" and "check" in values else values
    fixed = _fixed(row)
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
            value = ({"reason": EarlierReason, "assumption": EarlierCaveat}[old](value),) if value else ()
        type_ = present(hint)
        if type_ is Unit and is_open(hint) and isinstance(value, str):
            value = coded(_code(Unit, value), hint)
        elif type_ is Unit:
            value = unit_of(value)
        elif isinstance(value, Message) and name in _COLUMN.values():
            value = (value,)
        elif type_ is Population and isinstance(value, str):
            value = EarlierPopulation(value)
        elif isinstance(type_, type) and issubclass(type_, StrEnum) and isinstance(value, str):
            value = coded(_code(type_, value), hint) if value else None
        given[name] = value
    return given


@cache
def _fixed(row: type[Any]) -> frozenset[str]:
    """Columns that a row works out itself."""
    return frozenset(f.name for f in fields(row) if not f.init)


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


@cache
def _code(type_: type[StrEnum], text: str) -> str:
    """The code of a text, by its value or else by its label."""
    if text in type_._value2member_map_:
        return text
    return {PLAIN.label(code, ""): code for code in type_}.get(text, text)


def unit_of(text: str | None) -> Unit | None:
    """The unit that a text names, wherever it is still prose."""
    if not text or isinstance(text, Unit):
        return text or None
    first, _, rest = text.partition(" ")
    text = f"money {rest}".strip() if first.isupper() and len(first) == 3 and first != "SMD" else text
    code = _UNITS.get(text, text.replace(" ", "_"))
    return Unit(code) if code in Unit._value2member_map_ else Unit.OWN


def effect_row(**values: Any) -> Effect:
    """One row of ``effects``; unknown names raise ``TypeError``."""
    found: Effect = made(Effect, {"verdict": "estimated", **values})
    return found


def changed(row: Any, values: Mapping[str, Any]) -> Any:
    """The row with other values."""
    return replace(row, **moved(type(row), values))
