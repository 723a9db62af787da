import hashlib
import io
import time
import zipfile

import pytest
from PIL import Image

from dashboard.exports import pictures
from dashboard.exports.choice import Choice, chart_label, exportable
from dashboard.exports.compose import review_of
from dashboard.exports.jobs import Exporter, ExportFailedError
from dashboard.exports.manifest import Format, decoded
from dashboard.exports.pack import Asked, write_pack
from dashboard.figures.drawn import ChartId
from dashboard.figures.registry import CHARTS
from pipelines.contracts.messages.doing import MakingFile
from pipelines.publish.store import local_store
from words.speech import PLAIN

EVERYTHING = Asked(tuple(Format), Choice(charts=(ChartId.SPEED_LADDER, ChartId.SPEED_CURVE, ChartId.BALANCE)))


@pytest.fixture
def without_browser(monkeypatch):
    monkeypatch.setattr(pictures, "browser", lambda: None)
    monkeypatch.setattr("dashboard.exports.pack.browser", lambda: None)


def packed(folder, run, asked, to):
    steps = []
    review = review_of(local_store(folder), run.run_id, asked.choice)
    return write_pack(review, asked, to, steps.append), steps


def test_the_manifest_fits_what_is_in_the_pack(folder, run, tmp_path, without_browser):
    manifest, steps = packed(folder, run, EVERYTHING, tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert decoded(archive.read("manifest.json")) == manifest
        names = set(archive.namelist()) - {"manifest.json"}
        assert names == {file.name for file in manifest.files}
        for file in manifest.files:
            assert hashlib.sha256(archive.read(file.name)).hexdigest() == file.sha256
    endings = {name.rpartition(".")[2] for name in names}
    assert endings == set(Format)
    assert manifest.run_id == run.run_id
    assert [chart.id for chart in manifest.charts] == list(EVERYTHING.choice.charts)
    assert {MakingFile(kind.value) for kind in (Format.PPTX, Format.PDF, Format.XLSX)} <= set(steps)


def test_without_a_browser_pictures_are_drawn_and_the_reason_given(folder, run, tmp_path, without_browser):
    manifest, _ = packed(folder, run, EVERYTHING, tmp_path / "pack.zip")
    assert manifest.remarks == (pictures.NO_BROWSER,)
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        picture = Image.open(io.BytesIO(archive.read("charts/speed_ladder.png")))
        drawing = archive.read("charts/speed_ladder.svg").decode()
    assert picture.width > 1000
    assert len(picture.convert("RGB").resize((90, 60)).getcolors(maxcolors=5400)) > 5
    assert run.run_id in drawing
    assert "+5 (2 to 7) B" in drawing


def test_a_pack_that_fails_leaves_nothing_behind(folder, run, tmp_path, monkeypatch):
    def fail(review):
        raise RuntimeError("no paper")

    monkeypatch.setattr("dashboard.exports.pack.workbook", fail)
    with pytest.raises(RuntimeError, match="no paper"):
        packed(
            folder,
            run,
            Asked((Format.PPTX, Format.XLSX), Choice(charts=(ChartId.SPEED_LADDER,))),
            tmp_path / "pack.zip",
        )
    assert not list(tmp_path.iterdir())


def test_a_narrower_question_leaves_out_what_was_never_asked(folder, run):
    review = review_of(local_store(folder), run.run_id, Choice(outcome="negative_post"))
    assert "compensation_ladder" not in {f.id for f in review.findings}
    ladder = next(f for f in review.findings if f.id == "speed_ladder")
    assert {row.outcome for row in ladder.rows} == {"negative_post"}
    assert "negative post" in review.filters
    shorter = review_of(local_store(folder), run.run_id, Choice(charts=(ChartId.SPEED_LADDER,), horizon_days=90))
    assert "within 90 days" in shorter.findings[0].subtitle
    assert "within 90 days" in shorter.filters


def test_every_chart_of_the_dashboard_can_be_chosen():
    assert set(exportable()) == set(CHARTS)
    assert all(chart_label(chart, PLAIN) for chart in exportable())


def finished(job):
    deadline = time.monotonic() + 120
    while not job.done and time.monotonic() < deadline:
        time.sleep(0.05)
    return job.pack()


def test_two_readers_get_their_packs_from_processes_of_their_own(folder, run):
    exporter = Exporter()
    jobs = [
        exporter.start(folder, run.run_id, Asked((kind,), Choice((ChartId.SPEED_LADDER,))))
        for kind in (Format.CSV, Format.XLSX)
    ]
    packs = [finished(job) for job in jobs]
    assert [p.manifest.files[0].name.rpartition(".")[2] for p in packs] == ["csv", "xlsx"]
    assert all(zipfile.is_zipfile(io.BytesIO(p.content)) for p in packs)


def test_a_failed_export_says_why(folder):
    with pytest.raises(ExportFailedError, match="there is no run 0099-gone"):
        finished(Exporter().start(folder, "0099-gone", Asked()))
