from dataclasses import replace
from datetime import date

import pytest
from made_up_decisions import decision, with_decisions
from made_up_rows import effect

from dashboard.settled import none_judged, still_open, verdict_table
from pipelines.contracts.decided import Decision

OUTCOME = {"segment": "decision=4", "clock": "matured", "unit": "per 100 customers"}


@pytest.fixture
def taken():
    row = effect("speed", "60", "adjusted", estimate=3.2, ci_low=1.2, ci_high=5.1)
    return Decision(4, "Answer within an hour", "Head of care", date(2025, 1, 2), date(2025, 2, 1), "0001-a",
                    date(2025, 1, 1), row)  # fmt: skip


@pytest.fixture
def judged(run):
    rows = (
        decision("decided", "outcome", 31.0, 800, level="before", ci_low=28.0, ci_high=34.0, **OUTCOME),
        decision("decided", "outcome", 35.0, 700, level="since", ci_low=32.0, ci_high=38.0, **OUTCOME),
        decision("decided", "change_since", 3.5, 1500, ci_low=1.0, ci_high=6.0, standing="as_expected", grade="C",
                 **OUTCOME),
        decision("decided", "practice_change", 0.2, 1500, ci_low=0.15, ci_high=0.25, segment="decision=4"),
    )  # fmt: skip
    return with_decisions(run, rows)


def test_a_judged_decision_says_whether_it_was_done_and_whether_it_worked(judged, taken):
    (line,) = verdict_table(judged, [taken])
    assert line["Was it done?"] == "Done in 20 more of 100 cases than the year before (15 to 25)."
    assert line["What became of it"].startswith("As expected: ")
    assert line["Before → since"] == "31.0 (28.0 to 34.0), 800 cases → 35.0 (32.0 to 38.0), 700 cases"
    assert (line["Owner"], line["Grade"]) == ("Head of care", "C")
    assert still_open(judged, [taken]) == ()


def test_a_young_decision_stays_open_and_says_when_it_can_be_judged(run, taken):
    young = with_decisions(run, ())
    assert verdict_table(young, [taken]) == []
    assert still_open(young, [taken]) == (taken,)
    assert "data to 1 Mar 2026" in none_judged(young, [taken])
    assert "rests on an estimate" in none_judged(young, [replace(taken, effect=None)])
    assert "Nothing was decided" in none_judged(young, [])
