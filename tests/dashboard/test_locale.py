"""A company's own numerals from the profile to pages, figures and exports; text and data files stay as they are."""

import csv

import pytest
from published_run import publish_run
from sealing import reseal
from streamlit.testing.v1 import AppTest
from test_pages import APP

from dashboard.cache import cached_chart, cached_run
from dashboard.effects import leading_aim
from dashboard.exports.choice import Choice
from dashboard.exports.compose import review_of
from dashboard.exports.mail.weekly import weekly
from dashboard.exports.pack import chart_csv
from dashboard.figures.drawn import ChartId
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from pipelines.publish.store import local_store


def current_folder(published):
    store = local_store(published)
    return store.folder(store.current_id())


@pytest.fixture
def german(tmp_path, monkeypatch):
    """The made-up run of a company that writes as Germans do."""
    folder = tmp_path / "german"
    publish_run(folder)
    reseal(current_folder(folder), lambda m: m | {"profile": m["profile"] | {"locale": "de"}})
    monkeypatch.setenv("AMENDS_PUBLISHED", str(folder))
    cached_run.clear()
    cached_chart.clear()
    return folder


def test_a_run_that_says_nothing_is_english(tmp_path):
    publish_run(tmp_path)
    without = {"locale"}
    reseal(
        current_folder(tmp_path),
        lambda m: m | {"profile": {key: value for key, value in m["profile"].items() if key not in without}},
    )
    assert local_store(tmp_path).current().locale == "en"


def test_pages_follow(german):
    app = AppTest.from_file(APP, default_timeout=30).run()
    app = app.switch_page("dashboard/app_pages/speed.py").run()
    bodies = " ".join(e.proto.body for e in app.get("html"))
    captions = " ".join(e.value for e in app.caption)
    assert "data to 31.10.2026" in bodies
    assert "31 Oct 2026" not in bodies + captions
    assert "7.412 incidents" in captions


def test_figures_write_their_own_ticks_alike(german):
    run = local_store(german).current()
    drawn = CHARTS["speed_ladder"].draw(run, leading_aim(run, "speed"), LIGHT)
    assert drawn.figure.layout.separators == ",."


def test_exports_and_the_mail_follow(german):
    review = review_of(local_store(german), local_store(german).current_id(), Choice())
    assert review.data_cut == "31.10.2026"
    assert any("7.412 incidents" in finding.source for finding in review.findings)
    assert "31.10.2026" in weekly(local_store(german).current()).kicker


def test_data_files_keep_the_point(german):
    review = review_of(local_store(german), local_store(german).current_id(), Choice((ChartId.SPEED_LADDER,)))
    text = chart_csv(review, review.findings[0]).decode("utf-8-sig")
    header, *rows = [line for line in csv.reader(text.splitlines()) if line and not line[0].startswith("#")]
    assert float(rows[0][header.index("estimate")]) == review.findings[0].rows[0].estimate
