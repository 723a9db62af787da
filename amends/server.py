"""Start the dashboard on this machine only."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from amends.answer import Answer
from amends.faults import PortTaken
from pipelines.errors import SourceError
from words.speech import PLAIN

APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"


def serve_dashboard(published: Path, port: int) -> None:
    """Run Streamlit on localhost until it is stopped. Its settings (telemetry off) are in ``.streamlit``."""
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
    environment = os.environ | {"AMENDS_PUBLISHED": str(published.resolve())}
    print(PLAIN.text("cli.serve.open", address=f"http://localhost:{port}"), flush=True)
    process = subprocess.Popen(command, cwd=APP.parent, env=environment)
    try:
        process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()


def closed() -> Answer:
    """The end of it."""
    return Answer(PLAIN.text("cli.serve.closed"), {})
