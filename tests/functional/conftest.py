import fcntl
import os

import pytest
from published_sample import publish_sample

from pipelines.publish.store import local_store


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """The directory of a run published from the committed sample: one for all workers of a test session."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    published = shared / "published_sample"
    with (shared / "published_sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not published.exists():
            return publish_sample(published)
    store = local_store(published)
    return store.folder(store.current_id())
