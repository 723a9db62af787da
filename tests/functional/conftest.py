from pathlib import Path

import pytest

from pipelines.publish import run_folder
from pipelines.run import run
from pipelines.settings import load_profile
from pipelines.sources.privacy import load_id_key

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = CHECKOUT / "data" / "sample"


def publish_sample(published):
    profile = load_profile("sample")
    manifest = run(
        SAMPLE, profile, published, id_key=load_id_key(profile)[0], data_cut=None, progress=lambda step: None
    )
    return run_folder(published, manifest["run_id"])


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """The directory of a run published from the committed sample."""
    return publish_sample(tmp_path_factory.mktemp("published"))
