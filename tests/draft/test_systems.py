"""Exports of known tools are known by several headers together; what the values don't bear out is taken for nothing."""

import pytest
from made_company import write_csv

from pipelines.reading.draft import make_draft
from pipelines.reading.draft.matching.systems import HIDDEN, NOTHING, plain, recognise, systems
from pipelines.reading.draft.why import KnownOf
from words.speech import PLAIN

NAMED = {
    "Zendesk",
    "Freshdesk",
    "Intercom",
    "HubSpot",
    "Salesforce",
    "Jira Service Management",
    "ServiceNow",
    "Gorgias",
    "OTRS or Znuny",
    "Shopify",
    "WooCommerce",
    "Magento",
    "PrestaShop",
    "Stripe",
    "Google Play console",
    "App Store Connect",
    "SurveyMonkey",
    "Qualtrics",
    "Typeform",
    "Chargebee",
    "Recurly",
    "telco churn",
}


def taken(draft, table):
    return {g.column: g.export for g in draft.of_table(table) if g.export}


def test_the_usual_systems_are_known():
    assert {system.name for system in systems()} == NAMED


@pytest.mark.parametrize("system", systems(), ids=lambda s: f"{s.name}-{s.table}")
def test_each_is_known_by_its_own_headers_in_any_case(system):
    found = recognise([sign.upper() for sign in sorted(system.signs)])
    assert found is not None
    assert found.system == system.name
    assert system.least >= 3
    for meaning, headers in system.means.items():
        assert meaning in HIDDEN or meaning.startswith(f"{system.table}.") or system.table == "word_of_mouth"
        assert not set(headers) & set(system.means.get(NOTHING, ())) or meaning == NOTHING


@pytest.mark.parametrize(
    "headers",
    [
        ("Ticket ID", "Created at", "Status", "Priority", "Email"),
        ("order_id", "customer_id", "order_date", "total", "currency", "status"),
        ("id", "name", "date", "amount"),
    ],
)
def test_names_that_everybody_uses_show_no_tool(headers):
    assert recognise(headers) is None


def test_case_and_signs_between_words_tell_no_headers_apart():
    assert plain("Date/Time Opened") == plain("DATE_TIME  opened")


def test_a_zendesk_export_is_read_by_its_own_names(tmp_path):
    header = (
        "ID",
        "Requester",
        "Requester id",
        "Submitter",
        "Assignee",
        "Status",
        "Priority",
        "Via",
        "Created at",
        "Updated at",
        "Initially assigned at",
        "Solved at",
        "First reply time in minutes",
        "First reply time in minutes within business hours",
        "Satisfaction Score",
    )
    rows = [
        (
            i,
            "Ann Example",
            90_000 + i % 20,
            "Bo",
            "Cy",
            "Closed",
            ("Low", "High")[i % 2],
            "Mail",
            f"2024-05-{i:02} 08:00",
            "2024-07-01 08:00",
            f"2024-05-{i:02} 08:05",
            f"2024-06-{i:02} 08:00",
            30 + i,
            7,
            ("Good", "Bad", "Offered")[i % 3],
        )
        for i in range(1, 29)
    ]
    write_csv(tmp_path / "exports" / "export-2024.csv", header, rows)
    draft = make_draft(tmp_path / "exports", tmp_path / "profile")
    assert taken(draft, "incidents")["customer_id"] == "Requester id"
    assert taken(draft, "incidents")["opened_at"] == "Created at"
    assert taken(draft, "incidents")["resolved_at"] == "Solved at"
    assert taken(draft, "interactions")["contacted_at"] == "First reply time in minutes"
    assert taken(draft, "word_of_mouth")["score"] == "Satisfaction Score"
    assert "export-2024.csv: has the columns of an export of Zendesk" in PLAIN.all(draft.notes)


def test_a_known_name_over_other_values_is_taken_for_nothing(tmp_path):
    header = (
        "Case Number",
        "Case Owner",
        "Case Origin",
        "Contact Name",
        "Date/Time Opened",
        "Date/Time Closed",
        "Opened Date",
    )
    rows = [(f"0000{i}", "Bo", "Web", "Ann Example", "soon", "", f"2024-05-{i:02}") for i in range(10, 30)]
    write_csv(tmp_path / "exports" / "report.csv", header, rows)
    draft = make_draft(tmp_path / "exports", tmp_path / "profile")
    assert taken(draft, "incidents")["opened_at"] == "Opened Date"
    assert isinstance(next(g.why for g in draft.guesses if g.column == "opened_at"), KnownOf)


def test_amounts_that_a_tool_counts_in_hundredths_are_divided(tmp_path):
    write_csv(
        tmp_path / "exports" / "tickets.csv",
        ("Ticket", "Customer id", "Opened"),
        [(f"T{i}", f"cus_{i:05}", f"2024-05-{i:02} 09:00") for i in range(1, 29)],
    )
    header = (
        "id",
        "object",
        "amount",
        "amount_captured",
        "amount_refunded",
        "balance_transaction",
        "created",
        "currency",
        "customer",
        "livemode",
        "status",
    )
    rows = [
        (
            f"ch_{i:06}",
            "charge",
            1999 + i,
            1999 + i,
            0,
            f"txn_{i}",
            1_716_000_000 + 1000 * i,
            "eur",
            f"cus_{i:05}",
            "true",
            "succeeded",
        )
        for i in range(1, 29)
    ]
    write_csv(tmp_path / "exports" / "charges.csv", header, rows)
    draft = make_draft(tmp_path / "exports", tmp_path / "profile")
    (amount,) = (g for g in draft.of_table("orders") if g.column == "amount")
    assert (amount.export, amount.way) == ("amount", "hundredths")
