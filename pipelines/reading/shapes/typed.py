"""Rows of a shaped file with their moments read: the texts a shape needs, and moments in UTC. Grain: a row of the file.

Read as canonical tables are: formats that the profile declares or the dates prove, zones, and a reason for each row
that can't be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.shapes import MOMENTS, Role
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.date_order import written_formats
from pipelines.reading.columns.faults import NoColumn
from pipelines.reading.columns.mapping import Origin, written_text
from pipelines.reading.columns.readings import Parse, is_time
from pipelines.reading.columns.times import parse_time, zone_table
from pipelines.reading.columns.zones import zone_days
from pipelines.reading.files.quoting import name
from pipelines.settings.declared import shown, suggestion
from pipelines.settings.shapes import ShapeSpec

# Which fault a row has, from 1 in the order of ``Typed.faults``; 0 for a good row.
FAULT = "_fault"


@dataclass(frozen=True)
class Typed:
    """Rows in an engine under a name, and what each number of ``_fault`` means: a column and a reason."""

    relation: str
    faults: tuple[tuple[str, RowReason], ...]


def shaped(spec: ShapeSpec) -> str:
    """The name under which the rows of a shaped file are held."""
    return f"{spec.file} shaped"


def column_of(spec: ShapeSpec, origin: Origin, column: str, part: str) -> str:
    """A column of the file by the name the profile gives it, in the file's own letters."""
    found = next((c for c in origin.columns if c.lower() == column.lower()), None)
    if found is None:
        at = f"shape.{spec.file}"
        raise ContractError(
            NoColumn(origin.where, column, str(part), at, shown(origin.found), suggestion(column, origin.found))
        )
    return found


def written(spec: ShapeSpec, origin: Origin, column: str, part: str) -> str:
    """SQL of a column as the file writes it."""
    found = column_of(spec, origin, column, part)
    return written_text(found, origin.columns[found], origin.file.nulls)


def typed_rows(
    engine: Engine,
    zone: str,
    spec: ShapeSpec,
    origin: Origin,
    texts: Mapping[str, str],
    required: Sequence[str],
) -> Typed:
    """Hold the rows under ``<alias> shaped``: ``texts`` (name → SQL), a column a moment, and ``_fault``.

    ``zone``: of moments without one. A row without a text or moment of ``required`` is at fault.
    """
    moments = {role: column_of(spec, origin, spec.columns[role], role) for role in MOMENTS if role in spec.columns}
    parses = _parses(engine, zone, spec, origin, moments)
    inner = [f"{sql} AS {name(alias)}" for alias, sql in texts.items()]
    inner += [f"{_source(origin, column)} AS {name(role)}" for role, column in moments.items()]
    faults = [(column, RowReason.MISSING, f"{name(column)} IS NULL") for column in required]
    faults += [(role, reason, condition) for role, parse in parses.items() for reason, condition in parse.faults]
    cases = "".join(f" WHEN {condition} THEN {i}" for i, (_, _, condition) in enumerate(faults, start=1))
    chosen = [name(alias) for alias in texts]
    chosen += [f"({parse.value}) AT TIME ZONE 'UTC' AS {name(role)}" for role, parse in parses.items()]
    sql = (
        f"SELECT {', '.join(chosen)}, _file, _line, {f'CASE{cases} ELSE 0 END' if cases else '0'} AS {FAULT} FROM ("
        f"{_layers(inner, list(parses.values()), origin.relation)})"
    )
    engine.see(shaped(spec), engine.table(sql))
    return Typed(name(shaped(spec)), tuple((column, reason) for column, reason, _ in faults))


def _parses(
    engine: Engine, usual: str, spec: ShapeSpec, origin: Origin, moments: Mapping[Role, str]
) -> dict[Role, Parse]:
    undeclared = {
        role.value: _source(origin, column)
        for role, column in moments.items()
        if role not in spec.formats and not is_time(origin.columns[column])
    }
    proved = written_formats(engine, origin.relation, undeclared, f"[shape.{spec.file}]")
    parses = {}
    for role, column in moments.items():
        zone = spec.time_zones.get(role, usual)
        if zone != "UTC":
            engine.see(zone_table(zone), zone_days(zone))
        native = origin.columns[column] if is_time(origin.columns[column]) else "VARCHAR"
        parses[role] = parse_time(role, native, zone, spec.formats.get(role, proved.get(role.value, ())))
    return parses


def _source(origin: Origin, column: str) -> str:
    native = origin.columns[column]
    return name(column) if is_time(native) else written_text(column, native, origin.file.nulls)


def _layers(inner: Sequence[str], parses: Sequence[Parse], relation: str) -> str:
    """A parse reads its column in three layers: as written, then two that add to it."""
    first = [f"{sql} AS {alias}" for parse in parses for alias, sql in parse.first.items()]
    second = [f"{sql} AS {alias}" for parse in parses for alias, sql in parse.second.items()]
    joins = " ".join(parse.join for parse in parses if parse.join)
    return (
        f"SELECT {', '.join(['parsed.*', *second])} FROM (SELECT {', '.join(['*', *first])} FROM ("
        f"SELECT {', '.join([*inner, '_file', '_line'])} FROM {relation})) AS parsed {joins}"
    )
