"""Writers killed at random moments of each phase while readers loop: nobody ever sees half a run, or two in one."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from folder import LONG, Reads, marked_tables, publish_marked

from pipelines.errors import PipelineUserError
from pipelines.publish import journal, prune, write
from pipelines.publish.check import check
from pipelines.publish.journal import Note
from pipelines.publish.store import local_store

# The long form goes on until every phase was hit so often.
KILLS, HITS = (500, 30) if LONG else (9, 0)
MOST_KILLS = 4 * KILLS
READERS = 2
FORK = multiprocessing.get_context("fork")
# The places that are announced as they begin and end: where a writer writes, renames and removes.
PHASES = {
    "tables": (write, "_write_tables"),
    "digests": (write, "digest"),
    "manifest": (write, "_write_manifest"),
    "pointer prepared": (write, "prepare"),
    "run in place": (write, "_place"),
    "pointer in place": (write, "put_in_place"),
    "leavings swept": (write, "sweep"),
    "journal": (journal, "_write"),
    "pruning": (prune, "_removed"),
}


@contextmanager
def announced(wire):
    """Every phase tells the wire that it begins, and how it ends."""
    before = {name: getattr(*place) for name, place in PHASES.items()}

    def telling(name, function):
        def told(*args, **named):
            os.write(wire, f"+{name}\n".encode())
            try:
                return function(*args, **named)
            finally:
                os.write(wire, f"-{name}\n".encode())

        return told

    for name, (module, function) in PHASES.items():
        setattr(module, function, telling(name, before[name]))
    try:
        yield
    finally:
        for name, (module, function) in PHASES.items():
            setattr(module, function, before[name])


def write_on(published, wire, first):
    """Publish, note and prune until killed."""
    store = local_store(published)
    with announced(wire):
        for mark in range(first, first + 1000):
            manifest = publish_marked(published, mark)
            os.write(wire, b"published\n")
            journal.append(store, Note(manifest.run_id, "", f"run {mark}"))
            prune.prune(store, 3, dry=False)


def overwrite(published, wire, first):
    """The control: what a publisher would do that writes over the run that is shown."""
    store = local_store(published)
    folder = store.folder(store.run_ids()[0])
    for path in folder.iterdir():
        path.chmod(0o644)
    for mark in range(first, first + 1000):
        os.write(wire, b"+tables\n")
        for name, table in marked_tables(mark).items():
            pq.write_table(table, folder / f"{name}.parquet")
            time.sleep(0.002)
        manifest = json.loads((folder / "manifest.json").read_text()) | {"code_version": str(mark)}
        (folder / "manifest.json").write_text(json.dumps(manifest))


def read_on(published, until, seen):
    reads, store = Reads(), local_store(published)
    while not until.is_set():
        try:
            reads.look(store)
        except PipelineUserError:
            reads.torn += 1
    seen.put(reads)


def killed_in(published, writer, phase, delay_seconds, mark):
    """Start a writer, kill it some time into its next ``phase``; whether it was in it, and what it published."""
    reading, wire = os.pipe()
    process = FORK.Process(target=writer, args=(published, wire, mark))
    process.start()
    os.close(wire)
    inside, published_runs = False, 0
    with os.fdopen(reading, "rb", buffering=0) as told:
        for line in told:
            text = line.decode().strip()
            published_runs += text == "published"
            if text == f"+{phase}":
                time.sleep(delay_seconds)
                os.kill(process.pid, signal.SIGKILL)
                rest = told.read().decode().splitlines()
                published_runs += rest.count("published")
                inside = f"-{phase}" not in rest
                break
    process.join()
    return inside, published_runs


def killed(published, writer, phases, kills, hits, seed):
    """Kill writers while readers loop, ``kills`` times or more, until each phase was hit ``hits`` times.

    Returns kills inside each phase, kills in all, runs published, and what was read. The delay after a phase began
    grows where it was hit and shrinks where the phase was over.
    """
    until, seen, chance = FORK.Event(), FORK.Queue(), random.Random(seed)
    readers = [FORK.Process(target=read_on, args=(published, until, seen)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    inside, made, number = Counter(), 0, 0
    longest = dict.fromkeys(phases, 0.004)
    while number < kills or (number < MOST_KILLS and min(inside[p] for p in phases) < hits):
        phase = phases[number % len(phases)] if number < kills else min(phases, key=lambda p: inside[p])
        delay = chance.uniform(0, longest[phase])
        hit, runs = killed_in(published, writer, phase, delay, 1 + number * 1000)
        longest[phase] *= 1.3 if hit else 0.6
        inside[phase] += hit
        made += runs
        number += 1
    until.set()
    reads = [seen.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    return inside, number, made, reads


@pytest.fixture
def place(tmp_path):
    """The long form writes to the disk; the short one to memory where there is such a folder."""
    memory = Path("/dev/shm")
    if LONG or not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_no_kill_lets_a_reader_see_half_a_run_or_two_in_one(place):
    publish_marked(place, 0)
    inside, kills, made, reads = killed(place, write_on, list(PHASES), KILLS, HITS, seed=1)
    figures = f"{kills} kills, {made} runs published, {sum(r.whole for r in reads)} whole reads; inside {dict(inside)}"
    print(figures)
    assert (sum(r.torn for r in reads), sum(r.mixed for r in reads)) == (0, 0), figures
    assert sum(r.whole for r in reads) >= KILLS
    assert made >= (100 if LONG else 1), figures
    assert min(inside[phase] for phase in PHASES) >= HITS, figures
    assert inside.total() > 0, figures
    store = local_store(place)
    assert store.standing().trouble is None
    publish_marked(place, 999_999)
    left = check(store, mend=True)
    assert (left.left, left.whole) == ((), left.runs)


def test_the_control_that_writes_over_the_run_that_is_shown_is_caught(place):
    publish_marked(place, 0)
    *_, reads = killed(place, overwrite, ["tables"], 20, 0, seed=2)
    assert sum(r.torn + r.mixed for r in reads) > 0


def stopped_inside(published, data, step, delay_seconds):
    """A whole run killed some time after ``step`` began; whether it was killed at all."""
    from pipelines.run import run
    from pipelines.settings.load import load_profile

    reading, wire = os.pipe()

    def whole():
        def told(doing):
            os.write(wire, f"{type(doing).__name__}\n".encode())

        run(data, load_profile("two_files"), published, id_key=b"k" * 32, data_cut=None, progress=told)

    process = FORK.Process(target=whole)
    process.start()
    os.close(wire)
    with os.fdopen(reading, "rb", buffering=0) as told:
        for line in told:
            if line.decode().strip() == step:
                time.sleep(delay_seconds)
                break
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


STEPS = {"ReadingFolder": 0.5, "Joining": 0.3, "Estimating": 2.0, "Deciding": 3.0, "Publishing": 0.2}


@pytest.mark.skipif(not LONG, reason="whole runs: make faults")
@pytest.mark.parametrize("step", STEPS)
def test_whole_runs_killed_in_each_step_leave_the_run_before_and_nothing_else(tmp_path, monkeypatch, step):
    from amends.cli import main

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    data, published = tmp_path / "data", tmp_path / "published"
    options = ["--incidents", "300", "--seed", "3", "--format", "two-files", "--quiet"]
    assert main(["simulate", "--out", str(data), *options]) == 0
    monkeypatch.setenv("AMENDS_ID_KEY", "k" * 32)
    command = ["run", "--data", str(data), "--profile", "two_files", "--published", str(published), "--quiet"]
    assert main(command) == 0
    store, chance, hit = local_store(published), random.Random(3), 0
    first = store.current().effects
    for _ in range(30):
        hit += stopped_inside(published, data, step, chance.uniform(0, STEPS[step]))
        assert store.standing().trouble is None
        assert store.current().effects == first
    print(f"{step}: 30 whole runs, {hit} killed")
    assert hit >= 20
    assert main(command) == 0
    assert check(store, mend=False).left == ()
    assert not list(scratch.iterdir())
    shutil.rmtree(published)
