"""What one test learns of exports, no other one knows."""

import pytest

from pipelines.reading.draft.asking import keeping


@pytest.fixture(autouse=True)
def nothing_learnt(monkeypatch, tmp_path):
    monkeypatch.setattr(keeping, "LEARNT", tmp_path / "learnt" / "readings.toml")
