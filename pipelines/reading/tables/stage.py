"""One canonical table out of an export: mapped, parsed, checked row by row. Grain: one row per row of the export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from pipelines.contracts.canonical import SQL_TYPE, Column
from pipelines.contracts.sources import Incidents, Interactions
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.columns.actions import found_in
from pipelines.reading.columns.date_order import check_exchanged, written_formats
from pipelines.reading.columns.faults import FormatUnclear
from pipelines.reading.columns.labels import short_label
from pipelines.reading.columns.mapping import Mapped, Origin, map_columns
from pipelines.reading.columns.parsing import parse_column
from pipelines.reading.columns.readings import Parse
from pipelines.reading.columns.times import zone_table
from pipelines.reading.columns.zones import zone_days
from pipelines.reading.files.quoting import name
from pipelines.reading.tables.identity import check_digits, check_keys
from pipelines.reading.tables.ledger import set_aside_faults
from pipelines.reading.tables.privacy import keyed_hash, same_address
from pipelines.reading.tables.unread import (
    Cells,
    cell_faults,
    mark,
    readable,
    remember_lost,
    row_faults,
    unread_cells,
)
from pipelines.settings.profile import Profile
from pipelines.settings.tables import TableSpec

_ROW = "_row"
STAGED = "_staged"


@dataclass(frozen=True)
class Staged:
    """What staging found: the canonical columns supplied, and checks.

    ``folds``: local times that happen twice; the first is taken.
    """

    supplied: frozenset[str]
    folds: int
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Where exports lie in clear: the sealed engine, and the padded keys that people's ids are hashed with there."""

    engine: Engine
    pads: tuple[bytes, bytes]


def stage_table(engine: Engine, desk: Desk, profile: Profile, spec: TableSpec, origin: Origin) -> Staged:
    """Create the canonical table with ``_file`` and ``_line`` beside its columns, and quarantine its faulty rows.

    Rows are in the order of the files. Only good rows leave the desk, with people's ids hashed, long labels cut and
    messages coded; an incident without id gets the hash of its row. Raises ``ContractError`` on ids that can't be
    believed.
    """
    mapped = map_columns(spec, origin)
    check_digits(desk.engine, spec, origin, mapped)
    formats = _formats(desk.engine, spec, origin, mapped)
    parses = {
        column: parse_column(
            spec.table.by_name[column],
            source.native,
            spec.time_zones.get(column, profile.time_zone),
            formats.get(column, ()),
            origin.file.decimal,
        )
        for column, source in mapped.items()
    }
    _show_zones(desk.engine, {spec.time_zones.get(column, profile.time_zone) for column in mapped})
    table = spec.table
    faults = [(c, r, condition) for c in parses for r, condition in row_faults(table, c, parses[c])]
    cells = {c: told for c in parses if (told := cell_faults(table, c, parses[c]))}
    sql = _select(profile, spec, origin, mapped, parses, [condition for _, _, condition in faults], cells)
    rows = _staged(desk, sql, spec)
    with engine.seeing(STAGED, rows):
        beside = ", ".join(["_fault", "_folds", *map(mark, cells)])
        good = f"SELECT * EXCLUDE ({beside}) FROM {STAGED} WHERE _fault = 0"
        engine.run(f"CREATE TABLE {name(table.name)} AS {good}")
        folds = engine.value(f"SELECT coalesce(sum(_folds), 0) FROM {STAGED} WHERE _fault = 0")
        set_aside_faults(engine, table.name, STAGED, [(column, reason) for column, reason, _ in faults])
        remember_lost(engine, table, STAGED, [reason for _, reason, _ in faults])
        unread = unread_cells(engine, table, STAGED, cells)
    known = Incidents.customer_id in parses
    keys = check_keys(engine, spec, origin, profile.largest_customer_share) if known else []
    return Staged(frozenset(parses), int(folds), (*keys, *unread))


def _formats(
    engine: Engine, spec: TableSpec, origin: Origin, mapped: Mapping[str, Mapped]
) -> dict[str, tuple[str, ...]]:
    written = {
        column: source.sql
        for column, source in mapped.items()
        if spec.table.by_name[column].kind in ("time", "date") and source.native == "VARCHAR"
    }
    undeclared = {column: sql for column, sql in written.items() if column not in spec.formats}
    proved = written_formats(engine, origin.relation, undeclared, f"[tables.{spec.table.name}]")
    formats = {**spec.formats, **proved}
    check_exchanged(engine, origin.relation, {column: sql for column, sql in written.items() if column in formats})
    return formats


def _show_zones(engine: Engine, zones: set[str]) -> None:
    for zone in sorted(zones - {"UTC"}):
        engine.see(zone_table(zone), zone_days(zone))


def _staged(desk: Desk, sql: str, spec: TableSpec) -> pa.Table:
    try:
        return desk.engine.table(sql, desk.pads if "$1" in sql else ())
    except duckdb.InvalidInputException:
        if not spec.formats:
            raise
        raise SourceError(FormatUnclear(spec.table.name)) from None


def _select(
    profile: Profile,
    spec: TableSpec,
    origin: Origin,
    mapped: Mapping[str, Mapped],
    parses: Mapping[str, Parse],
    conditions: list[str],
    cells: Cells,
) -> str:
    written = [f"{source.sql} AS {name(column)}" for column, source in mapped.items()]
    if spec.table.name == Incidents.NAME:
        written.append(f"{_row_text(mapped)} AS {_ROW}")
    first = [f"{sql} AS {alias}" for parse in parses.values() for alias, sql in parse.first.items()]
    second = [f"{sql} AS {alias}" for parse in parses.values() for alias, sql in parse.second.items()]
    read = {
        c: replace(parse, value=readable(parse.value, cells[c])) if c in cells else parse for c, parse in parses.items()
    }
    values = [f"{_value(profile, spec, column, read)} AS {name(column.name)}" for column in spec.table.columns]
    values += [f"{_position([condition for _, condition in told])} AS {mark(c)}" for c, told in cells.items()]
    joins = " ".join(parse.join for parse in parses.values() if parse.join)
    folds = " + ".join(f"CAST({parse.folds} AS INTEGER)" for parse in parses.values() if parse.folds)
    return (
        f"SELECT {', '.join(values)}, _file, _line, {_position(conditions)} AS _fault, {folds or '0'} AS _folds FROM ("
        f"SELECT {', '.join(['parsed.*', *second])} FROM (SELECT {', '.join(['*', *first])} FROM ("
        f"SELECT {', '.join([*written, '_file', '_line'])} FROM {origin.relation})) AS parsed {joins})"
    )


def _position(conditions: Sequence[str]) -> str:
    """SQL: which of these holds first, from 1; 0 where none does."""
    cases = "".join(f" WHEN {condition} THEN {i}" for i, condition in enumerate(conditions, start=1))
    return f"CAST(CASE{cases} ELSE 0 END AS UTINYINT)" if cases else "0"


def _row_text(mapped: Mapping[str, Mapped]) -> str:
    """The whole row as one text, where the export names no id: what such an incident is known by."""
    parts = [f"coalesce(CAST({source.sql} AS VARCHAR), '')" for source in mapped.values()]
    whole = f"concat_ws(chr(31), {', '.join(parts)})"
    return (
        f"CASE WHEN {mapped['incident_id'].sql} IS NULL THEN {whole} END" if Incidents.incident_id in mapped else whole
    )


def _value(profile: Profile, spec: TableSpec, column: Column, parses: Mapping[str, Parse]) -> str:
    """SQL of a column as it leaves the desk: hashed, cut or coded where it could hold somebody's name or words."""
    if spec.table.name == Incidents.NAME and column.name == Incidents.incident_id:
        known = parses[Incidents.incident_id].value if Incidents.incident_id in parses else "NULL"
        return f"coalesce({known}, {keyed_hash(_ROW)})"
    if column.name not in parses:
        return f"CAST(NULL AS {SQL_TYPE[column.kind]})"
    value = parses[column.name].value
    if column.kind == "text":
        return found_in(value, parses[Interactions.actor].value, profile.sources.action_words)
    if column.kind == "label" and not column.allowed:
        return short_label(column, value)
    return keyed_hash(same_address(value)) if column.person else value
