"""A published run whose files a test changed, sealed again: as if another version had published it so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.contracts.manifest import FILES, sealed
from pipelines.publish.stamp import digest


def reseal(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]] = lambda manifest: manifest) -> None:
    """Digests and seal of the run in ``folder`` as its files are now, after ``change`` to its manifest."""
    path = folder / "manifest.json"
    path.chmod(0o644)
    manifest = change(json.loads(path.read_text(encoding="utf-8")))
    if FILES in manifest:
        manifest[FILES] = {p.name: digest(p) for p in sorted(folder.iterdir()) if p != path}
        manifest = sealed(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")
