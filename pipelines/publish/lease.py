"""A reader's hold on a run: as long as somebody reads it, nobody prunes it.

A shared lock on the run's manifest, which the machine lets go of when its reader dies. What has been opened can be read
to its end even so; the hold is for what is opened later.
"""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MANIFEST = "manifest.json"


class Lease:
    """Held until it is forgotten."""

    def __init__(self, descriptor: int) -> None:
        weakref.finalize(self, os.close, descriptor)


def lease(folder: Path) -> Lease | None:
    """A hold on the run in ``folder``; none where its manifest can't be opened, or where it is being pruned."""
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return Lease(descriptor)
    os.close(descriptor)
    return None


@contextmanager
def unread(folder: Path) -> Iterator[bool]:
    """Whether nobody reads the run in ``folder``; until the end nobody begins to. A run without manifest is unread."""
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        yield True
        return
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
            return
        yield False
    finally:
        os.close(descriptor)
