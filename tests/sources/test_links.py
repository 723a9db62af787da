"""One customer under several ids."""

import pytest

TOML = """
[profile]
currency = "EUR"
[files]
t = { path = "t.csv" }
l = { path = "l.csv", optional = true }
o = { path = "o.csv", optional = true }
[tables]
incidents = { file = "t" }
customer_links = { file = "l" }
orders = { file = "o" }
"""
TICKETS = (
    "incident_id,opened_at,channel,customer_id\n"
    "A,2024-03-01,phone,tel-1\nB,2024-03-01,phone,tel-2\nC,2024-03-01,app,C2\nD,2024-03-01,phone,\nE,2024-03-01,,C2\n"
)
LINKS = "source,source_id,customer_id\nphone,tel-1,C1\nweb,web-1,C1\nphone,tel-9,C1\nweb,tel-9,C2\nphone,tel-8,\n"
ORDERS = "customer_id,order_id,ordered_at,amount\nC1,O1,2024-01-01,10\nC2,O2,2024-01-01,10\n"


def test_linked_ids_meet_in_one_customer(load_files):
    result = load_files(TOML, {"t.csv": TICKETS, "l.csv": LINKS, "o.csv": ORDERS})
    joined = result.engine.rows(
        "SELECT incident_id, order_id FROM incidents JOIN orders USING (customer_id) ORDER BY 1"
    )
    assert joined == [("A", "O1"), ("C", "O2"), ("E", "O2")]
    assert result.column("incidents", "customer_id IS NULL", "incident_id") == [False, False, False, True, False]


def test_an_id_of_two_customers_links_neither(load_files):
    tickets = TICKETS + "F,2024-03-01,phone,tel-9\n"
    result = load_files(TOML, {"t.csv": tickets, "l.csv": LINKS, "o.csv": ORDERS})
    assert result.warned("ambiguous_link") == {"customer_links": 1}
    assert result.engine.rows(
        "SELECT count(*) FROM incidents JOIN orders USING (customer_id) WHERE incident_id = 'F'"
    ) == [(0,)]


def test_the_share_of_known_customers_is_told_per_channel(load_files):
    result = load_files(TOML, {"t.csv": TICKETS, "l.csv": LINKS, "o.csv": ORDERS})
    assert result.warned("match_rate") == {"app": 1.0, "no_channel": 1.0, "phone": pytest.approx(1 / 3)}
    passed = {w.subject: w.passed for w in result.loaded.warnings if w.check == "match_rate"}
    assert passed == {"app": True, "no_channel": True, "phone": False}


def test_nothing_to_match_against_tells_nothing(load_files):
    assert load_files(TOML, {"t.csv": TICKETS}).warned("match_rate") == {}
