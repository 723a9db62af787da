from pathlib import Path

from pipelines.publish import run_folder
from pipelines.run import run
from pipelines.settings import load_profile
from pipelines.sources.privacy import load_id_key

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def publish_sample(published, data=SAMPLE):
    """Run the sample profile over a folder and return the directory of the new run."""
    profile = load_profile("sample")
    key = load_id_key(profile)[0]
    manifest = run(data, profile, published, id_key=key, data_cut=None, progress=lambda step: None)
    return run_folder(published, manifest["run_id"])
