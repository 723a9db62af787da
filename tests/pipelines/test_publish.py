import json
import multiprocessing
import os
import signal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import PublishError
from pipelines.publish.write import INCOMING, current_run, journal, list_runs, publish, read_manifest, run_folder

FACTS = {
    "schema_version": 1,
    "code_version": "0.1.0",
    "created_at": "2026-01-01T00:00:00+00:00",
    "data_cut": "2025-12-31",
    "profile": {},
    "profile_hash": "p",
    "settings_hash": "s",
    "inputs": {"a.csv": "00"},
    "supplied": {},
}
TABLES = {"effects": pa.table({"estimate": [1.5, 2.5]})}


def test_a_published_run_is_found_whole_and_counted(tmp_path):
    manifest = publish(tmp_path, TABLES, FACTS)
    folder = current_run(tmp_path)
    assert folder.name == manifest["run_id"]
    assert read_manifest(folder)["rows"] == {"effects": 2}
    assert pq.read_table(folder / "effects.parquet").equals(TABLES["effects"])


def test_the_files_of_a_run_cannot_be_opened_for_writing(tmp_path):
    publish(tmp_path, TABLES, FACTS)
    assert {oct(p.stat().st_mode & 0o222) for p in current_run(tmp_path).iterdir()} == {"0o0"}


def test_runs_are_ordered_by_a_counter_even_when_the_clock_goes_back(tmp_path):
    first = publish(tmp_path, TABLES, FACTS)
    second = publish(tmp_path, TABLES, FACTS | {"created_at": "1999-01-01T00:00:00+00:00"})
    assert [m["run_id"] for m in list_runs(tmp_path)] == [first["run_id"], second["run_id"]]
    assert current_run(tmp_path).name == second["run_id"]


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        publish(tmp_path / name, TABLES, FACTS)
    first, second = (current_run(tmp_path / name) for name in ("a", "b"))
    assert first.name == second.name
    assert (first / "effects.parquet").read_bytes() == (second / "effects.parquet").read_bytes()


def test_a_crash_while_writing_leaves_the_old_run_current_and_is_cleared_by_the_next(tmp_path):
    publish(tmp_path, TABLES, FACTS)
    before = current_run(tmp_path)

    def die_in_the_middle():
        import pipelines.publish.write as module

        module._sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)
        publish(tmp_path, TABLES, FACTS)

    process = multiprocessing.get_context("fork").Process(target=die_in_the_middle)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert (tmp_path / "runs" / INCOMING).exists()
    assert current_run(tmp_path) == before
    assert len(list_runs(tmp_path)) == 1
    publish(tmp_path, TABLES, FACTS)
    assert not (tmp_path / "runs" / INCOMING).exists()
    assert len(list_runs(tmp_path)) == 2


def _publish_once(folder):
    publish(folder, TABLES, FACTS)


def test_writers_at_the_same_time_each_get_a_run_of_their_own(tmp_path):
    processes = [multiprocessing.get_context("fork").Process(target=_publish_once, args=(tmp_path,)) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [p.exitcode for p in processes] == [0] * 6
    assert [m["sequence"] for m in list_runs(tmp_path)] == [1, 2, 3, 4, 5, 6]


def test_without_a_run_the_error_names_the_folder_and_the_command(tmp_path):
    with pytest.raises(PublishError, match="amends run"):
        current_run(tmp_path)


@pytest.mark.parametrize("run_id", ["0009-none", "../runs", ""])
def test_a_run_that_is_not_there_is_a_user_error(tmp_path, run_id):
    publish(tmp_path, TABLES, FACTS)
    with pytest.raises(PublishError, match="no run"):
        run_folder(tmp_path, run_id)


def test_a_folder_that_is_a_file_is_a_user_error(tmp_path):
    (tmp_path / "published").write_text("")
    with pytest.raises(PublishError, match="--published"):
        publish(tmp_path / "published", TABLES, FACTS)


def test_journal_entries_come_back_in_order_and_survive_a_torn_line(tmp_path):
    journal.append(tmp_path, "pin", {"run_id": "0001-a"})
    with (tmp_path / "journal.jsonl").open("ab") as file:
        file.write(b'{"sequence": 2, "ki')
    journal.append(tmp_path, "note", {"text": "größer"})
    assert [(e["sequence"], e["kind"]) for e in journal.entries(tmp_path)] == [(1, "pin"), (2, "note")]
    assert journal.entries(tmp_path, "note")[0]["text"] == "größer"
    assert all(json.loads(line) for line in (tmp_path / "journal.jsonl").read_text().splitlines()[::2])
