from made_up_rows import measure

from dashboard.waiting import waiting_table

EVERYONE = [
    measure("answered_share", 0.94, n=8000),
    measure("answered_within_60_minutes", 0.59, n=8000),
    measure("answered_within_1440_minutes", 0.84, n=8000),
    measure("median_first_contact_hours", 0.53, n=8000),
]


def channel(name, within_hour, n=500, median=20.0):
    segment = f"channel={name}"
    return [
        measure("answered_share", 0.9, segment=segment, n=n),
        measure("answered_within_60_minutes", within_hour, segment=segment, n=n),
        measure("answered_within_1440_minutes", 0.5, segment=segment, n=n),
        measure("median_first_contact_hours", median, segment=segment, n=n),
    ]


def test_everyone_comes_first_then_the_slowest_channel():
    lines = waiting_table([*channel("desk", 0.86), *channel("survey_web", 0.01), *EVERYONE], "channel")
    assert [line[""] for line in lines] == ["Everyone", "survey web", "desk"]
    assert lines[0]["Median wait"] == "32 min"
    assert lines[0]["Within 1 hour"] == "59 % (57 to 61)"
    assert lines[0]["Incidents"] == "8,000"


def test_a_small_cell_is_suppressed_and_never_guessed():
    small = [row | {"suppressed": True, "estimate": None, "ci_low": None} for row in channel("agent", 0.5, n=4)]
    line = waiting_table([*EVERYONE, *small], "channel")[1]
    assert {line[c] for c in ("Within 1 hour", "Within 24 hours", "Ever answered", "Median wait")} == {"too few"}


def test_a_median_beyond_follow_up_says_so():
    assert waiting_table(channel("web", 0.2, median=None), "channel")[0]["Median wait"] == "longer than followed"


def test_months_and_other_dimensions_stay_out():
    rows = [
        *EVERYONE,
        measure("answered_share", 0.5, period="2026-01"),
        measure("answered_share", 0.5, segment="brand=x"),
    ]
    assert [line[""] for line in waiting_table(rows, "channel")] == ["Everyone"]


def test_without_measures_there_is_no_table():
    assert waiting_table([], "channel") == []
