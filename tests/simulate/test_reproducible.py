"""The same seed gives the same data, and the committed sample is what its seed gives."""

import gzip
import json
from functools import partial
from pathlib import Path

import pytest

from pipelines.simulate import truth
from pipelines.simulate.company import simulate
from pipelines.simulate.files import exported, write_sample

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
SAMPLE_SEED = 20260101


@pytest.fixture(scope="module")
def committed():
    return simulate(8_000, SAMPLE_SEED)


def test_same_seed_same_tables_and_another_seed_others():
    first, again, other = (simulate(400, seed).tables for seed in (1, 1, 2))
    frames, repeated, others = (exported(tables) for tables in (first, again, other))
    for name, frame in frames.items():
        assert frame.equals(repeated[name]), name
    assert not frames["incidents"].equals(others["incidents"])
    assert not frames["orders"].equals(others["orders"])


def test_the_files_of_two_writes_are_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(truth, "population_truth", partial(truth.population_truth, incidents=2_000))
    simulated = simulate(120, 5)
    for folder in ("one", "two"):
        write_sample(simulated, tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted([*(f"{table}.csv.gz" for table in vars(simulated.tables)), "truth.json"])
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_the_committed_sample_is_what_its_seed_gives(committed):
    for name, frame in exported(committed.tables).items():
        expected = frame.to_csv(index=False, lineterminator="\n")
        with gzip.open(SAMPLE / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
            assert file.read() == expected, name


def test_the_committed_truth_is_what_the_simulator_says(committed):
    written = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    said = json.loads(committed.truth.as_json())
    assert written["simulated"] is True
    assert {k: v for k, v in written.items() if k not in ("population", "sample")} == {
        k: v for k, v in said.items() if k not in ("population", "sample")
    }
    _same_truths(written["sample"], said["sample"])


@pytest.mark.long  # 400,000 incidents
def test_the_committed_truth_of_the_population_is_what_the_simulator_says(committed):
    written = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    _same_truths(written["population"], json.loads(committed.truth.as_json())["population"])


def _same_truths(written, said):
    for old, new in zip(written["rows"], said["rows"], strict=True):
        assert old == pytest.approx(new, abs=2e-6)


def test_the_sample_stays_small():
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 5_000_000


@pytest.mark.parametrize("incidents", [1, 3, 40])
def test_a_small_group_is_a_group_too(incidents):
    tables = simulate(incidents, 3).tables
    assert len(tables.incidents.incident_id) == incidents
    assert tables.incidents.incident_id.is_unique
