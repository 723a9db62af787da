"""Exports of made-up companies: the same cases and orders in the habits of different systems."""

from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from made_company import address, company, stamp, write_csv
from made_workbook import write_xlsx


def help_desk_and_shop(folder: Path) -> Path:
    """Tickets as a help desk exports them, orders as a shop does; the two share e-mail addresses only."""
    cases, orders = company()
    topics = ("Damaged item", "Late delivery", "Wrong item", "Billing question")
    levels = ("Low", "Normal", "High", "Urgent")
    write_csv(
        folder / "tickets-export.csv",
        (
            "Id",
            "Requester",
            "Requester email",
            "Assignee",
            "Subject",
            "Status",
            "Priority",
            "Via",
            "Topic",
            "Created at",
            "Updated at",
            "Solved at",
            "First reply time in minutes",
            "First reply time in minutes within business hours",
            "Tags",
        ),
        [
            (
                c.number,
                f"Ann Example {c.customer}",
                address(c.customer),
                "Bo Agent",
                f"Where is my parcel? This is the {c.number}th time I ask",
                "solved" if c.solved else "open",
                levels[c.severity],
                ("Mail", "Web", "Chat")[c.number % 3],
                topics[c.category],
                stamp(c.opened, "%Y-%m-%d %H:%M:%S UTC"),
                stamp(c.opened + timedelta(days=9), "%Y-%m-%d %H:%M:%S UTC"),
                stamp(c.solved, "%Y-%m-%d %H:%M:%S UTC"),
                int((c.answered - c.opened).total_seconds() // 60) if c.answered else "",
                1,
                "",
            )
            for c in cases
        ],
    )
    write_csv(
        folder / "orders_export.csv",
        (
            "Name",
            "Email",
            "Financial Status",
            "Currency",
            "Subtotal",
            "Shipping",
            "Taxes",
            "Total",
            "Discount Amount",
            "Created at",
            "Billing Name",
            "Billing Street",
            "Notes",
            "Cancelled at",
            "Id",
            "Vendor",
        ),
        [
            (
                f"#{o.number}",
                address(o.customer),
                "voided" if o.cancelled else "paid",
                "USD",
                f"{o.amount - 5:.2f}",
                "5.00",
                "0.00",
                f"{o.amount:.2f}",
                "0.00",
                stamp(o.placed, "%Y-%m-%d %H:%M:%S +0100"),
                f"Ann Example {o.customer}",
                f"{o.customer} Main Street",
                "",
                stamp(o.placed, "%Y-%m-%d %H:%M:%S +0100") if o.cancelled else "",
                7_000_000 + o.number,
                "Acme",
            )
            for o in orders
        ],
    )
    return folder


def german(folder: Path) -> Path:
    """Semicolons, decimal commas, days first, Latin-1, and severities in German."""
    cases, orders = company(seed=11)
    reasons = ("Zimmer nicht fertig", "Lärm", "Sauberkeit", "Rechnung fehlerhaft")
    write_csv(
        folder / "Beschwerden 2023.csv",
        (
            "Vorgangsnummer",
            "Kundennummer",
            "Kundenname",
            "Eröffnet am",
            "Erste Antwort am",
            "Gelöst am",
            "Beschwerdegrund",
            "Priorität",
            "Kanal",
            "Filiale",
            "Schadenshöhe",
            "Erstattungsbetrag",
            "Beschreibung",
        ),
        [
            (
                f"V-{c.number}",
                f"K{c.customer:05d}",
                "Jörg Müller",
                stamp(c.opened, "%d.%m.%Y %H:%M"),
                stamp(c.answered, "%d.%m.%Y %H:%M"),
                stamp(c.solved, "%d.%m.%Y %H:%M"),
                reasons[c.category],
                ("niedrig", "mittel", "hoch", "dringend")[c.severity],
                ("Telefon", "E-Mail", "Schalter")[c.number % 3],
                f"Filiale {c.number % 9}",
                f"{c.refund + 40:.2f}".replace(".", ","),
                f"{c.refund:.2f}".replace(".", ","),
                "Das Zimmer war leider überhaupt nicht in Ordnung, und niemand kam.",
            )
            for c in cases
        ],
        delimiter=";",
        encoding="latin-1",
    )
    write_csv(
        folder / "Buchungen.csv",
        ("Buchungsnummer", "Kundennummer", "Buchungsdatum", "Anreise", "Gesamtbetrag", "Status"),
        [
            (
                f"B{o.number}",
                f"K{o.customer:05d}",
                stamp(o.placed, "%d.%m.%Y"),
                stamp(o.placed + timedelta(days=30), "%d.%m.%Y"),
                f"{o.amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."),
                "storniert" if o.cancelled else "bestätigt",
            )
            for o in orders
        ],
        delimiter=";",
        encoding="latin-1",
    )
    return folder


def workbook(folder: Path) -> Path:
    """One workbook with two sheets under title rows; moments are cells of type date."""
    cases, orders = company(seed=13)
    complaints = [
        ["Complaints received, all regions"],
        [],
        ["Printed on", datetime(2026, 1, 5)],
        [],
        [
            "Case number",
            "Member ID",
            "Date received",
            "First response date",
            "Date closed",
            "Reason",
            "Compensation amount",
        ],
        *[
            [
                c.number,
                f"M{c.customer:06d}",
                c.opened,
                c.answered,
                c.solved,
                ("Noise", "Wi-Fi", "Food", "Bill")[c.category],
                c.refund or None,
            ]
            for c in cases
        ],
    ]
    bookings = [
        ["All bookings"],
        ["Booking ID", "Member ID", "Booking date", "Total amount (GBP)", "Booking status"],
        *[[o.number, f"M{o.customer:06d}", o.placed, o.amount, "Cancelled" if o.cancelled else "Kept"] for o in orders],
    ]
    write_xlsx(folder / "records.xlsx", {"Complaints": complaints, "Bookings": bookings, "Notes": [["Only a remark"]]})
    return folder


def columnar(folder: Path) -> Path:
    """Parquet files with types of their own."""
    cases, orders = company(seed=17)
    folder.mkdir(parents=True, exist_ok=True)
    tickets = pa.table(
        {
            "ticket_id": pa.array([c.number for c in cases], pa.int64()),
            "user_id": pa.array([100_000 + c.customer for c in cases], pa.int64()),
            "created_at": pa.array([c.opened for c in cases], pa.timestamp("us", tz="UTC")),
            "first_response_at": pa.array([c.answered for c in cases], pa.timestamp("us", tz="UTC")),
            "resolved_at": pa.array([c.solved for c in cases], pa.timestamp("us", tz="UTC")),
            "issue_type": [("delay", "damage", "loss", "other")[c.category] for c in cases],
            "priority": pa.array([c.severity + 1 for c in cases], pa.int32()),
            "refund_amount": pa.array([c.refund for c in cases], pa.float64()),
        }
    )
    purchases = pa.table(
        {
            "order_id": pa.array([o.number for o in orders], pa.int64()),
            "user_id": pa.array([100_000 + o.customer for o in orders], pa.int64()),
            "purchased_at": pa.array([o.placed for o in orders], pa.timestamp("us", tz="UTC")),
            "order_value": pa.array([o.amount for o in orders], pa.float64()),
            "currency": ["EUR"] * len(orders),
        }
    )
    pq.write_table(tickets, folder / "tickets.parquet")
    pq.write_table(purchases, folder / "purchases.parquet")
    return folder
