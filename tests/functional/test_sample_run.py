"""The committed sample, from its files to a published run."""

import csv
import gzip
import json

import pyarrow.parquet as pq
import pytest
from published_sample import SAMPLE, publish_sample

from pipelines.contracts.arrow import mart_schema, row_schema
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED
from pipelines.contracts.tables.published import TABLES
from pipelines.join.build import mart_columns
from pipelines.publish.store import local_store
from pipelines.settings.load import load_profile


def published(folder):
    return local_store(folder.parents[1]).run(folder.name)


def test_every_table_is_published_in_its_contract(sample_run):
    profile = load_profile("sample")
    for name, columns in mart_columns(profile).items():
        assert pq.read_schema(sample_run / f"{name}.parquet").equals(mart_schema(columns))
    for name in TABLES:
        assert pq.read_schema(sample_run / f"{name}.parquet").equals(row_schema(TABLES[name]))


def test_rows_in_are_kept_plus_quarantined_in_every_file_and_the_mart_holds_what_was_kept(sample_run):
    quality = published(sample_run).quality
    files = {(q.table, q.file) for q in quality}
    for file in files:
        counts = {q.reason: q.rows for q in quality if (q.table, q.file) == file}
        others = sum(n for reason, n in counts.items() if reason not in (RowReason.ROWS_IN, RowReason.KEPT))
        assert counts[RowReason.ROWS_IN] == counts[RowReason.KEPT] + others
        with gzip.open(SAMPLE / file[1], "rt", encoding="utf-8", newline="") as text:
            assert counts[RowReason.ROWS_IN] == sum(1 for _ in csv.reader(text)) - 1
    kept = sum(q.rows for q in quality if q.table == "incidents" and q.reason is RowReason.KEPT)
    assert pq.read_metadata(sample_run / "incident_mart.parquet").num_rows == kept


@pytest.mark.long  # the small company is rerun in every test session
def test_a_rerun_gives_the_same_bytes_in_every_table(sample_run, tmp_path):
    again = publish_sample(tmp_path)
    for path in sorted(sample_run.glob("*.parquet")):
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_no_customer_of_the_export_is_named_in_the_run(sample_run):
    with gzip.open(SAMPLE / "customers.csv.gz", "rt", encoding="utf-8", newline="") as text:
        customers = {row["customer_id"] for row in csv.DictReader(text)}
    for path in sample_run.glob("*.parquet"):
        table = pq.read_table(path)
        for column in table.column_names:
            if str(table[column].type) == "string":
                assert not customers & set(table[column].to_pylist()), (path.name, column)


def test_the_manifest_says_what_was_read(sample_run):
    manifest = local_store(sample_run.parents[1]).manifest(sample_run.name)
    assert manifest.profile.simulated is True
    assert set(manifest.inputs) >= {"incidents.csv.gz", "orders.csv.gz", "interactions.csv.gz"}
    assert manifest.rows["incident_mart"] == pq.read_metadata(sample_run / "incident_mart.parquet").num_rows


@pytest.mark.parametrize("treatment", [SPEED, COMPENSATION])
def test_raw_stands_beside_adjusted_for_every_contrast(sample_run, treatment):
    rows = [e for e in published(sample_run).effects if e.treatment == treatment and e.outcome == RETURNED]
    raw, adjusted = (
        {(e.horizon_days, e.contrast, e.level_to) for e in rows if e.spec is spec and not e.segment}
        for spec in (Spec.RAW, Spec.ADJUSTED)
    )
    assert adjusted
    assert adjusted <= raw


def test_every_effect_has_an_interval_or_a_reason(sample_run):
    for effect in published(sample_run).effects:
        if effect.verdict is Verdict.ESTIMATED:
            assert effect.ci_low <= effect.estimate <= effect.ci_high
            assert effect.n_incidents > 0
        else:
            assert effect.reasons


def test_the_truth_of_the_simulation_lies_beside_the_sample(sample_run):
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    assert "simulated" in json.dumps(truth).lower()
    assert sum(p.stat().st_size for p in SAMPLE.iterdir()) < 5_000_000
