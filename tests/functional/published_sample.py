from pathlib import Path

from pipelines.publish.store import local_store
from pipelines.reading.tables.privacy import load_id_key
from pipelines.run import run
from pipelines.settings.load import load_profile

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def publish_sample(published, data=SAMPLE):
    """Run the sample profile over a folder and return the directory of the new run."""
    profile = load_profile("sample")
    key = load_id_key(profile, lambda step: None)
    manifest = run(data, profile, published, id_key=key, data_cut=None, progress=lambda step: None)
    return local_store(published).folder(manifest.run_id)
