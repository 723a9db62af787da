"""Which column of a file is which canonical column: by name, and by what its values can be read as."""

from dataclasses import dataclass

from pipelines.contracts.sources import TABLES
from pipelines.contracts.table import Column, Table
from pipelines.reading.draft.guess import Confidence, Sampled, Way
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.lexicon import COLUMN_PHRASES
from pipelines.reading.draft.matching.vocabulary import value_map
from pipelines.reading.draft.matching.words import name_score

ENOUGH = 0.45


@dataclass(frozen=True)
class Match:
    """A canonical column and the export column that fits it, with a score from 0 to 1."""

    column: str
    export: str
    score: float
    why: str


@dataclass(frozen=True)
class Fit:
    """How well values fit a kind of column, 0 to 1, and what they look like."""

    share: float
    why: str


def match_columns(table: Table, file: Sampled) -> tuple[Match, ...]:
    """The best match per canonical column, each export column used once, best first."""
    scored = [m for column in table.columns for traits in file.columns if (m := _match(table, column, traits))]
    taken: dict[str, Match] = {}
    for match in sorted(scored, key=lambda m: -m.score):
        if match.column not in taken and match.export not in {m.export for m in taken.values()}:
            taken[match.column] = match
    return tuple(taken.values())


def _match(table: Table, column: Column, traits: Traits) -> Match | None:
    named = name_score(traits.name, COLUMN_PHRASES[table.name].get(column.name, ()))
    fit = fits(table, column, traits) if named else Fit(0.0, "")
    if named * fit.share < ENOUGH:
        return None
    name = "named so" if named == 1.0 else "named much like it"
    return Match(column.name, traits.name, named * fit.share, f"{name}; {fit.why}")


def confidence(score: float) -> Confidence:
    """A score in words."""
    return "high" if score >= 0.85 else "medium" if score >= 0.65 else "low"


def way_of(table: str, column: str, traits: Traits) -> Way:
    """How a canonical column comes out of an export column: moments may be written as numbers."""
    if TABLES[table].by_name[column].kind not in ("time", "date") or not traits.since_1970:
        return "as it is"
    return "seconds since 1970" if traits.since_1970 == "seconds" else "milliseconds since 1970"


def fits(table: Table, column: Column, traits: Traits) -> Fit:
    """Whether the values can be what the column means; 0 for an empty column."""
    if not traits.filled:
        return Fit(0.0, "empty")
    match column.kind:
        case "time" | "date":
            return _as_time(traits)
        case "money" | "number" | "count":
            return _as_number(column, traits)
        case "id":
            return _as_id(table, column, traits)
        case "flag" | "label":
            return _as_label(table, column, traits)
    return Fit(0.0, "free text")


def _as_time(traits: Traits) -> Fit:
    dates = traits.dates
    if traits.since_1970:
        return Fit(0.8, f"numbers that can be {traits.since_1970} since 1970")
    if dates.share < 0.8 or dates.order == "both":
        return Fit(0.0, "no dates")
    written = " or ".join(dates.formats[:2]) or "ISO 8601"
    return Fit(dates.share, f"{dates.share:.0%} are dates ({written})")


def _as_number(column: Column, traits: Traits) -> Fit:
    amounts = traits.amounts
    if amounts.share < 0.8 or traits.dates.share > 0.5 or (column.kind == "count" and not amounts.whole):
        return Fit(0.0, "no numbers")
    below = column.minimum is not None and amounts.smallest < column.minimum
    return Fit(amounts.share * (0.7 if below else 1.0), f"{amounts.share:.0%} are numbers")


def _as_id(table: Table, column: Column, traits: Traits) -> Fit:
    if traits.free_text or traits.dates.share > 0.5 or traits.link > 0.5:
        return Fit(0.0, "no ids")
    if (column.name,) == table.key:
        repeated = 1 - traits.distinct / traits.filled
        why = "no value twice" if traits.unique else f"{repeated:.0%} of the values repeat one above"
        # Orders are often exported line by line.
        often = repeated >= 0.5 and table.name != "orders"
        return Fit(1.0 if traits.unique else 0.3 if often else 0.75, why)
    if column.person and traits.email > 0.5:
        return Fit(0.9, "e-mail addresses, hashed on the way in")
    spoken = 0.5 if column.person and traits.mean_words > 1.5 else 1.0
    return Fit(spoken, f"{traits.distinct:,} different values in {traits.filled:,} rows looked at")


def _as_label(table: Table, column: Column, traits: Traits) -> Fit:
    if traits.personal or traits.free_text or traits.dates.share > 0.5:
        return Fit(0.0, "no labels")
    if column.kind == "flag" or column.allowed:
        mapped = value_map(table.name, column, traits.labels) if traits.labels else None
        return Fit(0.0, "no known labels") if mapped is None else Fit(1.0, _listed(traits))
    if traits.labels:
        return Fit(1.0, _listed(traits))
    return Fit(0.6 if traits.distinct < traits.filled / 2 else 0.0, f"{traits.distinct:,} different values")


def _listed(traits: Traits) -> str:
    return "one value" if len(traits.labels) == 1 else f"{len(traits.labels)} different values"
