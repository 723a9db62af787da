"""Who may write in a published folder: one run at a time, and one short write at a time.

Whoever holds a lock writes itself down in its file, so that whoever is refused is told for whom. The machine lets go of
a lock when its holder dies, however that happens.
"""

import fcntl
import getpass
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any

from pipelines.contracts.message import Fault
from pipelines.contracts.messages.faults import FolderBusy, HeldBySomebody, HolderStopped, RunNotWritten
from pipelines.errors import PublishError, why

TURN, WRITING, SENDING = ".turn", ".lock", ".sending"
# A line of the journal or a pointer is written within milliseconds; who holds longer is slow, stopped or stuck.
PATIENCE_SECONDS, PAUSE_SECONDS = 5.0, 0.02
# Whoever asks who holds the turn takes it for a moment: long enough not to be taken for a run.
MOMENT_SECONDS = 0.1


@dataclass(frozen=True)
class Turn:
    """The right to make runs in ``published``, held for as long as one is made."""

    published: Path


@contextmanager
def turn(published: Path) -> Iterator[Turn]:
    """Hold the folder for the making of a run; it is made if need be. Nobody waits for their turn: who finds it taken
    is refused with the holder's name. Raises ``PublishError``."""
    with _at_once(published, TURN):
        yield Turn(published)


@contextmanager
def sending(published: Path) -> Iterator[None]:
    """Hold the right to send alerts about this folder, as :func:`turn` holds that to make runs in it."""
    with _at_once(published, SENDING):
        yield


@contextmanager
def _at_once(published: Path, name: str) -> Iterator[None]:
    try:
        published.mkdir(parents=True, exist_ok=True)
        file = (published / name).open("a+b", buffering=0)
    except OSError as error:
        raise PublishError(RunNotWritten(published, why(error))) from error
    with _held(file, published / name, MOMENT_SECONDS):
        yield


def holder(published: Path) -> Fault | None:
    """Who makes a run in this folder just now; nothing where nobody does, or where it can't be asked."""
    try:
        with (published / TURN).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(published / TURN)
    except OSError:
        pass
    return None


@contextmanager
def writing(published: Path) -> Iterator[None]:
    """Hold the folder for one short write. Raises ``PublishError`` naming who holds it too long, ``OSError``."""
    published.mkdir(parents=True, exist_ok=True)
    with _held((published / WRITING).open("a+b", buffering=0), published / WRITING, PATIENCE_SECONDS):
        yield


@contextmanager
def _held(file: FileIO, path: Path, patience_seconds: float) -> Iterator[None]:
    with file:
        _take(file, path, patience_seconds)
        with suppress(OSError):
            file.truncate(0)
            file.write(json.dumps(_myself()).encode())
        yield


def _take(file: FileIO, path: Path, patience_seconds: float) -> None:
    until = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise PublishError(_holder(path)) from None
            time.sleep(PAUSE_SECONDS)
        except OSError as error:
            # Some disks of other machines know no locks.
            raise PublishError(RunNotWritten(path.parent, why(error))) from error
        else:
            return


def _myself() -> dict[str, Any]:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"user": user(), "process": os.getpid(), "host": socket.gethostname(), "since": since}


def _holder(path: Path) -> Fault:
    """Who holds the lock, as it wrote itself down."""
    try:
        found = json.loads(path.read_bytes())
        process, host, since = int(found["process"]), str(found["host"]), datetime.fromisoformat(found["since"])
        name = str(found["user"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return HeldBySomebody(path.parent)
    fault = HolderStopped if host == socket.gethostname() and _is_stopped(process) else FolderBusy
    told = since.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return fault(path.parent, name, str(process), host, told)


def _is_stopped(process: int) -> bool:
    """Whether a process of this machine was stopped, by Ctrl-Z or a debugger."""
    return _state(process) in ("T", "t")


def is_alive(process: int) -> bool:
    """Whether a process of this machine goes on; one that has ended and that nobody asked for yet doesn't."""
    return _state(process) not in ("", "Z", "X")


def _state(process: int) -> str:
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return told[0] if told else ""


def user() -> str:
    """Who is logged in; empty where the machine can't say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
