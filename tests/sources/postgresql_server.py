"""A PostgreSQL server of the tests' own: on a socket in a folder of its own, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """Addresses end in the database's name: ``postgresql:///NAME?host=…``. Yields what stands behind the name."""
    folder = Path(tempfile.mkdtemp(prefix="amends-pg-", dir="/tmp"))
    # PostgreSQL refuses to run as root.
    who = "postgres" if os.getuid() == 0 else None
    if who:
        shutil.chown(folder, who)
    try:
        _run(who, "initdb", "-D", str(folder / "data"), "-A", "trust", "-E", "UTF8", "-U", "analyst", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        _run(who, "pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"?host={folder}&user=analyst"
        finally:
            _run(who, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(who: str | None, program: str, *arguments: str) -> None:
    subprocess.run(
        [_found(program), *arguments], user=who, cwd="/tmp", check=True, stdout=subprocess.DEVNULL, timeout=60
    )


def _found(program: str) -> str:
    """The program on the path, else where Debian keeps it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = shutil.which(program) or (str(debian[-1]) if debian else None)
    assert found, "PostgreSQL isn't there: make postgresql"
    return found
