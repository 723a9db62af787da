import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_decisions import all_decisions
from published_run import SPEECH, publish_run
from streamlit.testing.v1 import AppTest
from test_pages import APP, as_read

from dashboard.cache import cached_chart, cached_run
from dashboard.said import literal

HOSTILE = "Room $5 *new* [x](http://y) `code` <b>"


@given(st.text(alphabet=r"ab $*_[]()`<>#~|&:\%1", max_size=40))
def test_every_mark_of_markdown_is_kept_from_working_and_nothing_is_lost(text):
    said = literal(text)
    assert as_read(said).replace("\u202f", " ") == text
    assert not re.search(r"(?<!\\)[*_$`<>~\[\]]", said.replace("\\\\", ""))


def test_words_and_numbers_stay_as_they_are():
    assert literal("3 more guests (1 to 5), grade B: a hint.") == "3 more guests (1 to 5), grade B: a hint."
    assert literal(SPEECH.day(date(2026, 10, 3))) == "3 Oct 2026"


def test_a_number_never_parts_from_its_per_cent_sign():
    assert literal("95 % interval") == "95\u202f% interval"
    assert " " not in SPEECH.percent(0.35)


@pytest.mark.parametrize("mark", ["$5", "*new*", "[x]", "`code`", "<b>"])
def test_the_name_of_a_site_is_shown_and_never_run(tmp_path, monkeypatch, mark):
    cached_run.clear()
    cached_chart.clear()
    rows = [replace(r, segment=f"site_id={HOSTILE}") if r.segment == "site_id=H01" else r for r in all_decisions()]
    publish_run(tmp_path, decisions=rows)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = AppTest.from_file(APP, default_timeout=30).run().switch_page("dashboard/app_pages/this_week.py").run()
    (finding,) = [heading.value for heading in app.subheader if "Clearly under" in heading.value]
    assert mark in as_read(finding)
    assert not re.search(r"(?<!\\)" + re.escape(mark[0]), finding)
