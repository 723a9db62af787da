"""How a guessed column is to be read: formats of its moments, and its values under canonical names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Compensations, Incidents, Orders
from pipelines.reading.draft.guess import CentsQuestion, Draft, Guess, Question, StateQuestion
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.looking.dates import month_first
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.vocabulary import counts_as_purchase, undone, value_map
from pipelines.reading.draft.matching.words import HeaderZone, header_zone
from pipelines.reading.draft.notes import CentsUnsaid, StatesUnknown
from pipelines.reading.draft.why import Way

CAN_WAIT = (Orders.NAME, Compensations.NAME)
WITHOUT_CENTS = ("JPY", "KRW", "CLP", "VND", "ISK", "HUF", "PYG", "UGX", "XAF", "XOF")
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


def cents_questions(draft: Draft) -> tuple[CentsQuestion, ...]:
    """Amounts of orders and payouts that may be cents: whole ones, beside ids or moments as programs write them."""
    asked = []
    for guess in draft.guesses:
        traits = traits_of(draft, guess)
        money = TABLES[guess.table].by_name[guess.column].kind == "money" and guess.table in CAN_WAIT
        if money and traits and guess.way is Way.AS_IT_IS and (guess.file, guess.export) not in draft.cents:
            beside = draft.samples[guess.file].columns
            by_program = any(c.since_1970 or c.prefixed > 0.8 for c in beside)
            if by_program and _may_be_cents(traits, guess_currency(draft.guesses, draft.samples).code):
                asked.append(CentsQuestion(guess.table, guess.file, guess.export))
    return tuple(asked)


def _may_be_cents(traits: Traits, currency: str) -> bool:
    amounts = traits.amounts
    whole = amounts.share == 1 and amounts.whole and not amounts.marked and not amounts.decimal
    return whole and traits.distinct >= 20 and amounts.largest >= 1000 and currency not in WITHOUT_CENTS


def with_cents(draft: Draft, asked: CentsQuestion, cents: bool) -> Draft:
    """The draft once somebody said whether amounts are cents."""
    guesses = tuple(
        replace(g, way=Way.HUNDREDTHS)
        if cents and (g.file, g.export) == (asked.file, asked.column) and g.way is Way.AS_IT_IS
        else g
        for g in draft.guesses
    )
    return draft.changed(guesses=guesses, cents={**draft.cents, (asked.file, asked.column): cents})


def held_back(draft: Draft) -> frozenset[str]:
    """Tables that wait for an answer: they stand in the profile as comments."""
    states = {Orders.NAME} if state_questions(draft) else set[str]()
    return frozenset(states | {question.table for question in cents_questions(draft)})


def waits_for(draft: Draft, table: str = "") -> tuple[Remark, ...]:
    """What has to be said before the tables held back can be used, or one of them."""
    asked = state_questions(draft) if table in ("", Orders.NAME) else ()
    cents = [question for question in cents_questions(draft) if table in ("", question.table)]
    paths = {alias: sample.spec.path for alias, sample in draft.samples.items()}
    said = {(q.file, q.column): tuple(other.label for other in asked if other.column == q.column) for q in asked}
    return (
        *(StatesUnknown(paths[file], column, labels) for (file, column), labels in said.items()),
        *(CentsUnsaid(paths[q.file], q.column) for q in cents),
    )


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
