"""What loaders land from a warehouse: parts of a data set are one file, deleted rows and older versions aren't told."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from refusals import refused

from pipelines.engine import open_engine
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

DAYS = [datetime(2024, month, day, 9, tzinfo=UTC) for month in range(1, 7) for day in range(1, 21)]
TICKETS = [
    {"id": n, "customer_id": 1000 + n % 40, "created_at": day, "reason": ["late", "lost"][n % 2]}
    for n, day in enumerate(DAYS)
]
ORDERS = [
    {"order_id": n, "customer_id": 1000 + n % 40, "ordered_at": DAYS[n % 120] + timedelta(days=5), "total": n + 0.5}
    for n in range(240)
]
SEEN = datetime(2024, 8, 1, tzinfo=UTC)


def put(folder, file, rows):
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path)


def loaded(data, tmp_path):
    draft = draft_profile(data, tmp_path / "profile", PLAIN.say)
    with open_engine() as engine:
        profile = load_profile(str(tmp_path / "profile"))
        load(engine, profile, data, id_key=b"key", data_cut=None, progress=lambda step: None)
        cases = engine.rows("SELECT incident_id, category FROM incidents ORDER BY TRY_CAST(incident_id AS INTEGER)")
        orders = engine.rows("SELECT order_id FROM orders ORDER BY TRY_CAST(order_id AS INTEGER)")
    return dict(cases), [int(order) for (order,) in orders], [PLAIN.say(note) for note in draft.notes]


def deleted(kind):
    """Every tenth ticket and every twelfth order is deleted, the way a loader says so."""
    said = {
        "fivetran": lambda gone: {"_fivetran_deleted": gone, "_fivetran_synced": SEEN},
        "debezium": lambda gone: {"__deleted": "true" if gone else "false", "__ts_ms": 1_719_800_000_000},
        "singer": lambda gone: {"_sdc_deleted_at": SEEN if gone else None, "_sdc_batched_at": SEEN},
        "changes": lambda gone: {"__op": "d" if gone else "c"},
        "application": lambda gone: {"deleted_at": "2024-07-30 10:00:00" if gone else ""},
        "sales": lambda gone: {"IsDeleted": int(gone)},
    }[kind]
    tickets = [row | said(row["id"] % 10 == 0) for row in TICKETS]
    return tickets, [row | said(row["order_id"] % 12 == 0) for row in ORDERS]


@pytest.mark.parametrize("kind", ["fivetran", "debezium", "singer", "changes", "application", "sales"])
def test_deleted_rows_are_neither_cases_nor_purchases(kind, tmp_path):
    tickets, orders = deleted(kind)
    put(tmp_path / "data", "tickets.parquet", tickets)
    put(tmp_path / "data", "orders.parquet", orders)
    cases, bought, notes = loaded(tmp_path / "data", tmp_path)
    assert set(cases) == {str(row["id"]) for row in TICKETS if row["id"] % 10}
    assert bought == [row["order_id"] for row in ORDERS if row["order_id"] % 12]
    assert sum("rows are left out because they are deleted" in note for note in notes) == 2


def test_a_column_of_deletions_without_any_changes_nothing(tmp_path):
    put(tmp_path / "data", "tickets.parquet", [row | {"_fivetran_deleted": False} for row in TICKETS])
    put(tmp_path / "data", "orders.parquet", ORDERS)
    cases, _, notes = loaded(tmp_path / "data", tmp_path)
    assert len(cases) == 120
    assert not any("left out" in note for note in notes)


def test_the_last_version_of_a_row_holds_and_a_deleted_one_is_gone_with_its_versions(tmp_path):
    def landed(rows, hours):
        return [
            row | {"_airbyte_extracted_at": SEEN + timedelta(hours=hours), "_ab_cdc_deleted_at": None} for row in rows
        ]

    changed = [row | {"reason": "damaged"} for row in TICKETS if row["id"] % 3 == 0]
    gone = [row | {"_ab_cdc_deleted_at": SEEN} for row in landed(TICKETS[1:2], 2)]
    put(tmp_path / "data", "tickets.parquet", [*landed(changed, 1), *landed(TICKETS, 0), *gone])
    put(tmp_path / "data", "orders.parquet", [*landed(ORDERS, 0), *landed(ORDERS[::4], 1)])
    cases, bought, notes = loaded(tmp_path / "data", tmp_path)
    assert len(cases) == 119
    assert "1" not in cases
    assert {case for case, reason in cases.items() if reason == "damaged"} == {str(row["id"]) for row in changed}
    assert bought == [row["order_id"] for row in ORDERS]
    assert any("41 rows are left out because a later row holds the same 'id'" in note for note in notes)


def test_parts_of_a_data_set_are_one_file_with_what_its_folders_say(tmp_path):
    data = tmp_path / "data"
    for month in range(1, 7):
        rows = [row for row in TICKETS if row["created_at"].month == month]
        put(
            data,
            f"tickets/region=nord%20west/month=2024-0{month}/part-00000-{month}b9c3a5e-11.c000.snappy.parquet",
            rows,
        )
    for part in range(3):
        put(data, f"orders/part-0000{part}-5d3f{part}a.snappy.parquet", ORDERS[part::3])
    (data / "orders" / "_SUCCESS").touch()
    draft = make_draft(data, tmp_path / "profile")
    region = draft.samples["tickets_parts"].by_name["region"]
    assert region.labels == ("nord west",)
    cases, bought, _ = loaded(data, tmp_path)
    assert len(cases) == 120
    assert len(bought) == 240


@pytest.mark.parametrize("mark", ["_delta_log/0.json", ".hoodie/hoodie.properties", "metadata/v1.metadata.json"])
def test_a_table_format_that_keeps_old_files_is_not_read_as_plain_parquet(mark, tmp_path):
    data = tmp_path / "data"
    put(data, "tickets/part-0.parquet", TICKETS)
    put(data, "orders.parquet", ORDERS)
    (data / "tickets" / mark).parent.mkdir(exist_ok=True)
    (data / "tickets" / mark).write_text("{}")
    draft = make_draft(data, tmp_path / "profile")
    assert draft.stopped is not None
    assert any("Delta, Iceberg or Hudi" in PLAIN.say(note) for note in draft.notes)
    (tmp_path / "source.toml").write_text(
        '[files]\ntickets = { path = "tickets/*.parquet" }\n[tables.incidents]\nfile = "tickets"\n'
        'columns = { incident_id = "id", opened_at = "created_at" }\n'
    )
    with open_engine() as engine, refused(match="plain Parquet or CSV"):
        load(engine, load_profile(str(tmp_path)), data, id_key=b"key", data_cut=None, progress=lambda step: None)


def test_ids_stored_as_floats_because_some_are_blank_meet_whole_ones(tmp_path):
    put(tmp_path / "data", "tickets.parquet", [row | {"customer_id": float(row["customer_id"])} for row in TICKETS])
    put(tmp_path / "data", "orders.parquet", ORDERS)
    draft = make_draft(tmp_path / "data", tmp_path / "profile")
    (customer,) = [g for g in draft.guesses if (g.table, g.column) == ("incidents", "customer_id")]
    assert "of its values are found in orders.parquet" in PLAIN.say(customer.why)
