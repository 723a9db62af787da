"""The whole flow: exports → canonical tables → marts → estimates → published run."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipelines.contracts.catalog.doing import Deciding, Estimating, Joining, Progress, Publishing, ReadingFolder
from pipelines.contracts.catalog.faults_runs import NoExportsFolder
from pipelines.contracts.decided import Decision
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.numerals import written_as
from pipelines.contracts.tables.moving import tables_of
from pipelines.engine import Engine, open_engine
from pipelines.errors import SourceError
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.measures import measure
from pipelines.models.estimate import Facts, estimate
from pipelines.policy.company import COMPANY_TABLES, Company
from pipelines.policy.decide import decide
from pipelines.publish import journal
from pipelines.publish.provenance import Asked, origin
from pipelines.publish.store import local_store
from pipelines.publish.write import publish
from pipelines.reading.load import Loaded, load
from pipelines.settings.profile import Profile

# Negative as in the mart: by its sentiment, else a review by its stars.
BAD_POSTS = """
SELECT CAST(posted_at AS DATE) AS posted_on, count(*) AS posts
FROM word_of_mouth
WHERE kind IN ('post', 'review')
    AND (sentiment = 'negative' OR (sentiment IS NULL AND kind = 'review' AND score <= 2))
GROUP BY CAST(posted_at AS DATE)
ORDER BY posted_on
"""


@dataclass(frozen=True)
class Checked:
    """What `amends validate` reports: the loaded tables' quality and how many incidents are left."""

    loaded: Loaded
    incidents: int


def validate(data_dir: Path, profile: Profile, id_key: bytes, data_cut: date | None, progress: Progress) -> Checked:
    """Read, map and check the exports without estimating or publishing anything."""
    with open_engine() as engine:
        loaded = _load(engine, data_dir, profile, id_key, data_cut, progress)
        return Checked(loaded, engine.value("SELECT count(*) FROM incidents"))


def run(
    data_dir: Path,
    profile: Profile,
    published: Path,
    *,
    id_key: bytes,
    data_cut: date | None,
    progress: Progress,
) -> Manifest:
    """Run the pipeline over ``data_dir`` and publish the result; returns the manifest of the new run."""
    started = time.monotonic()
    with open_engine() as engine:
        loaded = _load(engine, data_dir, profile, id_key, data_cut, progress)
        progress(Joining())
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        marts = {name: mart_table(engine, name, columns) for name, columns in mart_columns(profile).items()}
        decisions = journal.decisions(local_store(published))
        company = company_of(engine, profile, loaded, decisions)
    progress(Estimating(marts["incident_mart"].num_rows))
    with written_as(profile.locale):
        rows = _rows(marts["incident_mart"], marts["baseline_mart"], profile, loaded, company, progress)
    progress(Publishing())
    asked = Asked(data_dir, profile, data_cut, id_key)
    came_from = origin(asked, loaded, decisions, rows["effects"], time.monotonic() - started)
    return publish(published, {**marts, **tables_of(rows)}, came_from)


def _load(
    engine: Engine, data_dir: Path, profile: Profile, id_key: bytes, data_cut: date | None, progress: Progress
) -> Loaded:
    if not data_dir.is_dir():
        raise SourceError(NoExportsFolder(data_dir))
    progress(ReadingFolder(data_dir))
    return load(engine, profile, data_dir, id_key=id_key, data_cut=data_cut or profile.data_cut, progress=progress)


def _rows(
    incidents: pa.Table,
    baseline: pa.Table,
    profile: Profile,
    loaded: Loaded,
    company: Company,
    progress: Progress,
) -> dict[str, Sequence[Any]]:
    mart, never_failed = frame_of(incidents), frame_of(baseline)
    estimates = estimate(mart, never_failed if len(never_failed) else None, company.facts, progress)
    progress(Deciding())
    decided = decide(mart, never_failed, estimates.effects, company).tables()
    return {
        "effects": estimates.effects,
        "curves": estimates.curves,
        "diagnostics": [*loaded.warnings, *estimates.diagnostics],
        **decided,
        "measures": [*measure(mart, never_failed, profile.horizons_days), *decided["measures"]],
        "quality": loaded.quality,
        "quarantine": loaded.quarantine,
    }


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A mart as the models take it: money as float, everything else in pandas' own types."""
    money = [f.name for f in table.schema if pa.types.is_decimal(f.type)]
    for name in money:
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.float64()))
    frame: pd.DataFrame = table.to_pandas()
    return frame


def facts_of(profile: Profile, loaded: Loaded) -> Facts:
    """What the models may know of the profile: declarations, never paths."""
    return Facts(
        horizons_days=profile.horizons_days,
        response_cap_minutes=profile.response_cap_minutes,
        severity_order=profile.severity_order,
        sampled_by=profile.sampled_by,
        randomised=profile.randomised,
        retention=profile.retention,
        supplied=loaded.supplied,
        covariates=profile.covariates,
        declared_outcomes=profile.outcomes,
        crossed_segments=profile.crossed_segments,
    )


def company_of(engine: Engine, profile: Profile, loaded: Loaded, decisions: tuple[Decision, ...] = ()) -> Company:
    """What the decision layer may know: declarations, past decisions, and the small tables of another grain."""
    tables = {name: frame_of(engine.table(f"SELECT * FROM {name}")) for name in COMPANY_TABLES}
    tables["bad_posts"] = frame_of(engine.table(BAD_POSTS))
    return Company(
        facts=facts_of(profile, loaded),
        data_cut=loaded.data_cut,
        currency=profile.currency,
        margin_rate=profile.margin_rate,
        handling_cost_per_contact=profile.handling_cost_per_contact,
        speed_cost_per_hour=profile.speed_cost_per_hour,
        targets=profile.targets,
        decisions=decisions,
        **tables,
    )
