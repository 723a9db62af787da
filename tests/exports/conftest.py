import pytest
from made_review import awkward_review
from published_run import publish_run

from dashboard.exports.choice import Choice
from dashboard.exports.compose import compose
from pipelines.publish.store import local_store


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A published folder with one made-up run."""
    path = tmp_path_factory.mktemp("exported")
    publish_run(path)
    return path


@pytest.fixture(scope="session")
def run(folder):
    return local_store(folder).current()


@pytest.fixture(scope="session")
def review(run):
    return compose(run, Choice())


@pytest.fixture(scope="session")
def awkward(run):
    return awkward_review(run)
