from datetime import UTC

from published_run import DIAGNOSTICS, facts

from dashboard.cautions import caution_table
from dashboard.needs import WHAT_IT_ADDS, missing_tables
from dashboard.runs import run_list
from dashboard.store import Listed
from dashboard.tables import Link
from pipelines.contracts.sources import TABLES


def test_every_optional_table_says_what_it_would_add():
    assert set(WHAT_IT_ADDS) == set(TABLES) - {"incidents"}


def test_a_table_without_supplied_columns_counts_as_missing():
    supplied = {table: ["id"] for table in WHAT_IT_ADDS} | {"fixes": []}
    del supplied["orders"]
    assert [line["Add this table"] for line in missing_tables(supplied)] == ["orders", "fixes"]


def test_cautions_show_what_was_found_and_expected_failures_first():
    counted = {
        **DIAGNOSTICS[0],
        "check": "answered_before_opening",
        "value": 32.0,
        "unit": "incidents",
        "threshold": None,
        "passed": None,
    }
    passed = {**DIAGNOSTICS[0], "passed": True}
    of_an_effect = {**DIAGNOSTICS[0], "effect_id": "ab"}
    lines = caution_table([counted, passed, of_an_effect, *DIAGNOSTICS])
    assert [tuple(line.values()) for line in lines] == [
        ("Identities that could be matched to a customer", "channel: survey", "79 %", "at least 85 %"),
        ("Answered before opening", "channel: survey", "32 incidents", ""),
    ]


def test_runs_say_which_is_current_which_is_read_and_which_is_broken():
    manifest = facts() | {"rows": {"incident_mart": 7990}}
    listed = [
        Listed("0003-c", None, "0003-c: manifest.json is damaged."),
        Listed("0002-b", manifest, ""),
        Listed("0001-a", manifest, ""),
    ]
    lines = run_list(listed, reading="0001-a", current="0002-b")
    assert [line["State"] for line in lines] == ["0003-c: manifest.json is damaged.", "current", "you are reading it"]
    assert [line["Run"] for line in lines] == ["0003-c", Link("0002-b", "run=0002-b"), Link("0001-a", "run=0001-a")]
    assert lines[1]["Incidents"] == "7,990"
    assert lines[1]["Published"].endswith(str(UTC))
    assert "simulated" in lines[1]["Company"]
