"""Monday: lines end where their months end, change is told beyond noise alone, and the page stays short."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from published_run import SPEECH, publish_run
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_run
from dashboard.places.answers import advised
from dashboard.places.monday import changed, headline, lines_of, queue, table, waiting
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.ledger.codes import Call
from pipelines.contracts.tables.measure import Measured
from words import findings as say

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
MOST_WORDS = 150


def month(number, share, half=0.02, measure=Measure.STANDARD_MET, **cells):
    return Measured(
        Topic.DESCRIPTIVE, measure, period=f"2026-{number:02}", estimate=share, ci_low=share - half,
        ci_high=share + half, n=200, **cells,
    )  # fmt: skip


def with_months(run, *rows):
    return replace(run, measures=(*run.measures, *rows))


@pytest.fixture
def monthly(run):
    return with_months(run, *(month(n, 0.60 + 0.01 * (n % 3)) for n in range(1, 11)))


def text_of(html):
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_a_line_ends_with_the_latest_month_that_is_known(monthly):
    hidden = replace(month(11, 0.9), estimate=None, ci_low=None, ci_high=None, verdict=Verdict.SUPPRESSED)
    (line,) = lines_of(with_months(monthly, hidden))
    assert line.last.period == "2026-10"
    assert "61 of 100 (59 to 63)" in text_of(table(monthly, SPEECH)).replace("  ", " ")


def test_a_change_is_told_only_beyond_both_months_noise(monthly):
    assert lines_of(monthly)[0].moved is None
    assert "on the month before" not in table(monthly, SPEECH)
    fell = with_months(monthly, month(11, 0.40))
    assert lines_of(fell)[0].moved == pytest.approx(-0.21)
    assert "−21 on the month before" in text_of(table(fell, SPEECH))
    assert "moved worse" in table(fell, SPEECH)


def test_more_of_what_is_bad_is_worse(run):
    rows = [month(n, 0.02, 0.005, Measure.NEGATIVE_POST) for n in range(1, 10)]
    rose = with_months(run, *rows, month(10, 0.09, 0.01, Measure.NEGATIVE_POST))
    assert "moved worse" in table(rose, SPEECH)


def test_two_months_make_no_line(run):
    assert table(with_months(run, month(1, 0.6), month(2, 0.6)), SPEECH) == ""


def test_without_anything_counted_nothing_is_said(run):
    bare = replace(run, measures=(), findings=())
    assert (headline(bare, SPEECH), queue(bare, SPEECH), waiting(bare, SPEECH)) == ("", "", "")


def test_what_waits_is_the_first_of_the_ledger_with_its_figure(run):
    shown = text_of(waiting(run, SPEECH))
    assert say.figure(advised(run)[0], SPEECH).large in shown


def test_a_finding_that_turned_is_told_and_one_within_its_noise_is_not(run):
    assert changed(run, None, SPEECH) == ()
    assert changed(run, run, SPEECH) == ()
    before = tuple(replace(r, call=Call.TEST) if r.call is Call.DO else r for r in run.findings)
    told = changed(run, replace(run, findings=before), SPEECH)
    assert "How fast? Test is now Do." in told


def test_the_page_is_short(published):
    cached_run.clear()
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    html = [e.proto.body for e in app.get("html") if e.proto.body.startswith(("<div", "<ul", "<article"))]
    words = " ".join([*(text_of(h) for h in html), *(e.value for e in (*app.title, *app.subheader, *app.caption))])
    assert 5 < len(words.split()) <= MOST_WORDS


def test_a_run_without_answers_says_what_to_add(tmp_path, monkeypatch):
    publish_run(tmp_path, measures=[], decided=False)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    cached_run.clear()
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    assert "can't say" in app.title[0].value
