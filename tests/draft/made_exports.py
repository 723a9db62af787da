"""Exports of made-up companies, as files: the same cases and orders in the habits of different systems."""

import csv
import gzip
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

Row = Sequence[object]


@dataclass(frozen=True)
class Case:
    """One case of the made-up company."""

    number: int
    customer: int
    opened: datetime
    answered: datetime | None
    solved: datetime | None
    category: int
    severity: int
    refund: float


@dataclass(frozen=True)
class Order:
    """One order of the made-up company."""

    number: int
    customer: int
    placed: datetime
    amount: float
    cancelled: bool


def company(cases: int = 300, orders: int = 1200, seed: int = 7) -> tuple[list[Case], list[Order]]:
    """Cases over two years and orders over three, of a few hundred customers."""
    rng = random.Random(seed)
    start = datetime(2023, 1, 1)
    made = []
    for i in range(cases):
        opened = start + timedelta(minutes=rng.randrange(365 * 2 * 1440))
        answered = opened + timedelta(minutes=rng.expovariate(1 / 300)) if rng.random() < 0.9 else None
        solved = answered + timedelta(hours=rng.expovariate(1 / 30)) if answered and rng.random() < 0.9 else None
        refund = round(rng.uniform(5, 1500), 2) if rng.random() < 0.3 else 0.0
        made.append(Case(50001 + i, rng.randrange(400), opened, answered, solved, rng.randrange(4), rng.randrange(4), refund))
    placed = [
        Order(900001 + i, rng.randrange(400), start + timedelta(minutes=rng.randrange(365 * 3 * 1440)),
              round(rng.uniform(10, 2500), 2), rng.random() < 0.05)
        for i in range(orders)
    ]  # fmt: skip
    return made, placed


def address(customer: int) -> str:
    """The e-mail address of a customer."""
    return f"guest{customer:04d}@mail.example"


def write_csv(path: Path, header: Row, rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8", above: str = "") -> Path:
    """A delimited file, gzipped when its name says so."""
    text = io.StringIO()
    text.write(above)
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([header, *rows])
    data = text.getvalue().encode(encoding)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def stamp(moment: datetime | None, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """A moment as text, blank for none."""
    return moment.strftime(form) if moment else ""


def help_desk_and_shop(folder: Path) -> Path:
    """Tickets as a help desk exports them, orders as a shop does; the two share e-mail addresses only."""
    cases, orders = company()
    topics = ("Damaged item", "Late delivery", "Wrong item", "Billing question")
    levels = ("Low", "Normal", "High", "Urgent")
    write_csv(
        folder / "tickets-export.csv",
        ("Id", "Requester", "Requester email", "Assignee", "Subject", "Status", "Priority", "Via", "Topic", "Created at",
         "Updated at", "Solved at", "First reply time in minutes", "First reply time in minutes within business hours", "Tags"),
        [
            (c.number, f"Ann Example {c.customer}", address(c.customer), "Bo Agent",
             f"Where is my parcel? This is the {c.number}th time I ask", "solved" if c.solved else "open", levels[c.severity],
             ("Mail", "Web", "Chat")[c.number % 3], topics[c.category], stamp(c.opened, "%Y-%m-%d %H:%M:%S UTC"),
             stamp(c.opened + timedelta(days=9), "%Y-%m-%d %H:%M:%S UTC"), stamp(c.solved, "%Y-%m-%d %H:%M:%S UTC"),
             int((c.answered - c.opened).total_seconds() // 60) if c.answered else "", 1, "")
            for c in cases
        ],
    )  # fmt: skip
    write_csv(
        folder / "orders_export.csv",
        ("Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Amount", "Created at",
         "Billing Name", "Billing Street", "Notes", "Cancelled at", "Id", "Vendor"),
        [
            (f"#{o.number}", address(o.customer), "voided" if o.cancelled else "paid", "USD", f"{o.amount - 5:.2f}", "5.00", "0.00",
             f"{o.amount:.2f}", "0.00", stamp(o.placed, "%Y-%m-%d %H:%M:%S +0100"), f"Ann Example {o.customer}",
             f"{o.customer} Main Street", "", stamp(o.placed, "%Y-%m-%d %H:%M:%S +0100") if o.cancelled else "", 7_000_000 + o.number,
             "Acme")
            for o in orders
        ],
    )  # fmt: skip
    return folder


def german(folder: Path) -> Path:
    """Semicolons, decimal commas, days first, Latin-1, and severities in German."""
    cases, orders = company(seed=11)
    reasons = ("Zimmer nicht fertig", "Lärm", "Sauberkeit", "Rechnung fehlerhaft")
    write_csv(
        folder / "Beschwerden 2023.csv",
        ("Vorgangsnummer", "Kundennummer", "Kundenname", "Eröffnet am", "Erste Antwort am", "Gelöst am", "Beschwerdegrund",
         "Priorität", "Kanal", "Filiale", "Schadenshöhe", "Erstattungsbetrag", "Beschreibung"),
        [
            (f"V-{c.number}", f"K{c.customer:05d}", "Jörg Müller", stamp(c.opened, "%d.%m.%Y %H:%M"),
             stamp(c.answered, "%d.%m.%Y %H:%M"), stamp(c.solved, "%d.%m.%Y %H:%M"), reasons[c.category],
             ("niedrig", "mittel", "hoch", "dringend")[c.severity], ("Telefon", "E-Mail", "Schalter")[c.number % 3],
             f"Filiale {c.number % 9}", f"{c.refund + 40:.2f}".replace(".", ","),
             f"{c.refund:.2f}".replace(".", ","), "Das Zimmer war leider überhaupt nicht in Ordnung, und niemand kam.")
            for c in cases
        ],
        delimiter=";", encoding="latin-1",
    )  # fmt: skip
    write_csv(
        folder / "Buchungen.csv",
        ("Buchungsnummer", "Kundennummer", "Buchungsdatum", "Anreise", "Gesamtbetrag", "Status"),
        [
            (f"B{o.number}", f"K{o.customer:05d}", stamp(o.placed, "%d.%m.%Y"), stamp(o.placed + timedelta(days=30), "%d.%m.%Y"),
             f"{o.amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."), "storniert" if o.cancelled else "bestätigt")
            for o in orders
        ],
        delimiter=";", encoding="latin-1",
    )  # fmt: skip
    return folder


def workbook(folder: Path) -> Path:
    """One workbook with two sheets under title rows; moments are cells of type date."""
    cases, orders = company(seed=13)
    complaints = [
        ["Complaints received, all regions"], [], ["Printed on", datetime(2026, 1, 5)], [],
        ["Case number", "Member ID", "Date received", "First response date", "Date closed", "Reason", "Compensation amount"],
        *[[c.number, f"M{c.customer:06d}", c.opened, c.answered, c.solved, ("Noise", "Wi-Fi", "Food", "Bill")[c.category],
           c.refund or None] for c in cases],
    ]  # fmt: skip
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
    tickets = pa.table({
        "ticket_id": pa.array([c.number for c in cases], pa.int64()),
        "user_id": pa.array([100_000 + c.customer for c in cases], pa.int64()),
        "created_at": pa.array([c.opened for c in cases], pa.timestamp("us", tz="UTC")),
        "first_response_at": pa.array([c.answered for c in cases], pa.timestamp("us", tz="UTC")),
        "resolved_at": pa.array([c.solved for c in cases], pa.timestamp("us", tz="UTC")),
        "issue_type": ["delay damage loss other".split()[c.category] for c in cases],
        "priority": pa.array([c.severity + 1 for c in cases], pa.int32()),
        "refund_amount": pa.array([c.refund for c in cases], pa.float64()),
    })  # fmt: skip
    purchases = pa.table({
        "order_id": pa.array([o.number for o in orders], pa.int64()),
        "user_id": pa.array([100_000 + o.customer for o in orders], pa.int64()),
        "purchased_at": pa.array([o.placed for o in orders], pa.timestamp("us", tz="UTC")),
        "order_value": pa.array([o.amount for o in orders], pa.float64()),
        "currency": ["EUR"] * len(orders),
    })  # fmt: skip
    pq.write_table(tickets, folder / "tickets.parquet")
    pq.write_table(purchases, folder / "purchases.parquet")
    return folder


def over_order_number(folder: Path) -> Path:
    """Spanish; complaints name an order, only the orders name a customer."""
    cases, orders = company(seed=19)
    by_customer = {o.customer: o.number for o in orders}
    write_csv(
        folder / "reclamos.csv.gz",
        ("Número de caso", "Pedido", "Fecha de creación", "Fecha de cierre", "Motivo", "Canal", "Comentario"),
        [
            (f"R{c.number}", f"P-{by_customer.get(c.customer, 1)}", stamp(c.opened, "%d/%m/%Y %H:%M"),
             stamp(c.solved, "%d/%m/%Y %H:%M"), ("Retraso", "Daño", "Cobro", "Trato")[c.category], ("Teléfono", "Correo")[c.number % 2],
             "El paquete llegó tarde y nadie me supo decir por qué")
            for c in cases
        ],
    )  # fmt: skip
    write_csv(
        folder / "pedidos.csv.gz",
        ("Número de pedido", "Cliente", "Fecha del pedido", "Importe total", "Estado"),
        [
            (f"P-{o.number}", f"C{o.customer:05d}", stamp(o.placed, "%d/%m/%Y"), f"{o.amount:.2f} €".replace(".", ","),
             "Cancelado" if o.cancelled else "Entregado")
            for o in orders
        ],
    )  # fmt: skip
    return folder


def american_by_year(folder: Path) -> Path:
    """One file a year, months first with AM and PM, dollars beside the amounts."""
    cases, orders = company(seed=23)
    header = ("Case Number", "Account ID", "Date/Time Opened", "Date/Time Closed", "Case Reason", "Case Origin", "Priority")
    for year in (2023, 2024):
        write_csv(
            folder / f"cases_{year}.csv",
            header,
            [
                (f"{c.number:08d}", f"001A{c.customer:08d}", stamp(c.opened, "%m/%d/%Y %I:%M %p"), stamp(c.solved, "%m/%d/%Y %I:%M %p"),
                 ("Delay", "Damage", "Loss", "Other")[c.category], ("Phone", "Web", "Email")[c.number % 3],
                 ("P4", "P3", "P2", "P1")[c.severity])
                for c in cases if c.opened.year == year
            ],
        )  # fmt: skip
    write_csv(
        folder / "sales.csv",
        ("Order Number", "Account ID", "Order Date", "Order Total"),
        [(o.number, f"001A{o.customer:08d}", stamp(o.placed, "%m/%d/%Y"), f"${o.amount:,.2f}") for o in orders],
    )
    return folder


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """A workbook with texts, numbers and dates, and nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(sheets) + 1)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}.worksheet+xml"/>' for i in numbers)
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="{relation}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in numbers)
        + f'<Relationship Id="rId99" Type="{relation}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{relation}"><sheets>'
        + "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, start=1))
        + "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet {space}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
        '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for i, rows in enumerate(sheets.values(), start=1):
        body = "".join(f'<row r="{r}">{_cells(r, row)}</row>' for r, row in enumerate(rows, start=1))
        files[f"xl/worksheets/sheet{i}.xml"] = f"<worksheet {space}><sheetData>{body}</sheetData></worksheet>"
    with zipfile.ZipFile(path, "w") as book:
        for name, text in files.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')


def _cells(row: int, values: list[object]) -> str:
    return "".join(_cell(f"{chr(65 + i)}{row}", value) for i, value in enumerate(values) if value is not None)


def _cell(place: str, value: object) -> str:
    if isinstance(value, datetime):
        days = (value - datetime(1899, 12, 30)) / timedelta(days=1)
        return f'<c r="{place}" s="1"><v>{days:.10f}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
