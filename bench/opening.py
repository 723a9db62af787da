"""Opening a run that is held against its digests, against reading its tables alone: the same run, in one process.

`python bench/opening.py [PUBLISHED]`. Without a folder, a run of the small company is published. The first opening
reads every file once more for its digest; later ones only look at size and times. So many megabytes that pages never
read are put beside the tables to show what the mart of a large company costs, once per process.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPEATS, LARGE_MB = 7, 200


def milliseconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Wall time of the middle repeat; ``before`` isn't counted."""
    taken = []
    for _ in range(REPEATS):
        before()
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def publish_small(published: Path) -> None:
    """One published run of the small company."""
    from pipelines.run import run
    from pipelines.settings.load import load_profile

    profile = load_profile("two_files")
    data = ROOT / "data" / "two_files"
    run(data, profile, published, id_key=b"k" * 32, data_cut=None, progress=lambda step: None)


def main() -> int:
    """Print the ratios."""
    from pipelines.publish import stamp, whole
    from pipelines.publish.store import local_store

    with tempfile.TemporaryDirectory() as folder:
        published = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "published"
        if len(sys.argv) == 1:
            publish_small(published)
        store = local_store(published)
        run_id = store.current_id()
        files = sum(path.stat().st_size for path in store.folder(run_id).iterdir())
        forget = whole._digest.cache_clear
        first = milliseconds(lambda: store.run(run_id), forget)
        later = milliseconds(lambda: store.run(run_id))
        look = milliseconds(store.standing)
        large = Path(folder) / "large"
        large.write_bytes(bytes(LARGE_MB << 20))
        hashed = milliseconds(lambda: stamp.digest(large))
    print(f"a run of {files / 1e6:.1f} MB: first opening {first:.0f} ms, {first / later:.2f} times the tables alone")
    print(f"a look whether it is still whole, at each click: {look:.2f} ms, {look / later:.4f} times the tables alone")
    print(f"{LARGE_MB} MB more: {hashed:.0f} ms, once per process")
    return 0


if __name__ == "__main__":
    sys.exit(main())
