from dataclasses import replace

from made_up_rows import measure
from published_run import SPEECH

from dashboard.filters import View, added_up, cells_of, levels
from dashboard.waiting import waiting_table

EVERYONE = [
    measure("answered_share", 0.94, n=8000),
    measure("answered_within_60_minutes", 0.59, n=8000),
    measure("answered_within_1440_minutes", 0.84, n=8000),
    measure("median_first_contact_hours", 0.53, n=8000),
]


def by_channel(rows):
    return waiting_table(rows, View("channel", levels(cells_of(rows), "answered_share", "channel")), SPEECH)


def channel(name, within_hour, n=500, median=20.0):
    segment = f"channel={name}"
    return [
        measure("answered_share", 0.9, segment=segment, n=n),
        measure("answered_within_60_minutes", within_hour, segment=segment, n=n),
        measure("answered_within_1440_minutes", 0.5, segment=segment, n=n),
        measure("median_first_contact_hours", median, segment=segment, n=n),
    ]


def test_everyone_comes_first_then_the_slowest_channel():
    lines = by_channel([*channel("desk", 0.86), *channel("survey_web", 0.01), *EVERYONE])
    assert [line[""] for line in lines] == ["Everyone", "survey web", "desk"]
    assert lines[0]["Median wait"] == "32 min"
    assert lines[0]["Within 1 hour"] == "59\u202f% (57 to 61)"
    assert lines[0]["Incidents"] == "8,000"


def test_a_small_cell_is_suppressed_and_never_guessed():
    small = [replace(row, suppressed=True, estimate=None, ci_low=None) for row in channel("agent", 0.5, n=4)]
    line = by_channel([*EVERYONE, *small])[1]
    assert {line[c] for c in ("Within 1 hour", "Within 24 hours", "Ever answered", "Median wait")} == {"too few"}


def test_a_median_beyond_follow_up_says_so():
    assert by_channel(channel("web", 0.2, median=None))[0]["Median wait"] == "longer than followed"


def test_months_and_other_dimensions_stay_out():
    rows = [
        *EVERYONE,
        measure("answered_share", 0.5, period="2026-01"),
        measure("answered_share", 0.5, segment="brand=x"),
    ]
    assert [line[""] for line in by_channel(rows)] == ["Everyone"]


def test_without_measures_there_is_no_table():
    assert by_channel([]) == []


def test_months_are_a_dimension_of_their_own():
    rows = [
        *EVERYONE,
        measure("answered_share", 0.5, period="2026-01"),
        measure("answered_share", 0.7, period="2026-02"),
    ]
    view = View("month", levels(cells_of(rows), "answered_share", "month"))
    assert [line[""] for line in waiting_table(rows, view, SPEECH)] == ["Everyone", "2026-01", "2026-02"]


def test_chosen_levels_say_how_many_incidents_they_hold_together():
    cells = cells_of([*EVERYONE, *channel("desk", 0.9, n=4000), *channel("web", 0.1, n=900)])
    both = added_up(cells, "answered_share", ["channel=desk", "channel=web"], SPEECH)
    assert both == "Together 4,900 of 8,000 incidents; 3,100 are in none of them."
    assert added_up(cells, "answered_share", [], SPEECH) == ""
