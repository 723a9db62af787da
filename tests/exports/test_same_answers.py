"""One question has one answer: the same figure on every page, in the review and in the mail."""

import re
from html import unescape
from pathlib import Path

import pytest
from published_run import SPEECH
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_chart, cached_run
from dashboard.exports.mail.weekly import weekly
from dashboard.places.answers import advised, speaks
from pipelines.contracts.ledger.codes import Question
from words import findings as say

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
# Where each question comes up, besides Decide.
PAGES = {Question.HOW_FAST: "speed", Question.WHICH_FORM: "compensation"}


def opened(page):
    app = AppTest.from_file(APP, default_timeout=30).run().switch_page(f"dashboard/app_pages/{page}.py").run()
    assert not app.exception
    html = " ".join(e.proto.body for e in app.get("html") if "<style" not in e.proto.body)
    texts = [e.value.replace("\\", "") for e in (*app.title, *app.markdown)]
    return unescape(re.sub(r"<[^>]+>", " ", " ".join((html, *texts))))


@pytest.fixture
def shown(folder, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(folder))
    cached_run.clear()
    cached_chart.clear()


def figures_of(run, question):
    row = speaks(run, question)
    found = say.figure(row, SPEECH)
    return say.headline(row, SPEECH) if found is None else found.large


@pytest.mark.parametrize("question", PAGES)
def test_pages_say_what_decide_says(shown, run, question):
    said = figures_of(run, question).rstrip(".")
    assert said in opened(PAGES[question])
    if say.figure(speaks(run, question), SPEECH):
        assert said in opened("decide")


def test_mail_and_review_lead_with_the_same_figures_as_decide(run, review):
    mailed = next(s for s in weekly(run).sections if s.title == SPEECH.text("mail.to_decide"))
    assert len(mailed.items) == len(advised(run)) > 1
    for item, row in zip(mailed.items, advised(run), strict=True):
        assert item.value.startswith(say.figure(row, SPEECH).large)
        assert item.beside == say.how_sure(row.grade, SPEECH)
    first = advised(run)[0]
    assert review.lead == say.headline(first, SPEECH)
    assert review.lead_words.startswith(say.figure(first, SPEECH).large)


def test_what_a_chart_advises_is_its_question_s_answer(run, review):
    told = {f.id: f.todo for f in review.findings}
    assert figures_of(run, Question.HOW_FAST) in told["speed_curve"] or "speed_curve" not in told
