"""What Amends writes is readable by its owner alone."""

import os
from pathlib import Path

import pytest
from published_run import publish_run

from amends.cli import main


@pytest.fixture(autouse=True)
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]


def test_data_runs_journal_and_exports_are_private(tmp_path):
    assert main(["simulate", "--out", str(tmp_path / "data"), "--incidents", "100", "--format", "two-files"]) == 0
    published = str(tmp_path / "published")
    os.umask(0o077)
    publish_run(tmp_path / "published")
    os.umask(0o022)
    due = ["--what", "Call back", "--owner", "Desk", "--due", "2027-01-01", "--published", published]
    assert main(["decide", *due]) == 0
    review = ["--format", "xlsx,csv", "--to", str(tmp_path / "review.zip"), "--published", published]
    assert main(["export", *review]) == 0
    assert open_to_others(tmp_path) == []
    assert any(path.suffix == ".parquet" for path in tmp_path.rglob("*"))
