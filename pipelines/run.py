"""The whole flow: exports → canonical tables → marts → estimates → published run."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipelines.contracts.decided import Decision, remembered
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.numerals import written_as
from pipelines.contracts.results import SCHEMA_VERSION
from pipelines.contracts.tables.moving import tables_of
from pipelines.engine import Engine, open_engine
from pipelines.errors import SourceError
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.measures import measure
from pipelines.models.estimate import Facts, estimate
from pipelines.policy.company import COMPANY_TABLES, Company
from pipelines.policy.decide import decide
from pipelines.publish import journal
from pipelines.publish.provenance import made
from pipelines.publish.write import publish
from pipelines.reading.load import Loaded, load
from pipelines.settings.profile import Profile

Progress = Callable[[str], None]

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
        progress("joining to one row per incident")
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        marts = {name: mart_table(engine, name, columns) for name, columns in mart_columns(profile).items()}
        decisions = remembered(journal.entries(published))
        company = company_of(engine, profile, loaded, decisions)
    progress(f"estimating on {marts['incident_mart'].num_rows:,} incidents")
    with written_as(profile.locale):
        results = _results(marts["incident_mart"], marts["baseline_mart"], profile, loaded, company, progress)
    progress("publishing")
    facts = _manifest_facts(profile, loaded, decisions, id_key)
    effects = results["effects"].select(["spec", "grade", "verdict"]).to_pylist()
    facts["made"] = made(data_dir, profile, data_cut, time.monotonic() - started, effects)
    return publish(published, {**marts, **results}, facts)


def _load(
    engine: Engine, data_dir: Path, profile: Profile, id_key: bytes, data_cut: date | None, progress: Progress
) -> Loaded:
    if not data_dir.is_dir():
        raise SourceError(f"{data_dir}: no such folder. Name the folder that holds the exports with --data.")
    progress(f"reading {data_dir}")
    return load(engine, profile, data_dir, id_key=id_key, data_cut=data_cut or profile.data_cut, progress=progress)


def _results(
    incidents: pa.Table,
    baseline: pa.Table,
    profile: Profile,
    loaded: Loaded,
    company: Company,
    progress: Progress,
) -> dict[str, pa.Table]:
    mart, never_failed = frame_of(incidents), frame_of(baseline)
    estimates = estimate(
        mart,
        never_failed if len(never_failed) else None,
        company.facts,
        lambda outcome: progress(f"estimating: {outcome}"),
    )
    progress("deciding")
    rows = {
        "effects": estimates.effects,
        "curves": estimates.curves,
        "diagnostics": [*loaded.warnings, *estimates.diagnostics],
        "measures": measure(mart, never_failed, profile.horizons_days),
        **decide(mart, never_failed, estimates.effects, company),
        "quality": loaded.quality,
        "quarantine": loaded.quarantine,
    }
    return tables_of(rows)


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


def _manifest_facts(profile: Profile, loaded: Loaded, decisions: tuple[Decision, ...], id_key: bytes) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "code_version": f"{version('amends')}+{_digest(_source_files())[:12]}",
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "data_cut": loaded.data_cut.isoformat(),
        "profile": {
            "name": profile.name,
            "title": profile.title,
            "simulated": profile.simulated,
            "note": profile.note,
            "customers_word": profile.customers_word,
            "currency": profile.currency,
            "locale": profile.locale,
            "time_zone": profile.time_zone,
            "horizons_days": list(profile.horizons_days),
            "response_cap_days": profile.response_cap_days,
            "severity_order": list(profile.severity_order),
            "retention": profile.retention,
            "sampled_by": profile.sampled_by,
            "targets": [asdict(t) for t in profile.targets],
            "outcomes": [asdict(o) for o in profile.outcomes],
        },
        "profile_hash": _digest(sorted(p for p in profile.folder.rglob("*") if p.suffix in {".toml", ".sql"})),
        "settings_hash": _settings_hash(loaded.data_cut, decisions, id_key),
        "inputs": dict(sorted(loaded.inputs.items())),
        "supplied": {table: sorted(columns) for table, columns in sorted(loaded.supplied.items())},
    }


def _settings_hash(data_cut: date, decisions: tuple[Decision, ...], id_key: bytes) -> str:
    """What was asked for beside the profile: the data cut, and the remembered decisions that the run judges.

    The key of ids counts too: another one names customers otherwise, and draws others who never failed.
    """
    key = hmac.new(id_key, b"settings of a run", hashlib.sha256).hexdigest()
    asked: dict[str, Any] = {"data_cut": data_cut.isoformat(), "engine": "duckdb", "id_key": key}
    if decisions:
        asked["decisions"] = [asdict(decision) for decision in decisions]
    return hashlib.sha256(json.dumps(asked, default=str).encode()).hexdigest()


def _source_files() -> list[Path]:
    folder = Path(__file__).parent
    return sorted(p for p in folder.rglob("*") if p.suffix in {".py", ".sql"})


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
