"""Monday: lines end where their steps end, change is told beyond noise alone, and the page stays short."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from published_run import SPEECH, publish_run
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_run
from dashboard.places.answers import advised
from dashboard.places.monday import Flow, changed, flow, headline, moved, queue, table, waiting
from dashboard.places.series import lines_of, step_of
from pipelines.contracts.catalog.counting import Every, NeededFor
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Call
from pipelines.contracts.tables.measure import SeriesPoint
from words import findings as say

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
MOST_WORDS = 150


def step(number, share, half=0.02, measure=Measure.STANDARD_MET, every=Every.FOUR_WEEKS, **cells):
    first = date(2025, 1, 1) + timedelta(days=28 * number)
    period = f"{first}/{first + timedelta(days=27)}"
    return SeriesPoint(
        measure, every, period, unit=Unit.SHARE_OF_INCIDENTS, estimate=share, ci_low=share - half, ci_high=share + half,
        n=200, **cells,
    )  # fmt: skip


def silences(number, count, low, high, measure=Measure.NEWLY_SILENT, **cells):
    return replace(step(number, count, measure=measure, **cells), unit=Unit.CASES, ci_low=low, ci_high=high)


def with_series(run, *rows):
    return replace(run, series=(*run.series, *rows))


@pytest.fixture
def steady(run):
    return with_series(run, *(step(n, 0.60 + 0.01 * (n % 3)) for n in range(1, 11)))


def text_of(html):
    return unescape(re.sub(r"<[^>]+>", " ", html))


def drawn(run):
    return text_of(table(run, "", (), SPEECH)).replace("  ", " ")


def test_a_line_ends_with_the_latest_step_that_is_known(steady):
    (line,) = lines_of(steady, Every.FOUR_WEEKS)
    assert line[-1] == step(10, 0.61)
    assert "61 of 100 (59 to 63)" in drawn(steady)


def test_the_step_is_the_shortest_that_is_told_to_a_declared_precision(run):
    weeks = [step(n, 0.6, 0.3, every=Every.WEEK) for n in range(9)]
    rows = (*weeks, *(step(n, 0.6, 0.05) for n in range(9)))
    assert step_of(with_series(run, *rows)) is Every.FOUR_WEEKS
    fine = [step(n, 0.6, 0.05, every=Every.WEEK) for n in range(9)]
    assert step_of(with_series(run, *fine, *rows[9:])) is Every.WEEK
    assert step_of(replace(run, series=())) is None


def test_a_change_is_told_only_beyond_both_steps_noise(steady):
    assert moved(lines_of(steady, Every.FOUR_WEEKS)[0]) is None
    assert "on the four weeks before" not in drawn(steady)
    fell = with_series(steady, step(11, 0.40))
    assert moved(lines_of(fell, Every.FOUR_WEEKS)[0]) == pytest.approx(-0.21)
    assert "−21 on the four weeks before" in drawn(fell)
    assert "moved worse" in table(fell, "", (), SPEECH)


def test_more_of_what_is_bad_is_worse(steady):
    rows = [step(n, 0.02, 0.005, Measure.NEGATIVE_POST) for n in range(1, 10)]
    rose = with_series(steady, *rows, step(10, 0.09, 0.01, Measure.NEGATIVE_POST))
    assert "moved worse" in table(rose, "", (), SPEECH)


def test_two_steps_make_no_line(run):
    assert drawn(with_series(run, step(1, 0.6), step(2, 0.6))) == ""


@pytest.mark.parametrize(
    ("now", "low", "high", "said"),
    [
        (23, 14.6, 34.5, "23 cases went silent in four weeks. That is more than usual (9 to 11)."),
        (12, 6.2, 21.0, "12 cases went silent in four weeks. That is usual (9 to 11)."),
        (1, 0.0, 5.6, "1 case went silent in four weeks. That is fewer than usual (9 to 11)."),
    ],
)
def test_the_headline_moves_with_who_went_silent_and_says_what_is_usual(steady, now, low, high, said):
    before = [silences(n, 9 + n % 3, 4.0, 19.0) for n in range(9)]
    assert headline(with_series(steady, *before, silences(9, now, low, high)), "", SPEECH) == said


def test_the_channel_by_which_most_came_is_named(steady):
    rows = [silences(n, 9, 4.0, 17.0) for n in range(3)]
    part = [silences(2, n, 0.0, 9.0, segment=f"channel={c}") for c, n in (("web_form", 6), ("desk", 3))]
    assert headline(with_series(steady, *rows, *part), "", SPEECH).endswith("6 came by web form.")


def test_the_flow_adds_up_and_one_that_doesn_t_is_left_out(steady):
    new = [silences(n, 9, 4.0, 17.0) for n in (1, 2)]
    stock = [silences(n, many, None, None, Measure.SILENT_FOR_A_WEEK_NOW) for n, many in ((1, 40), (2, 35))]
    assert flow(with_series(steady, *new, *stock), "") == Flow(before=40, left=14, new=9, now=35)
    grown = silences(2, 60, None, None, Measure.SILENT_FOR_A_WEEK_NOW)
    assert flow(with_series(steady, *new, stock[0], grown), "") is None


def test_a_part_of_the_company_has_lines_of_its_own(steady):
    rows = [step(n, 0.30, segment="site_id=S2") for n in range(4)]
    scoped = with_series(steady, *rows)
    assert "30 of 100" in text_of(table(scoped, "site_id=S2", (), SPEECH)).replace("  ", " ")
    assert "30 of 100" not in drawn(scoped)


def test_without_anything_counted_nothing_is_said(run):
    bare = replace(run, measures=(), findings=(), series=(), worklist=())
    assert (headline(bare, "", SPEECH), queue(bare, ""), waiting(bare, SPEECH)) == ("", (), "")


def test_the_queue_is_by_channel_and_adds_up_to_the_silent_cases_of_the_list(run):
    silent = [replace(c, needed_for=NeededFor.SILENT, channel=channel) for c, channel in
              zip(run.worklist, ("desk", "web_form", "desk"), strict=True)]  # fmt: skip
    assert [(q.n, q.name) for q in queue(replace(run, worklist=tuple(silent)), "")] == [(2, "desk"), (1, "web form")]
    assert queue(replace(run, worklist=tuple(silent)), "site_id=elsewhere") == ()


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
