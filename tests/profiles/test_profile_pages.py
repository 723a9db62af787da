"""Every page over the runs of real exports: whole, and honest about what they cannot say."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_chart, cached_run

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
PAGES = sorted(path.stem for path in (APP.parent / "dashboard" / "app_pages").glob("[a-z]*.py"))


@pytest.fixture(params=["olist", "cfpb", "bank"])
def app(request, monkeypatch):
    published = request.getfixturevalue(request.param)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(published.folder.parents[1]))
    cached_run.clear()
    cached_chart.clear()
    return AppTest.from_file(APP, default_timeout=30).run()


def test_no_page_breaks_and_each_says_something(app):
    for page in PAGES:
        app.switch_page(f"dashboard/app_pages/{page}.py").run()
        assert not app.exception, page
        assert len(app.title) == 1, page
        assert "nan" not in app.title[0].value.lower().split(), page
        assert "Simulated data" not in " ".join(element.proto.body for element in app.get("html")), page


def test_a_page_without_an_answer_says_what_to_add(app):
    for page in ("returns", "speed_and_compensation", "policy"):
        app.switch_page(f"dashboard/app_pages/{page}.py").run()
        said = " ".join(e.value for e in (*app.title, *app.markdown))
        assert any(word in said for word in ("Add ", "Map ", "sampled", "needed", "Publish")), (page, said[:300])


def test_where_no_scenario_is_published_no_sum_can_be_asked_and_the_page_says_what_to_add(app):
    app.switch_page("dashboard/app_pages/policy.py").run()
    assert not [box for box in app.number_input if box.key == "sum"]
    assert any("people or offers?" in heading.value for heading in app.header)
    assert any(word in e.value for e in app.markdown for word in ("Add ", "Map ", "sampled", "Set "))
