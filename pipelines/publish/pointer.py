"""The file ``current``: which run is shown. One line, put in place by a rename."""

import os
import re
from pathlib import Path

from pipelines.contracts.message import Fault
from pipelines.contracts.messages.faults import PointerDamaged, PointerMissing
from pipelines.publish.stamp import stamp

CURRENT, PREPARED = "current", "current.new"
# A counter and the start of a digest: folders of other names are none of ours.
_RUN_ID = re.compile(r"[0-9]{4,12}-[0-9a-f]{8}")
_LONGEST_BYTES = 200


def is_run_id(name: str) -> bool:
    """Whether this is how runs are called."""
    return _RUN_ID.fullmatch(name) is not None


def number(run_id: str) -> int:
    """The place of a run in the order of all, 1 for the first; 0 for what is no run's id."""
    return int(run_id.partition("-")[0]) if is_run_id(run_id) else 0


def pointed_at(published: Path) -> str | Fault:
    """The id the pointer holds, or why it holds none."""
    path = published / CURRENT
    found = stamp(path)
    try:
        if found is None:
            return PointerDamaged(published) if os.path.lexists(path) else PointerMissing(published)
        with path.open("rb") as file:
            run_id = file.read(_LONGEST_BYTES).decode("utf-8").strip()
    except (OSError, ValueError):
        return PointerDamaged(published)
    return run_id if is_run_id(run_id) else PointerDamaged(published)


def prepare(published: Path, run_id: str) -> None:
    """Write the pointer beside its place. Raises ``OSError``."""
    path = published / PREPARED
    with path.open("w", encoding="utf-8") as file:
        file.write(run_id + "\n")
        file.flush()
        os.fsync(file.fileno())


def put_in_place(published: Path) -> None:
    """Show the run of the pointer that was prepared. Raises ``OSError``."""
    (published / PREPARED).replace(published / CURRENT)
    sync_folder(published)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Raises ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
