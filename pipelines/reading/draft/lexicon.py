"""What columns, files and values are called elsewhere, read once from the tables beside it (``data/``)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.contracts.sources import TABLES
from pipelines.reading.draft.why import Way

Phrases = tuple[str, ...]
# A label, and the words that mean it, itself first.
Words = Mapping[str, Phrases]

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Names:
    """Phrases by which columns and files are recognised, the canonical name first.

    ``answered_at`` and ``answered_after``: when, or how long after opening, somebody answered. ``given`` and ``rated``
    by kind. ``ways``: words that name the unit of a duration; ``business_hours`` and ``business_headers`` name one that
    counts opening hours, ``minor_units`` an amount in hundredths. The rest are single words: ``days`` and ``clocks``
    name them, ``ids`` stand for "id", ``fillers`` say nothing, ``vague`` ones little, ``altering`` ones make another
    thing of the word beside them.
    """

    columns: Mapping[str, Mapping[str, Phrases]]
    files: Mapping[str, Phrases]
    answered_at: Phrases
    answered_after: Phrases
    given: Words
    given_at: Phrases
    rated: Words
    rated_at: Phrases
    cancelled_at: Phrases
    changed_at: Phrases
    ways: Mapping[str, Way]
    business_hours: Phrases
    business_headers: Phrases
    minor_units: Phrases
    days: Phrases
    clocks: Phrases
    ids: Phrases
    fillers: Phrases
    vague: Phrases
    altering: Phrases
    people: Phrases
    things: Phrases


@dataclass(frozen=True)
class Values:
    """Words for labels, by column and by table; ``severity`` holds a step each, least severe first.

    ``scores``: scales in words, each of its steps from worst to best; ``untold`` scores are none.
    """

    flag: Words
    labels: Mapping[str, Words]
    kinds: Mapping[str, Words]
    severity: tuple[Phrases, ...]
    scores: tuple[tuple[Phrases, ...], ...]
    untold: Phrases
    nothing: Phrases
    currencies: Phrases
    symbols: Mapping[str, str]


@dataclass(frozen=True)
class States:
    """What states mean. ``undone`` orders are no purchases, ``bought`` ones are.

    ``visibility``: columns that say who saw a message, ``inward`` those of them of which a yes means hidden, ``hidden``
    values of messages that no customer got from a person. ``case_states``: columns that say what became of a case,
    ``no_case`` values that make it none.
    """

    undone: Phrases
    bought: Phrases
    visibility: Phrases
    inward: Phrases
    hidden: Phrases
    case_states: Phrases
    no_case: Phrases


@dataclass(frozen=True)
class Zones:
    """Letters of zones → what they are in the zone data; ``open`` ones may be several."""

    known: Mapping[str, str]
    open: Mapping[str, Phrases]


@cache
def zones() -> Zones:
    """The zones that headers name."""
    data = _document("zones.toml")
    return Zones(data["known"], {letters: tuple(meant) for letters, meant in data["open"].items()})


@cache
def states() -> States:
    """The words that states are written in."""
    data = _document("states.toml")
    orders, messages, cases = data["orders"], data["messages"], data["cases"]
    return States(
        undone=tuple(orders["not"]),
        bought=tuple(orders["counts"]),
        visibility=tuple(messages["shown"]),
        inward=tuple(messages["inward"]),
        hidden=tuple(messages["hidden"]),
        case_states=tuple(cases["named"]),
        no_case=tuple(cases["not"]),
    )


@cache
def names() -> Names:
    """The names of columns and files."""
    data = _document("names.toml")
    shared, answer, given, rated, words = (data[k] for k in ("shared", "first_answer", "given", "rated", "words"))
    units = {word: Way(f"{unit}_after_opening") for unit, listed in data["units"].items() for word in listed}
    return Names(
        columns={table: _columns(table, data["columns"].get(table, {}), shared) for table in TABLES},
        files={table: (table.replace("_", " "), *data["files"].get(table, ())) for table in TABLES},
        answered_at=tuple(answer["at"]),
        answered_after=tuple(answer["duration"]),
        given=_phrases(given["kinds"]),
        given_at=tuple(given["at"]),
        rated=_phrases(rated["kinds"]),
        rated_at=tuple(rated["at"]),
        changed_at=tuple(data["changed"]["at"]),
        cancelled_at=tuple(data["cancelled"]["at"]),
        ways=units,
        business_hours=tuple(data["business_hours"]["words"]),
        business_headers=tuple(data["business_hours"]["headers"]),
        minor_units=tuple(data["minor_units"]["words"]),
        **_phrases(words),
    )


@cache
def values() -> Values:
    """The words that labels are written in."""
    data = _document("values.toml")
    return Values(
        flag=_words(data["flag"]),
        labels={column: _words(listed) for column, listed in data["labels"].items()},
        kinds={table: _words(listed) for table, listed in data["kinds"].items()},
        severity=tuple(map(tuple, data["severity"]["steps"])),
        scores=tuple(tuple(map(tuple, scale["words"])) for scale in data["scores"]["steps"]),
        untold=tuple(data["scores"]["untold"]),
        nothing=tuple(data["nothing"]["texts"]),
        currencies=tuple(data["currencies"]["codes"]),
        symbols=data["currencies"]["symbols"],
    )


def _document(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _phrases(listed: Mapping[str, Sequence[str]]) -> dict[str, Phrases]:
    return {name: tuple(phrases) for name, phrases in listed.items()}


def _words(listed: Mapping[str, Sequence[str]]) -> dict[str, Phrases]:
    return {label: (label, *words) for label, words in listed.items()}


def _columns(
    table: str, listed: Mapping[str, Sequence[str]], shared: Mapping[str, Sequence[str]]
) -> dict[str, Phrases]:
    """Phrases per canonical column; ``<customer>`` stands for what is listed under ``customer``."""
    own = {c.name: c.name.replace("_", " ") for c in TABLES[table].columns if c.kind != "text"}
    if unknown := listed.keys() - own.keys():
        raise KeyError(table, *sorted(unknown))
    spread = {
        column: [p for phrase in phrases for p in (shared[phrase[1:-1]] if phrase.startswith("<") else [phrase])]
        for column, phrases in listed.items()
    }
    return {column: (name, *spread.get(column, ())) for column, name in own.items()}
