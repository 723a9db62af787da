"""One writer at a time in a published folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def publishing(published: Path) -> Iterator[None]:
    """Hold the folder's lock, waiting for the writer before; the folder is made if need be."""
    published.mkdir(parents=True, exist_ok=True)
    with (published / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
