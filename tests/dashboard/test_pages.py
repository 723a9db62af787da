"""Every page as Streamlit runs it: what it says follows from the published rows."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_up_rows import refused, speed_effects
from published_run import SPEECH, all_effects, publish_run
from rows_in_short import effect_row
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_chart, cached_run
from dashboard.effects import headline_row, leading_aim
from dashboard.said import literal
from pipelines.contracts.catalog.grades import Grade
from pipelines.publish.journal import Note, append
from pipelines.publish.store import local_store
from words.effects import badge, headline

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
PAGES = (
    "monday",
    "this_week",
    "decide",
    "people",
    "memory",
    "incidents",
    "speed",
    "compensation",
    "five_actions",
    "word_of_mouth",
    "trust",
    "data",
    "runs",
)
REASON = "There are no orders, so nobody can be seen to return. Add orders (customer_id, order_id, ordered_at)."


@pytest.fixture(autouse=True)
def _fresh_cache():
    cached_run.clear()
    cached_chart.clear()


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run() if page == "monday" else app.switch_page(f"dashboard/app_pages/{page}.py").run()


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def said(app: AppTest) -> str:
    return " ".join([*(as_read(e.value) for e in (*app.title, *app.markdown, *app.caption, *app.code)), html(app)])


def as_read(markdown: str) -> str:
    """A text without the marks that keep it literal."""
    return re.sub(r"\\(.)", r"\1", markdown)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_run_data_cut_and_simulation(published, page):
    app = opened(page)
    assert not app.exception
    assert len(app.title) == 1
    assert local_store(published).current_id() in html(app)
    assert "data to 31 Oct 2026" in html(app)
    assert "Simulated data" in html(app)
    assert app.query_params["run"] == local_store(published).current_id()


@pytest.mark.parametrize("page", PAGES)
def test_real_data_is_not_called_simulated(tmp_path, monkeypatch, page):
    publish_run(tmp_path, simulated=False)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    assert "Simulated data" not in html(opened(page))


@pytest.mark.parametrize(("page", "treatment"), [("speed", "speed"), ("compensation", "compensation")])
@pytest.mark.parametrize("grade", [*Grade, None])
def test_sentence_and_badge_come_from_one_row_and_its_grade(tmp_path, monkeypatch, page, treatment, grade):
    publish_run(tmp_path, effects=[replace(r, grade=grade) if r.spec == "adjusted" else r for r in all_effects()])
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    run = local_store(tmp_path).current()
    row = headline_row(run, leading_aim(run, treatment))
    app = opened(page)
    assert app.title[0].value == literal(headline(row, SPEECH))
    assert f"<b>{grade or '–'}</b><span>{badge(row, SPEECH)}</span>" in html(app)


@pytest.mark.parametrize("page", ["speed", "trust"])
def test_what_can_not_be_estimated_says_why_and_what_to_add(tmp_path, monkeypatch, page):
    effects = [refused("speed", r.level_to, r.spec, REASON) for r in speed_effects()]
    publish_run(tmp_path, effects=effects)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened(page)
    assert not app.exception
    assert app.title[0].value.startswith("This data can't say")
    assert REASON in said(app)
    assert {chart.key for chart in app.get("plotly_chart")} <= {"waiting"}


def test_without_contacts_the_speed_page_says_what_to_add(tmp_path, monkeypatch):
    publish_run(tmp_path, measures=[])
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    assert "Add interactions" in said(opened("speed"))


def test_a_run_without_the_question_says_so(tmp_path, monkeypatch):
    publish_run(tmp_path, effects=speed_effects())
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened("compensation")
    assert app.title[0].value == "This data can't say what giving more would change"


@pytest.mark.parametrize("page", PAGES)
def test_without_any_run_each_page_gives_the_two_commands(tmp_path, monkeypatch, page):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "nowhere"))
    app = opened(page)
    assert not app.exception
    assert [code.value for code in app.code] == ["make run", "amends run --data DIR --profile NAME_OR_DIR"]


def test_an_unknown_run_in_the_address_leads_back_to_the_current_one(published):
    app = opened("decide", run="0099-deadbeef")
    assert "isn't here" in app.title[0].value
    app.button(key="read_current").click().run()
    assert local_store(published).current_id() in html(app)


def test_a_damaged_run_is_not_shown_in_part(published):
    path = published / "runs" / local_store(published).current_id() / "curves.parquet"
    path.unlink()
    app = opened("decide")
    assert app.title[0].value == "No run can be read"
    assert "curves.parquet" in said(app)
    assert "amends check" in [code.value for code in app.code]
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("page", PAGES)
def test_where_the_current_run_is_damaged_the_one_before_is_shown_and_said(published, page):
    first = local_store(published).current_id()
    second = publish_run(published).run_id
    halve(published / "runs" / second / "effects.parquet")
    for address in ({}, {"run": second}):
        app = opened(page, **address)
        assert not app.exception
        assert f"run {first}" in html(app)
        assert f"{second}: effects.parquet isn't what was published. You are reading {first}" in html(app)


def test_a_run_damaged_while_it_is_read_is_left_for_the_one_before_and_shown_again_once_mended(published):
    first = local_store(published).current_id()
    second = publish_run(published).run_id
    app = opened("decide")
    assert f"run {second}" in html(app)
    path = published / "runs" / second / "effects.parquet"
    whole = path.read_bytes()
    halve(path)
    assert f"You are reading {first}" in html(app.run())
    path.write_bytes(whole)
    assert f"run {second}" in html(app.run())
    assert "You are reading" not in html(app)


def halve(path):
    """Half the rows of a table, which opens all the same."""
    path.chmod(0o644)
    table = pq.read_table(path)
    pq.write_table(table.slice(0, len(table) // 2), path)


def test_a_pinned_run_stays_while_a_newer_one_is_offered(published):
    first = local_store(published).current_id()
    app = opened("decide")
    second = publish_run(published).run_id
    app.run()
    assert f"run {first}" in html(app)
    app.button(key="read_current").click().run()
    assert f"run {second}" in html(app)
    assert app.query_params["run"] == second


def test_the_horizon_chosen_is_the_one_shown(published):
    app = opened("speed")
    app.segmented_control(key="horizon").set_value(90).run()
    assert "within 90 days" in app.title[0].value


def test_without_coded_actions_the_page_says_what_to_add(tmp_path, monkeypatch):
    reason = "The profile doesn't say what was done in a contact. Map action in interactions."
    publish_run(tmp_path, effects=[refused("apology", "yes", "adjusted", reason)], measures=[])
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened("five_actions")
    assert reason in said(app)
    assert "Map action in interactions" in said(app)


def test_trust_shows_the_components_of_the_grade_it_states(published):
    app = opened("trust")
    assert "Good evidence, not proof" in html(app)
    assert 'data-label="Grade">B</td>' in html(app)
    assert 'data-label="Grade">C</td>' not in html(app)


def test_data_shows_both_sides_of_the_balance_and_what_is_missing(published):
    page = html(opened("data"))
    assert all(
        f'data-label="{column}">{value}<' in page.replace(' class="number"', "")
        for column, value in (("Rows in", "8,004"), ("Kept", "7,990"), ("Set aside", "14"))
    )
    assert "not a time" in page
    assert "word_of_mouth" in page


def test_runs_lists_every_run_with_a_link_that_pins_it(published):
    first, second = local_store(published).current_id(), publish_run(published).run_id
    page = html(opened("runs"))
    assert page.index(f'href="?run={second}"') < page.index(f'href="?run={first}"')


def test_data_lists_levels_too_rare_to_judge(published):
    page = html(opened("data"))
    assert page.count("Only 12 incidents are already treated so") == 2
    assert "Giving 150\u202f% of the loss rather than nothing" in page


def test_what_would_overturn_the_headline_comes_from_its_checks(published):
    page = html(opened("decide"))
    stands_on, would_overturn = page[page.index('"amends-doubts stands"') :].split('<ul class="amends-doubts">')
    assert "as much as loyalty tier, none of the change would remain." in would_overturn
    assert "Purchases before the failure show no clear difference, as they should." in stands_on
    assert "Unadjusted, the comparison says 8 more returning guests per 100 within a year" in stands_on


@pytest.mark.parametrize(
    "page", ["monday", "this_week", "speed", "speed_and_compensation", "runs", "people", "memory", "incidents"]
)
def test_a_link_to_a_part_of_a_page_names_a_part_that_is_there(published, page):
    """A heading that is renamed must not leave a link that lands at the top of a long page."""
    linked = re.findall(r'href="(\w+)\?run=[\w-]+#([\w-]+)"', html(opened(page)))
    for target, anchor in linked:
        assert anchor in [heading.proto.anchor for heading in opened(target).header], (target, anchor)


def test_waiting_is_broken_down_by_what_the_run_counted(published):
    page = html(opened("speed"))
    assert page.index(">survey<") < page.index(">desk<")


@pytest.mark.parametrize("page", PAGES)
def test_a_run_from_before_the_decision_layer_still_opens(tmp_path, monkeypatch, page):
    publish_run(tmp_path, decided=False)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened(page)
    assert not app.exception
    assert len(app.title) == 1


def test_this_week_leads_with_who_needs_someone_and_never_with_a_return_rate(published):
    app = opened("this_week")
    assert app.title[0].value.startswith("112 open cases have had no human answer in seven days")
    assert "Needs someone today" in html(app)
    headings = [heading.value for heading in app.header]
    assert headings == [
        "Known now",
        "Sites against target",
        "Mass incidents",
        "Did they come back?",
        "Rising kinds of failure",
    ]
    assert "Storm 2026-10" in html(app)
    assert "Power cut" not in html(app)


def test_a_decision_recorded_in_memory_stands_there_with_its_owner(published):
    app = opened("memory")
    app.text_input[0].set_value("Answer everyone within an hour")
    app.text_input[1].set_value("Head of guest relations")
    app.button[0].click().run()
    assert not app.exception
    assert app.success[0].value == "Recorded as decision 1."
    again = opened("memory")
    assert "Answer everyone within an hour" in html(again)
    assert "Head of guest relations" in html(again)
    assert again.title[0].value.startswith("1 decision.")


def test_a_decision_without_an_owner_says_what_to_correct(published):
    app = opened("memory")
    app.text_input[0].set_value("Answer everyone within an hour")
    app.button[0].click().run()
    assert app.error[0].value == "owner: write 1 to 200 characters."


def test_a_scenario_answers_the_sliders(published):
    app = opened("policy")
    app.select_slider(key="promise").set_value("1 hour").run()
    assert "3.0 more guests back per 100" in html(app)
    app.select_slider(key="offer").set_value("50\u202f%").run()
    assert "No answer" in html(app)


def test_values_in_the_address_that_the_run_does_not_know_are_passed_over_and_said(published):
    address = {"outcome": "nonsense", "horizon": "7", "for": "severity=none", "by": "<weather>"}
    app = opened("speed", **address)
    assert not app.exception
    assert app.title[0].value == opened("speed").title[0].value
    explained = [as_read(c.value) for c in app.caption if "The link asks for" in c.value]
    assert len(explained) == len(address)
    assert all(any(f"“{value}”" in text for text in explained) for value in address.values())
    assert "The link asks for" not in said(opened("speed", horizon="90 days"))


def test_a_part_chosen_is_the_one_the_headline_speaks_of(tmp_path, monkeypatch):
    part = [replace(r, segment="severity=spoiled", estimate=7.0, ci_low=5.0, ci_high=9.0) for r in speed_effects()]
    publish_run(tmp_path, effects=[*all_effects(), *(effect_row(**_without_id(r)) for r in part)])
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened("speed")
    app.selectbox(key="for").set_value("severity=spoiled").run()
    assert "(severity: spoiled)" in app.title[0].value
    assert "7 more returning guests" in app.title[0].value


def _without_id(row):
    return {f.name: getattr(row, f.name) for f in fields(row) if f.init}


def test_levels_chosen_add_up_and_an_empty_choice_shows_all(published):
    app = opened("speed")
    assert "Together 1,000 of 1,000 incidents." in said(app)
    app.multiselect(key="only_channel").set_value(["channel=desk"]).run()
    assert ">survey<" not in html(app)
    assert "Together 500 of 1,000 incidents; 500 are in none of them." in said(app)
    app.multiselect(key="only_channel").set_value([]).run()
    assert ">survey<" in html(app)


def test_the_link_to_copy_names_the_run(published):
    link = next(code.value for code in opened("speed", horizon="90").code if "run=" in code.value)
    assert f"run={local_store(published).current_id()}" in link
    assert "horizon=90" in link


def test_a_note_on_a_chart_stands_below_it_and_is_never_run(published):
    store = local_store(published)
    append(store, Note(store.current_id(), "speed_ladder", "<b>storm</b>"))
    assert [text.value.partition(": ")[2] for text in opened("speed").text] == ["<b>storm</b>"]
    assert not opened("compensation").text
