from datetime import timedelta

import pytest
from builders import (
    OPENED,
    compensation_row,
    incident_row,
    interaction_row,
    mart_row,
    mart_rows,
    noun_rows,
    promise_row,
    word_row,
)

HOUR = timedelta(hours=1)

# Another case in which every action was recorded once, so that the export is known to record them.
CODED = [
    interaction_row(HOUR, incident_id="i9", action=action)
    for action in ("apologise", "empathise", "own", "explain", "commit", "offer", "escalate")
]
FLAGS = (
    "apology_given", "empathy_shown", "accountability_accepted", "explanation_given", "commitment_recorded",
    "offer_recorded", "escalated",
)  # fmt: skip


def actions(*contacts, coded=CODED, **incident):
    tables = {
        "incidents": [incident_row(**incident), incident_row(incident_id="i9", customer_id="c9")],
        "interactions": [*contacts, *coded],
    }
    return noun_rows(tables, "actions")[0]


def test_a_recorded_action_is_yes_and_the_others_of_that_case_are_no():
    row = actions(interaction_row(action="apologise"))
    assert row["apology_given"] is True
    assert [row[flag] for flag in FLAGS[1:]] == [False] * 6


def test_every_action_has_its_flag():
    recorded = [row["incident_id"] for row in CODED]
    assert recorded == ["i9"] * 7
    tables = {"incidents": [incident_row(incident_id="i9")], "interactions": CODED}
    (row,) = noun_rows(tables, "actions")
    assert [row[flag] for flag in FLAGS] == [True] * 7


def test_never_answered_is_a_known_no():
    row = actions()
    assert [row[flag] for flag in FLAGS] == [False] * 7


def test_answered_without_any_coded_action_is_unknown_never_no():
    row = actions(interaction_row(action=None))
    assert [row[flag] for flag in FLAGS] == [None] * 7


def test_an_action_nobody_ever_records_is_unknown_for_everyone():
    row = actions(interaction_row(action="apologise"), coded=[])
    assert row["apology_given"] is True
    assert [row[flag] for flag in FLAGS[1:]] == [None] * 6


def test_a_bot_cannot_apologise():
    row = actions(interaction_row(actor="bot", action="apologise"), interaction_row(action="acknowledge"))
    assert row["apology_given"] is False


@pytest.mark.parametrize(
    ("apologies", "personal"),
    [([True], True), ([False], False), ([None], None), ([False, True], True), ([False, None], None), ([], False)],
)
def test_a_personal_apology(apologies, personal):
    contacts = [interaction_row(HOUR, action="apologise", personal=p) for p in apologies]
    contacts.append(interaction_row(2 * HOUR, action="explain", personal=None))
    assert actions(*contacts)["apology_personal"] is personal


def test_whether_an_apology_was_personal_needs_its_column():
    assert actions(interaction_row(action="apologise"))["apology_personal"] is None


def prompted(demands, apology_hours):
    """Whether the apology of each incident, given after so many hours, came before its own demand."""
    tables = {"incidents": [], "interactions": [], "word_of_mouth": []}
    for n, demand in enumerate(demands):
        tables["incidents"].append(incident_row(incident_id=f"i{n}", **demand.get("incident", {})))
        apology = interaction_row(apology_hours * HOUR, action="apologise")
        for row in (apology, *demand.get("interactions", ())):
            tables["interactions"].append(row | {"incident_id": f"i{n}"})
        tables["word_of_mouth"] += [row | {"incident_id": f"i{n}"} for row in demand.get("words", ())]
    return [row["apology_before_demand"] for row in mart_rows(tables)]


def test_an_apology_before_any_demand():
    threat = [{"incident": {"threatened_to_leave_at": OPENED + hours * HOUR}} for hours in (2, 1)]
    complaint = [{"incident": {"public_complaint": public}} for public in (True, False, None)]
    assert prompted([{}, *threat, *complaint], 1) == [True, True, False, False, True, True]


@pytest.mark.parametrize(("hours", "before"), [(1, True), (2, False), (3, False)])
def test_escalation_and_public_words_are_demands(hours, before):
    demands = [
        {"interactions": [interaction_row(2 * HOUR, action="escalate")]},
        {"interactions": [interaction_row(2 * HOUR, actor="customer", action=None, public=True)]},
        {"words": [word_row(2 * HOUR, kind="post", sentiment="negative", score=None)]},
    ]
    assert prompted(demands, hours) == [before] * 3


def test_no_apology_came_before_nothing_and_an_unknown_one_stays_unknown():
    silent = {"incidents": [incident_row(), incident_row(incident_id="i2")]}
    spoken = [interaction_row(incident_id="i2", action="apologise")]
    assert mart_rows({**silent, "interactions": spoken})[0]["apology_before_demand"] is False
    uncoded = [*spoken, interaction_row(incident_id="i1", action=None)]
    assert mart_rows({**silent, "interactions": uncoded})[0]["apology_before_demand"] is None


@pytest.mark.parametrize(
    ("complaint", "answers", "moved"),
    [
        (True, [False], True),
        (True, [True], False),
        (True, [True, False], True),
        (True, [None], None),
        (True, [], False),
        (False, [False], None),
        (None, [False], None),
    ],
)
def test_moved_to_private_asks_of_public_complaints_only(complaint, answers, moved):
    contacts = [interaction_row(i * HOUR, public=p) for i, p in enumerate(answers)]
    coded = [row | {"public": None} for row in CODED]
    assert actions(*contacts, coded=coded, public_complaint=complaint)["moved_to_private"] is moved


def recovery(*contacts, compensations=None, promises=None, **incident):
    tables = {"incidents": [incident_row(**incident)], "interactions": list(contacts)}
    tables |= {"compensations": compensations} if compensations is not None else {}
    tables |= {"promises": promises} if promises is not None else {}
    (row,) = noun_rows(tables, "recoveries")
    return row


def test_an_olive_branch_is_an_offer_or_a_gift():
    offer, talk = interaction_row(HOUR, action="offer"), interaction_row(HOUR, action="explain")
    elsewhere = interaction_row(HOUR, actor="bot", action="offer")  # the export records offers
    assert recovery(offer)["olive_branch"] is True
    assert recovery(talk, elsewhere)["olive_branch"] is False
    assert recovery(talk)["olive_branch"] is None
    assert recovery(talk, compensations=[compensation_row()])["olive_branch"] is True
    assert recovery(talk, compensations=[])["olive_branch"] is False
    assert recovery(offer, compensations=[])["olive_branch"] is True
    assert recovery(interaction_row(action=None), elsewhere, compensations=[])["olive_branch"] is None


def test_words_only():
    talk = interaction_row(HOUR)
    assert recovery(talk, compensations=[], fixed_for_customer=False)["words_only"] is True
    assert recovery(talk, compensations=[], fixed_for_customer=True)["words_only"] is False
    assert recovery(talk, compensations=[compensation_row()], fixed_for_customer=False)["words_only"] is False
    assert recovery(compensations=[], fixed_for_customer=False)["words_only"] is False  # never answered: no words
    assert recovery(talk, compensations=[], fixed_for_customer=None)["words_only"] is None
    assert recovery(talk, compensations=[compensation_row()], fixed_for_customer=None)["words_only"] is False
    assert recovery(talk, fixed_for_customer=False)["words_only"] is None  # gifts are not recorded


def test_a_commitment_is_an_action_or_a_promise():
    assert recovery(interaction_row(action="commit"))["commitment_made"] is True
    assert recovery(promises=[promise_row()])["commitment_made"] is True
    assert recovery(promises=[])["commitment_made"] is False
    assert recovery(interaction_row(action="commit"), promises=[])["commitment_made"] is True
    assert recovery(interaction_row(action="explain"))["commitment_made"] is None


@pytest.mark.parametrize(
    ("fixed", "resolved", "departure", "before"),
    [
        (True, 2, 2, True),
        (True, 3, 2, False),
        (False, 2, 5, False),
        (None, 2, 5, None),
        (True, None, 5, None),
        (True, 2, None, None),
    ],
)
def test_fixed_before_departure(fixed, resolved, departure, before):
    def after(hours):
        return None if hours is None else OPENED + hours * HOUR

    row = recovery(fixed_for_customer=fixed, resolved_at=after(resolved), service_end=after(departure))
    assert row["fixed_before_departure"] is before


@pytest.mark.parametrize(
    ("threat", "contact", "threatened", "first"),
    [(1, 2, True, True), (2, 1, True, False), (1, None, True, True), (None, 1, False, False), (1, 1, True, False)],
)
def test_threats_before_contact(threat, contact, threatened, first):
    contacts = [] if contact is None else [interaction_row(contact * HOUR)]
    row = recovery(*contacts, threatened_to_leave_at=None if threat is None else OPENED + threat * HOUR)
    assert (row["threatened"], row["threatened_before_contact"]) == (threatened, first)


def test_the_flags_reach_the_mart():
    row = mart_rows({"incidents": [incident_row(incident_id="i9")], "interactions": CODED})[0]
    for name in ("apology_given", "empathy_shown", "accountability_accepted", "explanation_given",
                 "commitment_made", "olive_branch", "escalated"):  # fmt: skip
        assert row[name] is True, name


def test_what_the_incident_itself_records_passes_through():
    told = {
        "fixed_for_customer": True,
        "fix_communicated": False,
        "company_publicised": True,
        "responded_on_time": False,
    }
    row = mart_row({"incidents": [incident_row(reopened_at=OPENED + HOUR, **told)]})
    assert {name: row[name] for name in told} == told
    assert row["reopened"] is True
    assert mart_row({"incidents": [incident_row(reopened_at=None)]})["reopened"] is False
    assert mart_row({"incidents": [incident_row()]})["reopened"] is None
