"""Exports to canonical tables: read, map, check, quarantine, pseudonymise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contracts.sources import SQL_TYPE, TABLES, Table
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.settings import Profile, cut_instant
from pipelines.sources.cut import MOMENTS, latest_day, today_utc
from pipelines.sources.delimited import read_delimited
from pipelines.sources.exports import find_exports, sha256_of
from pipelines.sources.ledger import kept_rows, open_ledger, quality, quarantined, set_aside
from pipelines.sources.privacy import key_pads
from pipelines.sources.quoting import name, text
from pipelines.sources.spec import read_spec
from pipelines.sources.stage import stage_table


@dataclass(frozen=True)
class Loaded:
    """What loading leaves beside the tables in the engine.

    ``supplied``: canonical table → columns the profile supplies. ``quality`` and ``quarantine``: rows of these result
    tables. ``inputs``: file → SHA-256. ``warnings``: rows of ``diagnostics`` with an empty effect_id.
    """

    supplied: dict[str, frozenset[str]]
    quality: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]
    inputs: dict[str, str]
    data_cut: date
    warnings: list[dict[str, Any]]


def load(
    engine: Engine,
    profile: Profile,
    data_dir: Path,
    *,
    id_key: bytes,
    data_cut: date | None,
    progress: Callable[[str], None],
) -> Loaded:
    """Fill the engine with every canonical table of ``contracts.sources`` (empty when not supplied)."""
    spec = read_spec(profile)
    open_ledger(engine)
    exports = find_exports(spec, [t.file for t in spec.tables.values()], data_dir)
    supplied: dict[str, frozenset[str]] = {}
    rows_in: dict[tuple[str, str], int] = {}
    for table in spec.tables.values():
        for i, export in enumerate(exports[table.file]):
            progress(f"reading {export.name}")
            relation = f"raw.{name(f'{table.table.name}_{i}')}"
            reading = read_delimited(engine, export, relation)
            rows_in[table.table.name, export.name] = reading.rows_in
            supplied[table.table.name] = stage_table(
                engine, profile, table, spec.files[table.file], relation, reading.columns, key_pads(id_key)
            )
    for missing in set(TABLES) - set(supplied):
        _empty(engine, TABLES[missing])
    cut = data_cut or profile.data_cut or latest_day(engine, today_utc())
    for table_name, moment in MOMENTS.items():
        if table_name in supplied:
            late = f"{moment} >= TIMESTAMP {text(cut_instant(cut).strftime('%Y-%m-%d %H:%M:%S'))}"
            set_aside(engine, table_name, late, moment, "after the data cut")
    for table_name in supplied:
        if table_name != "incidents" and "incident_id" in TABLES[table_name].by_name:
            unknown = "incident_id IS NOT NULL AND incident_id NOT IN (SELECT incident_id FROM incidents)"
            set_aside(engine, table_name, unknown, "incident_id", "no such incident")
    kept = kept_rows(engine, sorted(supplied))
    if not any(rows for (table_name, _), rows in kept.items() if table_name == "incidents"):
        raise ContractError("incidents: no valid row is left. See the reasons with `amends validate`.")
    loaded = Loaded(
        supplied=supplied,
        quality=quality(engine, rows_in, kept),
        quarantine=quarantined(engine),
        inputs={e.name: sha256_of(e.path) for found in exports.values() for e in found},
        data_cut=cut,
        warnings=[],
    )
    _publish(engine, supplied)
    return loaded


def _empty(engine: Engine, table: Table) -> None:
    columns = ", ".join(f"{name(c.name)} {SQL_TYPE[c.kind]}" for c in table.columns if c.kind != "text")
    engine.run(f"CREATE TABLE {name(table.name)} ({columns})")


def _publish(engine: Engine, supplied: Mapping[str, frozenset[str]]) -> None:
    """Leave the contract's columns only: no texts, no traces of files, nothing raw."""
    for table in supplied:
        texts = [c.name for c in TABLES[table].columns if c.kind == "text"]
        for column in (*texts, "_file", "_line"):
            engine.run(f"ALTER TABLE {name(table)} DROP COLUMN {name(column)}")
    engine.run("DROP SCHEMA raw CASCADE")
