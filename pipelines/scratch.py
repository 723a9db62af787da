"""Private folders for what an engine writes while it runs, and the removal of those that a killed run left behind."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.contracts.messages.faults import ScratchRefused
from pipelines.errors import MachineError

PREFIX, LOCK = "amends-run-", "lock"
# What folders were called that had no lock yet, and the file that tells them from others of that name.
OLDER, OLDER_FILE = "amends-????????", "engine.duckdb"
# A folder without lock is of an earlier version, or is being made just now.
UNLOCKED_SECONDS = 24 * 3600.0


@contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder (mode 0700), removed at the end; those that dead runs left behind are removed first."""
    home = _home()
    _sweep(home)
    folder = _made(home)
    try:
        with (folder / f"{LOCK}.new").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Under its name the lock is only ever seen held, or its holder is dead.
            (folder / f"{LOCK}.new").rename(folder / LOCK)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _home() -> Path:
    """The machine's place for temporary files: one that was named and can't be written to is told, not passed by."""
    named = os.environ.get("TMPDIR")
    return Path(named) if named else Path(tempfile.gettempdir())


def _made(home: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
    except OSError as error:
        raise MachineError(ScratchRefused(home, str(error.strerror))) from error


def _sweep(home: Path) -> None:
    older = (path.parent for path in home.glob(f"{OLDER}/{OLDER_FILE}"))
    for folder in {*home.glob(f"{PREFIX}*"), *older}:
        try:
            if folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid() and _is_dead(folder):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _is_dead(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > UNLOCKED_SECONDS
    except BlockingIOError:
        return False
