import pytest
from published_sample import publish_sample


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """The directory of a run published from the committed sample; files that read it share a worker."""
    return publish_sample(tmp_path_factory.mktemp("published_sample"))
