"""Which column of a file is which canonical column: by name, and by what its values can be read as."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipelines.contracts.canonical import Column, Table
from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Orders, WordOfMouth
from pipelines.reading.draft.guess import Sampled
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.systems import Recognised, recognise
from pipelines.reading.draft.matching.vocabulary import points, value_map
from pipelines.reading.draft.matching.words import name_score, tokens
from pipelines.reading.draft.why import (
    DatesInIso,
    DatesWritten,
    DifferentOfRows,
    DifferentValues,
    Emails,
    Empty,
    FreeText,
    KnownOf,
    Looks,
    Named,
    NamedAnd,
    NoDates,
    NoIds,
    NoKnownLabels,
    NoLabels,
    NoNumbers,
    NoValueTwice,
    OneValue,
    ShareOfNumbers,
    Since1970,
    ValuesRepeat,
    Way,
    YouSaidSo,
)
from pipelines.reading.files.lists import is_one_of_several

ENOUGH = 0.45


@dataclass(frozen=True)
class Match:
    """A canonical column and the export column that fits it, with a score from 0 to 1.

    ``rank``: what comes first whatever the scores, such as what a known tool calls so; 0 for names alone.
    """

    column: str
    export: str
    score: float
    why: Remark
    rank: float = 0.0


@dataclass(frozen=True)
class Fit:
    """How well values fit a kind of column, 0 to 1, and what they look like."""

    share: float
    looks: Looks


def match_columns(table: Table, file: Sampled, said: Mapping[str, str] = MappingProxyType({})) -> tuple[Match, ...]:
    """The best match per canonical column, each export column used once, best first.

    ``said``: canonical column → the column of the export that somebody said it is.
    """
    known = recognise(file.by_name)
    scored = [Match(c, export, 1.0, YouSaidSo(), rank=2.0) for c, export in said.items() if export in file.by_name]
    single = [traits for traits in file.columns if not is_one_of_several(traits.name, file.by_name)]
    scored += [m for column in table.columns for traits in single if (m := _match(table, column, traits, known))]
    taken: dict[str, Match] = {}
    for match in sorted(scored, key=lambda m: (-m.rank, -m.score)):
        if match.column not in taken and match.export not in {m.export for m in taken.values()}:
            taken[match.column] = match
    return tuple(taken.values())


def _match(table: Table, column: Column, traits: Traits, known: Recognised | None) -> Match | None:
    meanings = known.means.get(traits.name, ()) if known else ()
    meaning = f"{table.name}.{column.name}"
    if known and meaning in meanings:
        fit = fits(table, column, traits)
        first = known.of(meaning) == traits.name
        why = KnownOf(known.system, fit.looks)
        return Match(column.name, traits.name, fit.share, why, rank=1.0 if first else 0.9) if fit.share else None
    named = 0.0 if meanings else name_score(traits.name, names().columns[table.name].get(column.name, ()))
    fit = fits(table, column, traits) if named else Fit(0.0, Empty())
    if named * fit.share < ENOUGH:
        return None
    near = Named.SO if named == 1.0 else Named.LIKE_IT
    return Match(column.name, traits.name, named * fit.share, NamedAnd(near, fit.looks))


def way_of(table: str, column: str, traits: Traits) -> Way:
    """How a canonical column comes out of an export column: moments may be written as numbers."""
    canonical = TABLES[table].by_name[column]
    if canonical.kind == "money" and canonical.minimum == 0 and _all_below_0(traits):
        return Way.WITHOUT_SIGN
    if canonical.kind == "money" and traits.amounts.whole and _in_hundredths(traits.name):
        return Way.HUNDREDTHS
    counts = canonical.kind in ("time", "date") and traits.since_1970
    return counts or Way.AS_IT_IS


def _in_hundredths(header: str) -> bool:
    return bool({tokens(words) for words in names().minor_units} & {tokens(header)[-i:] for i in (1, 2)})


def _all_below_0(traits: Traits) -> bool:
    """Refunds are often written as what the company loses."""
    return traits.amounts.share >= 0.8 and traits.amounts.smallest < 0 >= traits.amounts.largest


def fits(table: Table, column: Column, traits: Traits) -> Fit:
    """Whether the values can be what the column means; 0 for an empty column."""
    if not traits.filled:
        return Fit(0.0, Empty())
    match column.kind:
        case "time" | "date":
            return _as_time(traits)
        case "money" | "number" | "count":
            in_words = (table.name, column.name) == (WordOfMouth.NAME, WordOfMouth.score) and points(traits.labels)
            return Fit(1.0, _listed(traits)) if in_words else _as_number(column, traits)
        case "id":
            return _as_id(table, column, traits)
        case "flag" | "label":
            return _as_label(table, column, traits)
    return Fit(0.0, FreeText())


def _as_time(traits: Traits) -> Fit:
    dates = traits.dates
    if traits.since_1970:
        return Fit(0.8, Since1970(traits.since_1970))
    if dates.share < 0.8 or dates.order == "both":
        return Fit(0.0, NoDates())
    written = DatesWritten(dates.share, dates.formats[:2]) if dates.formats else DatesInIso(dates.share)
    return Fit(dates.share, written)


def _as_number(column: Column, traits: Traits) -> Fit:
    amounts = traits.amounts
    if amounts.share < 0.8 or traits.dates.share > 0.5 or (column.kind == "count" and not amounts.whole):
        return Fit(0.0, NoNumbers())
    turned = column.kind == "money" and _all_below_0(traits)
    below = column.minimum is not None and amounts.smallest < column.minimum and not turned
    return Fit(amounts.share * (0.7 if below else 1.0), ShareOfNumbers(amounts.share))


def _as_id(table: Table, column: Column, traits: Traits) -> Fit:
    if traits.free_text or traits.dates.share > 0.5 or traits.link > 0.5:
        return Fit(0.0, NoIds())
    if (column.name,) == table.key:
        repeated = 1 - traits.distinct / traits.filled
        looks = NoValueTwice() if traits.unique else ValuesRepeat(repeated)
        # Orders are often exported line by line.
        often = repeated >= 0.5 and table.name != Orders.NAME
        return Fit(1.0 if traits.unique else 0.3 if often else 0.75, looks)
    if column.person and traits.email > 0.5:
        return Fit(0.9, Emails())
    spoken = 0.5 if column.person and traits.mean_words > 1.5 else 1.0
    return Fit(spoken, DifferentOfRows(traits.distinct, traits.filled))


def _as_label(table: Table, column: Column, traits: Traits) -> Fit:
    if traits.personal or traits.free_text or traits.dates.share > 0.5:
        return Fit(0.0, NoLabels())
    if column.kind == "flag" or column.allowed:
        mapped = value_map(table.name, column, traits.labels) if traits.labels else None
        return Fit(0.0, NoKnownLabels()) if mapped is None else Fit(1.0, _listed(traits))
    if traits.labels:
        return Fit(1.0, _listed(traits))
    return Fit(0.6 if traits.distinct < traits.filled / 2 else 0.0, DifferentValues(traits.distinct))


def _listed(traits: Traits) -> Looks:
    return OneValue() if len(traits.labels) == 1 else DifferentValues(len(traits.labels))
