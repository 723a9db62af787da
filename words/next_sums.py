"""Sentences on scenarios and on the next sum of money a year, people or offers, each from one answer.

The verb follows the grade, as in :mod:`words.policies`.
"""

from math import isinf

from pipelines.contracts.answers import Answer, BreakEven, NextSum, PerYear, Spending
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Winner
from words.changes import told
from words.effects import promised_time
from words.speech import Speech

_MORE = {
    Grade.A: "finding.scenario.more",
    Grade.B: "finding.scenario.more_b",
    Grade.C: "finding.scenario.more_c",
}
_FEWER = {
    Grade.A: "finding.scenario.fewer",
    Grade.B: "finding.scenario.fewer_b",
    Grade.C: "finding.scenario.fewer_c",
}
_NETS = {Grade.A: "finding.sum.nets", Grade.B: "finding.sum.nets_b", Grade.C: "finding.sum.nets_c"}
_AHEAD = {Grade.A: "finding.sum.ahead", Grade.B: "finding.sum.ahead_b", Grade.C: "finding.sum.ahead_c"}
# From here on everyone is reached as far as anybody counts, and from here on whole people of 100 are told.
EVERYONE, WHOLE_FROM = 0.9995, 0.1


def hedged(said: str, grade: Grade | None, speech: Speech) -> str:
    """A headline with what it must add so that it claims no more than its grade."""
    if grade is Grade.B:
        return speech.text("finding.estimated", finding=said)
    return said if grade is Grade.A else speech.text("finding.adjusted", finding=said)


def scenario_sentence(found: Answer, speech: Speech) -> str:
    """A scenario's answer with its interval, its money, what is held and what it lacks."""
    if found.gain is None:
        return speech.all(found.reasons)
    low, high = told(found.low), told(found.high)
    if low == high == 0 or found.grade is None:
        return speech.text("finding.scenario.nothing_changed")
    if found.grade == Grade.D:
        return speech.lines((speech.text("finding.scenario.no_conclusion", held=found.held), speech.all(found.reasons)))
    if low <= 0 <= high:
        limits = {"low": speech.decimal(-low, 1), "high": speech.decimal(high, 1)}
        said = speech.text("finding.scenario.cannot_say", held=found.held, **limits)
    else:
        code = (_MORE if found.gain > 0 else _FEWER)[found.grade]
        first, last = sorted((abs(low), abs(high)))
        size = speech.decimal(abs(found.gain), 1)
        said = speech.text(code, held=found.held, size=size, limits=speech.span(first, last, 1))
    limits_of_net = speech.span(told(found.value_low), told(found.value_high), 2)
    net = speech.text("finding.scenario.net", size=speech.exactly(told(found.value)), limits=limits_of_net)
    return speech.lines((said, net, speech.all(found.reasons)))


def sum_headline(found: NextSum, speech: Speech) -> str:
    """Where the next sum goes, that neither is shown to pay, or that it can't be told."""
    if found.winner is None or found.grade is Grade.D:
        return speech.text("finding.sum.cannot_say")
    people = found.winner is Winner.FASTER
    if _neither_pays(found):
        code = "finding.sum.neither_but_people" if people else "finding.sum.neither_but_offers"
    else:
        code = "finding.sum.people" if people else "finding.sum.offers"
    return hedged(speech.text(code), found.grade, speech)


def sum_sentence(found: NextSum, speech: Speech) -> str:
    """The answer with its interval; else why there is none."""
    if found.grade in (None, Grade.D) or found.more is None:
        return speech.all(found.reasons)
    offering = _offering(found.more, speech)
    if found.price is None or found.net is None or found.faster is None:
        ahead = speech.text(_AHEAD[found.grade], offering=offering) if found.winner is Winner.MORE else ""
        return speech.lines((speech.all(found.reasons), ahead))
    net = found.net
    if found.winner is None:
        between = speech.text("finding.sum.difference", low=speech.money(net.low), high=speech.money(net.high))
        return speech.lines((speech.all(found.reasons), between))
    one, other = _answering(found.faster, speech), offering
    if found.winner is Winner.MORE:
        one, other = other, one
    limits = speech.money_span(*_sizes(net))
    said = speech.text(_NETS[found.grade], one=one, size=speech.money(abs(net.value)), other=other, limits=limits)
    return speech.capital(said)


def break_even_sentence(found: NextSum, speech: Speech) -> str:
    """The price of an hour sooner below which people win, with its limits; "" where there is no conclusion.

    Beside it the declared price, where one is.
    """
    if found.break_even is None or found.grade == Grade.D:
        return ""
    declared = "" if found.price is None else speech.text("finding.even.declared", price=speech.exactly(found.price))
    return speech.lines((_turning(found.break_even, found.grade, speech), declared))


def _turning(even: BreakEven, grade: Grade | None, speech: Speech) -> str:
    if even.high > 0 and not isinf(even.low) and even.low <= 0 and isinf(even.high):
        return speech.text("finding.even.never_told")
    if even.high <= 0:
        said = speech.text("finding.even.offers_always")
    elif isinf(even.low):
        said = speech.text("finding.even.people_always")
    else:
        said = _between(even, speech)
    return speech.sentence(hedged(said, grade, speech))


def _between(even: BreakEven, speech: Speech) -> str:
    """At which prices people, and at which offers, clearly net more."""
    low, high = speech.exactly(even.low), "" if isinf(even.high) else speech.exactly(even.high)
    if even.low <= 0:
        said = speech.text("finding.even.offers_above", high=high)
    elif isinf(even.high):
        said = speech.text("finding.even.people_below", low=low)
    else:
        said = speech.text("finding.even.both", low=low, high=high)
    if even.price <= 0 or isinf(even.price):
        return said
    return speech.text("finding.even.with_price", finding=said, price=speech.exactly(even.price))


def spending_name(way: Spending, speech: Speech) -> str:
    """What is done: "Answered within 4 hours" or "Given 50 % of the loss"."""
    if way.minutes is not None:
        return speech.text("finding.sum.answered_within", time=promised_time(way.minutes, speech))
    return speech.text("finding.sum.given", share=speech.percent(told(way.share)))


def _answering(way: Spending, speech: Speech) -> str:
    time = promised_time(told(way.minutes), speech)
    return speech.text("finding.sum.answering", so_many=_so_many(way, speech), time=time)


def _offering(way: Spending, speech: Speech) -> str:
    return speech.text("finding.sum.giving", share=speech.percent(told(way.share)), so_many=_so_many(way, speech))


def _so_many(way: Spending, speech: Speech) -> str:
    """How many the sum reaches: "everyone", "37 of 100"."""
    reached = told(way.reached)
    if reached >= EVERYONE:
        return speech.text("finding.sum.everyone")
    return speech.text("finding.sum.of_100", number=speech.decimal(100 * reached, 0 if reached >= WHOLE_FROM else 1))


def _neither_pays(found: NextSum) -> bool:
    nets = [way.net for way in (found.faster, found.more) if way is not None]
    return all(net is None or net.low <= 0 for net in nets)


def _sizes(net: PerYear) -> tuple[float, float]:
    """The limits of a difference whichever way it goes, the smaller first."""
    first, last = sorted((abs(net.low), abs(net.high)))
    return first, last
