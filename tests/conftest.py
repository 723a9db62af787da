"""Puts this folder on the path, so that every test can `import builders`, and numpy on one thread.

On several workers a file stays on one of them, and so do all files that read the run of the sample, which is published
once; what takes longest is begun first, so that no worker ends alone.
"""

from functools import cache

import pytest

import pipelines  # noqa: F401  it sets linear algebra to one thread, so it comes before numpy

SAMPLE = "tests/functional/test_sample_"
LONGEST_FIRST = (SAMPLE, "tests/browser/", "tests/dashboard/test_pages.py", "tests/functional/", "tests/profiles/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((i for i, p in enumerate(LONGEST_FIRST) if item.nodeid.startswith(p)), 99))


@pytest.fixture(scope="session", autouse=True)
def _streamlit_looks_for_components_once():
    """It reads what every installed package says of itself, anew for each page that is opened."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from xdist.scheduler import LoadFileScheduling

    class OneWorkerForTheSample(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return SAMPLE if nodeid.startswith(SAMPLE) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False
    return OneWorkerForTheSample(config, log)
