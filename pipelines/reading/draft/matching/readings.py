"""How a guessed column is to be read: formats of its moments, and its values under canonical names."""

from collections.abc import Mapping
from typing import Literal

from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Incidents, Orders
from pipelines.reading.draft.guess import Draft, Guess, Question, StateQuestion
from pipelines.reading.draft.looking.dates import month_first
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.header_zones import HeaderZone, header_zone
from pipelines.reading.draft.matching.vocabulary import counts_as_purchase, undone, value_map
from pipelines.reading.draft.notes import StatesUnknown
from pipelines.reading.draft.why import Way

First = Literal["day", "month"]
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
        or guess.way is not Way.AS_IT_IS
        or TABLES[guess.table].by_name[guess.column].kind not in ("time", "date")
    ):
        return ()
    turned = traits.dates.order == "either" and order_of(draft, guess.file, traits) == "month"
    return month_first(traits.dates.formats) if turned else traits.dates.formats


def order_of(draft: Draft, file: str, traits: Traits) -> First | None:
    """Whether day or month comes first: proved by the column, said by the user, or proved beside it; else None."""
    if traits.dates.order != "either":
        return "month" if traits.dates.order == "month" else "day"
    if said := draft.answers.get((file, traits.name)):
        return said
    beside = {c.dates.order for c in draft.samples[file].columns} & {"day", "month"}
    return None if len(beside) != 1 else "month" if "month" in beside else "day"


def questions(draft: Draft) -> tuple[Question, ...]:
    """Columns in use whose day and month can't be told apart."""
    used = {(g.file, g.export): traits for g in draft.guesses if (traits := traits_of(draft, g))}
    return tuple(Question(file, column) for (file, column), t in used.items() if order_of(draft, file, t) is None)


def state_questions(draft: Draft) -> tuple[StateQuestion, ...]:
    """States of orders of which nobody knows whether they count as purchases."""
    columns = [(g, t) for g in draft.of_table(Orders.NAME) if g.column == Orders.status and (t := traits_of(draft, g))]
    return tuple(
        StateQuestion(guess.file, traits.name, label)
        for guess, traits in columns
        if guess.way is Way.AS_IT_IS
        for label in traits.labels
        if draft.states.get(label, counts_as_purchase(label)) is None
    )


def zone_of(draft: Draft, guess: Guess) -> HeaderZone:
    """The zone that a header names for a moment whose values don't; a duration is counted in the opening's."""
    if TABLES[guess.table].by_name[guess.column].kind != "time":
        return HeaderZone("")
    if guess.way in AFTER_OPENING:
        opened = next(g for g in draft.of_table(Incidents.NAME) if g.column == Incidents.opened_at)
        return zone_of(draft, opened)
    traits = traits_of(draft, guess)
    return header_zone(guess.export) if traits and not traits.dates.zoned and not traits.since_1970 else HeaderZone("")


def zone_questions(draft: Draft) -> tuple[tuple[Guess, HeaderZone], ...]:
    """Moments whose header names a zone that may be several."""
    found = [(guess, zone_of(draft, guess)) for guess in draft.guesses if guess.table not in held_back(draft)]
    return tuple((guess, zone) for guess, zone in found if len(zone.meant) > 1)


def held_back(draft: Draft) -> frozenset[str]:
    """Tables that wait for an answer: they stand in the profile as comments."""
    return frozenset({Orders.NAME} if state_questions(draft) else ())


def waits_for(draft: Draft) -> tuple[Remark, ...]:
    """What has to be said before the tables held back can be used."""
    asked = state_questions(draft)
    if not asked:
        return ()
    path = draft.samples[asked[0].file].spec.path
    return (StatesUnknown(path, asked[0].column, tuple(q.label for q in asked)),)


def values_of(draft: Draft, guess: Guess) -> Mapping[str, str]:
    """Export value → canonical value, where they differ."""
    traits = traits_of(draft, guess)
    if traits is None or guess.way is not Way.AS_IT_IS:
        return {}
    if (guess.table, guess.column) == (Orders.NAME, Orders.status):
        return undone(traits.labels, draft.states)
    return value_map(guess.table, TABLES[guess.table].by_name[guess.column], traits.labels) or {}


def traits_of(draft: Draft, guess: Guess) -> Traits | None:
    """What the export column of a guess looks like; None for a constant."""
    return draft.samples[guess.file].by_name[guess.export] if guess.export else None
