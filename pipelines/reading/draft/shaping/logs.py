"""Whether a file is a log of events: a case that repeats, a moment that moves on within it, and known states."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.catalog.vocabulary import Actor
from pipelines.contracts.shapes import Role, Shape, Step
from pipelines.contracts.sources import Incidents
from pipelines.engine import Engine
from pipelines.reading.draft.guess import Sampled
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.words import name_score
from pipelines.reading.draft.shaping.found import FoundShape
from pipelines.reading.draft.shaping.words import actor_of, columns, step_of
from pipelines.reading.files.quoting import name, texts

# Fewer rows a case are cases with a repeat or two.
LEAST_ROWS_A_CASE = 1.5
MOST_NAMES, MOST_STATES = 2000, 60
# A column of the case hardly ever differs between its rows.
SAME = 1.02


def find_log(engine: Engine, file: Sampled) -> FoundShape | None:
    """The log that a file is, or None. Every part is proved on all its rows."""
    moments = [
        t for t in file.columns if t.dates.share > 0.95 and t.dates.order != "both" and t.name not in file.clocks
    ]
    case = next((t.name for t in _named(file, Role.CASE, exact=False) if _repeats(engine, file, t)), "")
    moving = [t for t in moments if case and _moves(engine, file, case, t.name)]
    if not moving:
        return None
    moment = max(moving, key=lambda t: name_score(t.name, columns(Role.MOMENT))).name
    found: dict[Role, str] = {Role.CASE: case, Role.MOMENT: moment}
    found |= _opened(engine, file, case, [t for t in moments if t.name != moment])
    found |= _told(engine, file, case)
    if not {Role.STATE, Role.EVENT} & set(found):
        return None
    fields = _fields(engine, file, found)
    labels = _states(engine, file, found, fields)
    steps = {label: step for label in labels if (step := step_of(label))}
    if not {Step.OPEN, Step.RESOLVE, Step.CLOSE} & set(steps.values()):
        return None
    found |= _people(engine, file)
    if counts := [t.name for t in _named(file, Role.ORDER) if t.amounts.share == 1]:
        found[Role.ORDER] = counts[0]
    return FoundShape(
        alias=file.spec.alias,
        shape=Shape.EVENTS,
        columns=found,
        steps=steps,
        unknown=tuple(label for label in labels if label not in steps),
        actors=_actors(engine, file, found),
        fields=fields,
    )


def _named(file: Sampled, part: str, *, exact: bool = True) -> list[Traits]:
    """Columns with a name of that part, the nearest first."""
    scored = [(name_score(t.name, columns(part)), t) for t in file.columns if t.filled]
    return [t for score, t in sorted(scored, key=lambda pair: -pair[0]) if (score == 1 if exact else score)]


def _repeats(engine: Engine, file: Sampled, traits: Traits) -> bool:
    if traits.free_text or traits.dates.share > 0.5 or traits.distinct < 2:
        return False
    rows, cases = engine.rows(f"SELECT count(*), count(DISTINCT {_text(traits.name)}) FROM {file.relation}")[0]
    return bool(rows >= LEAST_ROWS_A_CASE * cases)


def _pairs(engine: Engine, file: Sampled, case: str, column: str) -> float:
    """How many different values a case has, on the average."""
    pairs, cases = engine.rows(
        f"SELECT count(DISTINCT ({_text(case)}, coalesce({_text(column)}, ''))), count(DISTINCT {_text(case)}) "
        f"FROM {file.relation}"
    )[0]
    return float(pairs / cases)


def _moves(engine: Engine, file: Sampled, case: str, column: str) -> bool:
    return _pairs(engine, file, case, column) > 1.3


def _opened(engine: Engine, file: Sampled, case: str, moments: Sequence[Traits]) -> dict[Role, str]:
    """When the case was opened, where each of its rows says so, alike."""
    phrases = names().columns[Incidents.NAME][Incidents.opened_at]
    same = [t for t in moments if name_score(t.name, phrases) and _pairs(engine, file, case, t.name) <= SAME]
    return {Role.OPENED: same[0].name} if same else {}


def _told(engine: Engine, file: Sampled, case: str) -> dict[Role, str]:
    """What changes, from what to what; else a state that repeats, else an event."""
    field, after, before = (_named(file, part) for part in ("field", "after", "before"))
    if field and after and field[0].labels:
        found = {Role.FIELD: field[0].name, Role.STATE: after[0].name}
        return found | ({Role.BEFORE: before[0].name} if before else {})
    for role in (Role.STATE, Role.EVENT):
        if told := [t for t in _named(file, role) if t.labels and _moves(engine, file, case, t.name)]:
            return {role: told[0].name}
    return {}


def _fields(engine: Engine, file: Sampled, found: Mapping[Role, str]) -> tuple[str, ...]:
    if Role.FIELD not in found:
        return ()
    labels = _distinct(engine, file, found[Role.FIELD], "TRUE", MOST_STATES)
    return tuple(label for label in labels if name_score(label, columns("status_fields")) == 1)


def _states(engine: Engine, file: Sampled, found: Mapping[Role, str], fields: Sequence[str]) -> list[str]:
    column = found.get(Role.STATE) or found[Role.EVENT]
    where = f"{_text(found[Role.FIELD])} IN ({texts(fields)})" if fields else "TRUE"
    return _distinct(engine, file, column, where, MOST_STATES)


def _distinct(engine: Engine, file: Sampled, column: str, where: str, most: int) -> list[str]:
    rows = engine.rows(
        f"SELECT {_text(column)}, count(*) FROM {file.relation} WHERE {_text(column)} <> '' AND {where} "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {most}"
    )
    return [value for value, _ in rows if value not in file.spec.nulls]


def _people(engine: Engine, file: Sampled) -> dict[Role, str]:
    """Who did it; and the customer, where some rows are the customer's own."""
    by = [t for t in _named(file, Role.BY) if not t.free_text and t.dates.share < 0.5]
    if not by:
        return {}
    phrases = (*names().columns[Incidents.NAME][Incidents.customer_id], *columns(Role.CUSTOMER))
    customers = [t for t in file.columns if t.filled and t.name != by[0].name and name_score(t.name, phrases)]
    own = [
        t.name
        for t in customers
        if engine.value(f"SELECT count(*) FROM {file.relation} WHERE {_text(t.name)} = {_text(by[0].name)}")
    ]
    return {Role.BY: by[0].name, **({Role.CUSTOMER: own[0]} if own else {})}


def _actors(engine: Engine, file: Sampled, found: Mapping[Role, str]) -> dict[str, Actor]:
    if Role.BY not in found:
        return {}
    said = _distinct(engine, file, found[Role.BY], "TRUE", MOST_NAMES)
    return {value: actor for value in said if (actor := actor_of(value))}


def _text(column: str) -> str:
    return f"trim(CAST({name(column)} AS VARCHAR))"
