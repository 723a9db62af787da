"""The state of a file: what tells it from another without reading it, and the digest of what is in it."""

import hashlib
import stat
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    path: Path
    bytes: int
    modified_ns: int
    changed_ns: int
    inode: int
    device: int


def stamp(path: Path) -> Stamp | None:
    """The state of a regular file; nothing where there is none, or something else."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Stamp(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes. Raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
