"""Which tool wrote a file, by several of its headers together, and what that tool's headers stand for."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.contracts.sources import TABLES
from pipelines.reading.draft.lexicon import DATA

NOTHING = "nothing"
# What a header can stand for besides a canonical column.
HIDDEN = (
    "first_answer.at", "first_answer.minutes", "first_answer.hours", "first_answer.seconds", "first_answer.clock",
    "first_answer.business_hours", "rated.csat", "rated.nps", "rated.review", "rated.at", NOTHING,
)  # fmt: skip


@dataclass(frozen=True)
class System:
    """One kind of export of one tool; headers as :func:`plain` writes them. ``means``: a meaning → its headers."""

    name: str
    table: str
    least: int
    signs: frozenset[str]
    means: Mapping[str, tuple[str, ...]]
    minor: frozenset[str]


@dataclass(frozen=True)
class Recognised:
    """A file of a known tool: its name, the canonical table, header → meanings, and amounts in hundredths."""

    system: str
    table: str
    means: Mapping[str, tuple[str, ...]]
    minor: frozenset[str]

    def of(self, meaning: str) -> str:
        """The header that stands for something, the most telling where there are several; else ""."""
        return next((header for header, found in self.means.items() if meaning in found), "")


def plain(header: str) -> str:
    """A header without case, marks and the signs between its words."""
    return " ".join(re.findall(r"[^\W_]+|#", unicodedata.normalize("NFKC", header).casefold()))


@cache
def systems() -> tuple[System, ...]:
    """Every export that is known, from the tables beside the lexicon's. Raises ``KeyError`` for an unknown meaning."""
    found = []
    for path in sorted((DATA / "systems").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["exports"]:
            means = {meaning: tuple(map(plain, headers)) for meaning, headers in entry["means"].items()}
            if unknown := [meaning for meaning in means if not _is_meaning(meaning)]:
                raise KeyError(entry["system"], *unknown)
            signs, minor = (frozenset(map(plain, entry.get(key, ()))) for key in ("signs", "minor"))
            found.append(System(entry["system"], entry["table"], entry["least"], signs, means, minor))
    return tuple(found)


def _is_meaning(meaning: str) -> bool:
    table, _, column = meaning.partition(".")
    return meaning in HIDDEN or (table in TABLES and column in TABLES[table].by_name)


def recognise(headers: Collection[str]) -> Recognised | None:
    """The tool of which most signs stand among the headers; None where too few of any do."""
    return _recognised(tuple(headers))


@cache
def _recognised(headers: tuple[str, ...]) -> Recognised | None:
    there = {plain(header): header for header in reversed(headers)}
    found = [(len(system.signs & there.keys()), system) for system in systems()]
    enough = [(n, system) for n, system in found if n >= system.least]
    if not enough:
        return None
    system = max(enough, key=lambda pair: pair[0])[1]
    means: dict[str, tuple[str, ...]] = {}
    for meaning, known in system.means.items():
        for header in (there[name] for name in known if name in there):
            means[header] = (*means.get(header, ()), meaning)
    minor = frozenset(there[name] for name in system.minor if name in there)
    return Recognised(system.name, system.table, means, minor)
