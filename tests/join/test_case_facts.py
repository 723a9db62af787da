"""What is fixed at opening: clocks, events, standards, causes, promises, clusters."""

from datetime import datetime, timedelta

import pytest
from builders import (
    CUT,
    OPENED,
    a_profile,
    customer_row,
    fix_row,
    incident_row,
    interaction_row,
    mart_row,
    mart_rows,
    noun_rows,
    promise_row,
    standard_row,
)

from pipelines.settings.profile import cut_instant

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CUT_AT = cut_instant(CUT).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("opened", "zone", "month", "hour", "night", "weekend"),
    [
        (datetime(2024, 3, 1, 12, 0), "UTC", "2024-03", 12, False, False),
        (datetime(2024, 2, 29, 23, 30), "Europe/Paris", "2024-03", 0, True, False),
        (datetime(2024, 3, 1, 21, 59, 59), "UTC", "2024-03", 21, False, False),
        (datetime(2024, 3, 1, 22, 0), "UTC", "2024-03", 22, True, False),
        (datetime(2024, 3, 1, 6, 59), "UTC", "2024-03", 6, True, False),
        (datetime(2024, 3, 1, 7, 0), "UTC", "2024-03", 7, False, False),
        (datetime(2024, 3, 2, 0, 0), "UTC", "2024-03", 0, True, True),  # a Saturday
        (datetime(2024, 3, 3, 23, 59), "UTC", "2024-03", 23, True, True),
        (datetime(2024, 3, 4, 0, 0), "UTC", "2024-03", 0, True, False),
        (datetime(2024, 7, 1, 4, 30), "America/New_York", "2024-07", 0, True, False),  # summer time
        (datetime(2024, 1, 1, 4, 30), "America/New_York", "2023-12", 23, True, True),
    ],
)
def test_the_clock_on_the_wall_is_the_profiles(opened, zone, month, hour, night, weekend):
    tables = {"incidents": [incident_row(opened_at=opened), incident_row(incident_id="i2")]}
    row = noun_rows(tables, "openings", a_profile(time_zone=zone))[0]
    assert (row["opened_month"], row["opened_hour"]) == (month, hour)
    assert (row["opened_at_night"], row["opened_on_weekend"]) == (night, weekend)


def test_days_without_times_have_no_hour():
    days = [incident_row(incident_id=f"i{n}", opened_at=datetime(2024, 3, n)) for n in (1, 2)]
    rows = noun_rows({"incidents": days}, "openings")
    assert [(row["opened_hour"], row["opened_at_night"]) for row in rows] == [(None, None)] * 2
    assert [row["opened_on_weekend"] for row in rows] == [False, True]


def test_what_is_dated_at_the_cut_has_not_happened_yet():
    names = ("resolved_at", "closed_at", "threatened_to_leave_at", "cause_reviewed_at", "reopened_at")
    times = (CUT_AT - timedelta(seconds=1), CUT_AT)
    incidents = [incident_row(incident_id=f"i{n}", **dict.fromkeys(names, at)) for n, at in enumerate(times)]
    rows = mart_rows({"incidents": incidents})
    for flag in ("closed", "threatened", "cause_reviewed", "reopened"):
        assert [row[flag] for row in rows] == [True, False], flag
    closed_only = [{k: v for k, v in row.items() if k not in ("resolved_at",)} for row in incidents]
    assert [row["closed"] for row in mart_rows({"incidents": closed_only})] == [True, False]


def test_a_case_can_end_as_it_opens():
    row = mart_row({"incidents": [incident_row(resolved_at=OPENED)], "interactions": []})
    assert (row["resolved_hours"], row["longest_silence_hours"]) == (0.0, 0.0)
    row = mart_row({"incidents": [incident_row(closed_at=OPENED)], "interactions": []})
    assert (row["closed_without_contact"], row["longest_silence_hours"]) == (True, 0.0)


def test_follow_up_runs_to_the_end_of_the_cut_day():
    assert mart_row({"incidents": [incident_row(opened_at=CUT_AT - 1.5 * DAY)]})["follow_up_days"] == 1.5


def test_days_to_departure_turn_negative_once_the_stay_is_over():
    row = mart_row({"incidents": [incident_row(service_end=OPENED - 12 * HOUR)]})
    assert row["days_to_departure"] == -0.5


@pytest.mark.parametrize(("occurred", "hours"), [(OPENED - 12 * HOUR, 12.0), (OPENED, 0.0), (OPENED + HOUR, None)])
def test_how_long_a_failure_waited_to_be_raised_is_unknown_where_it_is_dated_later(occurred, hours):
    assert mart_row({"incidents": [incident_row(occurred_at=occurred)]})["hours_to_raise"] == hours


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [(-HOUR, HOUR, True), (-2 * HOUR, -HOUR, False), (HOUR, 2 * HOUR, False), (-HOUR, 0 * HOUR, True)],
)
def test_a_failure_is_raised_while_still_there_between_start_and_end(start, end, there):
    row = mart_row({"incidents": [incident_row(service_start=OPENED + start, service_end=OPENED + end)]})
    assert row["raised_during_service"] is there


def test_whether_anybody_was_still_there_needs_both_ends():
    row = mart_row({"incidents": [incident_row(service_end=OPENED + HOUR)]})
    assert row["raised_during_service"] is None


def test_severity_takes_its_declared_rank():
    incidents = [incident_row(incident_id=s, severity=s) for s in ("grave", "mild", "odd")]
    rows = mart_rows({"incidents": incidents}, a_profile(severity_order=("mild", "grave")))
    assert [(row["severity"], row["severity_rank"]) for row in rows] == [("grave", 2), ("mild", 1), ("odd", None)]


def events(*incidents):
    rows = mart_rows({"incidents": [incident_row(incident_id=f"i{n}", **i) for n, i in enumerate(incidents)]})
    return [(row["mass_event"], row["event_size"], row["cluster_key"]) for row in rows]


def test_an_event_is_a_mass_event_when_it_hit_several_customers():
    two = [{"event_id": "storm", "customer_id": "a"}, {"event_id": "storm", "customer_id": "b"}]
    assert events(*two) == [(True, 2, "event storm")] * 2
    one = [{"event_id": "leak", "customer_id": "a"}, {"event_id": "leak", "customer_id": "a"}]
    assert events(*one) == [(False, 2, "customer a")] * 2
    unnamed = [{"event_id": "fog", "customer_id": None}, {"event_id": "fog", "customer_id": None}]
    assert events(*unnamed) == [(True, 2, "event fog")] * 2  # one incident is one customer hit
    assert events({"event_id": None, "customer_id": "a"}) == [(False, None, "customer a")]


def test_shocks_are_shared_within_cluster_event_customer_or_nothing():
    incidents = [
        {"event_id": "e", "customer_id": "a", "cluster_id": "k"},
        {"event_id": "e", "customer_id": "b", "cluster_id": None},
        {"event_id": None, "customer_id": "c", "cluster_id": None},
        {"event_id": None, "customer_id": None, "cluster_id": None},
    ]
    assert [key for _, _, key in events(*incidents)] == ["cluster k", "event e", "customer c", "incident i3"]


def test_mass_events_are_unknown_where_events_are_not_recorded():
    assert mart_row({"incidents": [incident_row()]})["mass_event"] is None


PLAN = [
    standard_row(promised_minutes=500.0),
    standard_row(severity="grave", promised_minutes=400.0),
    standard_row(category="noise", promised_minutes=300.0, standard_offer_kind="gesture", standard_offer_share=0.1),
    standard_row(category="noise", severity="grave", promised_minutes=200.0),
]


def test_the_most_specific_standard_applies():
    expected = {
        ("noise", "grave"): 200.0,
        ("noise", "mild"): 300.0,
        ("noise", None): 300.0,
        ("food", "grave"): 400.0,
        (None, "grave"): 400.0,
        ("food", "mild"): 500.0,
        (None, None): 500.0,
    }
    met = [incident_row(incident_id=f"i{n}", category=c, severity=s) for n, (c, s) in enumerate(expected)]
    rows = mart_rows({"incidents": met, "standards": PLAN})
    assert {(row["category"], row["severity"]): row["standard_minutes"] for row in rows} == expected
    offers = {row["standard_minutes"]: row["standard_offer_kind"] for row in rows}
    assert offers == {200.0: None, 300.0: "gesture", 400.0: None, 500.0: None}


def test_an_empty_label_means_everything_too():
    blank = standard_row(category="", severity="", promised_minutes=45.0)
    assert mart_row({"incidents": [incident_row(category="food")], "standards": [blank]})["standard_minutes"] == 45.0


def test_no_standard_applies_to_what_the_plan_leaves_out():
    row = mart_row({"incidents": [incident_row(category="food")], "standards": PLAN[2:], "interactions": []})
    assert (row["standard_minutes"], row["standard_met"]) == (None, None)


def test_the_standard_is_met_within_the_promised_minutes():
    cases = [
        (60, 9_000, True),
        (61, 9_000, False),
        (None, 9_000, False),
        (None, 61, False),
        (None, 60, None),
        (70, 80, False),
    ]
    incidents, contacts = [], []
    for n, (contact, age, _) in enumerate(cases):
        opened = CUT_AT - timedelta(minutes=age)
        incidents.append(incident_row(incident_id=f"i{n}", opened_at=opened))
        if contact is not None:
            contacts.append(interaction_row(incident_id=f"i{n}", contacted_at=opened + timedelta(minutes=contact)))
    rows = mart_rows({"incidents": incidents, "standards": [standard_row()], "interactions": contacts})
    assert [row["standard_met"] for row in rows] == [met for *_, met in cases]


def test_opened_after_a_fix_of_the_same_cause():
    cases = [
        (-HOUR, "pump", False),
        (0 * DAY, "pump", True),
        (DAY, "pump", True),
        (DAY, "valve", False),
        (DAY, None, None),
    ]
    incidents = [
        incident_row(incident_id=f"i{n}", opened_at=OPENED + after, root_cause=cause)
        for n, (after, cause, _) in enumerate(cases)
    ]
    again = fix_row(fix_deployed_at=OPENED + 9 * DAY)  # the first fix counts
    rows = mart_rows({"incidents": incidents, "fixes": [again, fix_row()]})
    assert [row["opened_after_fix"] for row in rows] == [expected for *_, expected in cases]
    assert mart_row({"incidents": [incident_row(root_cause="pump")]})["opened_after_fix"] is None


def test_the_review_of_the_cause():
    reviewed = mart_row({"incidents": [incident_row(cause_reviewed_at=OPENED + 3 * DAY)]})
    assert (reviewed["cause_reviewed"], reviewed["cause_review_days"]) == (True, 3.0)
    never = mart_row({"incidents": [incident_row(cause_reviewed_at=None)]})
    assert (never["cause_reviewed"], never["cause_review_days"]) == (False, None)
    assert mart_row({"incidents": [incident_row()]})["cause_reviewed"] is None


DUE = OPENED + 7 * DAY


@pytest.mark.parametrize(
    ("promises", "made", "kept"),
    [
        ([], 0, None),
        ([{"kept_at": DUE}], 1, True),
        ([{"kept_at": DUE + timedelta(seconds=1)}], 1, False),
        ([{"kept_at": None}], 1, False),
        ([{"kept_at": DUE}, {"kept_at": None}], 2, False),
        ([{"kept_at": None, "due_at": CUT_AT}], 1, None),  # not due yet
        ([{"kept_at": None}, {"kept_at": DUE, "due_at": CUT_AT}], 2, False),  # kept ahead of time makes up for nothing
        ([{"kept_at": DUE}, {"kept_at": None, "due_at": None}], 2, True),  # without a due time nothing is late
        ([{"kept_at": None, "promised_at": CUT_AT}], 0, None),
    ],
)
def test_promises_kept(promises, made, kept):
    rows = noun_rows({"incidents": [incident_row()], "promises": [promise_row(**p) for p in promises]}, "promises_kept")
    assert (rows[0]["promises_made"], rows[0]["commitment_kept"]) == (made, kept)


def test_without_promises_nothing_is_known_of_them():
    row = mart_row({"incidents": [incident_row()]})
    assert (row["promises_made"], row["commitment_kept"], row["commitment_made"]) == (None, None, None)


def test_labels_of_the_customer_stand_in_for_whole_columns_never_for_single_blanks():
    customer = customer_row(segment="family", loyalty_tier="gold", region="north")
    row = mart_row({"incidents": [incident_row(segment=None, loyalty_tier="none")], "customers": [customer]})
    assert (row["segment"], row["loyalty_tier"], row["region"]) == (None, "none", "north")


def test_declared_covariates_and_arms_pass_through():
    profile = a_profile(covariates=(("x_nights", "number"), ("x_room", "label")))
    row = mart_row({"incidents": [incident_row(x_nights=3.0, x_room="sea", assignment="credit")]}, profile)
    assert (row["x_nights"], row["x_room"], row["assignment"]) == (3.0, "sea", "credit")
