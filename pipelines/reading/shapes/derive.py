"""Tables that shapes give: each shaped file is read once, then each of its tables is a SELECT over what was read."""

from dataclasses import dataclass, replace

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.shapes import Shape
from pipelines.engine import Engine
from pipelines.reading.columns.mapping import Origin
from pipelines.reading.files.quoting import name
from pipelines.reading.shapes.events import events_origin, read_events
from pipelines.reading.shapes.subjects import read_subjects, subjects_origin
from pipelines.reading.shapes.typed import FAULT, Typed
from pipelines.settings.profile import Profile
from pipelines.settings.shapes import ShapeSpec
from pipelines.settings.sources import Sources
from pipelines.settings.tables import TableSpec

# file, line, column, reason
Unread = tuple[str, int | None, str, RowReason]


@dataclass(frozen=True)
class Shaped:
    """One shaped file as read: what its tables are made of, and the rows that nothing can be made of."""

    spec: ShapeSpec
    origin: Origin
    typed: Typed
    unread: tuple[Unread, ...]


def derived_tables(sources: Sources, alias: str) -> tuple[str, ...]:
    """The canonical tables that are made of a file by its shape; none for a file without one."""
    shape = sources.shapes.get(alias)
    return tuple(t for t in shape.tables if t in sources.tables and sources.tables[t].file == alias) if shape else ()


def read_shaped(engine: Engine, profile: Profile, alias: str, origin: Origin) -> Shaped:
    """Read a shaped file. Raises ``ContractError`` where it isn't what the profile says."""
    spec = profile.sources.shapes[alias]
    tables = {table: profile.sources.tables[table] for table in derived_tables(profile.sources, alias)}
    read = read_events if spec.shape is Shape.EVENTS else read_subjects
    typed = read(engine, profile.time_zone, spec, origin, tables)
    return Shaped(spec, origin, typed, _unread(engine, typed))


def _unread(engine: Engine, typed: Typed) -> tuple[Unread, ...]:
    rows = engine.rows(f"SELECT _file, _line, {FAULT} FROM {typed.relation} WHERE {FAULT} > 0 ORDER BY 1, 2")
    return tuple((file, line, *typed.faults[fault - 1]) for file, line, fault in rows)


def derived_origin(engine: Engine, shaped: Shaped, table: TableSpec) -> tuple[Origin, TableSpec]:
    """What one table is staged from, and how: its columns are canonical already, their texts as written."""
    if shaped.spec.shape is Shape.EVENTS:
        select, columns = events_origin(shaped.spec, table, shaped.origin)
    else:
        select, columns = subjects_origin(shaped.spec, table, shaped.typed)
    held = f"{shaped.spec.file} {table.table.name}"
    engine.see(held, engine.table(select))
    types = {column: kind for column, kind, *_ in engine.rows(f"DESCRIBE {name(held)}") if column in columns}
    origin = replace(shaped.origin, relation=name(held), columns=types, found=tuple(columns))
    return origin, replace(table, columns={})
