import pytest
from published_run import publish_run

from pipelines.publish.store import current_run_id, read_run


@pytest.fixture
def published(tmp_path, monkeypatch):
    """A folder with one published run, named by the environment as it is for the dashboard."""
    folder = tmp_path / "published"
    publish_run(folder)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(folder))
    return folder


@pytest.fixture
def run(published):
    return read_run(published, current_run_id(published))
