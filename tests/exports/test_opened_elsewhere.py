"""Decks and workbooks opened by an office suite that none of our libraries knows. Needs LibreOffice."""

import io
import subprocess

import pypdf
import pytest
from pptx import Presentation

from dashboard.exports.pptx.deck import deck
from dashboard.exports.xlsx.book import workbook

pytestmark = pytest.mark.long


def converted(path):
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{path.parent}/office", "--convert-to", "pdf",
         "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return pypdf.PdfReader(path.with_suffix(".pdf"))


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_every_slide_is_shown_with_its_title_and_the_names_and_readings_of_its_chart(awkward, tmp_path, ratio):
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck(awkward, ratio))
    slides = Presentation(io.BytesIO(path.read_bytes())).slides
    shown = converted(path).pages
    assert len(shown) == len(slides)
    ladder = next(f for f in awkward.findings if f.id == "speed_ladder")
    place = next(i for i, s in enumerate(slides) if s.shapes.title.text_frame.text == ladder.headline)
    text = " ".join(shown[place].extract_text().split())
    assert all(label.text in text for label in ladder.plate.labels)
    assert all(name in text for _, name in ladder.plate.y.ticks)


def test_the_workbook_opens_with_every_sheet(review, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(review))
    text = " ".join(" ".join(p.extract_text() for p in converted(path).pages).split())
    assert "What the words mean" in text
    assert all(f.headline in text for f in review.findings)
