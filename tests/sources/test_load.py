"""What loading promises to whatever comes after it."""

import hashlib

import pytest
from refusals import refused

from pipelines.contracts.canonical import SQL_TYPE
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.sources import TABLES
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.errors import SourceError
from pipelines.reading.tables.ledger import open_ledger, quality

CSV = "incident_id,opened_at,customer_id,category\nA,2024-03-01,c1,noise\nB,soon,c2,noise\nC,2024-03-02,c1,food\n"


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_is_there_as_the_contract_says(load_tickets, table):
    described = load_tickets(CSV).engine.rows(f"DESCRIBE {table.name}")
    expected = [(column.name, SQL_TYPE[column.kind]) for column in table.columns if column.kind != "text"]
    assert [(column, type_) for column, type_, *_ in described] == expected


def test_nothing_raw_is_left(load_tickets):
    engine = load_tickets(CSV).engine
    assert engine.rows("SELECT database_name FROM duckdb_databases() WHERE NOT internal") == [("engine",)]
    assert {table for (table,) in engine.rows("SELECT table_name FROM duckdb_tables()")} == {*TABLES, "doubts"}


def test_inputs_are_known_by_their_hash(load_tickets):
    assert load_tickets(CSV).loaded.inputs == {"tickets.csv": hashlib.sha256(CSV.encode()).hexdigest()}


def test_loading_again_gives_the_same(load_tickets):
    first, second = load_tickets(CSV), load_tickets(CSV)
    assert first.loaded == second.loaded
    assert first.engine.rows("SELECT * FROM incidents") == second.engine.rows("SELECT * FROM incidents")


def test_every_table_and_file_balances(load_tickets):
    rows = load_tickets(CSV).loaded.quality
    assert rows == (
        RowsCounted("incidents", "tickets.csv", RowReason.ROWS_IN, 3),
        RowsCounted("incidents", "tickets.csv", RowReason.KEPT, 2),
        RowsCounted("incidents", "tickets.csv", RowReason.NOT_A_TIME, 1),
    )


def test_books_that_don_t_balance_are_an_error(engine_for_module):
    open_ledger(engine_for_module)
    with refused(SourceError, match="10 rows came in for orders, but 9 are accounted for"):
        quality(engine_for_module, {("orders", "o.csv"): 10}, {("orders", "o.csv"): 9})
