"""Decide: what stands on a card is what its row says, drawn in one unit, and said in few words."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from made_up_findings import findings
from published_run import SPEECH, publish_run
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_run
from dashboard.charts.of_findings import MOST_MARKS, plate_of
from dashboard.charts.svg_card import image, svg
from dashboard.places.cards import card, cards, five_actions, summary, untold_list
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.ledger.codes import Aspect, Call, Question
from words import findings as say

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
MOST_WORDS = 350


def text_of(html):
    return unescape(re.sub(r"<[^>]+>", " ", html))


def speaks(run, question):
    return next(r for r in say.speaking(run.findings) if r.question is question)


def test_a_card_says_the_figures_of_its_own_row(run):
    row = speaks(run, Question.HOW_FAST)
    shown = text_of(card(row, run, SPEECH))
    assert say.figure(row, SPEECH).large in shown
    assert say.figure(row, SPEECH).small in shown
    assert "Good evidence" in shown
    assert "0.4 fewer negative posts per 100" in shown


def test_questions_stand_in_the_order_of_the_ledger_each_once(run):
    asked = [r.question for r in cards(run)]
    assert asked == [Question.HOW_FAST, Question.WHAT_ELSE, Question.WHAT_THEY_TELL]
    assert summary(run, SPEECH) == "2 things to do, 1 to test, 1 can't be told."


def test_what_can_t_be_told_is_told_once_with_what_would_change_it(run):
    assert text_of(untold_list(run, SPEECH)).count("In what form?") == 1
    assert Question.WHICH_FORM not in {r.question for r in cards(run)}


def test_where_nothing_can_be_told_that_is_the_headline(run):
    unknown = tuple(replace(r, call=Call.CANT_TELL) for r in run.findings)
    assert summary(replace(run, findings=unknown), SPEECH) == "These data can't decide anything yet."


def test_questions_that_wait_for_the_same_thing_are_told_in_one_line(run):
    (unknown,) = [r for r in run.findings if r.question is Question.WHICH_FORM]
    twice = replace(run, findings=(*run.findings, replace(unknown, question=Question.FOR_WHOM)))
    told = untold_list(twice, SPEECH)
    assert told.count("<li>") == 1
    assert "In what form? For whom?" in told


def test_a_picture_draws_one_question_in_one_unit_with_the_row_spoken_of_marked(run):
    for lead in cards(run):
        plate = plate_of(lead, run.findings, SPEECH)
        assert [m.value for m in plate.marks if m.lead] == [lead.estimate if lead.net is None else lead.net]
        assert len(plate.marks) <= MOST_MARKS
        assert all(m.low <= m.value <= m.high for m in plate.marks)
        assert plate.alt == say.headline(lead, SPEECH)
    assert [m.label for m in plate_of(cards(run)[0], run.findings, SPEECH).marks] == ["1 hour", "24 hours", "72 hours"]


def test_what_nothing_follows_from_is_not_drawn(run):
    lead = cards(run)[0]
    rows = [replace(r, grade=Grade.D) if r.level == "4320" else r for r in run.findings]
    assert len(plate_of(lead, rows, SPEECH).marks) == 2


def test_a_label_of_the_company_can_t_become_markup(run):
    plate = plate_of(cards(run)[1], run.findings, SPEECH)
    nasty = replace(plate, unit="<script>", alt='"><script>', marks=(replace(plate.marks[0], label="<b>&"),))
    assert "<script>" not in svg(nasty)
    assert "<script>" not in image(nasty)


def test_actions_show_how_often_they_are_done_and_what_they_change(run):
    table = text_of(five_actions(run, SPEECH))
    assert "59\u202f%" in table or "59 %" in table
    assert "+4 (2 to 6)" in table


def possible(row, call, grade):
    """Whether the ledger calls a row so: to act takes good evidence, a test takes an estimate."""
    return row.estimate is not None and (call not in (Call.DO, Call.DONT) or grade in (Grade.A, Grade.B))


@pytest.mark.parametrize("call", Call)
def test_every_call_has_a_headline_for_every_grade_and_basis(call):
    told = [replace(r, call=call, grade=g) for r in findings() for g in Grade if possible(r, call, g)]
    assert len(told) > 8
    for row in (*told, findings()[-1]):
        said = say.headline(row, SPEECH)
        assert said.endswith(".")
        assert "{" not in said


def test_a_hint_never_claims_and_only_a_proof_is_said_without_should():
    row = findings()[0]
    assert "should net" in say.headline(row, SPEECH)
    assert "should" not in say.headline(replace(row, grade=Grade.A), SPEECH)
    hint = replace(row, grade=Grade.C, call=Call.TEST)
    assert "If the hint holds" in say.headline(hint, SPEECH)


def test_money_saved_for_sure_isn_t_told_as_a_gain_in_customers():
    row = replace(findings()[0], ci_low=-1.0, cost=-9000.0, call=Call.TEST, grade=Grade.C)
    said = say.headline(row, SPEECH)
    assert "saves about €\u202f9,000 a year" in said
    assert "can't be seen yet" in said


def test_the_page_stays_short_and_each_figure_is_the_ledger_s(published, run):
    cached_run.clear()
    app = AppTest.from_file(APP, default_timeout=30).run().switch_page("dashboard/app_pages/decide.py").run()
    assert not app.exception
    shown = text_of(" ".join(e.proto.body for e in app.get("html") if e.proto.body.startswith("<article")))
    for row in cards(run):
        figure = say.figure(row, SPEECH)
        assert figure.large in shown
    assert len(shown.split()) < MOST_WORDS


def test_a_run_from_before_the_ledger_says_so(tmp_path, monkeypatch):
    publish_run(tmp_path, decided=False)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    cached_run.clear()
    app = AppTest.from_file(APP, default_timeout=30).run().switch_page("dashboard/app_pages/decide.py").run()
    assert not app.exception
    assert "can't say" in app.title[0].value


def test_words_stand_beside_deeds_of_the_same_action_alone(run):
    row = speaks(run, Question.HOW_FAST)
    beside = say.beside(row, run.findings)
    assert (beside.aspect, beside.action, beside.level) == (Aspect.WORDS, row.action, row.level)
    assert say.beside(speaks(run, Question.WHAT_ELSE), run.findings) is None
