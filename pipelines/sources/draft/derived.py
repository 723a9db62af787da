"""Tables hidden in the incident file: when somebody answered, what was given, what the customer said of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.contracts.sources import TABLES
from pipelines.sources.draft.guess import Guess, Way
from pipelines.sources.draft.lexicon import FIRST_ANSWER, GIVEN, RATED
from pipelines.sources.draft.match import confidence, fits
from pipelines.sources.draft.tables import Cast
from pipelines.sources.draft.traits import Traits
from pipelines.sources.draft.words import name_score, tokens

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


class _Best(NamedTuple):
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
    at = _best(unused, {"contacted_at": FIRST_ANSWER["at"]}, "interactions", "contacted_at")
    if at:
        why = f"first answer of the case; {_why('interactions', 'contacted_at', at.traits)}"
        return Derived(_rows(incidents, "interactions", "contacted_at", at, why, {"actor": "agent"}))
    lasting = max((_Best(t, name_score(t.name, FIRST_ANSWER["duration"]), "") for t in unused), default=None,
                  key=lambda b: b.named)  # fmt: skip
    if not lasting or not lasting.named:
        return Derived()
    way = _way(lasting.traits)
    if not way or not opened_known:
        path = incidents.file.spec.path
        return Derived(
            notes=(f"{path}: {lasting.traits.name!r} may be the time to the first answer, but not in what unit",)
        )
    return Derived(
        _rows(incidents, "interactions", "contacted_at", lasting, "first answer of the case", {"actor": "agent"}, way)
    )


def _way(traits: Traits) -> Way | None:
    if traits.clock > 0.8:
        return "hh:mm after opening"
    unit = next((_UNITS[word] for word in tokens(traits.name) if word in _UNITS), None)
    return unit if traits.amounts.share > 0.8 else None


def _given(incidents: Cast, unused: Sequence[Traits], opened_known: bool) -> Derived:
    kinds = {kind: phrases for kind, phrases in GIVEN.items() if kind != "at"}
    amount = _best(unused, kinds, "compensations", "face_amount")
    if not amount:
        return Derived()
    why = f"given where it isn't 0; {_why('compensations', 'face_amount', amount.traits)}"
    rows = _rows(incidents, "compensations", "face_amount", amount, why, {"kind": amount.key})
    return Derived((*rows, *_moment(incidents, unused, "compensations", "issued_at", GIVEN["at"])))


def _said(incidents: Cast, unused: Sequence[Traits], opened_known: bool) -> Derived:
    kinds = {kind: phrases for kind, phrases in RATED.items() if kind != "at"}
    score = _best(unused, kinds, "word_of_mouth", "score")
    if not score or score.traits.amounts.largest > 10:
        return Derived()
    moment = _moment(incidents, unused, "word_of_mouth", "posted_at", RATED["at"]) or _closing(incidents)
    if not moment:
        path = incidents.file.spec.path
        return Derived(
            notes=(f"{path}: {score.traits.name!r} looks like a score, but no column says when it was given",)
        )
    why = f"a score of the customer; {_why('word_of_mouth', 'score', score.traits)}"
    customer = tuple(
        Guess("word_of_mouth", "customer_id", _alias(incidents), m.export, "high", "as in the incidents")
        for m in incidents.matches
        if m.column == "customer_id"
    )
    return Derived((*_rows(incidents, "word_of_mouth", "score", score, why, {"kind": score.key}), *moment, *customer))


def _alias(incidents: Cast) -> str:
    """Alias of the incident file."""
    return incidents.file.spec.alias


def _closing(incidents: Cast) -> tuple[Guess, ...]:
    """The end of the case stands for the day of the score."""
    ends = {m.column: m.export for m in incidents.matches if m.column in ("resolved_at", "closed_at")}
    export = ends.get("resolved_at") or ends.get("closed_at")
    why = "no column says when the score was given; taken as the end of the case"
    return (Guess("word_of_mouth", "posted_at", _alias(incidents), export, "low", why),) if export else ()


def _best(unused: Sequence[Traits], phrases: Mapping[str, tuple[str, ...]], table: str, column: str) -> _Best | None:
    """The unused column that is named best and whose values fit."""
    contract = TABLES[table]
    found = [
        _Best(traits, name_score(traits.name, words), key)
        for key, words in phrases.items()
        for traits in unused
        if fits(contract, contract.by_name[column], traits).share
    ]
    best = max(found, key=lambda b: b.named, default=None)
    return best if best and best.named else None


def _rows(
    incidents: Cast, table: str, column: str, best: _Best, why: str, constants: Mapping[str, str], way: Way = "as it is"
) -> tuple[Guess, ...]:
    alias = _alias(incidents)
    incident = next(m.export for m in incidents.matches if m.column == "incident_id")
    sure = confidence(best.named)
    return (
        Guess(table, "incident_id", alias, incident, "high", "the incident itself"),
        Guess(table, column, alias, best.traits.name, sure, why, way=way),
        *(
            Guess(table, c, alias, "", sure, f"because of {best.traits.name!r}", constant=v)
            for c, v in constants.items()
        ),
    )


def _moment(
    incidents: Cast, unused: Sequence[Traits], table: str, column: str, phrases: tuple[str, ...]
) -> tuple[Guess, ...]:
    best = _best(unused, {column: phrases}, table, column)
    if not best:
        return ()
    return (
        Guess(
            table, column, _alias(incidents), best.traits.name, confidence(best.named), _why(table, column, best.traits)
        ),
    )


def _why(table: str, column: str, traits: Traits) -> str:
    return fits(TABLES[table], TABLES[table].by_name[column], traits).why
