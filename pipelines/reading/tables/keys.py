"""One row per key: repeats are set aside, except exact repeats of incidents, which stay under an id of their own."""

from collections.abc import Collection

from pipelines.contracts.canonical import Grain, Table
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.thresholds import MOST_REPEATS
from pipelines.contracts.sources import Incidents
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.files.quoting import name
from pipelines.reading.tables.faults import TooManyRepeats
from pipelines.reading.tables.ledger import set_aside
from pipelines.reading.tables.warnings import counted


def settle_keys(engine: Engine, table: Table, supplied: Collection[str]) -> list[Diagnostic]:
    """Make the table's key unique. Raises ``ContractError`` when more than 5 % of the rows repeat a key."""
    if not table.key:
        return []
    repeats = _mark_repeats(engine, table, supplied)
    warnings: list[Diagnostic] = []
    if repeats:
        _check_share(engine, table, repeats, supplied)
        if table.name == Incidents.NAME:
            warnings = _number_exact_repeats(engine, supplied)
        set_aside(engine, table.name, f"_id IN (SELECT id FROM {_REPEATS})", _key(table), RowReason.REPEATED)
    engine.run(f"DROP TABLE {_REPEATS}")
    engine.run(f"ALTER TABLE {table.name} DROP COLUMN _id")
    return warnings


_REPEATS = "raw._repeats"


def _key(table: Table) -> str:
    return "+".join(table.key)


def _mark_repeats(engine: Engine, table: Table, supplied: Collection[str]) -> int:
    """Store the rows after the first of each key, in the order of file, line and content, with the first one beside.

    Rows get an id of their own for the time being: ``rowid`` may change from one statement to the next.
    """
    engine.run(f"ALTER TABLE {table.name} ADD COLUMN _id BIGINT")
    engine.run(f"UPDATE {table.name} SET _id = rowid")
    key = ", ".join(map(name, table.key))
    order = ("_file", "_line", *sorted(supplied))
    same = " AND ".join(f"t.{name(k)} IS NOT DISTINCT FROM d.{name(k)}" for k in table.key)
    engine.run(
        f"CREATE TABLE {_REPEATS} AS SELECT id, first, nth FROM (SELECT t._id AS id, "
        "first_value(t._id) OVER ranked AS first, row_number() OVER ranked AS nth "
        f"FROM {table.name} t JOIN (SELECT {key} FROM {table.name} GROUP BY {key} HAVING count(*) > 1) d ON {same} "
        f"WINDOW ranked AS (PARTITION BY {_of('t', table.key)} ORDER BY {_of('t', order)}, t._id)) WHERE nth > 1"
    )
    return int(engine.value(f"SELECT count(*) FROM {_REPEATS}"))


def _of(alias: str, columns: Collection[str]) -> str:
    return ", ".join(f"{alias}.{name(column)}" for column in columns)


def _check_share(engine: Engine, table: Table, repeats: int, supplied: Collection[str]) -> None:
    rows = engine.value(f"SELECT count(*) FROM {table.name}")
    if repeats > MOST_REPEATS * rows and set(table.key) <= set(supplied):
        grain = Grain(table.name)
        raise ContractError(TooManyRepeats(table.name, repeats, rows, _key(table), MOST_REPEATS, grain))


def _number_exact_repeats(engine: Engine, supplied: Collection[str]) -> list[Diagnostic]:
    """Incidents equal in every column to the first of their id get ``-2``, ``-3``, … and leave the list of repeats."""
    columns = ", ".join(name(column) for column in sorted(supplied) or [Incidents.incident_id])
    equal = f"(SELECT row({columns}) FROM incidents a WHERE a._id = r.id) IS NOT DISTINCT FROM "
    equal += f"(SELECT row({columns}) FROM incidents b WHERE b._id = r.first)"
    engine.run(f"CREATE TABLE raw._exact AS SELECT id, nth FROM {_REPEATS} r WHERE {equal}")
    rows = int(engine.value("SELECT count(*) FROM raw._exact"))
    engine.run(
        "UPDATE incidents SET incident_id = incident_id || '-' || e.nth FROM raw._exact e WHERE incidents._id = e.id"
    )
    engine.run(f"DELETE FROM {_REPEATS} WHERE id IN (SELECT id FROM raw._exact)")
    engine.run("DROP TABLE raw._exact")
    return counted(Check.EXACT_DUPLICATES, Incidents.NAME, rows)
