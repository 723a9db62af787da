"""How long a review takes as files: deck, brief and workbook without a browser, and twelve pictures with one.

``bench/exports.py [PUBLISHED]`` reads the current run there; without it the sample is run first. Seconds on the clock
and of the processor stand side by side, for the machine may be shared.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dashboard.exports.choice import Choice, exportable
from dashboard.exports.compose import review_of
from dashboard.exports.manifest import Format
from dashboard.exports.pack import Asked, write_pack
from dashboard.exports.pdf.brief import brief
from dashboard.exports.pictures import browser, pictures
from dashboard.exports.pptx.deck import deck
from dashboard.exports.review import Review
from dashboard.exports.xlsx.book import workbook
from pipelines.contracts.message import Doing
from pipelines.publish.store import local_store

T = TypeVar("T")
PICTURES, PACK_SECONDS, PICTURES_SECONDS = 12, 5.0, 6.0
FOURTEEN_SLIDES = exportable()[:6]


def main() -> None:
    """Print one line per measurement."""
    with tempfile.TemporaryDirectory() as folder:
        published = Path(sys.argv[1]) if len(sys.argv) > 1 else sample_run(Path(folder))
        run_id = local_store(published).current_id()
        whole, _ = measured("compose the review", lambda: review_of(local_store(published), run_id, Choice()))
        for name, make in (("deck", deck), ("brief", brief), ("workbook", workbook)):
            measured(name, lambda make=make: make(whole))
        some = Choice(FOURTEEN_SLIDES)
        asked = Asked(choice=some)
        to = Path(folder) / "pack.zip"
        _, seconds = measured(
            f"pack with {len(FOURTEEN_SLIDES)} charts, from run to zip",
            lambda: write_pack(review_of(local_store(published), run_id, some), asked, to, lambda step: None),
        )
        print(f"  {seconds / PACK_SECONDS:.2f} of the {PACK_SECONDS:g} seconds it may take")
        print_pictures(whole)


def print_pictures(review: Review) -> None:
    """Twelve pictures with the browser, and the same without."""
    drawable = [f for f in review.findings if f.plate.grid is None][:PICTURES]
    if browser() is None:
        print("no Chromium here: pictures with it were not measured")
        return
    _, seconds = measured(
        f"{len(drawable)} pictures with Chromium", lambda: list(pictures(drawable, [Format.PNG], lambda step: None))
    )
    print(f"  {seconds / PICTURES_SECONDS:.2f} of the {PICTURES_SECONDS:g} seconds they may take")


def measured(what: str, do: Callable[[], T]) -> tuple[T, float]:
    """The result and the seconds it took."""
    clock, processor = time.perf_counter(), time.process_time()
    result = do()
    seconds = time.perf_counter() - clock
    print(f"{what}: {seconds:.2f} s, {time.process_time() - processor:.2f} s of the processor")
    return result, seconds


def sample_run(folder: Path) -> Path:
    """The committed sample, published into ``folder``."""
    from pipelines.reading.tables.privacy import load_id_key
    from pipelines.run import run
    from pipelines.settings.load import load_profile

    published = folder / "published"
    profile = load_profile("sample")
    data = Path(__file__).resolve().parents[1] / "data" / "sample"
    run(data, profile, published, id_key=load_id_key(profile, _quiet), data_cut=None, progress=_quiet)
    return published


def _quiet(step: Doing) -> None:
    """Nothing."""


if __name__ == "__main__":
    main()
