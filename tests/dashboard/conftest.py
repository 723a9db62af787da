import pytest
from published_run import publish_run

from pipelines.publish.store import local_store


@pytest.fixture
def published(tmp_path, monkeypatch):
    """A folder with one published run, named by the environment as it is for the dashboard."""
    folder = tmp_path / "published"
    publish_run(folder)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(folder))
    return folder


@pytest.fixture
def run(published):
    return local_store(published).current()
