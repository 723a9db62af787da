"""Where the real exports lie: beside the checkout, never inside it."""

from pathlib import Path

import pytest

EXPORTS = Path(__file__).resolve().parents[2] / "shared" / "data"


def export_folder(name: str) -> Path:
    """The folder of one real export; a test that needs it fails where it is missing, on every machine."""
    folder = EXPORTS / name
    if not folder.is_dir():
        pytest.fail(f"{folder}: no such folder. Put the real exports there; these tests compare with them.")
    return folder
