"""One row per key."""

from refusals import refused

from pipelines.errors import ContractError

MANY = "".join(f"N{i},2024-03-01,noise\n" for i in range(100))


def tickets(*rows, header="incident_id,opened_at,category\n"):
    return header + MANY + "".join(row + "\n" for row in rows)


def test_exact_repeats_of_an_incident_are_kept_under_ids_of_their_own(load_tickets):
    result = load_tickets(tickets("A,2024-03-02,noise", "A,2024-03-02,noise", "A,2024-03-02,noise"))
    assert [i for i in result.column("incidents", "incident_id") if i.startswith("A")] == ["A", "A-2", "A-3"]
    assert result.warned("exact_duplicates") == {"incidents": 2}
    assert result.reasons("incidents") == {"rows in": 103, "kept": 103}


def test_another_incident_under_the_same_id_is_set_aside(load_tickets):
    result = load_tickets(tickets("A,2024-03-02,noise", "A,2024-03-02,billing", "A,2024-03-02,noise"))
    assert [i for i in result.column("incidents", "incident_id") if i.startswith("A")] == ["A", "A-3"]
    assert result.aside("incidents") == [(103, "incident_id", "repeated")]


def test_many_repeats_mean_the_wrong_column(load_tickets):
    with refused(ContractError, match=r"6 of 106 rows repeat incident_id, more than 5\u202f%"):
        load_tickets(tickets(*["N1,2024-03-02,billing"] * 6))


def test_incidents_without_id_are_known_by_their_row(load_tickets):
    csv = "opened_at,category\n2024-03-01,noise\n2024-03-01,billing\n2024-03-01,noise\n"
    ids = load_tickets(csv).column("incidents", "incident_id")
    assert len(set(ids)) == 3
    assert [i for i in ids if i.endswith("-2")]
    assert load_tickets(csv).column("incidents", "incident_id") == ids
    assert not set(ids) & set(load_tickets(csv, id_key=b"another").column("incidents", "incident_id"))


def test_a_blank_id_is_known_by_its_row_too(load_tickets):
    ids = load_tickets("incident_id,opened_at\nA,2024-03-01\n,2024-03-02\n").column("incidents", "incident_id")
    assert sorted(map(len, ids)) == [1, 32]


SOURCES = """
[profile]
currency = "EUR"
[files]
t = { path = "t.csv" }
o = { path = "o.csv" }
s = { path = "s.csv", optional = true }
[tables]
incidents = { file = "t" }
orders = { file = "o" }
standards = { file = "s" }
"""
ORDERS = "customer_id,order_id,ordered_at,amount\n" + "".join(f"C{i},O{i},2024-03-01,10\n" for i in range(40))


def test_later_rows_of_other_keys_are_set_aside(load_files):
    files = {"t.csv": "opened_at\n2024-03-01\n", "o.csv": ORDERS + "C1,O1,2024-03-01,10\n"}
    result = load_files(SOURCES, files)
    assert result.aside("orders") == [(42, "order_id", "repeated")]
    assert result.reasons("orders") == {"rows in": 41, "kept": 40, "repeated": 1}


def test_parts_of_a_key_may_be_blank(load_files):
    standards = "category,severity,promised_minutes\n" + "".join(f"k{i},,60\n" for i in range(30)) + ",,60\n,,90\n"
    files = {"t.csv": "opened_at\n2024-03-01\n", "o.csv": ORDERS, "s.csv": standards}
    assert load_files(SOURCES, files).aside("standards") == [(33, "category+severity", "repeated")]
