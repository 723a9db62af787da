"""Parquet files keep their types."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from refusals import refused

from pipelines.errors import SourceError

TOML = """
[profile]
currency = "EUR"
time_zone = "Europe/Paris"
[files]
t = { path = "t.parquet" }
[tables]
incidents = { file = "t" }
"""


def parquet(**columns):
    packed = io.BytesIO()
    pq.write_table(pa.table(columns), packed)
    return packed.getvalue()


def test_types_are_kept_and_local_times_converted(load_files):
    content = parquet(
        incident_id=pa.array([1, 2], pa.int64()),
        opened_at=pa.array([datetime(2024, 7, 1, 10), datetime(2024, 1, 1, 10)], pa.timestamp("ns")),
        resolved_at=pa.array([datetime(2024, 7, 1, 10, tzinfo=UTC), None], pa.timestamp("us", "UTC")),
        occurred_at=pa.array([date(2024, 7, 1), None], pa.date32()),
        loss_amount=pa.array([12.5, None], pa.float64()),
        public_complaint=pa.array([True, None], pa.bool_()),
        customer_id=pa.array([7.0, None], pa.float64()),
    )
    result = load_files(TOML, {"t.parquet": content})
    first, second = result.engine.rows(
        "SELECT incident_id, opened_at, resolved_at, occurred_at, loss_amount, public_complaint "
        "FROM incidents ORDER BY 1"
    )
    assert first == (
        "1",
        datetime(2024, 7, 1, 8),
        datetime(2024, 7, 1, 10),
        datetime(2024, 6, 30, 22),
        Decimal("12.5"),
        True,
    )
    assert second == ("2", datetime(2024, 1, 1, 9), None, None, None, None)


def test_a_whole_number_of_type_float_is_the_same_id_as_its_text(load_files):
    toml = TOML.replace("[tables]", 'o = { path = "o.csv" }\n[tables]\norders = { file = "o" }')
    files = {
        "t.parquet": parquet(opened_at=pa.array([datetime(2024, 3, 1)]), customer_id=[7.0]),
        "o.csv": "customer_id,order_id,ordered_at,amount\n7,O1,2024-01-01,10\n",
    }
    assert load_files(toml, files).engine.value("SELECT count(*) FROM incidents JOIN orders USING (customer_id)") == 1


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (float("nan"), "not a finite number"),
        (float("-inf"), "not a finite number"),
        (-1.0, "below 0"),
        (1e30, "not a number"),
    ],
)
def test_amounts_that_are_none_are_unknown(load_files, amount, reason):
    content = parquet(opened_at=pa.array([datetime(2024, 3, 1)] * 2), loss_amount=[1.0, amount])
    result = load_files(TOML, {"t.parquet": content})
    assert (result.unread("incidents"), result.aside("incidents")) == ([("loss_amount", reason)], [])


def test_no_parquet_and_too_many_columns(load_files):
    with refused(SourceError, match="not a readable Parquet file"):
        load_files(TOML, {"t.parquet": b"PAR1 but not really"})
    with refused(SourceError, match="2,001 columns"):
        load_files(TOML, {"t.parquet": parquet(**{f"c{i}": [1] for i in range(2001)})})
