"""Start the dashboard on this machine only."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from amends.answer import Answer
from amends.faults import PortTaken
from pipelines.errors import SourceError
from words.speech import PLAIN

PATIENCE_SECONDS = 5.0
APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"


def serve_dashboard(published: Path, port: int) -> None:
    """Run Streamlit on localhost until it, or this process, is asked to end; telemetry is off in ``.streamlit``."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SourceError(PortTaken(str(port)))
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(APP),
        "--server.address=localhost",
        f"--server.port={port}",
    ]
    environment = os.environ | {"AMENDS_PUBLISHED": str(published.resolve()), "AMENDS_FROM": str(Path.cwd())}
    print(PLAIN.text("cli.serve.open", address=f"http://localhost:{port}"), flush=True)
    # A session of its own: whatever the dashboard starts, such as a browser for pictures, ends with it.
    process = subprocess.Popen(command, cwd=APP.parent, env=environment, start_new_session=True)
    try:
        process.wait()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started: first asked, then made to."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)


def closed() -> Answer:
    """The end of it."""
    return Answer(PLAIN.text("cli.serve.closed"), {})
