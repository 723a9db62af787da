"""Tables hidden in the incident file: when somebody answered, what was given, what the customer said of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.contracts.sources import TABLES
from pipelines.reading.draft.guess import Guess, Way
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.lexicon import FIRST_ANSWER, GIVEN, RATED
from pipelines.reading.draft.matching.match import Fit, confidence, fits, way_of
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.matching.words import name_score, tokens

_UNITS: Mapping[str, Way] = {
    "minutes": "minutes after opening", "minute": "minutes after opening", "mins": "minutes after opening",
    "min": "minutes after opening", "minuten": "minutes after opening", "minutos": "minutes after opening",
    "hours": "hours after opening", "hour": "hours after opening", "hrs": "hours after opening",
    "h": "hours after opening", "std": "hours after opening", "stunden": "hours after opening",
    "horas": "hours after opening", "heures": "hours after opening", "seconds": "seconds after opening",
    "sec": "seconds after opening", "sekunden": "seconds after opening", "segundos": "seconds after opening",
}  # fmt: skip


class Derived(NamedTuple):
    """Guesses for further tables, and notes on what could not be used."""

    guesses: tuple[Guess, ...] = ()
    notes: tuple[str, ...] = ()


class _Column(NamedTuple):
    """An unused column of the incident file that fits a canonical column; ``key`` is the list its name is on."""

    table: str
    column: str
    traits: Traits
    named: float
    key: str


def derive_tables(incidents: Cast, given: Sequence[str], *, opened_known: bool) -> Derived:
    """Guesses for interactions, compensations and word of mouth, where no file of their own was given.

    ``opened_known``: whether opening times can be read, so that durations can be counted from them.
    """
    used = {m.export for m in incidents.matches}
    unused = [t for t in incidents.file.columns if t.name not in used and t.filled]
    if not any(m.column == "incident_id" for m in incidents.matches):
        return Derived()
    makers = {"interactions": _answers, "compensations": _given, "word_of_mouth": _said}
    found = [make(incidents, unused, opened_known) for table, make in makers.items() if table not in given]
    return Derived(tuple(g for d in found for g in d.guesses), tuple(n for d in found for n in d.notes))


def _answers(incidents: Cast, unused: Sequence[Traits], opened_known: bool) -> Derived:
    at = _best(unused, {"at": FIRST_ANSWER["at"]}, "interactions", "contacted_at")
    if at:
        return Derived(_rows(incidents, at, "first answer of the case; ", {"actor": "agent"}))
    named = [(name_score(t.name, FIRST_ANSWER["duration"]), t) for t in unused]
    score, lasting = max(named, default=(0.0, None), key=lambda pair: pair[0])
    if not score or lasting is None:
        return Derived()
    way = _duration(lasting)
    if not way or not opened_known:
        path = incidents.file.spec.path
        return Derived(notes=(f"{path}: {lasting.name!r} may be the time to the first answer, but in which unit?",))
    found = _Column("interactions", "contacted_at", lasting, score, "")
    return Derived(_rows(incidents, found, "first answer of the case", {"actor": "agent"}, way))


def _duration(traits: Traits) -> Way | None:
    if traits.clock > 0.8:
        return "hh:mm after opening"
    unit = next((_UNITS[word] for word in tokens(traits.name) if word in _UNITS), None)
    return unit if traits.amounts.share > 0.8 else None


def _given(incidents: Cast, unused: Sequence[Traits], opened_known: bool) -> Derived:
    amount = _best(unused, _lists(GIVEN), "compensations", "face_amount")
    if not amount:
        return Derived()
    paid = _best(unused, {"at": GIVEN["at"]}, "compensations", "issued_at")
    rows = _rows(incidents, amount, "given where it isn't 0; ", {"kind": amount.key})
    return Derived((*rows, *([_guess(incidents, paid)] if paid else [])))


def _said(incidents: Cast, unused: Sequence[Traits], opened_known: bool) -> Derived:
    score = _best(unused, _lists(RATED), "word_of_mouth", "score")
    if not score or score.traits.amounts.largest > 10:
        return Derived()
    at = _best(unused, {"at": RATED["at"]}, "word_of_mouth", "posted_at")
    moment = _guess(incidents, at) if at else _closing(incidents)
    if not moment:
        path = incidents.file.spec.path
        return Derived(
            notes=(f"{path}: {score.traits.name!r} looks like a score, but no column says when it was given",)
        )
    rows = _rows(incidents, score, "a score of the customer; ", {"kind": score.key})
    return Derived((*rows, moment, *_customer(incidents)))


def _closing(incidents: Cast) -> Guess | None:
    """The end of the case stands for the day of the score."""
    ends = {m.column: m.export for m in incidents.matches}
    export = ends.get("resolved_at") or ends.get("closed_at")
    if not export:
        return None
    why = "no column says when the score was given; taken as the end of the case"
    way = way_of("word_of_mouth", "posted_at", incidents.file.by_name[export])
    return Guess("word_of_mouth", "posted_at", incidents.file.spec.alias, export, "low", why, way=way)


def _customer(incidents: Cast) -> list[Guess]:
    customers = [m.export for m in incidents.matches if m.column == "customer_id"]
    alias = incidents.file.spec.alias
    return [Guess("word_of_mouth", "customer_id", alias, c, "high", "as in the incidents") for c in customers]


def _lists(phrases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The lists that name a kind."""
    return {kind: words for kind, words in phrases.items() if kind != "at"}


def _best(unused: Sequence[Traits], phrases: Mapping[str, tuple[str, ...]], table: str, column: str) -> _Column | None:
    """The unused column that is named best and whose values fit."""
    found = [
        _Column(table, column, traits, name_score(traits.name, words), key)
        for key, words in phrases.items()
        for traits in unused
        if _fit(table, column, traits).share
    ]
    best = max(found, key=lambda c: c.named, default=None)
    return best if best and best.named else None


def _fit(table: str, column: str, traits: Traits) -> Fit:
    return fits(TABLES[table], TABLES[table].by_name[column], traits)


def _guess(incidents: Cast, found: _Column, meaning: str = "", way: Way | None = None) -> Guess:
    table, column, traits = found.table, found.column, found.traits
    why = meaning if way else f"{meaning}{_fit(table, column, traits).why}"
    way = way or way_of(table, column, traits)
    return Guess(table, column, incidents.file.spec.alias, traits.name, confidence(found.named), why, way=way)


def _rows(
    incidents: Cast, found: _Column, meaning: str, constants: Mapping[str, str], way: Way | None = None
) -> tuple[Guess, ...]:
    """The incident, the column that says there is a row, and what no column says."""
    alias, table = incidents.file.spec.alias, found.table
    incident = next(m.export for m in incidents.matches if m.column == "incident_id")
    because = f"because of {found.traits.name!r}"
    return (
        Guess(table, "incident_id", alias, incident, "high", "the incident itself"),
        _guess(incidents, found, meaning, way),
        *(Guess(table, c, alias, "", confidence(found.named), because, constant=v) for c, v in constants.items()),
    )
