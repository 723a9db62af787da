from datetime import timedelta

import pytest
from builders import CUT, OPENED, a_profile, incident_row, interaction_row, mart_row, noun_rows

from pipelines.settings.profile import cut_instant

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CUT_AT = cut_instant(CUT).replace(tzinfo=None)


def response(*contacts, **incident):
    (row,) = noun_rows({"incidents": [incident_row(**incident)], "interactions": list(contacts)}, "responses")
    return row


def test_first_human_bot_and_substantial_contact_are_told_apart():
    row = response(
        interaction_row(5 * MINUTE, actor="bot", action="explain"),
        interaction_row(9 * MINUTE, actor="agent", action="acknowledge"),
        interaction_row(40 * MINUTE, actor="agent", action="offer"),
        interaction_row(90 * MINUTE, actor="agent", action="resolve"),
        interaction_row(1 * MINUTE, actor="customer", action=None),
    )
    assert row["first_bot_seconds"] == 5 * 60
    assert row["first_contact_seconds"] == 9 * 60
    assert row["first_substance_seconds"] == 40 * 60
    assert row["resolve_seconds"] == 90 * 60
    assert row["response_status"] == "answered"


def test_a_reply_before_opening_answers_nothing():
    row = response(interaction_row(-MINUTE))
    assert row["first_contact_seconds"] is None
    assert row["response_status"] == "unanswered"


def test_a_reply_at_the_very_second_of_opening_answers():
    row = response(*(interaction_row(0 * MINUTE, actor=actor, action="resolve") for actor in ("agent", "bot")))
    for name in ("first_contact_seconds", "first_bot_seconds", "first_substance_seconds", "resolve_seconds"):
        assert row[name] == 0, name
    assert row["first_contact_at"] == OPENED


@pytest.mark.parametrize(("late_by", "status"), [(timedelta(0), "answered"), (timedelta(seconds=1), "unanswered")])
def test_the_cap_itself_still_counts_as_answered(late_by, status):
    row = response(interaction_row(14 * DAY + late_by))
    assert row["response_status"] == status
    assert row["first_contact_seconds"] == 14 * 86_400 + late_by.total_seconds()


@pytest.mark.parametrize(("age", "status"), [(14 * DAY, "open"), (14 * DAY + timedelta(seconds=1), "unanswered")])
def test_silence_is_open_until_the_cap_has_passed_at_the_data_cut(age, status):
    (row,) = noun_rows({"incidents": [incident_row(opened_at=CUT_AT - age)], "interactions": []}, "responses")
    assert row["response_status"] == status


def test_contacts_at_or_after_the_data_cut_have_not_happened():
    contacts = [interaction_row(CUT_AT - OPENED), interaction_row(CUT_AT - OPENED + DAY)]
    assert response(*contacts)["response_status"] == "unanswered"


def test_without_interactions_nothing_is_known_of_responses():
    row = mart_row({"incidents": [incident_row(detected_by="customer")]})
    for name in ("response_status", "first_contact_minutes", "company_contacts", "longest_silence_hours",
                 "silence_censored", "handoffs", "apology_given", "words_only", "proactive_notice_minutes",
                 "closed_without_contact", "returned_before_contact"):  # fmt: skip
        assert row[name] is None, name


def test_where_the_export_cannot_tell_nothing_is_claimed():
    tables = {
        "incidents": [incident_row(response_known=False, closed_at=OPENED + DAY, fixed_for_customer=False)],
        "interactions": [interaction_row(-DAY, action="apologise", public=False, agent_id="a1")],
        "compensations": [],
    }
    row = mart_row(tables)
    for name in ("response_status", "first_contact_minutes", "company_contacts", "longest_silence_hours",
                 "handoffs", "apology_given", "words_only", "closed_without_contact", "standard_met"):  # fmt: skip
        assert row[name] is None, name


def test_minutes_are_exact_and_the_time_itself_is_kept():
    row = mart_row({"incidents": [incident_row()], "interactions": [interaction_row(timedelta(seconds=90))]})
    assert row["first_contact_minutes"] == 1.5
    assert row["first_contact_at"].replace(tzinfo=None) == OPENED + timedelta(seconds=90)


@pytest.mark.parametrize(
    ("company", "customer", "detected_by", "minutes"),
    [
        (-30, None, "customer", 30.0),  # told half an hour before the complaint that opened the case
        (-30, -10, "company", 20.0),
        (5, 25, "company", 20.0),
        (20, 5, "company", 0.0),  # the customer spoke first
        (None, 5, "company", 0.0),  # the company never spoke
        (5, None, "company", None),  # the customer never spoke: nothing to be early for
    ],
)
def test_proactive_notice_is_the_lead_over_the_customers_first_word(company, customer, detected_by, minutes):
    spoken = [("agent", company), ("customer", customer)]
    contacts = [interaction_row(m * MINUTE, actor=actor) for actor, m in spoken if m is not None]
    notice = response(*contacts, detected_by=detected_by)["proactive_notice_seconds"]
    assert notice == (None if minutes is None else minutes * 60)


def test_the_cap_is_the_profiles():
    tables = {"incidents": [incident_row()], "interactions": [interaction_row(2 * DAY)]}
    (row,) = noun_rows(tables, "responses", a_profile(response_cap_days=1.5))
    assert row["response_status"] == "unanswered"


def test_who_answered_first_is_the_first_person_to_write_and_nobody_else():
    row = response(
        interaction_row(-MINUTE, agent_id="before"),
        interaction_row(2 * MINUTE, actor="bot", agent_id="machine"),
        interaction_row(9 * MINUTE, agent_id="second"),
        interaction_row(5 * MINUTE, agent_id="first"),
    )
    assert row["first_agent"] == "first"
    assert response(interaction_row(-MINUTE, agent_id="before"))["first_agent"] is None
    assert response(interaction_row(MINUTE, agent_id=None))["first_agent"] is None
