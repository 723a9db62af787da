"""Runs with little or nothing to say still make files that say so."""

import io
from dataclasses import replace

import openpyxl
import pytest
from made_up_decisions import with_decisions
from made_up_rows import refused, speed_effects
from published_run import publish_run
from test_brief import opened, words

from dashboard.exports.choice import Choice
from dashboard.exports.compose import compose
from dashboard.exports.mail.html import html
from dashboard.exports.mail.weekly import weekly
from dashboard.exports.pdf.brief import brief
from dashboard.exports.pptx.deck import deck
from dashboard.exports.xlsx.book import workbook
from pipelines.publish.store import local_store

REASON = "There are no orders, so nobody can be seen to return. Add orders (customer_id, order_id, ordered_at)."


@pytest.fixture(scope="module")
def refusing(tmp_path_factory):
    """A run of the first version, whose every question was refused."""
    path = tmp_path_factory.mktemp("refusing")
    effects = [refused("speed", r.level_to, r.spec, REASON) for r in speed_effects()]
    publish_run(path, effects=effects, measures=[])
    run = local_store(path).current()
    return with_decisions(replace(run, events=(), policies=(), offers=(), findings=()), ())


def test_a_run_without_an_answer_says_why_in_every_format(refusing):
    review = compose(refusing, Choice())
    assert review.lead == "This data can't say what answering faster would change"
    assert review.lead_words == REASON
    assert not review.findings
    text = words(opened(brief(review)))
    assert review.lead in text
    assert REASON in text
    book = openpyxl.load_workbook(io.BytesIO(workbook(review)))
    assert any(REASON in str(cell.value) for row in book["Not answered"] for cell in row)
    assert deck(review).startswith(b"PK")


def test_the_mail_of_a_run_without_answers_says_what_to_add(refusing):
    written = html(weekly(refusing))
    assert "don&#x27;t say who was answered when" in written
    assert "Add interactions" in written
    assert "too few cases" in weekly(refusing, "NORTH").headline
