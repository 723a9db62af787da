"""The marts as a whole: one row per incident, the contract's schema, errors that count, the same bytes again."""

import io
import random
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders import (
    CUT,
    OPENED,
    a_profile,
    build,
    compensation_row,
    customer_row,
    incident_row,
    interaction_row,
    mart_rows,
    memory_engine,
    order_row,
    put_tables,
    word_row,
)
from refusals import refused

from pipelines.contracts.arrow import mart_schema
from pipelines.contracts.catalog.outcomes import OUTCOMES, named_columns
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.mart import baseline_columns, incident_columns
from pipelines.contracts.sources import TABLES
from pipelines.errors import JoinError
from pipelines.join import mart
from pipelines.join.build import build_marts, mart_columns
from pipelines.join.mart import mart_table
from pipelines.join.script import expand

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def many(n=200):
    """A few hundred rows with ties, repeats and blanks in every table."""
    draw = random.Random(7)

    def some(values):
        return draw.choice([*values, None])

    ids = [f"i{k:03}" for k in range(n)]
    customers = [f"c{k}" for k in range(n // 2)]
    incidents = [
        incident_row(
            incident_id=i,
            customer_id=some(customers),
            opened_at=OPENED + draw.randrange(60) * DAY,
            loss_amount=some([90, 70]),
            site_id=some("ab"),
            event_id=some(["e1", "e2"]),
            resolved_at=OPENED + draw.randrange(90) * DAY,
        )
        for i in ids
    ]
    words = [
        word_row(draw.randrange(-9, 99) * DAY, customer_id=draw.choice(customers), score=float(draw.randrange(11)))
        for _ in ids
    ]
    return {
        "incidents": incidents,
        "interactions": [
            interaction_row(
                draw.randrange(90) * DAY, incident_id=draw.choice(ids), action=some(["apologise", "resolve"])
            )
            for _ in range(3 * n)
        ],
        "compensations": [
            compensation_row(
                incident_id=draw.choice(ids), kind=draw.choice(["refund", "voucher"]), face_amount=some([7, 11])
            )
            for _ in ids
        ],
        "orders": [
            order_row(draw.randrange(-300, 400) * DAY, order_id=f"o{k}", customer_id=f"c{draw.randrange(n)}")
            for k in range(4 * n)
        ],
        "customers": [customer_row(customer_id=c, joined_at=OPENED - draw.randrange(900) * DAY) for c in customers],
        "word_of_mouth": words,
    }


def parquet(tables, mart):
    """The bytes of one mart, made on two threads."""
    engine = memory_engine(threads=2)
    build_marts(engine, a_profile(), put_tables(engine, tables), CUT)
    sink = io.BytesIO()
    pq.write_table(mart_table(engine, mart, mart_columns(a_profile())[mart]), sink)
    return sink.getvalue()


@pytest.mark.parametrize("mart", ["incident_mart", "baseline_mart"])
def test_the_same_rows_in_any_order_give_the_same_bytes(mart):
    tables = many()
    first = parquet(tables, mart)
    assert parquet(tables, mart) == first
    shuffled = {name: random.Random(3).sample(rows, len(rows)) for name, rows in tables.items()}
    assert parquet(shuffled, mart) == first


@pytest.mark.parametrize("name", ["incident_mart", "baseline_mart"])
def test_a_mart_read_in_batches_is_the_same_mart(name, monkeypatch):
    engine, columns = build(many()), mart_columns(a_profile())[name]
    whole = mart_table(engine, name, columns)
    monkeypatch.setattr(mart, "BATCH_ROWS", 8)
    batches = list(mart.mart_batches(engine, name, columns))
    assert len(batches) > 3
    assert max(batch.num_rows for batch in batches) <= 8
    assert pa.concat_tables(batches).to_pylist() == whole.to_pylist()
    key = ("customer_key", "index_at") if name == "baseline_mart" else ("incident_id",)
    keys = [tuple(row[k] for k in key) for row in whole.to_pylist()]
    assert keys == sorted(keys)
    assert engine.value(f"SELECT count(*) FROM {name}") == whole.num_rows


def test_every_incident_has_exactly_one_row():
    tables = many()
    rows = mart_rows(tables)
    assert [row["incident_id"] for row in rows] == sorted(row["incident_id"] for row in tables["incidents"])


def test_a_repeated_key_is_an_error_that_names_both_counts():
    tables = {"incidents": [incident_row()], "customers": [customer_row(), customer_row()]}
    with refused(JoinError, match=r"\d+ rows for 1 valid incidents"):
        build(tables)


@pytest.mark.parametrize("horizons", [(90, 365), (30,), (365, 540)])
def test_marts_have_exactly_the_contracts_columns(horizons):
    profile = a_profile(horizons_days=horizons, covariates=(("x_nights", "number"),))
    engine = build({"incidents": [incident_row(x_nights=2.0)], "orders": []}, profile)
    columns = mart_columns(profile)
    assert columns["incident_mart"] == (*incident_columns(horizons, profile.covariates), *named_columns())
    assert columns["baseline_mart"] == (*baseline_columns(horizons, profile.covariates), *named_columns())
    for name in columns:
        assert mart_table(engine, name, columns[name]).schema == mart_schema(columns[name])
        stored = [column for column, *_ in engine.rows(f"DESCRIBE {name}")]
        assert stored == [column.name for column in columns[name]]


def test_no_column_name_is_given_twice():
    for columns in (incident_columns((90, 365)), baseline_columns((90, 365))):
        names = [column.name for column in columns]
        assert len(names) == len(set(names))


def test_every_outcome_and_treatment_of_the_catalog_has_its_column():
    names = {column.name for column in (*incident_columns((90,)), *named_columns())}
    assert {outcome.column.replace("{h}", "90") for outcome in OUTCOMES.values()} <= names
    assert {treatment.column for treatment in TREATMENTS.values() if treatment.id != "failure"} <= names


KNOWN_WITHOUT_MORE = {
    "incident_id", "customer_key", "cluster_key", "opened_at", "follow_up_days", "opened_month", "opened_day",
    "opened_hour",
    "opened_at_night", "opened_on_weekend", "earlier_incidents", "followed_90d", "followed_365d",
}  # fmt: skip


def test_incidents_alone_leave_everything_else_unknown():
    (row,) = mart_rows({"incidents": [incident_row()]})
    assert {name for name, value in row.items() if value is not None} == KNOWN_WITHOUT_MORE


def test_empty_tables_are_known_to_be_empty():
    (row,) = mart_rows({"incidents": [incident_row()], **{name: [] for name in TABLES if name != "incidents"}})
    assert row["response_status"] == "unanswered"
    assert row["compensation_amount"] == 0
    assert row["promises_made"] == 0
    assert row["returned_within_90d"] is None  # the customer is on no file


def test_floats_keep_twelve_significant_digits():
    tables = {"incidents": [incident_row(loss_amount=3)], "compensations": [compensation_row(face_amount=1)]}
    (row,) = mart_rows(tables)
    assert row["compensation_share"] == 0.333333333333


@pytest.mark.parametrize("value", [0.0, 1.0, -2.5, 1 / 3, 2e-9 / 3, 2e15 / 3, -123456789.123456789])
def test_rounding_is_to_the_nearest_number_of_twelve_digits(value):
    tables = {"incidents": [incident_row(x_value=value)]}
    (row,) = mart_rows(tables, a_profile(covariates=(("x_value", "number"),)))
    assert row["x_value"] == pytest.approx(float(f"{value:.12g}"), rel=1e-15)


def test_lines_are_written_once_per_value_and_not_at_all_for_none():
    sql = "SELECT\n    a,\n    b_{h}d AS {h},\n    c.{covariate},\n    d\nFROM t"
    written = expand(sql, {"h": (30, 90), "covariate": ()})
    assert written == "SELECT\n    a,\n    b_30d AS 30,\n    b_90d AS 90,\n    d\nFROM t"


def test_schema_of_an_empty_baseline():
    table = mart_table(build({"incidents": [incident_row()]}), "baseline_mart", baseline_columns((90, 365)))
    assert table.num_rows == 0
    assert table.schema.field("index_at").type == pa.timestamp("us", tz="UTC")
