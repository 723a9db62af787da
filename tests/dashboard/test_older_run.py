"""Pages of a run that an earlier version published: they open, show its numbers, and say what it can't."""

import shutil
from pathlib import Path

import pytest
from test_pages import PAGES, html, opened, said

from dashboard.cache import cached_chart, cached_run

SCHEMA_3 = Path(__file__).parents[1] / "pipelines" / "schema_3"


@pytest.fixture(autouse=True)
def older(tmp_path, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(shutil.copytree(SCHEMA_3, tmp_path / "published")))
    cached_run.clear()
    cached_chart.clear()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_says_that_an_earlier_version_wrote_the_run(page):
    app = opened(page)
    assert not app.exception
    assert "An earlier version of Amends published this run, in schema 3." in html(app)


def test_names_notes_and_decisions_of_then_are_shown():
    page = said(opened("runs"))
    for told in ("Q4 review", "Speed is being watched.", "Answer everyone within an hour"):
        assert told in page


def test_a_note_of_then_stands_below_its_chart():
    assert any("Speed is being watched." in text.value for text in opened("speed").text)
