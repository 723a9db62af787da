"""Tables hidden in the incident file: when somebody answered, what was given, what the customer said of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Compensations, Incidents, Interactions, WordOfMouth
from pipelines.reading.draft.asking.answers import BUSINESS_HOURS
from pipelines.reading.draft.guess import Guess
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.match import Fit, fits, way_of
from pipelines.reading.draft.matching.readings import UNITS_OF_TIME
from pipelines.reading.draft.matching.systems import HIDDEN, NOTHING, recognise
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.matching.words import name_score, tokens
from pipelines.reading.draft.notes import BusinessHours, ScoreWithoutDay, WhichUnit
from pipelines.reading.draft.why import (
    AsInIncidents,
    BecauseOf,
    EndOfCase,
    FirstAnswer,
    FirstAnswerLooks,
    GivenWhereNot0,
    IncidentItself,
    NothingNumbers,
    ScoreOfCustomer,
    Way,
)

_LASTING = tuple(meaning for meaning in HIDDEN if meaning.startswith("first_answer.") and meaning != "first_answer.at")
_HIDDEN_TABLES = (Interactions.NAME, Compensations.NAME, WordOfMouth.NAME)
ENOUGH_CLOCKS = 0.8
# So many cases aren't answered in the very minute.
MOST_AT_ONCE = 0.2


class Derived(NamedTuple):
    """Guesses for further tables, notes on what could not be used, and the time whose unit nothing says."""

    guesses: tuple[Guess, ...] = ()
    notes: tuple[Remark, ...] = ()
    without_unit: str = ""


class _Column(NamedTuple):
    """An unused column of the incident file that fits a canonical column; ``key`` is the list its name is on."""

    table: str
    column: str
    traits: Traits
    named: float
    key: str


def derive_tables(incidents: Cast, given: Sequence[str], *, opened_known: bool, unit: Callable[[str], str]) -> Derived:
    """Guesses for interactions, compensations and word of mouth, where no file of their own was given.

    ``opened_known``: whether opening times can be read, so that durations can be counted from them. ``unit``: what
    somebody said a column of durations counts, else "".
    """
    used, known = {m.export for m in incidents.matches}, recognise(incidents.file.by_name)
    nothing = {header for header, means in known.means.items() if NOTHING in means} if known else set()
    unused = [t for t in incidents.file.columns if t.name not in used | nothing and t.filled]
    found = []
    if Interactions.NAME not in given:
        found.append(_answers(incidents, unused, opened_known, unit))
    if Compensations.NAME not in given:
        found.append(_given(incidents, unused))
    if WordOfMouth.NAME not in given:
        found.append(_said(incidents, unused))
    unsaid = next((d.without_unit for d in found if d.without_unit), "")
    rows = tuple(g for d in found for g in d.guesses)
    numbered = any(m.column == Incidents.incident_id for m in incidents.matches)
    line = (_incident(incidents, Incidents.NAME),) if rows and not numbered else ()
    return Derived((*line, *rows), tuple(n for d in found for n in d.notes), unsaid)


def _answers(incidents: Cast, unused: Sequence[Traits], opened_known: bool, unit: Callable[[str], str]) -> Derived:
    at = _best(incidents, unused, {"": names().answered_at}, "first_answer.at", Interactions.contacted_at)
    if at:
        return Derived(_rows(incidents, at, FirstAnswerLooks(_fit(at).looks), {Interactions.actor: "agent"}))
    named = [(max(_named(incidents, t, names().answered_after, m) for m in _LASTING), t) for t in unused]
    score, lasting = max(named, default=(0.0, None), key=lambda pair: pair[0])
    if not score or lasting is None:
        return Derived()
    told = unit(lasting.name) or _unit_known(incidents, lasting)
    if told == BUSINESS_HOURS or (not told and _counts_opening_hours(lasting)):
        return Derived(notes=(BusinessHours(incidents.file.spec.path, lasting.name),))
    if told == "clock" and lasting.clock <= ENOUGH_CLOCKS:
        return Derived(notes=(WhichUnit(incidents.file.spec.path, lasting.name),))
    way = UNITS_OF_TIME.get(told) or _duration(lasting)
    if not way and lasting.amounts.share > 0.8:
        return Derived(without_unit=lasting.name)
    if not way or not opened_known:
        return Derived(notes=(WhichUnit(incidents.file.spec.path, lasting.name),))
    found = _Column(Interactions.NAME, Interactions.contacted_at, lasting, score, "")
    return Derived(_rows(incidents, found, FirstAnswer(), {Interactions.actor: "agent"}, way))


def _counts_opening_hours(traits: Traits) -> bool:
    """The name says so, or the clock stands still for many cases, as it does at night."""
    named = (
        name_score(traits.name, names().business_hours) > 0 or name_score(traits.name, names().business_headers) == 1
    )
    return named or traits.zeros > MOST_AT_ONCE


def _duration(traits: Traits) -> Way | None:
    if traits.clock > ENOUGH_CLOCKS:
        return Way.CLOCK_AFTER_OPENING
    unit = next((names().ways[word] for word in tokens(traits.name) if word in names().ways), None)
    return unit if traits.amounts.share > 0.8 else None


def _given(incidents: Cast, unused: Sequence[Traits]) -> Derived:
    amount = _best(incidents, unused, names().given, "", Compensations.face_amount)
    if not amount:
        return Derived()
    paid = _best(incidents, unused, {"": names().given_at}, "", Compensations.issued_at)
    rows = _rows(incidents, amount, GivenWhereNot0(_fit(amount).looks), {Compensations.kind: amount.key})
    return Derived((*rows, *([_guess(incidents, paid, _fit(paid).looks)] if paid else [])))


def _said(incidents: Cast, unused: Sequence[Traits]) -> Derived:
    score = _best(incidents, unused, names().rated, "rated.", WordOfMouth.score)
    if not score or score.traits.amounts.largest > 10:
        return Derived()
    at = _best(incidents, unused, {"": names().rated_at}, "rated.at", WordOfMouth.posted_at)
    moment = _guess(incidents, at, _fit(at).looks) if at else _closing(incidents)
    if not moment:
        return Derived(notes=(ScoreWithoutDay(incidents.file.spec.path, score.traits.name),))
    rows = _rows(incidents, score, ScoreOfCustomer(_fit(score).looks), {Compensations.kind: score.key})
    return Derived((*rows, moment, *_customer(incidents)))


def _closing(incidents: Cast) -> Guess | None:
    """The end of the case stands for the day of the score."""
    ends = {m.column: m.export for m in incidents.matches}
    export = ends.get(Incidents.resolved_at) or ends.get(Incidents.closed_at)
    if not export:
        return None
    end, opened = (incidents.file.by_name[c] for c in (export, ends[Incidents.opened_at]))
    way = way_of(WordOfMouth.NAME, WordOfMouth.posted_at, end)
    if way is Way.AS_IT_IS and end.dates.formats == opened.dates.formats and not opened.since_1970:
        way = Way.ELSE_OPENING
    alias = incidents.file.spec.alias
    return Guess(WordOfMouth.NAME, WordOfMouth.posted_at, alias, export, EndOfCase(), way=way)


def _customer(incidents: Cast) -> list[Guess]:
    customers = [m.export for m in incidents.matches if m.column == Incidents.customer_id]
    alias = incidents.file.spec.alias
    return [Guess(WordOfMouth.NAME, WordOfMouth.customer_id, alias, c, AsInIncidents()) for c in customers]


def _best(
    incidents: Cast, unused: Sequence[Traits], phrases: Mapping[str, tuple[str, ...]], meaning: str, column: str
) -> _Column | None:
    """The unused column that is named best and whose values fit; a ``meaning`` with a point behind it takes a kind."""
    table = next(name for name in _HIDDEN_TABLES if column in TABLES[name].by_name)
    found = [
        _Column(table, column, traits, _named(incidents, traits, words, f"{meaning}{key}"), key)
        for key, words in phrases.items()
        for traits in unused
        if fits(TABLES[table], TABLES[table].by_name[column], traits).share
    ]
    best = max(found, key=lambda c: c.named, default=None)
    return best if best and best.named else None


def _named(incidents: Cast, traits: Traits, words: tuple[str, ...], meaning: str) -> float:
    """How well a column is named; where a known tool wrote the file, its own names come before all others."""
    known = recognise(incidents.file.by_name)
    if known and (means := known.means.get(traits.name)):
        return 2.0 if meaning in means else 0.0
    return name_score(traits.name, words)


def _unit_known(incidents: Cast, traits: Traits) -> str:
    """What a known tool counts a time to the first answer in."""
    known = recognise(incidents.file.by_name)
    means = known.means.get(traits.name, ()) if known else ()
    return next((meaning.removeprefix("first_answer.") for meaning in _LASTING if meaning in means), "")


def _fit(found: _Column) -> Fit:
    return fits(TABLES[found.table], TABLES[found.table].by_name[found.column], found.traits)


def _guess(incidents: Cast, found: _Column, why: Remark, way: Way | None = None) -> Guess:
    table, column, traits = found.table, found.column, found.traits
    way = way or way_of(table, column, traits)
    return Guess(table, column, incidents.file.spec.alias, traits.name, why, way=way)


def _rows(
    incidents: Cast, found: _Column, why: Remark, constants: Mapping[str, str], way: Way | None = None
) -> tuple[Guess, ...]:
    """The incident, the column that says there is a row, and what no column says."""
    alias, table = incidents.file.spec.alias, found.table
    because = BecauseOf(found.traits.name)
    return (
        _incident(incidents, table),
        _guess(incidents, found, why, way),
        *(Guess(table, c, alias, "", because, constant=v) for c, v in constants.items()),
    )


def _incident(incidents: Cast, table: str) -> Guess:
    """The incident a row lies in: by its number, else by the line it stands on."""
    alias = incidents.file.spec.alias
    number = next((m.export for m in incidents.matches if m.column == Incidents.incident_id), "")
    if number:
        return Guess(table, Incidents.incident_id, alias, number, IncidentItself())
    return Guess(table, Incidents.incident_id, alias, "", NothingNumbers(), way=Way.LINE)
