"""A small company's two files: a list of tickets as a help desk shows it, and a list of orders.

A ticket names its first answer alone, and its refund in the same row. Times are local, to the minute.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.simulate.company import Simulated
from pipelines.simulate.tables.canonical import Tables
from pipelines.simulate.tables.values import Texts, Times
from pipelines.simulate.truth import write_truth
from pipelines.simulate.world.codes import Actor

TIME_ZONE = "Europe/Madrid"
TIME_FORMAT = "%Y-%m-%d %H:%M"
PRIORITIES = {"nuisance": "Low", "disruption": "Normal", "stay_spoiled": "High", "safety_or_cancelled": "Urgent"}


@dataclass(frozen=True)
class TwoFiles:
    """One row per ticket, and one per order."""

    tickets: pd.DataFrame
    orders: pd.DataFrame


def write_two_files(simulated: Simulated, folder: Path) -> None:
    """Write ``small_company_tickets.csv``, ``small_company_orders.csv`` and the truth; same data, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in vars(two_files(simulated.tables)).items():
        frame.to_csv(folder / f"small_company_{name}.csv", index=False, lineterminator="\n")
    write_truth(simulated.truth, folder)


def two_files(tables: Tables) -> TwoFiles:
    """The company's tables as its two files show them."""
    return TwoFiles(_tickets(tables), _orders(tables))


def _tickets(tables: Tables) -> pd.DataFrame:
    incidents, contacts, gifts = tables.incidents, tables.interactions, tables.compensations
    by_agent = contacts.actor == Actor.AGENT.label
    first = contacts.contacted_at[by_agent].groupby(contacts.incident_id[by_agent]).min()
    refund = gifts.face_amount.astype("float64").groupby(gifts.incident_id).sum()
    return pd.DataFrame(
        {
            "Ticket No": incidents.incident_id,
            "Customer No": incidents.customer_id,
            "Created": _local(incidents.opened_at),
            "First reply": _local(incidents.incident_id.map(first)),
            "Closed": _local(incidents.closed_at),
            "Priority": incidents.severity.map(PRIORITIES),
            "Topic": incidents.category,
            "Order value": incidents.loss_amount,
            "Refund": incidents.incident_id.map(refund).fillna(0.0).round(2),
        }
    )


def _orders(tables: Tables) -> pd.DataFrame:
    orders = tables.orders
    return pd.DataFrame(
        {
            "Order No": orders.order_id,
            "Customer No": orders.customer_id,
            "Ordered on": _local(orders.ordered_at),
            "Total": orders.amount,
            "Status": orders.status,
        }
    )


def _local(times: Times) -> Texts:
    return pd.to_datetime(times, utc=True).dt.tz_convert(TIME_ZONE).dt.strftime(TIME_FORMAT).fillna("")
