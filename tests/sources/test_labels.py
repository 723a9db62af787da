"""Labels stay few and short."""

from collections import Counter

TOML = """
[files]
t = { path = "t.csv" }
s = { path = "s.csv", optional = true }
[tables]
incidents = { file = "t" }
standards = { file = "s" }
"""


def test_the_200_most_frequent_labels_stay(load_tickets):
    rows = [f"2024-03-01,kind {i:03}" for i in range(230) for _ in range(2 if i >= 20 else 1)]
    result = load_tickets("opened_at,category\n" + "\n".join(rows) + "\n")
    counts = Counter(result.column("incidents", "category"))
    assert len(counts) == 201
    assert counts["other"] == 20 + 2 * 10
    assert all(counts[f"kind {i:03}"] == 2 for i in range(20, 220))
    assert result.warned("rare_labels") == {"incidents.category": 40}


def test_200_labels_all_stay(load_tickets):
    result = load_tickets("opened_at,category\n" + "".join(f"2024-03-01,kind {i}\n" for i in range(200)))
    assert len(set(result.column("incidents", "category"))) == 200


def test_what_reads_like_a_text_is_no_label(load_tickets):
    result = load_tickets(f"opened_at,category\n2024-03-01,{'x' * 80}\n2024-03-01,{'x' * 81}\n")
    assert result.column("incidents", "category") == ["other_long_text", "x" * 80]
    assert result.warned("long_labels") == {"incidents.category": 1}


def test_a_label_is_the_same_in_every_table(load_files):
    tickets = "opened_at,category\n" + "".join(f"2024-03-01,kind {i:03}\n" for i in range(250))
    standards = "category,severity,promised_minutes\n" + "".join(
        f"kind {i:03},s{n},60\n" for i in range(60, 250) for n in range(2)
    )
    result = load_files(TOML, {"t.csv": tickets, "s.csv": standards})
    in_incidents = set(result.column("incidents", "category"))
    assert set(result.column("standards", "category")) <= in_incidents
    assert result.warned("rare_labels").keys() == {"incidents+standards.category"}


def test_ids_of_places_and_events_are_no_labels(load_tickets):
    rows = "".join(f"2024-03-01,site {i},event {i}\n" for i in range(250))
    result = load_tickets("opened_at,site_id,event_id\n" + rows)
    assert len(set(result.column("incidents", "site_id"))) == len(set(result.column("incidents", "event_id"))) == 250
