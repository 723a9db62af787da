import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_up_rows import effect
from published_run import publish_run
from refusals import refused
from sealing import reseal

from pipelines.publish import journal
from pipelines.publish.journal import Note, Pin
from pipelines.publish.store import NoRunError, UnknownRunError, UnreadableRunError, local_store, published_folder


def test_a_published_run_is_read_back_with_its_rows_and_nulls(tmp_path):
    row = effect("speed", "60", "adjusted", estimate=3.2, ci_low=1.2, ci_high=5.1, q_value=None)
    manifest = publish_run(tmp_path, effects=[row])
    run = local_store(tmp_path).current()
    assert run.run_id == manifest.run_id
    assert [(r.level_to, r.estimate, r.q_value) for r in run.effects] == [("60", 3.2, None)]
    assert run.data_cut.isoformat() == "2026-10-31"
    assert run.created_at.utcoffset() is not None


@pytest.mark.parametrize("pointer", [None, "", "\n"])
def test_without_a_pointer_there_is_no_run(tmp_path, pointer):
    if pointer is not None:
        (tmp_path / "current").write_text(pointer)
    with refused(NoRunError, match=str(tmp_path)):
        local_store(tmp_path).current_id()


@pytest.mark.parametrize("asked", ["0009-deadbeef", "../0001-secret", "", "0001-ec"])
def test_only_runs_of_the_folder_can_be_asked_for(tmp_path, asked):
    publish_run(tmp_path)
    (tmp_path / "0001-secret").mkdir()
    with pytest.raises(UnknownRunError):
        local_store(tmp_path).run(asked)


def test_runs_are_listed_newest_first_with_the_damaged_ones(tmp_path):
    ids = [publish_run(tmp_path).run_id for _ in range(3)]
    _writable(tmp_path, ids[1], "manifest.json").write_text("{half")
    listed = local_store(tmp_path).listed()
    assert [one.run_id for one in listed] == ids[::-1]
    assert [bool(one.trouble) for one in listed] == [False, True, False]


@pytest.mark.parametrize("content", ["{half", "[]", '{"schema_version": 1}', '{"schema_version": "new"}'])
def test_a_damaged_manifest_is_named(tmp_path, content):
    run_id = publish_run(tmp_path).run_id
    _writable(tmp_path, run_id, "manifest.json").write_text(content)
    with refused(UnreadableRunError, match=run_id):
        local_store(tmp_path).run(run_id)


def test_a_run_of_a_later_schema_is_refused_by_version(tmp_path):
    run_id = publish_run(tmp_path).run_id
    path = _writable(tmp_path, run_id, "manifest.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": 99}))
    with refused(UnreadableRunError, match="schema 99"):
        local_store(tmp_path).run(run_id)


def test_a_missing_or_torn_table_is_named(tmp_path):
    run_id = publish_run(tmp_path).run_id
    path = _writable(tmp_path, run_id, "effects.parquet")
    path.write_bytes(path.read_bytes()[:50])
    with refused(UnreadableRunError, match=r"effects\.parquet"):
        local_store(tmp_path).run(run_id)
    path.unlink()
    with refused(UnreadableRunError, match=r"effects\.parquet"):
        local_store(tmp_path).run(run_id)


def test_a_table_that_breaks_its_contract_is_refused(tmp_path):
    run_id = publish_run(tmp_path).run_id
    path = _writable(tmp_path, run_id, "quality.parquet")
    pq.write_table(pa.table({"table": ["incidents"], "file": ["a.csv"], "reason": ["kept"], "rows": ["7"]}), path)
    reseal(path.parent)
    with refused(UnreadableRunError, match="rows"):
        local_store(tmp_path).run(run_id)


def test_a_run_that_lacks_a_column_is_refused_by_its_name(tmp_path):
    run_id = publish_run(tmp_path).run_id
    path = _writable(tmp_path, run_id, "effects.parquet")
    pq.write_table(pq.read_table(path).drop_columns(["verdict"]), path)
    reseal(path.parent)
    with refused(UnreadableRunError, match="verdict"):
        local_store(tmp_path).run(run_id)


def test_the_last_name_given_to_a_run_counts_and_torn_lines_are_skipped(tmp_path):
    assert journal.names(local_store(tmp_path)) == {}
    journal.append(local_store(tmp_path), Pin("0001-a", "Draft"))
    with (tmp_path / "journal.jsonl").open("a") as file:
        file.write('{"kind": "pin", "run_')
    journal.append(local_store(tmp_path), Note("0001-a", "", "not a name"))
    journal.append(local_store(tmp_path), Pin("0001-a", "Board, October"))
    assert journal.names(local_store(tmp_path)) == {"0001-a": "Board, October"}


def test_the_folder_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    assert published_folder() == tmp_path
    monkeypatch.delenv("AMENDS_PUBLISHED")
    assert published_folder() == Path("published")


def _writable(published: Path, run_id: str, name: str) -> Path:
    path = published / "runs" / run_id / name
    path.chmod(0o644)
    return path
