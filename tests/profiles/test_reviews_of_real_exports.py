"""Every real export can be taken to a review: each format is written, whatever that data can't say."""

import pytest

from dashboard.exports.choice import Choice
from dashboard.exports.compose import review_of
from dashboard.exports.mail.html import html
from dashboard.exports.mail.page import page
from dashboard.exports.mail.weekly import weekly
from dashboard.exports.pdf.brief import brief
from dashboard.exports.pptx.deck import deck
from dashboard.exports.xlsx.book import workbook
from pipelines.publish.store import local_store


@pytest.mark.parametrize("name", ["olist", "cfpb", "bank"])
def test_every_format_is_written_and_names_its_run(name, request):
    folder = request.getfixturevalue(name).folder
    published, run_id = folder.parent.parent, folder.name
    review = review_of(local_store(published), run_id, Choice())
    assert brief(review, "a4").startswith(b"%PDF")
    assert deck(review, "16:9")[:2] == workbook(review)[:2] == b"PK"
    mail = weekly(local_store(published).run(run_id), "")
    assert run_id in html(mail)
    assert page(mail, "a4").startswith(b"%PDF")
