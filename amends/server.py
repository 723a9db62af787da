"""Start the dashboard on this machine only."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from pipelines.errors import SourceError

APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"


def serve_dashboard(published: Path, port: int) -> None:
    """Run Streamlit on localhost until it is stopped. Its settings (telemetry off) are in ``.streamlit``."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SourceError(f"port {port} is taken. Close what uses it, or choose another with --port.")
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
    print(f"Dashboard: http://localhost:{port}  (Ctrl-C closes it)", flush=True)
    process = subprocess.Popen(command, cwd=APP.parent, env=environment)
    try:
        process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
