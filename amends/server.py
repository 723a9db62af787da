"""Start the dashboard on this machine only."""

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from contextlib import suppress
from pathlib import Path

from amends.answer import Answer
from amends.faults import PortTaken
from dashboard.door.rules import TOKEN_VARIABLE, address, start_rules
from pipelines.errors import SourceError
from words.speech import PLAIN

PATIENCE_SECONDS = 5.0
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
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
    rules = start_rules()
    environment = os.environ | {
        "AMENDS_PUBLISHED": str(published.resolve()), "AMENDS_FROM": str(Path.cwd()), TOKEN_VARIABLE: rules.token,
    }  # fmt: skip
    print(PLAIN.text("cli.serve.open", address=address(port, rules)), flush=True)
    # Asked to end while the dashboard is only being started, this process must know it, to end it.
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    # A session of its own: whatever the dashboard starts, such as a browser for pictures, ends with it.
    process = subprocess.Popen(
        command, cwd=APP.parent, env=environment, start_new_session=True, preexec_fn=_listen_to_signals
    )
    try:
        _listen_to_signals()
        if _at_a_desk():
            _open_in_browser(process, port, address(port, rules))
        process.wait()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        _end(process)


def _listen_to_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _at_a_desk() -> bool:
    """Whether somebody sits at this machine who can see a browser open."""
    has_screen = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return sys.stdout.isatty() and has_screen


def _open_in_browser(process: subprocess.Popen[bytes], port: int, opens: str) -> None:
    """Open the page as soon as the server answers."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(opens)
                return
        time.sleep(0.2)


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
