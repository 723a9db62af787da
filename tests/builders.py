"""Canonical rows with sensible values, and engines that hold them. Name only what a test is about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.contracts.canonical import Kind
from pipelines.contracts.sources import TABLES
from pipelines.engine import Engine
from pipelines.join.build import build_marts, make, mart_columns, statements
from pipelines.join.declarations import declare
from pipelines.join.mart import mart_table
from pipelines.settings.profile import Profile

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]

OPENED = datetime(2024, 3, 1, 12, 0)
CUT = date(2025, 12, 31)

_ARROW: dict[Kind, pa.DataType] = {
    "id": pa.string(),
    "label": pa.string(),
    "time": pa.timestamp("us"),
    "date": pa.date32(),
    "money": pa.decimal128(18, 4),
    "number": pa.float64(),
    "count": pa.int64(),
    "flag": pa.bool_(),
    "text": pa.string(),
}


def _row(table: str, defaults: Row, overrides: Row) -> Row:
    unknown = [n for n in overrides if n not in TABLES[table].by_name and not n.startswith("x_")]
    if unknown:
        raise TypeError(f"not columns of {table}: {unknown}")
    return defaults | overrides


def incident_row(**overrides: Any) -> Row:
    """An incident of customer c1, opened on 1 March 2024 at noon."""
    return _row("incidents", {"incident_id": "i1", "customer_id": "c1", "opened_at": OPENED}, overrides)


def interaction_row(after: timedelta = timedelta(hours=1), **overrides: Any) -> Row:
    """A contact by a person of the company, ``after`` the default opening."""
    defaults = {"incident_id": "i1", "contacted_at": OPENED + after, "actor": "agent", "action": "acknowledge"}
    return _row("interactions", defaults, overrides)


def compensation_row(**overrides: Any) -> Row:
    """A refund of 50, paid two days after the default opening."""
    defaults = {
        "incident_id": "i1",
        "issued_at": OPENED + timedelta(days=2),
        "kind": "refund",
        "face_amount": Decimal(50),
    }
    return _row("compensations", defaults, overrides)


def order_row(after: timedelta = timedelta(days=30), **overrides: Any) -> Row:
    """An order of 100 by customer c1, ``after`` the default opening; its id follows from when."""
    defaults = {
        "customer_id": "c1",
        "order_id": f"o{after.total_seconds():.0f}",
        "ordered_at": OPENED + after,
        "amount": Decimal(100),
    }
    return _row("orders", defaults, overrides)


def subscription_row(**overrides: Any) -> Row:
    """A subscription of customer c1 since 2023."""
    return _row("subscriptions", {"customer_id": "c1", "active_from": datetime(2023, 1, 1)}, overrides)


def outcome_row(**overrides: Any) -> Row:
    """The company's own flag that the customer of i1 returned within 90 days."""
    defaults = {"incident_id": "i1", "outcome": "returned", "value": 1.0, "followed_until": OPENED + timedelta(days=90)}
    return _row("outcomes", defaults, overrides)


def customer_row(**overrides: Any) -> Row:
    """Customer c1, who joined in 2023."""
    return _row("customers", {"customer_id": "c1", "joined_at": datetime(2023, 1, 1)}, overrides)


def word_row(after: timedelta = timedelta(days=10), **overrides: Any) -> Row:
    """An nps score of 9 by customer c1, ``after`` the default opening."""
    defaults = {"customer_id": "c1", "posted_at": OPENED + after, "kind": "nps", "score": 9.0}
    return _row("word_of_mouth", defaults, overrides)


def promise_row(**overrides: Any) -> Row:
    """A promise made at the default opening, due in a week."""
    defaults = {"incident_id": "i1", "promised_at": OPENED, "due_at": OPENED + timedelta(days=7)}
    return _row("promises", defaults, overrides)


def standard_row(**overrides: Any) -> Row:
    """A standard for everything: an answer within an hour."""
    return _row("standards", {"category": None, "severity": None, "promised_minutes": 60.0}, overrides)


def limit_row(**overrides: Any) -> Row:
    """The desk may give 50 anywhere."""
    return _row("authority_limits", {"role": "desk", "site_id": None, "limit_amount": Decimal(50)}, overrides)


def fix_row(**overrides: Any) -> Row:
    """A fix of root cause pump, deployed at the default opening."""
    return _row("fixes", {"root_cause": "pump", "fix_deployed_at": OPENED}, overrides)


def comparison_row(**overrides: Any) -> Row:
    """Customer n1, compared from the default opening."""
    return _row("comparison_subjects", {"customer_id": "n1", "index_at": OPENED}, overrides)


def a_profile(**overrides: Any) -> Profile:
    """A profile with horizons of 90 and 365 days and a response cap of 14 days, UTC."""
    return Profile(**{"name": "test", "title": "Test", "folder": Path(), **overrides})


def put_tables(engine: Engine, tables: Tables, covariates: Iterable[tuple[str, str]] = ()) -> dict[str, frozenset[str]]:
    """Fill ``engine`` with every canonical table, the missing ones empty; returns what counts as supplied.

    A table named in ``tables`` is supplied with the columns its rows name, and with all of them when it has no rows.
    """
    extra = {name: "number" if kind == "number" else "label" for name, kind in covariates}
    supplied = {}
    for name, table in TABLES.items():
        rows = tables.get(name, ())
        kinds: dict[str, Kind] = {c.name: c.kind for c in table.columns if c.kind != "text"}
        kinds |= extra if name == "incidents" else {}
        named = {column for row in rows for column in row} if rows else set(kinds)
        arrays = {c: pa.array([row.get(c) for row in rows], _ARROW[kind]) for c, kind in kinds.items()}
        engine.register(name, pa.table(arrays))
        if name in tables:
            supplied[name] = frozenset(named & set(kinds))
    return supplied


def memory_engine(threads: int = 1) -> Engine:
    """An engine in memory; nothing of it outlives the test."""
    return Engine(duckdb.connect(config={"threads": str(threads)}), Path())


def build(tables: Tables, profile: Profile | None = None, cut: date = CUT) -> Engine:
    """An engine with both marts built from canonical rows."""
    profile = profile or a_profile()
    engine = memory_engine()
    supplied = put_tables(engine, tables, profile.covariates)
    build_marts(engine, profile, supplied, cut)
    return engine


def mart_rows(tables: Tables, profile: Profile | None = None, cut: date = CUT) -> list[Row]:
    """The rows of ``incident_mart`` built from canonical rows, in key order, times as aware datetimes."""
    return _rows_of("incident_mart", tables, profile or a_profile(), cut)


def baseline_rows(tables: Tables, profile: Profile | None = None, cut: date = CUT) -> list[Row]:
    """The rows of ``baseline_mart`` built from canonical rows, in key order."""
    return _rows_of("baseline_mart", tables, profile or a_profile(), cut)


def _rows_of(mart: str, tables: Tables, profile: Profile, cut: date) -> list[Row]:
    return mart_table(build(tables, profile, cut), mart, mart_columns(profile)[mart]).to_pylist()


def mart_row(tables: Tables, profile: Profile | None = None, cut: date = CUT) -> Row:
    """The only row of ``incident_mart``."""
    (row,) = mart_rows(tables, profile, cut)
    return row


def build_until(tables: Tables, noun: str, profile: Profile | None = None, cut: date = CUT) -> Engine:
    """An engine with one noun and those before it."""
    profile = profile or a_profile()
    engine = memory_engine()
    supplied = put_tables(engine, tables, profile.covariates)
    declare(engine, profile, supplied, cut)
    steps = statements(profile, declared_comparison="comparison_subjects" in supplied)
    for name in (*takewhile(lambda name: name != noun, steps), noun):
        make(engine, name, steps[name])
    return engine


def query_rows(engine: Engine, sql: str) -> list[Row]:
    """The rows of a query by column name."""
    return engine.connection.sql(sql).to_arrow_table().to_pylist()


def noun_rows(tables: Tables, noun: str, profile: Profile | None = None, cut: date = CUT) -> list[Row]:
    """The rows of one noun, made from the nouns before it, in the order of its first column."""
    return query_rows(build_until(tables, noun, profile, cut), f"SELECT * FROM {noun} ORDER BY 1")
