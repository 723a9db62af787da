"""Checks of what a profile declares: each value can be meant, or one line says which key it is and what it wants."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contracts.catalog.outcomes import SEGMENT_FAMILIES
from pipelines.contracts.numerals import LOCALES
from pipelines.errors import SourceError
from pipelines.settings.names import check_known


@dataclass(frozen=True)
class Wanted:
    """What a key must hold, in words, and whether a value does."""

    words: str
    holds: Callable[[Any], bool]
    optional: bool = False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(type(item) is kind for item in value)


def _are_pairs(value: Any) -> bool:
    """A list of pairs of different families, no pair twice in any order."""
    if not (isinstance(value, list) and all(_is_list_of(pair, str) and len(pair) == 2 for pair in value)):
        return False
    pairs = [frozenset(pair) for pair in value]
    return all(len(p) == 2 and p <= set(SEGMENT_FAMILIES) for p in pairs) and len(set(pairs)) == len(pairs)


def _one_of(*choices: str) -> Wanted:
    return Wanted("one of " + ", ".join(repr(choice) for choice in choices), lambda v: v in choices)


TEXT = Wanted("a text in quotes", lambda v: isinstance(v, str) and v.strip() != "")
ANY_TEXT = Wanted("a text in quotes", lambda v: isinstance(v, str), optional=True)
DAY = Wanted("a date such as 2026-10-31, without quotes", lambda v: type(v) is date)
YES_NO = Wanted("true or false", lambda v: isinstance(v, bool))
NUMBER = Wanted("a number", _is_number)

COST = Wanted("an amount of the reporting currency, 0 or more, such as 4.50", lambda v: _is_number(v) and v >= 0)

PROFILE: Mapping[str, Wanted] = {
    **dict.fromkeys(("title", "note", "customers_word", "currency", "time_zone", "id_key_file"), ANY_TEXT),
    "randomised_unit": ANY_TEXT,
    "locale": _one_of(*LOCALES),
    "simulated": YES_NO,
    "data_cut": DAY,
    "severity_order": Wanted('a list such as ["low", "high"]', lambda v: _is_list_of(v, str)),
    "horizons_days": Wanted(
        "whole days above 0 in a list, such as [90, 365]", lambda v: _is_list_of(v, int) and min(v) > 0
    ),
    "crossed_segments": Wanted(
        f'a list of pairs such as [["severity", "channel"]], each once, of {", ".join(SEGMENT_FAMILIES)}', _are_pairs
    ),
    "response_cap_days": Wanted("a number of days above 0", lambda v: _is_number(v) and v > 0),
    "margin_rate": Wanted("a share between 0 and 1, such as 0.35", lambda v: _is_number(v) and 0 <= v <= 1),
    "handling_cost_per_contact": COST,
    "speed_cost_per_hour": COST,
    "retention": _one_of("transactional", "contractual", "flag", "none"),
    "sampled_by": _one_of("customer", "order", "incident"),
    "closed_without_contact": _one_of("unanswered", "unknown"),
    "randomised": _one_of("", "assignment"),
}

# The lists of a profile and the keys of their entries.
ENTRIES: Mapping[str, Mapping[str, Wanted]] = {
    "rates": {
        "currency": TEXT,
        "since": DAY,
        "rate": Wanted("a number above 0", lambda v: _is_number(v) and v > 0),
    },
    "targets": {"measure": TEXT, "value": NUMBER, "owner": ANY_TEXT},
    "declared_outcomes": {
        "id": TEXT,
        "label": TEXT,
        "unit": TEXT,
        "kind": _one_of("binary", "amount", "count", "score"),
        "higher_is_better": YES_NO,
    },
    "covariates": {
        "name": Wanted('a text that starts with x_, such as "x_nights"', lambda v: str(v).startswith("x_")),
        "kind": _one_of("number", "label"),
    },
}


def check_profile(declared: Any, path: Path) -> None:
    """``[profile]``. Raises :class:`SourceError` naming the key and what it must be."""
    if not isinstance(declared, Mapping):
        raise SourceError(f"{path}: [profile] must be a table of keys. See docs/profiles.md.")
    check_known(declared, PROFILE, f"{path}: [profile]", "key")
    for key, value in declared.items():
        _holds(PROFILE[key], value, f"{path}: {key}")


def check_entries(document: Mapping[str, Any], path: Path) -> None:
    """The lists beside ``[profile]``. Raises :class:`SourceError` naming list, entry, key and what it must be."""
    for name, keys in ENTRIES.items():
        entries = document.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            raise SourceError(f"{path}: {name} must be written as [[{name}]], one block per entry.")
        for position, entry in enumerate(entries, start=1):
            _check_entry(entry, keys, f"{path}: [[{name}]] {position}")
        _check_once(entries, next(iter(keys)), f"{path}: [[{name}]]", unique=name != "rates")


def _check_entry(entry: Mapping[str, Any], keys: Mapping[str, Wanted], where: str) -> None:
    check_known(entry, keys, where, "key")
    if lacking := [key for key, wanted in keys.items() if key not in entry and not wanted.optional]:
        raise SourceError(f"{where} lacks {', '.join(lacking)}. Add it.")
    for key, value in entry.items():
        _holds(keys[key], value, f"{where}: {key}")


def _check_once(entries: Iterable[Mapping[str, Any]], key: str, where: str, *, unique: bool) -> None:
    names = [entry[key] for entry in entries]
    if unique and (twice := sorted({name for name in names if names.count(name) > 1})):
        raise SourceError(f"{where} declares {', '.join(twice)} twice. Keep one.")


def _holds(wanted: Wanted, value: Any, where: str) -> None:
    if not wanted.holds(value):
        raise SourceError(f"{where} must be {wanted.words}.")
