"""What writers that died left behind: found, and cleared by the next one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipelines.publish.pointer import PREPARED

# A run that is being written, and one that is being removed: neither is ever read.
INCOMING, GONE = ".incoming", ".gone-"


def leftovers(published: Path) -> Iterator[Path]:
    """Files and folders of writes that didn't end. Those of a write that goes on look the same: hold the turn."""
    if os.path.lexists(published / PREPARED):
        yield published / PREPARED
    with suppress(OSError):
        yield from sorted(p for p in (published / "runs").iterdir() if p.name.startswith((INCOMING, GONE)))


def sweep(published: Path) -> tuple[Path, ...]:
    """Remove what dead writers left; returns what is gone now. Only the holder of the turn may."""
    found = tuple(leftovers(published))
    for path in found:
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
    return tuple(path for path in found if not os.path.lexists(path))
