"""Nothing that names a person leaves the sources: canaries planted in an export are looked for in all a run leaves."""

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from amends.cli import main
from pipelines.publish.store import local_store
from pipelines.simulate.company import simulate
from pipelines.simulate.files import write_tables

CANARY = "zq7canary"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A small simulated export with a canary in every place where a person's words or name could stand."""
    folder = tmp_path_factory.mktemp("export")
    write_tables(simulate(400, 7), folder)
    for path in sorted(folder.glob("*.csv.gz")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        for column in ("guest_name", "email", "notes"):
            table[column] = [f"{CANARY}-{path.name[:4]}-{column}-{i}@example.org" for i in range(len(table))]
        _plant_in_broken_rows(table)
        table.to_csv(path, index=False, compression={"method": "gzip", "mtime": 0})
    return folder


def _plant_in_broken_rows(table):
    for column in ("customer_id", "agent_id", "issued_by"):
        if column in table:
            table[column] = [f"{CANARY}-{v}" if v else v for v in table[column]]
    broken = {"opened_at", "ordered_at", "contacted_at", "issued_at", "amount", "loss_amount", "actor", "kind", "fault"}
    for place, column in enumerate(sorted(broken & set(table.columns))):
        table.loc[10 + place, column] = f"{CANARY} wrote this"


def test_no_canary_is_found_in_anything_a_run_leaves(planted, tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("AMENDS_ID_KEY", "a key for this test alone, 32 bytes or more")
    assert main(["run", "--data", str(planted), "--profile", "sample", "--published", str(tmp_path)]) == 0
    spoken = "".join(capfd.readouterr())
    assert "quarantine" in spoken or "kept" in spoken
    assert CANARY not in spoken
    store = local_store(tmp_path)
    run = store.folder(store.current_id())
    for path in run.glob("*.parquet"):
        table = pq.read_table(path)
        assert CANARY not in json.dumps(table.to_pylist(), default=str), path.name
        assert CANARY.encode() not in path.read_bytes(), path.name
    assert CANARY not in (run / "manifest.json").read_text(encoding="utf-8")
    quarantined = pq.read_table(run / "quarantine.parquet")
    assert quarantined.num_rows > 0


def test_an_error_that_stops_the_run_names_no_person_either(planted, tmp_path, capfd):
    for path in planted.glob("*.csv.gz"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    incidents = pd.read_csv(tmp_path / "incidents.csv.gz", dtype=str, keep_default_na=False)
    incidents["opened_at"] = [f"{CANARY}-{i}" for i in range(len(incidents))]
    incidents.to_csv(tmp_path / "incidents.csv.gz", index=False)
    published = tmp_path / "published"
    assert main(["run", "--data", str(tmp_path), "--profile", "sample", "--published", str(published)]) == 2
    spoken = "".join(capfd.readouterr())
    assert "incidents" in spoken
    assert CANARY not in spoken
    assert not (published / "current").exists()
