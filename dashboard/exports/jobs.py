"""Packs made in processes of their own, so that nobody waits for anybody else's and a failed one harms nothing."""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer

from dashboard.exports.manifest import MANIFEST, PackManifest, decoded
from dashboard.exports.pack import Asked

PATIENCE_SECONDS = 180
AT_ONCE = max(2, os.cpu_count() or 2)
TRY_AGAIN = "The export stopped unexpectedly. Try again; if it stops again, leave out pictures or charts."
TOO_LONG = f"The export took longer than {PATIENCE_SECONDS} seconds and was stopped. Leave out pictures or charts."


class ExportFailedError(Exception):
    """An export that came to nothing; the message says why and what to do."""


@dataclass(frozen=True)
class Pack:
    """A finished pack: its bytes, the name to save it under, and its manifest."""

    name: str
    content: bytes
    manifest: PackManifest


class Job:
    """One export under way."""

    def __init__(self, command: Sequence[str], name: str) -> None:
        self.command, self.name = tuple(command), name
        self.step = "waiting for a free place"
        self.result: Future[Pack] = Future()

    @property
    def done(self) -> bool:
        """Whether there is a pack or a failure to show."""
        return self.result.done()

    def pack(self) -> Pack:
        """The finished pack. Raises ``ExportFailedError``."""
        return self.result.result()


class Exporter:
    """Runs exports, as many at once as the machine has processors."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="export")

    def start(self, published: Path, run_id: str, asked: Asked) -> Job:
        """Begin an export and return at once."""
        job = Job(command_of(published, run_id, asked), f"amends_{run_id}_review.zip")
        self.pool.submit(_work, job)
        return job


def command_of(published: Path, run_id: str, asked: Asked) -> list[str]:
    """The command that makes this pack, without where it goes."""
    return [sys.executable, "-m", "dashboard.exports", str(published.resolve()), run_id, json.dumps(asdict(asked))]


def _work(job: Job) -> None:
    job.step = "reading the run"
    try:
        with tempfile.TemporaryDirectory(prefix="amends-export-") as folder:
            job.result.set_result(_made(job, Path(folder) / job.name))
    except ExportFailedError as error:
        job.result.set_exception(error)
    except Exception as error:  # a thread that dies silently would leave its reader waiting for ever
        job.result.set_exception(ExportFailedError(TRY_AGAIN))
        raise error from None


def _made(job: Job, to: Path) -> Pack:
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [*job.command, str(to)], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        clock = Timer(PATIENCE_SECONDS, process.kill)
        clock.start()
        said = ""
        for line in process.stderr or ():
            said = line.strip()
            job.step = said
        process.wait()
        late = not clock.is_alive()
        clock.cancel()
    if process.returncode == 2:
        raise ExportFailedError(said)
    if process.returncode != 0:
        raise ExportFailedError(TOO_LONG if late else TRY_AGAIN)
    content = to.read_bytes()
    return Pack(job.name, content, _manifest(to))


def _manifest(path: Path) -> PackManifest:
    with zipfile.ZipFile(path) as archive:
        return decoded(archive.read(MANIFEST))
