"""A run made from the app: a process of its own that outlives page, session and dashboard, with a log beside the runs.

Whether it goes on is asked of the folder's lock, never of this process's memory: a reload, or another dashboard, sees
the same. No Streamlit here.
"""

import os
import shlex
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipelines.contracts.manifest import Made
from pipelines.contracts.message import Fault
from pipelines.publish.lock import holder, is_alive
from pipelines.publish.stamp import stamp

ROOT = Path(__file__).resolve().parent.parent
# Where `amends serve` was started: exports, profile and key of ids are named from there.
FROM = "AMENDS_FROM"
LOG, PROCESS = "rerun.log", "rerun.process"
TAIL_LINES, TAIL_BYTES = 12, 20_000


@dataclass(frozen=True)
class State:
    """What becomes of the run asked for here: ``goes_on`` or not, the end of its log, and who else holds the folder."""

    goes_on: bool
    tail: tuple[str, ...]
    busy: Fault | None


def working_folder() -> Path:
    """The folder from which a run is made again."""
    return Path(os.environ.get(FROM) or Path.cwd())


def words(made: Made, published: Path) -> list[str]:
    """The command that makes the run again, as words."""
    cut = ["--data-cut", made.data_cut.isoformat()] if made.data_cut else []
    return ["run", "--data", made.data, "--profile", made.profile, *cut, "--published", str(published.resolve())]


def start(published: Path, command: list[str]) -> None:
    """Start a run; whoever holds the folder is told in its log. Raises ``OSError`` where no log can be written."""
    with (published / LOG).open("wb") as log:
        log.write(f"$ amends {shlex.join(command)}\n".encode())
        log.flush()
        process = subprocess.Popen(
            [sys.executable, "-m", "amends.cli", *command],
            cwd=working_folder(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    # Somebody has to ask how it ended, or its number is never free again.
    threading.Thread(target=process.wait, daemon=True).start()
    (published / PROCESS).write_text(f"{process.pid}\n", encoding="utf-8")


def state(published: Path) -> State:
    """How it stands."""
    process = _process(published)
    goes_on = process is not None and is_alive(process)
    return State(goes_on, _tail(published / LOG), None if goes_on else holder(published))


def cancel(published: Path) -> None:
    """Ask the run that was started here to end, and all it started; what it began is cleared away by itself."""
    process = _process(published)
    if process is not None and is_alive(process):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGTERM)


def _process(published: Path) -> int | None:
    """The process started here, if its number still belongs to a run: numbers are given again."""
    path = published / PROCESS
    try:
        process = int(path.read_text(encoding="utf-8")) if stamp(path) else 0
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return process if b"amends" in command and os.fsencode(str(published.resolve())) in command else None


def _tail(path: Path) -> tuple[str, ...]:
    try:
        if stamp(path) is None:
            return ()
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple(text.splitlines()[-TAIL_LINES:])
