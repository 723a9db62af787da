import errno
import json
import multiprocessing
import os
import shutil
import signal
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from published_run import ORIGIN, PROFILE
from refusals import refused, told

from pipelines.contracts.access import UNKNOWN, Actor, Scope
from pipelines.contracts.decided import Decision
from pipelines.errors import PublishError
from pipelines.publish import journal
from pipelines.publish.journal import Note, Pin
from pipelines.publish.lock import turn
from pipelines.publish.store import Store, local_store
from pipelines.publish.sweep import INCOMING
from pipelines.publish.write import publish


def published(folder, tables, origin, **asked):
    with turn(folder) as mine:
        return publish(mine, tables, origin, **asked)


TABLES = {"effects": pa.table({"estimate": [1.5, 2.5]})}


def current_folder(published):
    store = local_store(published)
    return store.folder(store.current_id())


def test_a_published_run_is_found_whole_and_counted(tmp_path):
    manifest = published(tmp_path, TABLES, ORIGIN)
    folder = current_folder(tmp_path)
    assert folder.name == manifest.run_id
    assert local_store(tmp_path).manifest(folder.name).rows == {"effects": 2}
    assert pq.read_table(folder / "effects.parquet").equals(TABLES["effects"])


def test_the_files_of_a_run_cannot_be_opened_for_writing(tmp_path):
    published(tmp_path, TABLES, ORIGIN)
    assert {oct(p.stat().st_mode & 0o222) for p in current_folder(tmp_path).iterdir()} == {"0o0"}


def test_runs_are_ordered_by_a_counter_even_when_the_clock_goes_back(tmp_path):
    first = published(tmp_path, TABLES, ORIGIN)
    second = published(tmp_path, TABLES, replace(ORIGIN, created_at=datetime(1999, 1, 1, tzinfo=UTC)))
    assert [one.run_id for one in local_store(tmp_path).listed()] == [second.run_id, first.run_id]
    assert current_folder(tmp_path).name == second.run_id


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        published(tmp_path / name, TABLES, ORIGIN)
    first, second = (current_folder(tmp_path / name) for name in ("a", "b"))
    assert first.name == second.name
    assert (first / "effects.parquet").read_bytes() == (second / "effects.parquet").read_bytes()


def test_a_crash_while_writing_leaves_the_old_run_current_and_is_cleared_by_the_next(tmp_path):
    published(tmp_path, TABLES, ORIGIN)
    before = current_folder(tmp_path)

    def die_in_the_middle():
        import pipelines.publish.write as module

        module._finish = lambda path: os.kill(os.getpid(), signal.SIGKILL)
        published(tmp_path, TABLES, ORIGIN)

    process = multiprocessing.get_context("fork").Process(target=die_in_the_middle)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert (tmp_path / "runs" / INCOMING).exists()
    assert current_folder(tmp_path) == before
    assert len(local_store(tmp_path).listed()) == 1
    published(tmp_path, TABLES, ORIGIN)
    assert not (tmp_path / "runs" / INCOMING).exists()
    assert len(local_store(tmp_path).listed()) == 2


def _publish_once(folder, codes, told_all):
    try:
        with turn(folder) as mine:
            publish(mine, TABLES, ORIGIN)
            codes.put("published")
            told_all.wait(60)
    except PublishError as error:
        codes.put(told(error))


@pytest.mark.parametrize("starts", [2, 50])
def test_of_many_that_start_at_once_exactly_one_publishes_and_the_others_are_told_who(tmp_path, starts):
    context = multiprocessing.get_context("fork")
    codes, told_all = context.Queue(), context.Event()
    processes = [context.Process(target=_publish_once, args=(tmp_path, codes, told_all)) for _ in range(starts)]
    for process in processes:
        process.start()
    said = [codes.get(timeout=60) for _ in processes]
    told_all.set()
    for process in processes:
        process.join()
    refusals = [text for text in said if text != "published"]
    assert len(refusals) == starts - 1
    pids = [str(process.pid) for process in processes]
    assert all("has been writing there since" in text and any(pid in text for pid in pids) for text in refusals)
    assert len(local_store(tmp_path).listed()) == 1


def test_a_stopped_holder_is_named_with_what_to_do(tmp_path):
    context = multiprocessing.get_context("fork")
    codes = context.Queue()

    def hold():
        with turn(tmp_path):
            codes.put("held")
            time.sleep(60)

    process = context.Process(target=hold)
    process.start()
    codes.get(timeout=30)
    os.kill(process.pid, signal.SIGSTOP)
    os.waitpid(process.pid, os.WUNTRACED)
    with refused(PublishError, match=f"is stopped. `kill -CONT {process.pid}`"):
        published(tmp_path, TABLES, ORIGIN)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    published(tmp_path, TABLES, ORIGIN)


@pytest.mark.parametrize("left", ["", "null", "[1]", '{"process": "x"}', "\x00" * 40])
def test_a_holder_that_left_no_name_is_somebody(tmp_path, left):
    with turn(tmp_path):
        (tmp_path / ".turn").write_text(left)
        with refused(PublishError, match="another process is writing there"):
            published(tmp_path, TABLES, ORIGIN)


def test_a_rerun_of_older_data_is_held_back_unless_it_is_asked_for(tmp_path):
    first = published(tmp_path, TABLES, ORIGIN)
    older = replace(ORIGIN, data_cut=ORIGIN.data_cut - timedelta(days=30))
    held = published(tmp_path, TABLES, older)
    assert held.held_back
    assert local_store(tmp_path).standing().run_id == first.run_id
    elsewhere = published(tmp_path, TABLES, replace(older, profile=replace(PROFILE, name="another company")))
    assert local_store(tmp_path).standing().run_id == elsewhere.run_id
    published(tmp_path, TABLES, ORIGIN)
    asked = published(tmp_path, TABLES, older, even_if_older=True)
    assert not asked.held_back
    assert local_store(tmp_path).standing().run_id == asked.run_id


def test_a_number_is_never_given_twice(tmp_path):
    _, second = (published(tmp_path, TABLES, ORIGIN) for _ in range(2))
    shutil.rmtree(tmp_path / "runs" / second.run_id)
    assert published(tmp_path, TABLES, ORIGIN).sequence == 3


def test_without_a_run_the_error_names_the_folder_and_the_command(tmp_path):
    with refused(PublishError, match="amends run"):
        current_folder(tmp_path)


@pytest.mark.parametrize("run_id", ["0009-none", "../runs", ""])
def test_a_run_that_is_not_there_is_a_user_error(tmp_path, run_id):
    published(tmp_path, TABLES, ORIGIN)
    with refused(PublishError, match="no run"):
        local_store(tmp_path).folder(run_id)


def test_a_folder_that_is_a_file_is_a_user_error(tmp_path):
    (tmp_path / "published").write_text("")
    with refused(PublishError, match="--published"):
        published(tmp_path / "published", TABLES, ORIGIN)


def test_journal_entries_come_back_in_order_and_survive_a_torn_line(tmp_path):
    store = local_store(tmp_path)
    journal.append(store, Pin("0001-a", "Board"))
    with (tmp_path / "journal.jsonl").open("ab") as file:
        file.write(b'{"sequence": 2, "ki')
    journal.append(store, Note("0001-a", "", "größer"))
    assert [(e.sequence, e.said) for e in journal.entries(store)] == [
        (1, Pin("0001-a", "Board")),
        (2, Note("0001-a", "", "größer")),
    ]
    assert all(json.loads(line) for line in (tmp_path / "journal.jsonl").read_text().splitlines()[::2])


def test_each_entry_says_who_wrote_it_and_an_older_one_that_nobody_knows(tmp_path):
    old = {"sequence": 1, "kind": "pin", "at": "2026-01-01T00:00:00+00:00", "run_id": "0001-a", "label": "Board"}
    (tmp_path / "journal.jsonl").write_text(json.dumps(old) + "\n")
    store = Store(tmp_path, Actor("guest relations"), Scope.everything())
    journal.append(store, Note("0001-a", "", "The storm is in here."))
    assert [e.actor for e in journal.entries(store)] == [UNKNOWN, Actor("guest relations")]


DECISION = Decision(
    0, "Answer within an hour", "Front office", date(2026, 3, 1), date(2026, 4, 1), "0001-a", date(2026, 2, 28)
)


def test_a_decision_comes_back_with_its_number_and_torn_or_foreign_ones_are_passed_over(tmp_path):
    store = local_store(tmp_path)
    with (tmp_path / "journal.jsonl").open("w") as file:
        for sequence, more in ((1, {"kind": "decision", "what": "half"}), (2, {"kind": "of a later version"})):
            file.write(json.dumps({"sequence": sequence, "at": "2026-03-01T10:00:00+00:00", **more}) + "\n")
    journal.append(store, DECISION)
    assert journal.decisions(store) == (replace(DECISION, sequence=3),)


def test_a_disk_that_knows_no_locks_is_said(tmp_path, monkeypatch):
    def without_locks(file, operation):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("pipelines.publish.lock.fcntl.flock", without_locks)
    with refused(PublishError, match="No locks available"):
        published(tmp_path, TABLES, ORIGIN)
