"""Disks that are full and folders that can't be written: one line says so, nothing half is left, the last run stays."""

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from folder import LONG, publish_marked
from published_run import publish_run

from amends.arguments import parser
from amends.cli import main
from pipelines.errors import PipelineUserError
from pipelines.publish import journal
from pipelines.publish.check import check
from pipelines.publish.journal import Note
from pipelines.publish.store import local_store

ROOT = Path(__file__).resolve().parents[2]
FORK = multiprocessing.get_context("fork")
TWO_FILES = ROOT / "data" / "two_files"
# Bytes that a file may hold, or a disk: from none to just enough.
SIZES = (0, 1, 100, 512, 1024, 2048, 3000, 4096, 5000, 6000, 8192, 16384)
DISK_KB = (16, 24, 32, 48, 64, 96, 128, 160, 200, 256, 300, 400)


def limited(published, size, codes):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    store, said = local_store(published), []
    for write in (lambda: publish_marked(published, 2), lambda: journal.append(store, Note("0001-a", "", "x" * 300))):
        try:
            write()
            said.append("done")
        except PipelineUserError as error:
            said.append(error.fault.CODE)
        except BaseException as error:
            said.append(repr(error))
    codes.put(said)


@pytest.mark.parametrize("size", SIZES)
def test_files_that_may_not_grow_leave_the_run_before_and_a_whole_journal(tmp_path, size):
    first = publish_marked(tmp_path, 1).run_id
    store = local_store(tmp_path)
    journal.append(store, Note(first, "", "before"))
    codes = FORK.Queue()
    process = FORK.Process(target=limited, args=(tmp_path, size, codes))
    process.start()
    published, noted = codes.get(timeout=60)
    process.join()
    assert published in ("done", "fault.run_not_written")
    assert noted in ("done", "fault.journal_not_written")
    assert check(store, mend=False).left == ()
    assert store.standing().trouble is None
    assert len(store.run_ids()) == 1 + (published == "done")
    assert [e.said.text[:6] for e in journal.entries(store)] == ["before", *(["xxxxxx"] if noted == "done" else [])]
    publish_marked(tmp_path, 3)
    journal.append(store, Note(first, "", "after"))
    assert check(store, mend=False).left == ()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_an_answer_that_has_nowhere_to_go_is_no_bug(tmp_path, stream):
    publish_run(tmp_path)
    command = [sys.executable, "-m", "amends.cli", "runs", "--published", str(tmp_path)]
    other = "stderr" if stream == "stdout" else "stdout"
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, cwd=ROOT, check=False, **{stream: full, other: subprocess.PIPE})
    assert ended.returncode == (2 if stream == "stdout" else 0)
    assert b"Traceback" not in (ended.stderr or b"")
    if stream == "stdout":
        assert b"can't be written" in ended.stderr


def mounted(kind, options, source, place):
    return subprocess.run(["mount", *kind, "-o", options, source, str(place)], check=False, capture_output=True)


@contextmanager
def small_disk(place, kilobytes):
    place.mkdir()
    if mounted(["-t", "tmpfs"], f"size={kilobytes}k", "tmpfs", place).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def read_only(place):
    """The folder as it is, but nothing in it can be written."""
    if mounted(["--bind"], "bind", str(place), place).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        if mounted([], "remount,bind,ro", str(place), place).returncode:
            pytest.skip("nothing can be mounted read-only here")
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def as_command(arguments, cwd, **environment):
    """A command in a process of its own: how it ended and what it said."""
    return subprocess.run(
        [sys.executable, "-m", "amends.cli", *arguments],
        cwd=cwd, check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "AMENDS_ID_KEY": "k" * 32, **environment},
    )  # fmt: skip


def until_refused(write):
    """Write again and again; what it was refused for in the end."""
    for number in range(100_000):
        try:
            write(number)
        except PipelineUserError as error:
            return error.fault.CODE
    return None


@pytest.mark.parametrize("kilobytes", DISK_KB if LONG else DISK_KB[::3])
def test_a_disk_that_fills_up_keeps_the_last_run_and_every_line(tmp_path, kilobytes):
    """Runs and notes are written until there is no room; then nothing half is there, and what was there stands."""
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        store, runs, notes = local_store(disk), [], []
        full = until_refused(lambda mark: runs.append(publish_marked(disk, mark).run_id))
        assert full == "fault.run_not_written"
        assert store.run_ids() == tuple(runs)
        if not runs:
            return

        def note(number):
            journal.append(store, Note(runs[-1], "", f"{number} {'x' * 450}"))
            notes.append(number)

        assert until_refused(note) == "fault.journal_not_written"
        assert store.standing().run_id == runs[-1]
        assert [int(e.said.text.split()[0]) for e in journal.entries(store)] == notes
        assert check(store, mend=False).left == ()


@pytest.mark.skipif(not LONG, reason="whole runs: make faults")
@pytest.mark.parametrize("what", ["published", "scratch", "log"])
def test_whole_runs_on_disks_that_are_too_small(tmp_path, what):
    data = tmp_path / "data"
    options = ["--incidents", "300", "--seed", "3", "--format", "two-files", "--quiet"]
    assert main(["simulate", "--out", str(data), *options]) == 0
    ends = []
    for kilobytes in DISK_KB:
        with small_disk(tmp_path / f"disk{kilobytes}", kilobytes) as disk:
            published = disk if what == "published" else tmp_path / f"published{kilobytes}"
            if what == "log":
                (disk / "filled").write_bytes(b"x" * 1024 * (kilobytes - 8))
            scratch = {"TMPDIR": str(disk)} if what == "scratch" else {}
            command = ["run", "--data", str(data), "--profile", "two_files", "--published", str(published)]
            ended = as_command(command, tmp_path, **scratch)
            if what == "log":
                with (disk / "log").open("w") as log:
                    words = [sys.executable, "-m", "amends.cli", *command]
                    env = {**os.environ, "PYTHONPATH": str(ROOT), "AMENDS_ID_KEY": "k" * 32}
                    code = subprocess.run(words, cwd=tmp_path, check=False, stdout=log, stderr=log, env=env).returncode
                    assert code in (0, 2)
            ends.append(ended.returncode)
            assert ended.returncode in (0, 2), ended.stderr
            assert "Traceback" not in ended.stderr
            store = local_store(published)
            if ended.returncode == 0:
                assert store.standing().trouble is None
            else:
                assert not store.run_ids()
            assert not list(published.glob("runs/.*"))
            if what == "scratch":
                assert not list(disk.iterdir())
    print(f"{what}: {len(ends)} sizes, {ends.count(2)} refused, {ends.count(0)} published")


FORMS = {
    "start": ["start", "{data}", "--profile", "{ro}/profile", "--yes", "--no-serve"],
    "start published": ["start", "{data}", "--profile", "{rw}/profile", "--yes", "--no-serve"],
    "init": ["init", "--data", "{data}", "--profile", "{ro}/profile"],
    "profiles": ["profiles"],
    "validate": ["validate", "--data", "{data}", "--profile", "two_files"],
    "run": ["run", "--data", "{data}", "--profile", "two_files"],
    "run if changed": ["run", "--if-changed", "--data", "{data}", "--profile", "two_files"],
    "simulate": ["simulate", "--out", "{ro}/company", "--incidents", "100", "--format", "two-files"],
    "runs": ["runs"],
    "one of runs": ["runs", "{run}"],
    "compare": ["compare", "{run}", "{run}"],
    "alert": ["alert"],
    "check": ["check"],
    "check only": ["check", "--only-look"],
    "pin": ["pin", "{run}", "--label", "Q3"],
    "release": ["pin", "{run}", "--release"],
    "prune": ["prune", "--keep", "1"],
    "prune dry": ["prune", "--keep", "1", "--dry-run"],
    "worklist": ["worklist", "--to", "{rw}/list.csv"],
    "worklist there": ["worklist", "--to", "{ro}/list.csv"],
    "decide": ["decide", "--what", "a", "--owner", "b", "--due", "2099-01-01"],
    "decisions": ["decisions"],
    "export": ["export", "--to", "{ro}/pack.zip", "--format", "csv", "--charts", "speed_ladder"],
    "mail": ["mail", "--weekly", "--to", "{ro}/mail"],
    "experiments": ["experiment", "show"],
    "note": ["note", "{run}", "--text", "storm"],
}
SERVED = {"serve"}


def test_every_command_has_a_form_here():
    (commands,) = (a.choices for a in parser()._actions if a.dest == "command")
    assert set(commands) - SERVED == {words[0] for words in FORMS.values()}


def test_no_command_falls_over_folders_that_can_t_be_written_and_readers_go_on(tmp_path, monkeypatch, capsys):
    ro, rw = tmp_path / "read_only", tmp_path / "elsewhere"
    rw.mkdir()
    run_ids = [publish_run(ro / "published").run_id for _ in range(2)]
    shutil.copytree(TWO_FILES, ro / "data")
    monkeypatch.setenv("AMENDS_PUBLISHED", str(ro / "published"))
    before = {p: p.stat().st_mtime_ns for p in ro.rglob("*")}
    monkeypatch.delenv("AMENDS_ID_KEY", raising=False)
    with read_only(ro):
        monkeypatch.chdir(ro)
        ends = {}
        for name, form in FORMS.items():
            words = [w.format(data=ro / "data", ro=ro, rw=rw, run=run_ids[0]) for w in form]
            ends[name] = main(words)
            said = capsys.readouterr()
            assert ends[name] in (0, 2), name
            assert ends[name] == 0 or "amends: " in said.err or "check" in name, name
        monkeypatch.chdir(tmp_path)
    readers = ("profiles", "runs", "one of runs", "check only", "prune dry", "decisions")
    assert {name: ends[name] for name in readers} == dict.fromkeys(readers, 0)
    writers = ("run", "pin", "release", "prune", "decide", "note", "start", "init", "simulate", "worklist there")
    assert {name: ends[name] for name in writers} == dict.fromkeys(writers, 2)
    assert {p: p.stat().st_mtime_ns for p in ro.rglob("*")} == before
