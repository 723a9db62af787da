"""The Runs page: how a run was made and is made again, what moved since another, and who did what when."""

import json
import shlex
from dataclasses import asdict, replace
from datetime import date

import pytest
from published_run import publish_run
from sealing import reseal
from test_pages import html, opened, said

from dashboard.moved import compare_command, moved_sentence, moved_table, what_changed
from dashboard.remaking import command
from dashboard.runs import comparable
from pipelines.contracts.manifest import Made
from pipelines.publish import journal
from pipelines.publish.journal import Note, Pin, append
from pipelines.publish.store import local_store

MADE = Made(
    data="monthly exports",
    profile="hotels",
    data_cut=date(2026, 10, 31),
    by="ada",
    seconds=185.0,
    verdicts={"B": 31, "D": 4, "not_estimable": 7},
)


def remade(run, **changes):
    return replace(run, manifest=replace(run.manifest, made=replace(MADE, **changes)))


def test_the_command_makes_the_same_run_again(run, tmp_path):
    words = shlex.split(command(remade(run), tmp_path))
    assert words[:2] == ["amends", "run"]
    given = dict(zip(words[2::2], words[3::2], strict=True))
    assert given == {
        "--data": "monthly exports",
        "--profile": "hotels",
        "--data-cut": "2026-10-31",
        "--published": str(tmp_path),
    }
    assert "--data-cut" not in command(remade(run, data_cut=None), tmp_path)


def test_of_an_older_run_the_general_command_is_given(run, tmp_path):
    assert command(run, tmp_path) == "amends run --data DIR --profile NAME_OR_DIR"


def test_the_page_says_who_made_the_run_how_long_it_took_and_what_it_could_say(published):
    folder = published / "runs" / local_store(published).current_id()
    reseal(folder, lambda m: m | {"made": asdict(MADE) | {"data_cut": "2026-10-31"}})
    app = opened("runs")
    assert not app.exception
    assert "by ada in 3 min 5 s" in said(app)
    assert "B 31, D 4" in html(app)
    assert "Not estimable, with the reason" in html(app)
    assert "There is no other run of this profile" in said(app)
    assert any("--profile hotels" in code.value for code in app.code)


@pytest.fixture
def moved(run):
    """The same run with the headline one point higher and sure of it, and one effect gone."""
    last = [r for r in run.effects if r.spec == "adjusted" and r.estimate is not None][-1]
    rows = [
        replace(r, estimate=r.estimate + 9, ci_low=r.ci_low + 9, ci_high=r.ci_high + 9)
        if (r.treatment, r.level_to, r.horizon_days, r.spec) == ("speed", "60", 365, "adjusted")
        else r
        for r in run.effects
        if r is not last
    ]
    return replace(run, effects=tuple(rows))


def test_what_moved_is_told_with_both_readings_and_by_how_much(run, moved):
    (line,) = moved_table(moved, run)
    assert line["What is done"].startswith("Answering everyone within an hour")
    assert line["Moved by"] == "+9"
    assert line["Before"] != line["Now"]
    assert "1 read differently: 1 by more than both intervals, 0 in grade." in moved_sentence(moved, run)
    assert "0 are new, 1 no longer estimated." in moved_sentence(moved, run)


def test_the_same_run_has_not_moved(run):
    assert moved_table(run, run) == []
    assert "0 read differently." in moved_sentence(run, run)
    assert what_changed(run, run) == "Changed in between: nothing."


def test_files_days_and_versions_that_changed_are_named(run):
    inputs = {**run.manifest.inputs, "cases.csv": "c" * 64}
    changed = replace(run.manifest, inputs=inputs, data_cut=date(2026, 11, 30), code_version="2")
    said_so = what_changed(replace(run, manifest=changed), run)
    assert said_so == (
        "Changed in between: files: cases.csv; data to 30 Nov 2026, was 31 Oct 2026; the version of Amends."
    )


def test_runs_of_one_profile_are_compared_the_one_before_first(published):
    first = local_store(published).current_id()
    second, third = (publish_run(published).run_id for _ in range(2))
    publish_run(published, name="another company")
    listed = local_store(published).listed()
    assert comparable(local_store(published).run(second), listed) == [first, third]
    assert "Compared with" in [box.label for box in opened("runs", run=second).selectbox]


def test_the_journal_holds_what_people_did_the_latest_first(published):
    run_id = local_store(published).current_id()
    append(local_store(published), Pin(run_id, "Q3 <review>"))
    append(local_store(published), Note(run_id, "speed_ladder", "storm"))
    with (published / "journal.jsonl").open("a") as file:
        file.write(json.dumps({"sequence": 3, "kind": "something else", "run_id": run_id}) + "\n")
    page = html(opened("runs"))
    assert page.index("Note to speed ladder: storm") < page.index("Named “Q3 &lt;review&gt;”")
    assert "Run published" in page


def test_a_run_is_named_and_noted_on_the_page_and_both_stand_in_the_journal(published):
    app = opened("runs")
    app.text_input[0].set_value("Q3 review")
    app.button[0].click().run()
    assert [box.value for box in app.success] == ["The run has its name."]
    app.text_input[1].set_value("  The storm is\nin here. ")
    app.button[1].click().run()
    store = local_store(published)
    run_id = store.current_id()
    assert journal.names(store) == {run_id: "Q3 review"}
    assert [e.said.text for e in journal.notes(store, run_id)] == ["The storm is in here."]
    assert "Named “Q3 review”" in html(opened("runs"))


def test_entries_that_can_t_be_read_are_said_beside_the_journal(published):
    with (published / "journal.jsonl").open("a") as file:
        file.write("null\n")
    assert "Some names, notes or decisions can't be read" in html(opened("runs"))
    assert "Some names, notes or decisions can't be read" in html(opened("this_week"))


def test_where_several_things_changed_the_command_that_tells_them_apart_is_given(run):
    one = replace(run, manifest=replace(run.manifest, run_id="0002-b", sequence=2, inputs={}))
    several = replace(run, manifest=replace(one.manifest, profile_hash="1"))
    assert compare_command(one, run) == ""
    assert compare_command(several, run) == f"amends compare {run.run_id} 0002-b" == compare_command(run, several)
