"""More cases: what files go through on their way, and what nothing in them settles."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from zoo_cases import (
    ASKED,
    ISO,
    NO_ANSWERS,
    NO_ORDERS,
    REFUNDS,
    REFUSED,
    case,
    plain_orders,
    plain_tickets,
    state,
    words,
)
from zoo_company import key, lines, mail, orders, stamp, table, tickets, truth, truth_of, with_comma

EARLY = truth_of([t for t in tickets() if t.opened.day <= 12][:9])


@case(
    "day-or-month-of-few-cases",
    ASKED,
    says="day_or_month",
    answers={"day_or_month": ("day",)},
    cases=EARLY.cases,
    customers=EARLY.customers,
    first_opened=EARLY.first_opened,
    answered=EARLY.answered,
    median_minutes=EARLY.median_minutes,
)
def _(folder: Path) -> None:
    few = [t for t in tickets() if t.opened.day <= 12][:9]
    form = stamp("%d/%m/%Y %H:%M")
    near = [replace(t, closed=None) for t in few]
    rows = [["Case number", "Customer ID", "Opened", "First response minutes", "Reason"]]
    for t in near:
        wait = int((t.answered - t.opened).total_seconds() // 60) if t.answered else ""
        rows.append([t.number, key(t.customer), form(t.opened), wait, "late"])
    lines(folder / "cases.csv", rows)
    plain_orders(folder)


@case(
    "thousands-or-decimals",
    ASKED,
    says="decimal_sign",
    answers={"decimal_sign": ("thousands",)},
    spent=sum(int(o.amount) + 1000 for o in orders() if o.bought),
)
def _(folder: Path) -> None:
    plain_tickets(folder)
    table(
        folder / "bestellungen.csv",
        {
            "Bestellnummer": lambda o: o.number,
            "Kundennummer": lambda o: key(o.customer),
            "Bestelldatum": lambda o: stamp("%d.%m.%Y %H:%M")(o.placed),
            "Gesamtbetrag": lambda o: f"{int(o.amount) + 1000:,}".replace(",", "."),
            "Bestellstatus": state("bezahlt", "storniert"),
        },
        orders(),
        ";",
    )


@case("thousands-proved-by-small-ones", spent=sum(int(o.amount) for o in orders() if o.bought))
def _(folder: Path) -> None:
    plain_tickets(folder)
    table(
        folder / "bestellungen.csv",
        {
            "Bestellnummer": lambda o: o.number,
            "Kundennummer": lambda o: key(o.customer),
            "Bestelldatum": lambda o: stamp("%d.%m.%Y %H:%M")(o.placed),
            "Gesamtbetrag": lambda o: f"{int(o.amount):,}".replace(",", "."),
            "Bestellstatus": state("bezahlt", "storniert"),
        },
        orders(),
        ";",
    )


@case("cents-of-a-tool-nobody-knows", ASKED, says="hundredths", answers={"hundredths": ("cents",)})
def _(folder: Path) -> None:
    plain_tickets(folder)
    table(
        folder / "payments.csv",
        {
            "id": lambda o: f"pay_{o.number}",
            "customer_id": lambda o: key(o.customer),
            "created": lambda o: int((o.placed.timestamp() - stampless()) + 0),
            "amount": lambda o: int(o.amount * 100),
            "currency": lambda o: "eur",
            "status": state("paid", "failed"),
        },
        orders(),
    )


def stampless() -> float:
    """What the machine's zone adds to moments without one."""
    from datetime import UTC, datetime

    plain = datetime(2024, 1, 3)
    return plain.timestamp() - plain.replace(tzinfo=UTC).timestamp()


@case("stripe-charges-in-cents")
def _(folder: Path) -> None:
    plain_tickets(folder)
    table(
        folder / "charges.csv",
        {
            "id": lambda o: f"ch_{o.number}",
            "object": lambda o: "charge",
            "amount": lambda o: int(o.amount * 100),
            "amount_captured": lambda o: int(o.amount * 100),
            "amount_refunded": lambda o: 0,
            "balance_transaction": lambda o: f"txn_{o.number}",
            "created": lambda o: int(o.placed.timestamp() - stampless()),
            "currency": lambda o: "eur",
            "customer": lambda o: key(o.customer),
            "livemode": lambda o: "true",
            "status": state("succeeded", "failed"),
        },
        orders(),
    )


@case("states-of-its-own", ASKED, says="order_states", answers={"order_states": ("Fase C",)})
def _(folder: Path) -> None:
    plain_tickets(folder)
    table(
        folder / "pedidos.csv",
        {
            "Número de pedido": lambda o: o.number,
            "Número de cliente": lambda o: key(o.customer),
            "Fecha de pedido": lambda o: stamp("%d-%m-%Y %H:%M")(o.placed),
            "Importe total": lambda o: f"{with_comma(o.amount, '.')} €",
            "Estado pedido": state("Fase C", "Fase X"),
        },
        orders(),
        ";",
    )


@case(
    "zone-of-three-letters",
    ASKED,
    says="zone",
    answers={"zone": ("Etc/GMT+6",)},
    first_opened=truth().first_opened + timedelta(hours=6),
)
def _(folder: Path) -> None:
    form = stamp("%Y-%m-%d %H:%M")
    table(
        folder / "tickets.csv",
        {
            "Ticket ID": lambda t: t.number,
            "Customer ID": lambda t: key(t.customer),
            "Created (CST)": lambda t: form(t.opened),
            "First response (CST)": lambda t: form(t.answered),
            "Reason": words("late", "broken", "wrong", "billing"),
        },
        tickets(),
    )
    plain_orders(folder)


@case("offsets-beside-the-hours", first_opened=truth().first_opened - timedelta(hours=5, minutes=30))
def _(folder: Path) -> None:
    table(
        folder / "tickets.csv",
        {
            "Ticket ID": lambda t: t.number,
            "Customer ID": lambda t: key(t.customer),
            "Created at": lambda t: stamp("%Y-%m-%dT%H:%M:%S+05:30")(t.opened),
            "First response at": lambda t: stamp("%Y-%m-%dT%H:%M:%S+05:30")(t.answered),
            "Reason": words("late", "broken", "wrong", "billing"),
        },
        tickets(),
    )
    plain_orders(folder)


@case("datum-und-uhrzeit")
def _(folder: Path) -> None:
    day, clock = stamp("%d.%m.%Y"), stamp("%H:%M")
    table(
        folder / "Vorgänge.csv",
        {
            "Vorgangsnummer": lambda t: t.number,
            "Kundennummer": lambda t: key(t.customer),
            "Eingangsdatum": lambda t: day(t.opened),
            "Eingangsuhrzeit": lambda t: clock(t.opened),
            "Erste Antwort Datum": lambda t: day(t.answered),
            "Erste Antwort Uhrzeit": lambda t: clock(t.answered),
            "Grund": words("spät", "kaputt", "falsch", "Rechnung"),
        },
        tickets(),
        "\t",
        "utf-8-sig",
    )
    plain_orders(folder)


@case("opening-hours-alone", **NO_ANSWERS)
def _(folder: Path) -> None:
    table(
        folder / "casos.csv",
        {
            "Número de caso": lambda t: t.number,
            "Código cliente": lambda t: key(t.customer),
            "Fecha de apertura": lambda t: stamp("%d/%m/%Y %H:%M")(t.opened),
            "Tiempo de respuesta (horas laborales)": lambda t: "1,25" if t.answered else "",
            "Motivo": words("tarde", "roto", "error", "factura"),
        },
        tickets(),
        ";",
    )
    plain_orders(folder)


@case("zusammengelegt-und-werbung")
def _(folder: Path) -> None:
    extra = [replace(t, number=t.number + 5000, answered=None) for t in tickets()[:12]]
    rows = [["Ticketnummer", "Kundennummer", "Erstellt am", "Erste Antwort am", "Status", "Kategorie"]]
    for t in (*tickets(), *extra):
        status = "Geschlossen" if t.closed else "Offen"
        if t in extra:
            status = "Zusammengeführt" if t.number % 2 else "Spam"
        rows.append(
            [
                t.number,
                key(t.customer),
                stamp("%d.%m.%Y %H:%M")(t.opened),
                stamp("%d.%m.%Y %H:%M")(t.answered),
                status,
                "x",
            ]
        )
    lines(folder / "tickets.csv", rows, ";")
    plain_orders(folder)


@case("refunds-below-zero-in-a-file", **REFUNDS)
def _(folder: Path) -> None:
    plain_tickets(folder)
    plain_orders(folder)
    table(
        folder / "remboursements.csv",
        {
            "Numéro de dossier": lambda t: t.number,
            "Date": lambda t: stamp("%d/%m/%Y")(t.opened + timedelta(days=20)),
            "Montant": lambda t: f"-{with_comma(t.refund)}",
            "Type": lambda t: "remboursement",
        },
        [t for t in tickets() if t.refund],
        ";",
    )


@case("refunds-in-brackets", **REFUNDS)
def _(folder: Path) -> None:
    rows = [["Ticket ID", "Customer ID", "Created at", "First response at", "Reason", "Refund amount"]]
    for t in tickets():
        given = f"({t.refund})" if t.refund else "0.00"
        rows.append([t.number, key(t.customer), stamp(ISO)(t.opened), stamp(ISO)(t.answered), "late", given])
    lines(folder / "tickets.csv", rows)
    plain_orders(folder)


@case("shopify-lines-of-orders")
def _(folder: Path) -> None:
    plain_tickets(folder)
    rows = [
        [
            "Name",
            "Email",
            "Financial Status",
            "Paid at",
            "Fulfillment Status",
            "Currency",
            "Subtotal",
            "Shipping",
            "Total",
            "Created at",
            "Lineitem quantity",
            "Lineitem name",
            "Lineitem price",
            "Customer ID",
        ]
    ]
    for o in orders():
        at = stamp("%Y-%m-%d %H:%M:%S +0000")(o.placed)
        rows.append(
            [
                f"#{o.number}",
                mail(o.customer),
                "paid" if o.bought else "voided",
                at,
                "fulfilled",
                "EUR",
                o.amount,
                "0.00",
                o.amount,
                at,
                1,
                "Shirt",
                "9.99",
                key(o.customer),
            ]
        )
        rows.append([f"#{o.number}", mail(o.customer), "", "", "", "", "", "", "", at, 2, "Socks", "4.99", ""])
    lines(folder / "orders_export.csv", rows)


@case("parts-of-orders-are-summed")
def _(folder: Path) -> None:
    plain_tickets(folder)
    rows = [["order_number", "customer_number", "order_date", "amount", "order_status"]]
    for o in orders():
        part = (o.amount / 2).quantize(o.amount)
        rest = o.amount - part
        for amount in (part, rest):
            rows.append([o.number, key(o.customer), stamp(ISO)(o.placed), amount, "paid" if o.bought else "cancelled"])
    lines(folder / "order_lines.csv", rows)


@case("mail-in-capitals")
def _(folder: Path) -> None:
    rows = [["Ticket ID", "Requester email", "Created at", "First response at", "Reason"]]
    for t in tickets():
        rows.append([t.number, mail(t.customer).title(), stamp(ISO)(t.opened), stamp(ISO)(t.answered), "late"])
    lines(folder / "tickets.csv", rows)
    rows = [["order_id", "email", "order_date", "total", "status"]]
    for o in orders():
        rows.append([o.number, mail(o.customer), stamp(ISO)(o.placed), o.amount, "paid" if o.bought else "refunded"])
    lines(folder / "orders.csv", rows)


@case("ids-cut-by-a-spreadsheet", REFUSED, says="rounded numbers")
def _(folder: Path) -> None:
    rows = [["Ticket ID", "Customer ID", "Created at", "Reason"]]
    rows += [[t.number, f"{4.2 + t.customer // 12 / 100:.2f}E+12", stamp(ISO)(t.opened), "late"] for t in tickets()]
    lines(folder / "tickets.csv", rows)
    rows = [["order_id", "customer_id", "order_date", "total", "status"]]
    rows += [[o.number, 4_200_000_000_000 + o.customer, stamp(ISO)(o.placed), o.amount, "paid"] for o in orders()]
    lines(folder / "orders.csv", rows)


@case("days-that-are-none")
def _(folder: Path) -> None:
    rows = [["Ticket ID", "Customer ID", "Created at", "First response at", "Closed at", "Reason"]]
    for t in tickets():
        answered = stamp(ISO)(t.answered) or "0001-01-01 00:00:00"
        rows.append([t.number, key(t.customer), stamp(ISO)(t.opened), answered, stamp(ISO)(t.closed) or "\\N", "late"])
    lines(folder / "tickets.csv", rows)
    plain_orders(folder)


@case("utf-16-of-a-spreadsheet")
def _(folder: Path) -> None:
    plain_tickets(folder, "tickets.txt", delimiter="\t", encoding="utf-16")
    plain_orders(folder, delimiter="\t", encoding="utf-16")


@case("two-shops", ASKED, says="which_file", **NO_ORDERS)
def _(folder: Path) -> None:
    plain_tickets(folder)
    columns = {
        "order_id": lambda o: o.number,
        "customer_id": lambda o: key(o.customer),
        "order_date": lambda o: stamp(ISO)(o.placed),
        "total": lambda o: o.amount,
        "status": state("paid", "cancelled"),
    }
    table(folder / "webshop.csv", columns, [o for o in orders() if o.number % 2])
    table(folder / "filiale.csv", columns, [o for o in orders() if not o.number % 2])


@case("tickets-of-two-regions")
def _(folder: Path) -> None:
    plain_tickets(folder, "tickets_emea.csv", [t for t in tickets() if t.number % 2])
    plain_tickets(folder, "tickets_apac.csv", [t for t in tickets() if not t.number % 2])
    plain_orders(folder)


@case("qualtrics-of-three-rows", scores=truth().scores)
def _(folder: Path) -> None:
    plain_tickets(folder)
    plain_orders(folder)
    form = stamp(ISO)
    rows = [
        [
            "StartDate",
            "EndDate",
            "Status",
            "IPAddress",
            "Progress",
            "Finished",
            "RecordedDate",
            "ResponseId",
            "ExternalReference",
            "Q1_1",
        ],
        [
            "Start Date",
            "End Date",
            "Response Type",
            "IP Address",
            "Progress",
            "Finished",
            "Recorded Date",
            "Response ID",
            "External Data Reference",
            "How satisfied are you with our service? - Score",
        ],
        [
            f'{{"ImportId":"{name}"}}'
            for name in (
                "startDate",
                "endDate",
                "status",
                "ip",
                "progress",
                "finished",
                "recordedDate",
                "_recordId",
                "externalDataReference",
                "QID1_1",
            )
        ],
    ]
    for t in tickets():
        if t.score is not None:
            at = form(t.opened + timedelta(days=5))
            rows.append([at, at, "IP Address", "", 100, 1, at, f"R_{t.number}", t.number, t.score])
    lines(folder / "CSAT_March.csv", rows)


@case("satisfaction-en-mots", scores=truth().scores)
def _(folder: Path) -> None:
    said = ("Très insatisfait", "Insatisfait", "Neutre", "Satisfait", "Très satisfait")
    rows = [
        [
            "Numéro de dossier",
            "Identifiant client",
            "Ouvert le",
            "Première réponse",
            "Clôturé le",
            "Motif",
            "Satisfaction",
        ]
    ]
    form = stamp("%d/%m/%Y %H:%M")
    for t in tickets():
        word = said[t.score - 1] if t.score is not None else "Sans réponse"
        rows.append([t.number, key(t.customer), form(t.opened), form(t.answered), form(t.closed), "retard", word])
    lines(folder / "tickets.csv", rows, ";")
    plain_orders(folder)


@case("head-and-foot-of-a-report")
def _(folder: Path) -> None:
    form = stamp("%d.%m.%Y %H:%M")
    rows = [["Beschwerdenummer", "Kundennummer", "Eingegangen am", "Beantwortet am", "Grund"]]
    rows += [[t.number, key(t.customer), form(t.opened), form(t.answered), "spät"] for t in tickets()]
    lines(
        folder / "beschwerden.csv",
        rows,
        ";",
        "cp1252",
        "Auswertung Beschwerden 2024;;;;\r\nerstellt von: Controlling;;;;\r\n\r\n",
        f"\r\nSumme;{len(tickets())};;;\r\n",
    )
    plain_orders(folder)


@case("customers-under-other-numbers", ASKED, says="which_column", **NO_ORDERS)
def _(folder: Path) -> None:
    plain_tickets(folder)
    rows = [["order_id", "customer_id", "order_date", "total", "status"]]
    rows += [[o.number, f"ZZ-{o.customer + 9000}", stamp(ISO)(o.placed), o.amount, "paid"] for o in orders()]
    lines(folder / "orders.csv", rows)


@case(
    "wait-without-a-unit",
    ASKED,
    says="duration_unit",
    answers={"duration_unit": ("hours",)},
    median_minutes=truth().median_minutes,
)
def _(folder: Path) -> None:
    rows = [["Ticket ID", "Customer ID", "Created at", "Response time", "Reason"]]
    for t in tickets():
        wait = f"{(t.answered - t.opened).total_seconds() / 3600:.4f}" if t.answered else ""
        rows.append([t.number, key(t.customer), stamp(ISO)(t.opened), wait, "late"])
    lines(folder / "tickets.csv", rows)
    plain_orders(folder)


@case("nothing-of-use", ASKED, says="no file looks like incidents")
def _(folder: Path) -> None:
    lines(folder / "inventory.csv", [["SKU", "Stock", "Shelf"], ["A1", 4, "R2"], ["B2", 9, "R3"], ["C3", 1, "R1"]])


@case("escaped-ids-of-a-spreadsheet")
def _(folder: Path) -> None:
    rows = [["Ticket ID", "Customer ID", "Created at", "First response at", "Reason"]]
    for t in tickets():
        rows.append([f"'{t.number}", f"'{9000 + t.customer:010}", stamp(ISO)(t.opened), stamp(ISO)(t.answered), "late"])
    lines(folder / "tickets.csv", rows)
    rows = [["order_id", "customer_id", "order_date", "total", "status"]]
    rows += [
        [f"'{o.number}", f"'{9000 + o.customer:010}", stamp(ISO)(o.placed), o.amount, "paid" if o.bought else "void"]
        for o in orders()
    ]
    lines(folder / "orders.csv", rows)
