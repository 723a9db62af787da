"""Pages on published tables against counting over the mart: the same click, answered in turns within one run.

`python bench/pages.py [INCIDENTS]`. One run of the sample is published; pages are rerun through Streamlit's own
runner with everything a session shares already read. The alternative answers one click as a dashboard over the rows
would: six grouped counts by DuckDB over a mart of INCIDENTS rows (the sample's, repeated), two threads, in memory.
Published tables don't grow with incidents, so the page's time doesn't either; the counts' does.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
PAGES = ("monday", "decide", "not_yet_won_back", "speed", "policy", "trust")
REPEATS = 11
GROUPS = ("severity", "channel", "brand", "site_id", "category", "region")


def milliseconds(work: Callable[[], object]) -> list[float]:
    """Wall time of each repeat; the first is the cold one."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def publish_sample(published: Path) -> Path:
    """One published run of the sample; returns its mart."""
    from pipelines.reading.tables.privacy import load_id_key
    from pipelines.run import run
    from pipelines.settings.load import load_profile

    profile = load_profile("sample")
    key = load_id_key(profile, lambda step: None)
    manifest = run(ROOT / "data" / "sample", profile, published, id_key=key, data_cut=None, progress=lambda step: None)
    return published / "runs" / manifest.run_id / "incident_mart.parquet"


def page_times(published: Path) -> dict[str, list[float]]:
    """Milliseconds of each rerun of each page."""
    from streamlit.testing.v1 import AppTest

    os.environ["AMENDS_PUBLISHED"] = str(published)
    times = {}
    for page in PAGES:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.run()
        app.switch_page(f"dashboard/app_pages/{page}.py")
        times[page] = milliseconds(app.run)
        assert not app.exception, page
    return times


def counting_times(mart: Path, incidents: int) -> list[float]:
    """Milliseconds of six grouped counts over so many rows."""
    import duckdb

    engine = duckdb.connect(config={"threads": 2})
    columns = ", ".join((*GROUPS, "first_contact_minutes", "returned_within_365d"))
    repeats = -(-incidents // engine.execute(f"SELECT count(*) FROM '{mart}'").fetchall()[0][0])
    engine.execute(f"CREATE TABLE mart AS SELECT {columns} FROM '{mart}', range({repeats})")
    sql = (
        "SELECT {0}, count(*), avg(CAST(first_contact_minutes <= 60 AS INTEGER)), "
        "avg(CAST(returned_within_365d AS INTEGER)) FROM mart GROUP BY 1"
    )
    return milliseconds(lambda: [engine.execute(sql.format(group)).fetchall() for group in GROUPS])


def main() -> None:
    """Print a line per page and the ratio to counting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("incidents", nargs="?", type=int, default=10_000_000)
    incidents = parser.parse_args().incidents
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        mart = publish_sample(Path(folder))
        pages, counting = page_times(Path(folder)), counting_times(mart, incidents)
    usual = statistics.median(counting[1:])
    print(f"six grouped counts over {incidents:,} incidents   {usual:7.0f} ms")
    for page, times in pages.items():
        rerun = statistics.median(times[1:])
        ratio = usual / rerun
        print(
            f"{page:<18} first {times[0]:5.0f} ms   rerun {rerun:5.0f} ms   counting takes {ratio:4.1f} times as long"
        )


if __name__ == "__main__":
    main()
