"""The help desk's and the shop's own tables, read by their profile, give the canonical sample back."""

from collections import Counter

import pytest

from pipelines.engine import open_engine
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from pipelines.simulate.company import simulate
from pipelines.simulate.files import write_tables
from pipelines.simulate.helpdesk.export import write_helpdesk_export
from pipelines.simulate.helpdesk.people import emails, names

# What the systems know nothing of; everything else has to come out the same.
NOT_CARRIED = {
    "compensations": {"unit_cost"},
    "word_of_mouth": {"reach", "sentiment", "praises_staff", "has_media"},
}
NOT_CARRIED_TABLES = {"comparison_subjects", "standards", "authority_limits", "fixes", "exposure", "staff_pulse"}


def loaded(profile_name, folder):
    """Supplied columns, and per table its rows as text, of one export."""
    profile = load_profile(profile_name)
    with open_engine() as engine:
        result = load(engine, profile, folder, id_key=b"one key for both", data_cut=None, progress=lambda step: None)
        rows = {
            table: [
                dict(zip(sorted(columns), row, strict=True))
                for row in engine.rows(f"SELECT {', '.join(sorted(columns))} FROM {table}")
            ]
            for table, columns in result.supplied.items()
        }
    return result, rows


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    simulated = simulate(1_200, 17)
    canonical, helpdesk = (tmp_path_factory.mktemp(name) for name in ("canonical", "helpdesk"))
    write_tables(simulated, canonical)
    write_helpdesk_export(simulated, helpdesk)
    return simulated, loaded("sample", canonical), loaded("zendesk_shopify", helpdesk)


def comparable(rows, columns):
    return Counter(tuple(str(row[c]) for c in sorted(columns)) for row in rows)


def test_every_row_comes_out_the_same_in_every_column_the_systems_carry(exports):
    _, (expected, expected_rows), (found, found_rows) = exports
    assert set(found.supplied) == set(expected.supplied) - NOT_CARRIED_TABLES
    for table, columns in found.supplied.items():
        assert columns == expected.supplied[table] - NOT_CARRIED.get(table, set()), table
        rows, carried = expected_rows[table], found_rows[table]
        if table == "word_of_mouth":
            rows = [row for row in rows if row["kind"] == "nps"]
        if table == "compensations":
            # In the columns of a shop, something given whose amount nobody wrote down is nothing given.
            rows, carried = ([row for row in both if row["face_amount"] is not None] for both in (rows, carried))
        assert comparable(rows, columns) == comparable(carried, columns), table
        assert len(rows) > 100, table


def test_the_export_is_as_messy_as_warehouses_are(exports, tmp_path):
    simulated, _, (found, _) = exports
    kept = {q.file: q.rows for q in found.quality if q.table == "files.ticket" and q.reason == "kept"}
    tickets = simulated.tables.incidents.incident_id
    assert sum(kept.values()) > len(tickets) * 1.05
    assert not found.quarantine


def test_names_and_addresses_are_in_the_export_and_nowhere_behind_it(exports):
    simulated, _, (_, found_rows) = exports
    guests = simulated.tables.customers.customer_id
    written = " ".join(str(row) for rows in found_rows.values() for row in rows).lower()
    assert not any(address in written for address in emails(guests.head(400)))
    assert not any(f" {name.lower()} " in written for name in names(guests.head(400)).last.unique())
    assert not any(guest in written for guest in guests.head(400))
