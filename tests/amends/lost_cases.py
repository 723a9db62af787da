"""A published run whose worklist is known: every case is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from published_run import ORIGIN, PROFILE

from pipelines.contracts.arrow import mart_schema
from pipelines.contracts.mart import incident_columns
from pipelines.publish.lock import turn
from pipelines.publish.write import publish

Row = dict[str, Any]


def case(incident_id: str, **overrides: Any) -> Row:
    """A case of a customer on file, closed, with no new order."""
    return {
        "incident_id": incident_id,
        "opened_at": datetime(2025, 3, 1, 23, 30, tzinfo=UTC),
        "closed": True,
        "customer_on_file": True,
        "earlier_spend_365d": Decimal(100),
    } | overrides


def publish_cases(folder: Path, cases: list[Row], *, without: tuple[str, ...] = ()) -> Path:
    """Publish a run of these cases; ``without`` drops columns as an earlier version would not have had them."""
    schema = mart_schema(incident_columns((90,)))
    mart = pa.Table.from_pylist(cases, schema=schema).drop_columns(list(without))
    profile = replace(PROFILE, time_zone="Europe/Berlin", currency="EUR")
    with turn(folder) as mine:
        publish(mine, {"incident_mart": mart}, replace(ORIGIN, data_cut=date(2025, 12, 31), profile=profile))
    return folder
