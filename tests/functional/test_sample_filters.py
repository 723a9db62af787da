"""Every option of every filter on every page of the sample: it can be shown, was estimated, and counts add up."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(page.stem for page in (ROOT / "dashboard" / "app_pages").glob("*.py"))
MOST_TRIED = 4
# Of what an estimate is asked; a choice among these must never lead to a page that can't say.
ASKS = ("about", "outcome", "horizon", "for")
TOGETHER = re.compile(r"Together ([\d,]+) of ([\d,]+) incidents")
LISTED = re.compile(r"([\d,]+) cases? listed")


@pytest.fixture(autouse=True)
def _published(sample_run, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(sample_run.parents[1]))


def linked(page, **chosen):
    """The page as a link shows it that carries these choices, by what a reader sees."""
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    for key, option in chosen.items():
        app.query_params[key] = option
    app.switch_page(f"dashboard/app_pages/{page}.py").run()
    assert not app.exception, chosen
    assert not any("The link asks for" in caption.value for caption in app.caption), chosen
    return app


def controls(app):
    """The options of every control that is bound to the address, by its key."""
    kinds = (app.selectbox, app.multiselect, app.segmented_control, app.select_slider)
    return {c.key: list(c.options) for kind in kinds for c in kind if c.key}


def numbers(pattern, app):
    """The numbers of the first caption that matches."""
    found = (pattern.search(caption.value) for caption in app.caption)
    return next(tuple(int(n.replace(",", "")) if n else None for n in m.groups()) for m in found if m)


def some(options):
    """Not more than a few of many, from the first to the last."""
    return options[:: -(-len(options) // MOST_TRIED)] or options


@pytest.mark.parametrize("page", PAGES)
def test_an_option_can_be_shown_and_leads_to_an_answer(page):
    for key, options in controls(linked(page)).items():
        for option in some(options):
            app = linked(page, **{key: option})
            assert len(app.title) == 1
            if key in ASKS:
                assert not app.title[0].value.startswith("This data can't say"), (key, option)


def test_whatever_word_of_mouth_is_about_has_a_chart():
    for option in controls(linked("word_of_mouth"))["about"]:
        charts = linked("word_of_mouth", about=option).get("plotly_chart")
        assert "voices" in [chart.key for chart in charts], option


def test_the_levels_of_every_dimension_add_up_to_every_incident(sample_run):
    whole = json.loads((sample_run / "manifest.json").read_text())["rows"]["incident_mart"]
    for dimension in controls(linked("speed"))["by"]:
        app = linked("speed", by=dimension)
        assert numbers(TOGETHER, app) == (whole, whole), dimension
        (key,) = (key for key in controls(app) if key.startswith("only_"))
        first, *_, last = controls(app)[key]
        alone = [numbers(TOGETHER, linked("speed", by=dimension, **{key: option}))[0] for option in (first, last)]
        assert all(0 < n < whole for n in alone), dimension


@pytest.mark.parametrize("key", ["why", "where"])
def test_the_list_of_people_narrowed_to_each_choice_adds_up_to_the_whole(key):
    whole = linked("people")
    chosen = [option for option in controls(whole)[key] if option not in ("all", "everywhere")]
    if key == "where":
        chosen = [option for option in chosen if option.startswith("brand")]
    assert len(chosen) > 1
    assert sum(numbers(LISTED, linked("people", **{key: option}))[0] for option in chosen) == numbers(LISTED, whole)[0]
