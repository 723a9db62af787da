"""The whole flow: exports → canonical tables → marts → estimates → published run."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipelines.contracts.arrow import row_table
from pipelines.contracts.manifest import Manifest, Origin
from pipelines.contracts.messages.doing import Deciding, Estimating, Joining, JournalFlawed, Progress, Publishing
from pipelines.contracts.tables.published import TABLES
from pipelines.engine import open_engine
from pipelines.handover import company_of, frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.models.estimate import estimate
from pipelines.models.plausible import held_down, outcome_checks
from pipelines.policy.company import Company
from pipelines.policy.decide import decide
from pipelines.policy.doubted import told
from pipelines.publish import journal
from pipelines.publish.lock import turn
from pipelines.publish.provenance import Asked, origin, rows_before
from pipelines.publish.store import local_store
from pipelines.publish.write import publish
from pipelines.reading.files.exports import Data
from pipelines.reading.load import Loaded, load
from pipelines.reading.plausible.spans import rows_since
from pipelines.settings.machine import EngineSettings
from pipelines.settings.profile import Profile

Rows = Mapping[str, Sequence[Any]]


def run(
    data: Data,
    profile: Profile,
    published: Path,
    *,
    id_key: bytes,
    data_cut: date | None,
    even_if_older: bool = False,
    progress: Progress,
) -> Manifest:
    """Run the pipeline over ``data`` and publish the result; returns the manifest of the new run.

    Nobody else may make a run in ``published`` meanwhile. A run of older data becomes current only if told so.
    """
    with turn(published) as mine:
        if journal.flaws(local_store(published)).any:
            progress(JournalFlawed(published / journal.FILE))
        tables, came_from = _made(Asked(data, profile, data_cut, id_key), published, progress)
        progress(Publishing())
        return publish(mine, tables, came_from, even_if_older=even_if_older)


def _made(asked: Asked, published: Path, progress: Progress) -> tuple[Mapping[str, pa.Table], Origin]:
    """Every table of a run, and where they come from; ``published`` holds the decisions to judge."""
    started, store, profile = time.monotonic(), local_store(published), asked.profile
    decisions = journal.decisions(store)
    with open_engine() as engine:
        loaded = load(engine, profile, asked.data, id_key=asked.id_key, data_cut=asked.data_cut, progress=progress)
        progress(Joining())
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        marts = {name: mart_table(engine, name, columns) for name, columns in mart_columns(profile).items()}
        company = company_of(engine, profile, loaded, decisions)
    mart, never_failed = (frame_of(marts[name]) for name in ("incident_mart", "baseline_mart"))
    since = rows_since(loaded.quality, rows_before(store, profile.name))
    loaded = replace(loaded, warnings=(*loaded.warnings, *since))
    rows = _rows(mart, never_failed, loaded, company, progress)
    came_from = origin(asked, loaded, decisions, rows, time.monotonic() - started)
    return {**marts, **{name: row_table(TABLES[name], found) for name, found in rows.items()}}, came_from


def _rows(mart: pd.DataFrame, never_failed: pd.DataFrame, loaded: Loaded, company: Company, progress: Progress) -> Rows:
    """Every published table but the marts: what was read, estimated, counted and decided."""
    progress(Estimating(len(mart)))
    doubts = [*loaded.warnings, *outcome_checks(mart, company.facts)]
    threads = EngineSettings.from_environment().threads
    found = estimate(mart, never_failed if len(never_failed) else None, company.facts, progress, threads)
    estimates = held_down(found, [row for row in doubts if row.touches], mart)
    progress(Deciding())
    decided = decide(mart, never_failed, estimates.effects, company)
    return {
        "effects": estimates.effects,
        "curves": estimates.curves,
        "diagnostics": [*doubts, *estimates.diagnostics],
        **decided.tables(),
        "measures": told(decided.measures, [row for row in doubts if row.touches]),
        "quality": loaded.quality,
        "quarantine": loaded.quarantine,
    }
