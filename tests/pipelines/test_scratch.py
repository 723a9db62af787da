"""What runs write for the time being: private, gone at the end, swept after a run that died, and blamed rightly."""

import fcntl
import os
import stat
from pathlib import Path

import duckdb
import pytest
from refusals import refused

from pipelines.engine import Engine, open_engine
from pipelines.errors import MachineError
from pipelines.scratch import LOCK, private_folder
from pipelines.settings.machine import EngineSettings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_a_folder_is_its_owner_s_alone_and_gone_at_the_end(home):
    with private_folder() as folder:
        (folder / "rows").write_text("x")
        assert folder.parent == home
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not list(home.iterdir())


def test_what_a_dead_run_left_is_swept_and_what_a_living_one_uses_stays(home):
    dead = home / "amends-run-dead"
    (dead / "spill").mkdir(parents=True)
    (dead / LOCK).touch()
    with private_folder() as living, private_folder():
        assert living.is_dir()
        assert not dead.exists()


def test_other_folders_are_left_alone(home):
    others = [home / "amends-reports", home / "amends-run-made-now", home / "amends-abcdefgh"]
    for other in others:
        other.mkdir()
    (home / "amends-run-file").touch()
    with private_folder():
        assert all(other.is_dir() for other in others)


def test_what_earlier_versions_left_is_swept_after_a_day(home):
    old, young = home / "amends-abcdefgh", home / "amends-ijklmnop"
    for folder in (old, young):
        folder.mkdir()
        (folder / "engine.duckdb").touch()
    os.utime(old, (0, 0))
    with private_folder():
        assert not old.exists()
        assert young.exists()


def test_a_lock_is_held_for_as_long_as_the_folder_is_used():
    with private_folder() as folder, (folder / LOCK).open("rb") as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_place_that_can_t_be_written_to_is_named(home, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(home / "gone"))
    with refused(MachineError, match=r"gone: no folder can be made .* TMPDIR"), private_folder():
        pass


def test_memory_that_spilling_can_t_help_is_told_with_the_limit():
    settings = EngineSettings(threads=1, memory_limit="20MB")
    with open_engine(settings) as engine, refused(MachineError, match="the 20MB it may hold"):
        engine.rows("SELECT string_agg(repeat('x', 1000) || i, '') FROM range(1000000) AS r(i)")


@pytest.mark.parametrize(("variable", "value"), [("AMENDS_THREADS", "many"), ("AMENDS_MEMORY_LIMIT", "lots")])
def test_a_limit_that_is_none_is_named(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with refused(MachineError, match=f"{variable}: '{value}' is no limit. Write it such as"):
        EngineSettings.from_environment()


@pytest.mark.parametrize(
    "said",
    [
        'Failed to commit: Could not write file "engine.duckdb.wal": No space left on device',
        "failed to offload data block of size 256.0 KiB",
    ],
)
def test_a_full_disk_is_blamed_whatever_the_engine_calls_it(said):
    class Full:
        def execute(self, sql, parameters):
            raise duckdb.TransactionException(said)

    with refused(
        MachineError, match=r"scratch: the disk .* is full. Free space there, or name another folder with TMPDIR"
    ):
        Engine(Full(), Path("scratch")).run("COMMIT")
