from dataclasses import replace

from made_up_rows import compensation_effects, refused
from published_run import DIAGNOSTICS, ORIGIN, SPEECH

from dashboard.cautions import caution_table
from dashboard.needs import WHAT_IT_ADDS, missing_tables
from dashboard.refusals import refused_levels, refused_questions
from dashboard.runs import run_list
from dashboard.tables import Link
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.messages.estimation import TooFewIncidents
from pipelines.contracts.messages.faults import ManifestDamaged
from pipelines.contracts.messages.lacking import NoOrders
from pipelines.contracts.sources import TABLES
from pipelines.publish.store import Listed


def test_every_optional_table_says_what_it_would_add():
    assert set(WHAT_IT_ADDS) == set(TABLES) - {"incidents"}


def test_a_table_without_supplied_columns_counts_as_missing():
    supplied = {table: ["id"] for table in WHAT_IT_ADDS} | {"fixes": []}
    del supplied["orders"]
    assert [line["Add this table"] for line in missing_tables(supplied)] == ["orders", "fixes"]


def test_cautions_show_what_was_found_against_its_limit():
    own = replace(
        DIAGNOSTICS[0],
        check="answered_before_opening",
        subject="replies older than their review",
        value=32.0,
        unit="reviews",
        threshold=0.0,
    )
    passed = replace(DIAGNOSTICS[0], passed=True)
    of_an_effect = replace(DIAGNOSTICS[0], effect_id="ab")
    assert [tuple(line.values()) for line in caution_table([passed, of_an_effect, *DIAGNOSTICS, own], SPEECH)] == [
        ("Answered before opening", "replies older than their review", "32 reviews", "", ""),
        ("Incidents matched to a customer", "survey", "79\u202f%", "85\u202f%", ""),
    ]


def test_a_question_without_any_estimate_is_listed_once_per_reason_with_its_outcomes():
    no_orders, too_few = NoOrders(), TooFewIncidents(n=12, fewest=30)
    rows = [
        refused("speed", level, spec, reason, horizon)
        for level in ("15", "60")
        for spec in ("raw", "adjusted")
        for horizon, reason in ((90, no_orders), (365, no_orders), (540, too_few))
    ]
    assert [tuple(line.values()) for line in refused_questions([*rows, *compensation_effects()], SPEECH)] == [
        (SPEECH.say(no_orders), "Speed of the first human answer", "returned within 90 days, returned within 365 days"),
        (SPEECH.say(too_few), "Speed of the first human answer", "returned within 540 days"),
    ]


def test_a_level_without_estimate_is_listed_apart_where_others_have_one():
    (line,) = refused_levels([*compensation_effects(), refused("speed", "60", "adjusted", NoOrders())], SPEECH)
    assert line["Level"] == "Giving 150\u202f% of the loss rather than nothing"
    assert line["On"] == "returned within 365 days"
    assert line["Why not"] == "Only 12 incidents are already treated so; at least 30 are needed."


def test_runs_say_which_is_current_which_is_read_and_which_is_broken():
    manifest = Manifest(run_id="", sequence=1, rows={"incident_mart": 7990}, **vars(ORIGIN))
    listed = [
        Listed("0003-c", None, ManifestDamaged("0003-c")),
        Listed("0002-b", manifest, None),
        Listed("0001-a", manifest, None),
    ]
    lines = run_list(listed, {"0001-a": "Board, October"}, SPEECH, reading="0001-a", current="0002-b")
    assert [line["State"] for line in lines] == [
        "0003-c: manifest.json is missing or damaged.",
        "current",
        "you are reading it",
    ]
    assert [line["Run"] for line in lines] == ["0003-c", Link("0002-b", "run=0002-b"), Link("0001-a", "run=0001-a")]
    assert [line["Name"] for line in lines] == ["", "", "Board, October"]
    assert lines[1]["Incidents"] == "7,990"
    assert lines[1]["Published"] == "2 Nov 2026, 07:30 CET"
    assert "simulated" in lines[1]["Company"]
