"""The whole flow: exports → canonical tables → marts → estimates → published run."""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.contracts.arrow import row_table
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.messages.doing import Deciding, Estimating, Joining, Progress, Publishing
from pipelines.contracts.tables.published import TABLES
from pipelines.engine import open_engine
from pipelines.handover import company_of, frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.models.estimate import estimate
from pipelines.policy.company import Company
from pipelines.policy.decide import decide
from pipelines.publish import journal
from pipelines.publish.provenance import Asked, origin
from pipelines.publish.store import local_store
from pipelines.publish.write import publish
from pipelines.reading.load import Loaded, load
from pipelines.settings.profile import Profile

Rows = Mapping[str, Sequence[Any]]


def run(
    data_dir: Path, profile: Profile, published: Path, *, id_key: bytes, data_cut: date | None, progress: Progress
) -> Manifest:
    """Run the pipeline over ``data_dir`` and publish the result; returns the manifest of the new run."""
    started, asked = time.monotonic(), Asked(data_dir, profile, data_cut, id_key)
    decisions = journal.decisions(local_store(published))
    with open_engine() as engine:
        loaded = load(engine, profile, data_dir, id_key=id_key, data_cut=data_cut, progress=progress)
        progress(Joining())
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        marts = {name: mart_table(engine, name, columns) for name, columns in mart_columns(profile).items()}
        company = company_of(engine, profile, loaded, decisions)
    mart, never_failed = (frame_of(marts[name]) for name in ("incident_mart", "baseline_mart"))
    rows = _rows(mart, never_failed, loaded, company, progress)
    progress(Publishing())
    came_from = origin(asked, loaded, decisions, rows["effects"], time.monotonic() - started)
    tables = {name: row_table(TABLES[name], found) for name, found in rows.items()}
    return publish(published, {**marts, **tables}, came_from)


def _rows(mart: pd.DataFrame, never_failed: pd.DataFrame, loaded: Loaded, company: Company, progress: Progress) -> Rows:
    """Every published table but the marts: what was read, estimated, counted and decided."""
    progress(Estimating(len(mart)))
    estimates = estimate(mart, never_failed if len(never_failed) else None, company.facts, progress)
    progress(Deciding())
    decided = decide(mart, never_failed, estimates.effects, company).tables()
    return {
        "effects": estimates.effects,
        "curves": estimates.curves,
        "diagnostics": [*loaded.warnings, *estimates.diagnostics],
        **decided,
        "quality": loaded.quality,
        "quarantine": loaded.quarantine,
    }
