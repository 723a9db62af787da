"""Executive pages are said in plain words: no term of the trade stands there without its meaning."""

import re
from pathlib import Path

import pytest
from made_up_rows import measure
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_chart, cached_run
from dashboard.effects import leading_aim
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from dashboard.lookup import level_name
from words.segments import level_words

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
EXECUTIVE = ("monday", "decide", "people", "memory")
OF_THE_TRADE = re.compile(
    r"held.out|effectively independent|\braw\b|drawn towards|outside support|degrees of freedom|lies? near|separation"
    r"|olive branch",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _fresh_cache():
    cached_run.clear()
    cached_chart.clear()


@pytest.mark.parametrize("page", EXECUTIVE)
def test_no_term_of_the_trade_on_an_executive_page(published, page):
    app = AppTest.from_file(APP, default_timeout=30).run()
    app = app if page == "monday" else app.switch_page(f"dashboard/app_pages/{page}.py").run()
    texts = [e.value for e in (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption)]
    texts += [e.proto.body for e in app.get("html")]
    assert len(texts) > 5
    assert [text for text in texts if OF_THE_TRADE.search(text) and "<style" not in text] == []


@pytest.mark.parametrize("chart", ["speed_ladder", "actions", "kinds", "speed_curve"])
def test_no_term_of_the_trade_in_a_chart(run, chart):
    treatment = {"actions": "apology", "kinds": "compensation_kind"}.get(chart, "speed")
    aim = leading_aim(run, treatment)
    drawn = CHARTS[chart].draw(run, aim, LIGHT)
    assert drawn is not None
    words = [str(note.text) for note in drawn.figure.layout.annotations]
    words += [*map(str, drawn.figure.layout.yaxis.ticktext or ()), drawn.title, drawn.subtitle, drawn.source]
    assert [text for text in (*words, *drawn.caveats) if OF_THE_TRADE.search(text)] == []


def test_labels_are_the_companys_own():
    row = measure("answered_share", 0.5, segment="channel=survey_web")
    assert level_name(row) == level_words("channel=survey_web") == "survey web"
    assert level_words("severity=stay_spoiled") == "stay spoiled"
