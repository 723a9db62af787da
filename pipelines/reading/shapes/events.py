"""Logs of events: many rows a case, of which opening, touches, resolution and reopenings are derived.

What a case is known by (channel, category, site …) is what its first row says. A resolution that was taken back is
none: ``resolved_at`` and ``closed_at`` are the first after the last reopening. A contact is a step that staff take
where the customer can notice, or the customer's own reply; who only changes fields touches nobody.
"""

from collections.abc import Mapping
from pathlib import Path

from pipelines.contracts.catalog.vocabulary import Action, Actor
from pipelines.contracts.shapes import Role, Step
from pipelines.contracts.sources import Incidents, Interactions
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.mapping import Origin
from pipelines.reading.files.quoting import name, text, texts
from pipelines.reading.shapes.faults import StepsUnknown
from pipelines.reading.shapes.typed import Typed, column_of, shaped, typed_rows, written
from pipelines.settings.declared import shown
from pipelines.settings.shapes import ANY, ShapeSpec
from pipelines.settings.tables import TableSpec

_EVENTS = Path(__file__).with_suffix(".sql")
MOST_NAMED = 12
_KEPT = {Incidents.NAME: "i.", Interactions.NAME: "n."}
# Steps that somebody other than the case's own clock takes, and that the customer can notice.
_CONTACTS = (Step.TOUCH, Step.ESCALATE, Step.RESOLVE, Step.REPLY)
_ENDS = (
    (Incidents.resolved_at, Role.RESOLVED, Step.RESOLVE),
    (Incidents.closed_at, Role.CLOSED, Step.CLOSE),
)
_ACTIONS = {Step.RESOLVE: Action.RESOLVE, Step.ESCALATE: Action.ESCALATE}


def read_events(engine: Engine, zone: str, spec: ShapeSpec, origin: Origin, tables: Mapping[str, TableSpec]) -> Typed:
    """Hold the events of a log under ``<alias> events``; raises ``ContractError`` where a state isn't known."""
    typed = typed_rows(engine, zone, spec, origin, _texts(spec, origin, tables), (Role.CASE, Role.MOMENT))
    _check_steps(engine, spec, origin, typed)
    placed = f"(SELECT *, {_place(engine, spec, typed)} AS place FROM {typed.relation})"
    repeats = "TRUE" if Role.STATE in spec.columns else "FALSE"
    sql = _EVENTS.read_text(encoding="utf-8").replace("{events}", placed).replace("{repeats}", repeats)
    engine.see(_held(spec), engine.table(sql))
    return typed


def _held(spec: ShapeSpec) -> str:
    return f"{spec.file} events"


def _texts(spec: ShapeSpec, origin: Origin, tables: Mapping[str, TableSpec]) -> dict[str, str]:
    """What is read of a row as it stands: the case, what happened, who did it, and the columns that tables map."""
    read: dict[Role, str] = {
        role: written(spec, origin, column, role)
        for role, column in spec.columns.items()
        if role in (Role.CASE, Role.ORDER, Role.STATE, Role.EVENT, Role.FIELD, Role.BEFORE, Role.BY, Role.CUSTOMER)
    }
    told = read.get(Role.STATE) or read.get(Role.EVENT) or "NULL"
    if spec.fields:
        told = f"CASE WHEN {read[Role.FIELD]} IN ({texts(spec.fields)}) THEN {told} END"
    found = {
        Role.CASE: read[Role.CASE],
        "told": f"CAST({told} AS VARCHAR)",
        "step": _step(spec, f"({told})", read),
        "who": _who(spec, read),
        "before": f"CAST({read.get(Role.BEFORE, 'NULL')} AS VARCHAR)",
        "counted": f"TRY_CAST({read.get(Role.ORDER, 'NULL')} AS DOUBLE)",
        "agent": f"CAST({read.get(Role.BY, 'NULL')} AS VARCHAR)",
        Role.CUSTOMER: f"CAST({read.get(Role.CUSTOMER, 'NULL')} AS VARCHAR)",
    }
    for table, kept in _KEPT.items():
        if table in tables:
            for canonical, column in tables[table].columns.items():
                found[kept + canonical] = name(column_of(spec, origin, column, canonical))
    return found


def _step(spec: ShapeSpec, told: str, read: Mapping[Role, str]) -> str:
    """Without states every row is a touch; of a log of fields a row that changes none tells nothing of the case."""
    if not spec.steps:
        return text(Step.TOUCH)
    cases = "".join(f" WHEN {told} = {text(v)} THEN {text(step)}" for v, step in spec.steps.items() if v != ANY)
    other = f" WHEN {told} IS NOT NULL THEN {text(spec.steps[ANY])}" if ANY in spec.steps else ""
    return f"CASE{cases}{other} END" if cases or other else "CAST(NULL AS VARCHAR)"


def _who(spec: ShapeSpec, read: Mapping[Role, str]) -> str:
    """Who did it: as the profile says of the name, the customer where it is the case's own, else staff."""
    if Role.BY not in read:
        return "CAST(NULL AS VARCHAR)"
    by = read[Role.BY]
    cases = [f"WHEN {by} = {text(v)} THEN {text(actor)}" for v, actor in spec.actors.items() if v != ANY]
    if Role.CUSTOMER in read:
        cases.append(f"WHEN {by} = {read[Role.CUSTOMER]} THEN {text(Actor.CUSTOMER)}")
    other = spec.actors.get(ANY, Actor.AGENT)
    return f"CASE {' '.join(cases)} WHEN {by} IS NOT NULL THEN {text(other)} END"


def _check_steps(engine: Engine, spec: ShapeSpec, origin: Origin, typed: Typed) -> None:
    if not spec.steps or ANY in spec.steps:
        return
    unknown = engine.rows(
        f"SELECT told, count(*) FROM {typed.relation} WHERE told IS NOT NULL AND step IS NULL "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    if unknown:
        column = spec.columns.get(Role.STATE) or spec.columns[Role.EVENT]
        values = shown([value for value, _ in unknown[:MOST_NAMED]])
        rows = sum(rows for _, rows in unknown)
        raise ContractError(StepsUnknown(origin.where, column, values, rows, f"[shape.{spec.file}.steps]"))


def _place(engine: Engine, spec: ShapeSpec, typed: Typed) -> str:
    """What comes first of events of one moment: as the log counts them, else as it lists them, newest first or last."""
    turned = engine.value(
        "SELECT coalesce(sum(CASE WHEN earlier < moment THEN 1 WHEN earlier > moment THEN -1 ELSE 0 END), 0) FROM ("
        f'SELECT moment, lag(moment) OVER (PARTITION BY "case" ORDER BY _file, _line) AS earlier FROM {typed.relation} '
        "WHERE _fault = 0)"
    )
    listed = "-_line" if turned < 0 else "_line"
    return f"coalesce(counted, {listed})" if Role.ORDER in spec.columns else listed


def events_origin(spec: ShapeSpec, table: TableSpec, origin: Origin) -> tuple[str, tuple[str, ...]]:
    """The SELECT of one table out of the events held, and the canonical columns that it gives."""
    return _incidents(spec, table) if table.table.name == Incidents.NAME else _contacts(spec, table)


def _incidents(spec: ShapeSpec, table: TableSpec) -> tuple[str, tuple[str, ...]]:
    columns: dict[str, str] = {
        Incidents.incident_id: '"case"',
        Incidents.opened_at: _opened(spec),
    }
    for end, role, step in _ENDS:
        if role in spec.columns or step in spec.steps.values():
            columns[end] = _ended(spec, role, step)
    if _tells_reopenings(spec):
        columns[Incidents.reopened_at] = "min(moment) FILTER (WHERE reopens)"
    if Role.CUSTOMER in spec.columns and Incidents.customer_id not in table.columns:
        columns[Incidents.customer_id] = f"arg_min({name(Role.CUSTOMER)}, nth)"
    if Incidents.response_known not in table.columns:
        columns[Incidents.response_known] = f'"case" NOT IN ({_half_read(spec)})'
    for canonical in table.columns:
        source = name(f"{_KEPT[Incidents.NAME]}{canonical}")
        is_id = table.table.by_name[canonical].kind == "id"
        # Who it is holds for the whole case; everything else as it was at the opening.
        columns[canonical] = f"arg_min({source}, nth)" if is_id else f"any_value({source}) FILTER (WHERE nth = 1)"
    chosen = ", ".join(f"{sql} AS {name(canonical)}" for canonical, sql in columns.items())
    first = "any_value(_file) FILTER (WHERE nth = 1) AS _file, any_value(_line) FILTER (WHERE nth = 1) AS _line"
    return f'SELECT {chosen}, {first} FROM {name(_held(spec))} GROUP BY "case"', tuple(columns)


def _half_read(spec: ShapeSpec) -> str:
    """Cases of which a row can't be read: it may be the first answer."""
    return f'SELECT "case" FROM {name(shaped(spec))} WHERE _fault > 0 AND "case" IS NOT NULL'


def _tells_reopenings(spec: ShapeSpec) -> bool:
    """A log in which cases end, and their states go on, tells of every case whether it was reopened."""
    steps = set(spec.steps.values())
    ends = bool(steps & {Step.RESOLVE, Step.CLOSE})
    return Step.REOPEN in steps or (ends and (Role.STATE in spec.columns or Step.OPEN in steps))


def _opened(spec: ShapeSpec) -> str:
    """As every row repeats it; else the first opening, which a log that begins later may lack; else the first row."""
    if Role.OPENED in spec.columns:
        return f"arg_min({name(Role.OPENED)}, nth)"
    if Step.OPEN in spec.steps.values():
        return "min(moment) FILTER (WHERE happened = 'open' AND NOT reopens)"
    if Role.BEFORE in spec.columns:
        return "CASE WHEN arg_min(coalesce(before, ''), nth) FILTER (WHERE told IS NOT NULL) = '' THEN min(moment) END"
    return "min(moment)"


def _ended(spec: ShapeSpec, role: Role, step: Step) -> str:
    derived = f"min(moment) FILTER (WHERE happened = {text(step)} AND nth > last_reopening)"
    if role not in spec.columns:
        return derived
    last = f"arg_max({name(role)}, nth)"
    return f"coalesce({derived}, {last})" if step in spec.steps.values() else last


def _contacts(spec: ShapeSpec, table: TableSpec) -> tuple[str, tuple[str, ...]]:
    """The row that opens a case is no answer to it."""
    answers = "" if Role.OPENED in spec.columns or Step.OPEN in spec.steps.values() else " AND nth > 1"
    staff = f"coalesce(who, {text(Actor.AGENT)})"
    actor = f"CASE WHEN happened = {text(Step.REPLY)} THEN {text(Actor.CUSTOMER)} ELSE {staff} END"
    action = " ".join(f"WHEN {text(step)} THEN {text(said)}" for step, said in _ACTIONS.items())
    columns: dict[str, str] = {
        Interactions.incident_id: '"case"',
        Interactions.contacted_at: "moment",
        Interactions.actor: actor,
    }
    if set(_ACTIONS) & set(spec.steps.values()):
        columns[Interactions.action] = f"CASE happened {action} END"
    if Role.BY in spec.columns:
        columns[Interactions.agent_id] = f"CASE WHEN {actor} = {text(Actor.AGENT)} THEN agent END"
    columns |= {c: name(f"{_KEPT[Interactions.NAME]}{c}") for c in table.columns}
    chosen = ", ".join(f"{sql} AS {name(canonical)}" for canonical, sql in columns.items())
    where = f"happened IN ({texts(_CONTACTS)}){answers}"
    return f"SELECT {chosen}, _file, _line FROM {name(_held(spec))} WHERE {where}", tuple(columns)
