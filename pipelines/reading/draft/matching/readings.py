"""How a guessed column is to be read: formats of its moments, and its values under canonical names."""

from collections.abc import Mapping
from typing import Literal

from pipelines.contracts.catalog.company import Asked
from pipelines.contracts.sources import TABLES, Incidents, Orders
from pipelines.reading.draft.asking.answers import signature
from pipelines.reading.draft.guess import Draft, Guess
from pipelines.reading.draft.looking.dates import month_first
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.vocabulary import counts_as_purchase, undone, value_map
from pipelines.reading.draft.matching.words import HeaderZone, header_zone
from pipelines.reading.draft.why import Way

First = Literal["day", "month"]
# Units of a time to the first answer as they are typed in answers.
UNITS_OF_TIME: Mapping[str, Way] = {
    "seconds": Way.SECONDS_AFTER_OPENING, "minutes": Way.MINUTES_AFTER_OPENING, "hours": Way.HOURS_AFTER_OPENING,
}  # fmt: skip
AFTER_OPENING = (
    Way.SECONDS_AFTER_OPENING,
    Way.MINUTES_AFTER_OPENING,
    Way.HOURS_AFTER_OPENING,
    Way.CLOCK_AFTER_OPENING,
)


def formats_of(draft: Draft, guess: Guess) -> tuple[str, ...]:
    """strptime formats of a moment; none for ISO 8601 and for whatever isn't a moment."""
    traits = traits_of(draft, guess)
    if (
        traits is None
        or guess.way not in (Way.AS_IT_IS, Way.ELSE_OPENING)
        or TABLES[guess.table].by_name[guess.column].kind not in ("time", "date")
    ):
        return ()
    turned = traits.dates.order == "either" and order_of(draft, guess.file, traits) == "month"
    return month_first(traits.dates.formats) if turned else traits.dates.formats


def order_of(draft: Draft, file: str, traits: Traits) -> First | None:
    """Whether day or month comes first: proved by the column, said by the user, or proved beside it; else None."""
    if traits.dates.order != "either":
        return "month" if traits.dates.order == "month" else "day"
    if said := said_of(draft, Asked.DAY_OR_MONTH, file, traits.name):
        return "month" if said == "month" else "day"
    beside = {c.dates.order for c in draft.samples[file].columns} & {"day", "month"}
    return None if len(beside) != 1 else "month" if "month" in beside else "day"


def said_of(draft: Draft, asks: Asked, alias: str, column: str) -> str:
    """What somebody answered about a column of a file, or of one with the same columns; else ""."""
    sample = draft.samples[alias]
    return draft.said.one(asks, column, sample.spec.path, signature(sample.by_name))


def states_said(draft: Draft, guess: Guess) -> dict[str, bool]:
    """States of orders that somebody was asked about → whether they count."""
    sample = draft.samples[guess.file]
    here = (sample.spec.path, signature(sample.by_name))
    told = [s for s in draft.said.every(Asked.ORDER_STATES, guess.export) if s.file == here[0] or s.header == here[1]]
    return {label: label in said.answer for said in reversed(told) for label in said.among}


def unknown_states(draft: Draft, guess: Guess) -> tuple[str, ...]:
    """States of orders of which nobody knows whether they count as purchases."""
    traits = traits_of(draft, guess)
    if (guess.table, guess.column) != (Orders.NAME, Orders.status) or guess.way is not Way.AS_IT_IS or not traits:
        return ()
    said = states_said(draft, guess)
    return tuple(label for label in traits.labels if said.get(label, counts_as_purchase(label)) is None)


def zone_of(draft: Draft, guess: Guess) -> HeaderZone:
    """The zone that a header names for a moment whose values don't; a duration is counted in the opening's."""
    if TABLES[guess.table].by_name[guess.column].kind != "time":
        return HeaderZone("")
    if guess.way in AFTER_OPENING:
        opened = next(g for g in draft.of_table(Incidents.NAME) if g.column == Incidents.opened_at)
        return zone_of(draft, opened)
    traits = traits_of(draft, guess)
    if not traits or traits.dates.zoned or traits.since_1970:
        return HeaderZone("")
    said, zone = said_of(draft, Asked.ZONE, guess.file, guess.export), header_zone(guess.export)
    return zone._replace(meant=(said,)) if said in zone.meant else zone


def values_of(draft: Draft, guess: Guess) -> Mapping[str, str]:
    """Export value → canonical value, where they differ."""
    traits = traits_of(draft, guess)
    if traits is None or guess.way is not Way.AS_IT_IS:
        return {}
    if (guess.table, guess.column) == (Orders.NAME, Orders.status):
        return undone(traits.labels, states_said(draft, guess))
    return value_map(guess.table, TABLES[guess.table].by_name[guess.column], traits.labels) or {}


def traits_of(draft: Draft, guess: Guess) -> Traits | None:
    """What the export column of a guess looks like; None for a constant."""
    return draft.samples[guess.file].by_name[guess.export] if guess.export else None
