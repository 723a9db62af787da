"""Canary strings in every place of an export that isn't a label: none may leave the sources."""

from typing import Any

import pytest
from refusals import refused

from pipelines.contracts.sources import TABLES
from pipelines.errors import PipelineUserError

CANARY = "Zaphod-Beeblebrox"
GOOD: dict[str, str] = {
    "id": "K1", "label": "noise", "time": "2024-03-01 10:00:00", "date": "2024-03-01", "money": "10", "number": "0.5",
    "count": "3", "flag": "yes", "text": "we are sorry",
}  # fmt: skip


def canary(table: str, column: str) -> str:
    return f"{CANARY}-{table}-{column}@example.org"


def good_value(table: str, column: Any) -> str:
    if column.name == "currency":
        return "EUR"
    if column.name == "outcome":
        return "promoter"
    return column.allowed[0] if column.allowed else GOOD[column.kind]


def may_keep_words(column: Any) -> bool:
    """Labels of free choice and ids of things are what a company names them; all else must not pass a canary."""
    return (column.kind == "label" and not column.allowed and column.name != "currency") or (
        column.kind == "id" and not column.person
    )


def export(table: Any) -> str:
    """A good row, then one row per column with a canary in it; and columns that nobody maps, full of them."""
    columns = [*table.columns]
    header = [c.name for c in columns] + ["guest_name", "notes"]
    good = [good_value(table.name, c) for c in columns]
    rows = [good]
    for i, column in enumerate(columns):
        if not may_keep_words(column):
            rows.append([*good[:i], canary(table.name, column.name), *good[i + 1 :]])
    rows = [[*row, canary(table.name, "guest_name"), canary(table.name, "notes")] for row in rows]
    for i, row in enumerate(rows):
        for key in table.key:
            row[header.index(key)] = f"K{i}" if table.name != "outcomes" else row[header.index(key)]
    rows += [[canary(table.name, "ragged")], ['"' + canary(table.name, "quote"), "x"]]
    return "\n".join([",".join(header), *(",".join(row) for row in rows)]) + "\n"


TOML = (
    '[profile]\ncurrency = "EUR"\ntime_zone = "Europe/Paris"\n[action_words.en.apologise]\nwords = ["sorry"]\n[files]\n'
    + "".join(f'{t} = {{ path = "{t}.csv" }}\n' for t in TABLES)
    + "[tables]\n"
    + "".join(f'{t} = {{ file = "{t}" }}\n' for t in TABLES)
)


@pytest.fixture
def planted(load_files):
    files = {f"{t.name}.csv": export(t) for t in TABLES.values()}
    assert all(CANARY in content for content in files.values())
    return load_files(TOML, files)


def test_no_canary_is_in_any_table(planted):
    tables = [table for (table,) in planted.engine.rows("SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    assert set(tables) == {*TABLES, "doubts"}
    for table in tables:
        assert CANARY not in repr(planted.engine.rows(f"SELECT * FROM {table}")), table


def test_people_are_known_by_hash(planted):
    ids = [*planted.column("incidents", "customer_id"), *planted.column("interactions", "agent_id")]
    assert ids
    assert all(len(value) == 32 and int(value, 16) >= 0 for value in ids)


def test_no_canary_is_in_what_loading_reports(planted):
    loaded = planted.loaded
    assert len(loaded.quarantine) > len(TABLES)
    assert CANARY not in repr((loaded.quality, loaded.quarantine, loaded.warnings, loaded.supplied, loaded.inputs))


@pytest.mark.parametrize(
    ("csv", "more"),
    [
        (f"opened_at\n{CANARY}\n", ""),
        (f"opened_at,loss_amount,currency\n2024-03-01,10,{CANARY}\n2024-03-01,10,USD\n", ""),
        (f"{CANARY}@example.org,2024-03-01\nBob,2024-03-02\n", ""),
        (f"opened_at\n1/2/2024\n{CANARY}\n", ""),
        (f"opened_at,x\n2024-03-01,{CANARY}\n", '[tables.incidents.columns]\nopened_at = "y"\n'),
        (f"incident_id,opened_at\n{CANARY},2024-03-01\n{CANARY},2024-03-02\n", ""),
    ],
)
def test_no_canary_is_in_an_error_that_stops_the_load(load_tickets, csv, more):
    with refused(PipelineUserError) as caught:
        load_tickets(csv, more)
    error: BaseException | None = caught.error
    while error is not None:
        assert CANARY not in str(error)
        error = error.__cause__


@pytest.mark.parametrize(
    "query",
    [
        "SELECT CAST(name AS INTEGER) AS incident_id, '2024-03-01' AS opened_at FROM t",
        "SELECT 1/0 FROM t WHERE error(name)",
    ],
)
def test_no_canary_is_in_the_error_of_a_query(load_files, query):
    toml = '[files.t]\npath = "t.csv"\n[tables.incidents]\nsql = "i.sql"\n'
    with refused(PipelineUserError) as caught:
        load_files(toml, {"t.csv": f"name\n{CANARY}\n"}, sql={"i.sql": query})
    assert CANARY not in caught.said
    assert caught.error.__suppress_context__
