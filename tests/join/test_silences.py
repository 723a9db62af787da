from datetime import timedelta

from builders import (
    CUT,
    OPENED,
    a_profile,
    build_until,
    incident_row,
    interaction_row,
    mart_row,
    mart_rows,
    noun_rows,
    query_rows,
)

from pipelines.contracts.catalog.company import AnswersRecorded
from pipelines.contracts.mart import SILENCE_LANDMARK_HOURS
from pipelines.settings.profile import cut_instant

HOUR = timedelta(hours=1)
AGE_HOURS = (cut_instant(CUT).replace(tzinfo=None) - OPENED) / HOUR


ENDING = """
    SELECT *, longest_silence_seconds / 3600.0 AS longest_silence_hours FROM silences JOIN recoveries USING (subject_id)
"""


def ending(contacts, **incident):
    (row,) = query_rows(
        build_until({"incidents": [incident_row(**incident)], "interactions": contacts}, "recoveries"), ENDING
    )
    return row


def silence(*hours, **incident):
    return ending([interaction_row(h * HOUR) for h in hours], **incident)


def test_the_longest_wait_lies_between_two_contacts():
    row = silence(2, 9, 10, resolved_at=OPENED + 12 * HOUR)
    assert row["longest_silence_hours"] == 7.0
    assert row["silence_censored"] is False
    assert row["company_contacts"] == 3


def test_the_wait_for_the_first_contact_counts():
    assert silence(8, 9, resolved_at=OPENED + 10 * HOUR)["longest_silence_hours"] == 8.0


def test_the_wait_from_the_last_contact_to_the_resolution_counts():
    assert silence(1, resolved_at=OPENED + 30 * HOUR)["longest_silence_hours"] == 29.0


def test_contacts_after_the_resolution_neither_break_nor_make_a_silence():
    row = silence(1, 100, resolved_at=OPENED + 3 * HOUR)
    assert row["longest_silence_hours"] == 2.0
    assert row["company_contacts"] == 2


def test_an_open_case_is_silent_up_to_the_data_cut_and_censored():
    row = silence(1)
    assert row["longest_silence_hours"] == AGE_HOURS - 1
    assert row["silence_censored"] is True


def test_nobody_ever_answered():
    row = silence()
    assert row["longest_silence_hours"] == AGE_HOURS
    assert row["company_contacts"] == 0


def test_closing_ends_the_wait_when_no_resolution_is_recorded():
    row = silence(1, closed_at=OPENED + 5 * HOUR)
    assert row["longest_silence_hours"] == 4.0
    assert row["silence_censored"] is False
    assert row["resolved_hours"] is None


def test_a_recorded_resolving_contact_is_a_resolution():
    contacts = [interaction_row(1 * HOUR), interaction_row(6 * HOUR, action="resolve")]
    row = ending(contacts)
    assert row["resolved_hours"] == 6.0
    assert row["longest_silence_hours"] == 5.0


def test_bots_and_customers_do_not_break_the_silence():
    contacts = [
        interaction_row(1 * HOUR, actor="bot"),
        interaction_row(2 * HOUR, actor="customer"),
        interaction_row(9 * HOUR),
    ]
    row = ending(contacts, resolved_at=OPENED + 9 * HOUR)
    assert row["longest_silence_hours"] == 9.0
    assert row["company_contacts"] == 1


def test_one_contact_with_several_actions_is_one_contact():
    contacts = [interaction_row(HOUR, action=action) for action in ("apologise", "explain", "offer")]
    row = ending(contacts, resolved_at=OPENED + HOUR)
    assert row["company_contacts"] == 1
    assert row["resolved_at_first_contact"] is True


def test_a_resolution_before_opening_or_after_the_cut_has_not_happened():
    assert silence(1, resolved_at=OPENED - HOUR)["resolved_hours"] is None
    assert silence(1, resolved_at=cut_instant(CUT).replace(tzinfo=None))["silence_censored"] is True


def test_hours_reach_the_mart():
    contacts = [interaction_row(HOUR / 2), interaction_row(2 * HOUR)]
    row = mart_row({"incidents": [incident_row(resolved_at=OPENED + 3 * HOUR)], "interactions": contacts})
    assert (row["longest_silence_hours"], row["resolved_hours"], row["company_contacts"]) == (1.5, 3.0, 2)
    assert (row["silence_censored"], row["closed"]) == (False, True)


def test_handoffs_count_agents_new_to_the_case():
    def handoffs(*agents):
        contacts = [interaction_row(i * HOUR, agent_id=a) for i, a in enumerate(agents)]
        (row,) = noun_rows({"incidents": [incident_row()], "interactions": contacts}, "silences")
        return row["handoffs"]

    assert handoffs("a", "a") == 0
    assert handoffs("a", "b", "a") == 1
    assert handoffs("a", "b", "c") == 2
    assert handoffs("a", None, "b") == 1
    assert handoffs(None) is None
    assert handoffs() == 0


def test_resolved_at_first_contact():
    def first(*hours, **incident):
        return silence(*hours, **incident)["resolved_at_first_contact"]

    assert first(1, resolved_at=OPENED + 2 * HOUR) is True
    assert first(1, 2, resolved_at=OPENED + 3 * HOUR) is False
    assert first(resolved_at=OPENED + 3 * HOUR) is False  # resolved though nobody spoke
    assert first(1, resolved_at=None) is None  # still open after one contact
    assert first(1, 2, resolved_at=None) is False
    assert first(1, resolved_at=None, closed_at=OPENED + 4 * HOUR) is False


def test_resolved_at_first_contact_needs_some_record_of_resolutions():
    assert silence(1)["resolved_at_first_contact"] is None


def test_closed_is_resolved_or_closed_where_either_is_recorded():
    assert silence(resolved_at=OPENED + HOUR)["closed"] is True
    assert silence(closed_at=OPENED + HOUR)["closed"] is True
    assert silence(closed_at=None)["closed"] is False
    assert silence()["closed"] is None


def test_closed_without_contact():
    def closed(*hours, at):
        return silence(*hours, closed_at=at)["closed_without_contact"]

    assert closed(at=OPENED + HOUR) is True
    assert closed(5, at=OPENED + HOUR) is True  # the answer came after closing
    assert closed(1, at=OPENED + HOUR) is False
    assert closed(at=None) is False  # not closed
    assert silence()["closed_without_contact"] is None  # closing is not recorded at all


def by_landmark(*hours, **incident):
    contacts = [interaction_row(h * HOUR) for h in hours]
    return mart_row({"incidents": [incident_row(**incident)], "interactions": contacts})["landmark_silence_hours"]


def test_silence_by_the_landmark_runs_from_the_first_contact_and_stops_there():
    assert SILENCE_LANDMARK_HOURS == 72
    assert by_landmark(2, 30, 40) == 32.0, "the last wait runs from 40 to 72 hours"
    assert by_landmark(20, 60, 400) == 40.0, "what comes later can't have acted by then"
    assert by_landmark(20, 21, resolved_at=OPENED + 100 * HOUR) == 51.0


def test_cases_that_ended_or_were_not_answered_by_then_have_no_silence_to_compare():
    assert by_landmark(1, resolved_at=OPENED + 72 * HOUR) is None
    assert by_landmark(80) is None
    assert by_landmark() is None


def test_where_the_first_answer_alone_is_recorded_nothing_is_known_of_what_came_after_it():
    tables = {
        "incidents": [incident_row(resolved_at=OPENED + 12 * HOUR)],
        "interactions": [interaction_row(2 * HOUR)],
    }
    known = mart_rows(tables, a_profile(answers_recorded=AnswersRecorded.FIRST))[0]
    assert known["first_contact_minutes"] == 120.0
    for name in ("longest_silence_hours", "landmark_silence_hours", "company_contacts", "handoffs",
                 "resolved_at_first_contact", "silence_censored"):  # fmt: skip
        assert known[name] is None, name
    assert mart_rows(tables, a_profile())[0]["longest_silence_hours"] == 10.0
