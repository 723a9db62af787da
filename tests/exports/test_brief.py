import io
from dataclasses import replace

import pypdf
import pytest
from made_review import HEBREW, KOREAN, finding_of

from dashboard.exports.pdf import press, scripts
from dashboard.exports.pdf.brief import brief
from words.conventions import NARROW

A4, LETTER = (595, 842), (612, 792)
INJECTION = "#panic(1) *bold* $x$ @ref <label> \\u{1F600} // gone"


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("us-letter", LETTER)])
def test_two_tagged_pages_of_the_paper_asked_for(review, paper, size):
    reader = opened(brief(review, paper))
    assert len(reader.pages) == 2
    assert [round(float(v)) for v in reader.pages[0].mediabox[2:]] == list(size)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata.title == f"{review.title}: recovery brief"


def test_text_can_be_read_in_order(review):
    text = words(opened(brief(review)))
    order = [
        review.lead.replace(NARROW, " "),
        "What we found",
        review.findings[0].headline,
        "Known at the data cut",
        "What would overturn this",
    ]
    places = [text.find(part) for part in order if part in text or part in (order[0], "What we found")]
    assert places == sorted(places)
    assert -1 not in places
    assert all(doubt in text for doubt in review.doubts)


def test_charts_carry_alternative_text(review):
    reader = opened(brief(review))
    alts = [o.get_object().get("/Alt") for o in _objects(reader) if isinstance(o.get_object(), dict)]
    drawn = [alt for alt in alts if alt]
    assert review.findings[0].alt in drawn
    assert len(drawn) >= 2


def _objects(reader):
    return [pypdf.generic.IndirectObject(i, 0, reader) for i in range(1, reader.trailer["/Size"])]


def test_every_face_is_embedded(review):
    fonts = [
        o
        for ref in _objects(opened(brief(review)))
        if isinstance(o := ref.get_object(), dict) and o.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def test_words_are_never_read_as_markup(review):
    finding = finding_of((INJECTION,), INJECTION)
    made = replace(review, title=INJECTION, lead=INJECTION, findings=(finding,), notes=(INJECTION,))
    text = words(opened(brief(made)))
    assert text.count("#panic(1) *bold* $x$ @ref <label>") >= 3


def test_a_review_with_nothing_in_it_still_says_where_it_comes_from(review):
    empty = replace(review, findings=(), tables=(), doubts=(), lead_words="", lead_grade="")
    reader = opened(brief(empty))
    assert len(reader.pages) <= 2
    assert review.run_id in words(reader)


def test_very_much_still_fits_on_two_pages(awkward):
    many = replace(awkward, since=tuple(f"Line {i}: {awkward.lead}" for i in range(30)), doubts=awkward.doubts * 8)
    assert len(opened(brief(many)).pages) == 2


def test_scripts_without_a_face_are_named_on_the_page(review, monkeypatch):
    monkeypatch.setattr(scripts, "_installed", frozenset)
    text = words(opened(brief(replace(review, title=f"{KOREAN} {HEBREW}"))))
    assert "Letters in Hangul, Hebrew can't be printed" in text


def test_a_sign_that_no_face_draws_spoils_nothing(review):
    reader = opened(brief(replace(review, title="Hotels \U000e0041 \U0001fae8 and ships")))
    assert len(reader.pages) == 2
    assert "Some signs can't be printed" in words(reader)


def test_latin_greek_and_cyrillic_need_no_face_of_the_machine():
    assert scripts.scripts_of(["Ærø Łódź Ελλάδα Москва ½ – “q”"]) == ()
    assert scripts.scripts_of([KOREAN, HEBREW]) == ("HANGUL", "HEBREW")
    assert press.FACES.is_dir()
