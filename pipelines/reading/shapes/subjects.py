"""Snapshots and experiments: a row a subject, with flags and numbers that nobody dated.

Of a snapshot those whom something failed are the incidents, the others whom to compare them with; where nothing says
which, a row is neither, and set aside. Of an experiment every subject with an arm is a row. Rows are known by file and
line, since the subject's own id is a person's.
"""

from collections.abc import Mapping

from pipelines.contracts.catalog.thresholds import MOST_REPEATS
from pipelines.contracts.shapes import Role, Shape
from pipelines.contracts.sources import ComparisonOutcomes, ComparisonSubjects, Incidents, Outcomes
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.mapping import Origin, with_values
from pipelines.reading.columns.parsing import NO, YES
from pipelines.reading.files.quoting import name, text, texts
from pipelines.reading.shapes.faults import NoSideLeft, RowsOfOneSubject
from pipelines.reading.shapes.typed import Typed, column_of, typed_rows, written
from pipelines.settings.shapes import ShapeSpec
from pipelines.settings.tables import TableSpec

_FAILED, _ARM, _ROW, _TOLD = "failed", "arm", "row", "told "
_SIDES: Mapping[str, str] = {
    Incidents.NAME: f"{_FAILED}", ComparisonSubjects.NAME: f"NOT {_FAILED}",
    Outcomes.NAME: f"{_FAILED}", ComparisonOutcomes.NAME: f"NOT {_FAILED}",
}  # fmt: skip


def read_subjects(engine: Engine, zone: str, spec: ShapeSpec, origin: Origin, tables: Mapping[str, TableSpec]) -> Typed:
    """Hold the rows of a snapshot or an experiment; raises ``ContractError`` where they can't be one."""
    side = _FAILED if spec.shape is Shape.SNAPSHOT else _ARM
    required = (side, *((Role.MOMENT,) if spec.has_clock else ()))
    typed = typed_rows(engine, zone, spec, origin, _texts(spec, origin, tables), required)
    if spec.shape is Shape.SNAPSHOT:
        _check_sides(engine, spec, origin, typed)
        _check_subjects(engine, spec, origin, typed)
    return typed


def _texts(spec: ShapeSpec, origin: Origin, tables: Mapping[str, TableSpec]) -> dict[str, str]:
    read = {
        role: written(spec, origin, column, role) for role, column in spec.columns.items() if role is not Role.MOMENT
    }
    found = {_ROW: "concat(_file, ':', _line)", Role.CUSTOMER: f"CAST({read.get(Role.CUSTOMER, 'NULL')} AS VARCHAR)"}
    if spec.shape is Shape.SNAPSHOT:
        found[_FAILED] = _failed(with_values(read[Role.FAILURE], spec.values.get(Role.FAILURE, {})), origin)
    else:
        found[_ARM] = with_values(read[Role.ARM], spec.values.get(Role.ARM, {}))
    for outcome, column in spec.outcomes.items():
        told = with_values(written(spec, origin, column, outcome), spec.values.get(outcome, {}))
        found[f"{_TOLD}{outcome}"] = f"CASE {_flags(told, text('1'), text('0'))} ELSE {told} END"
    for table in (Incidents.NAME, ComparisonSubjects.NAME):
        if table in tables:
            for canonical, column in tables[table].columns.items():
                found[f"{table} {canonical}"] = name(column_of(spec, origin, column, canonical))
    return found


def _flags(told: str, yes: str, no: str) -> str:
    return f"WHEN lower({told}) IN ({texts(YES)}) THEN {yes} WHEN lower({told}) IN ({texts(NO)}) THEN {no}"


def _failed(told: str, origin: Origin) -> str:
    """A yes, or a number above 0: how often something failed."""
    number = (
        f"TRY_CAST({told} AS DOUBLE)"
        if origin.file.decimal == "."
        else f"TRY_CAST(replace({told}, ',', '.') AS DOUBLE)"
    )
    return f"CASE {_flags(told, 'TRUE', 'FALSE')} WHEN {number} >= 0 THEN {number} > 0 END"


def _check_sides(engine: Engine, spec: ShapeSpec, origin: Origin, typed: Typed) -> None:
    failed, others = engine.rows(
        f"SELECT count(*) FILTER (WHERE {_FAILED}), count(*) FILTER (WHERE NOT {_FAILED}) FROM {typed.relation}"
    )[0]
    if not failed or not others:
        raise ContractError(NoSideLeft(origin.where, spec.columns[Role.FAILURE], failed, others))


def _check_subjects(engine: Engine, spec: ShapeSpec, origin: Origin, typed: Typed) -> None:
    """One customer on several rows may stand on both sides, so that nothing could be compared."""
    if Role.CUSTOMER not in spec.columns:
        return
    column = name(Role.CUSTOMER)
    rows, known, distinct = engine.rows(
        f"SELECT count(*), count({column}), count(DISTINCT {column}) FROM {typed.relation}"
    )[0]
    if known - distinct > MOST_REPEATS * rows:
        fault = RowsOfOneSubject(origin.where, spec.columns[Role.CUSTOMER], spec.shape, rows, known - distinct)
        raise ContractError(fault)


def subjects_origin(spec: ShapeSpec, table: TableSpec, typed: Typed) -> tuple[str, tuple[str, ...]]:
    """The SELECT of one table out of the rows held, and the canonical columns that it gives."""
    side = _SIDES[table.table.name] if spec.shape is Shape.SNAPSHOT else "TRUE"
    where = f"_fault = 0 AND {side}"
    if table.table.name in (Outcomes.NAME, ComparisonOutcomes.NAME):
        return _outcomes(spec, table.table.name, typed, where)
    columns = _keys(spec, table.table.name)
    columns |= {canonical: name(f"{table.table.name} {canonical}") for canonical in table.columns}
    chosen = ", ".join(f"{sql} AS {name(canonical)}" for canonical, sql in columns.items())
    return f"SELECT {chosen}, _file, _line FROM {typed.relation} WHERE {where}", tuple(columns)


def _keys(spec: ShapeSpec, table: str) -> dict[str, str]:
    customer = name(Role.CUSTOMER)
    if table == ComparisonSubjects.NAME:
        return {ComparisonSubjects.customer_id: f"coalesce({customer}, {name(_ROW)})"}
    keys: dict[str, str] = {Incidents.incident_id: name(_ROW)}
    if Role.CUSTOMER in spec.columns:
        keys[Incidents.customer_id] = customer
    if spec.shape is Shape.EXPERIMENT:
        keys[Incidents.assignment] = name(_ARM)
    if spec.has_clock:
        keys[Incidents.opened_at] = name(Role.MOMENT)
    return keys


def _outcomes(spec: ShapeSpec, table: str, typed: Typed, where: str) -> tuple[str, tuple[str, ...]]:
    """A row a subject and outcome that is told; who has none is unknown."""
    own = Outcomes if table == Outcomes.NAME else ComparisonOutcomes
    key = Outcomes.incident_id if table == Outcomes.NAME else ComparisonOutcomes.customer_id
    known_by = name(_ROW) if table == Outcomes.NAME else f"coalesce({name(Role.CUSTOMER)}, {name(_ROW)})"
    parts = [
        f"SELECT {known_by} AS {name(key)}, {text(outcome)} AS {name(own.outcome)}, {name(_TOLD + outcome)} AS "
        f"{name(own.value)}, _file, _line FROM {typed.relation} WHERE {where} AND {name(_TOLD + outcome)} IS NOT NULL"
        for outcome in spec.outcomes
    ]
    return " UNION ALL ".join(parts), (key, own.outcome, own.value)
