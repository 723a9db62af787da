import shutil

import pytest
from published_run import publish_run

from pipelines.publish.store import local_store


@pytest.fixture(scope="session")
def made_up(tmp_path_factory):
    """A folder with one published run, to be copied from."""
    folder = tmp_path_factory.mktemp("made_up")
    publish_run(folder)
    return folder


@pytest.fixture
def published(tmp_path, monkeypatch, made_up):
    """A folder with one published run of its own, named by the environment as it is for the dashboard."""
    folder = tmp_path / "published"
    shutil.copytree(made_up, folder)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(folder))
    return folder


@pytest.fixture(scope="session")
def run(made_up):
    """The made-up run, for those who only read it."""
    return local_store(made_up).current()
