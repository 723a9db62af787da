"""More exports of made-up companies: keys over a third file, one file a year, a file for everything."""

from datetime import datetime, timedelta
from pathlib import Path

from made_company import company, stamp, write_csv


def over_order_number(folder: Path) -> Path:
    """Spanish; complaints name an order, only the orders name a customer."""
    cases, orders = company(seed=19)
    by_customer = {o.customer: o.number for o in orders}
    write_csv(
        folder / "reclamos.csv.gz",
        ("Número de caso", "Pedido", "Fecha de creación", "Fecha de cierre", "Motivo", "Canal", "Comentario"),
        [
            (
                f"R{c.number}",
                f"P-{by_customer.get(c.customer, 1)}",
                stamp(c.opened, "%d/%m/%Y %H:%M"),
                stamp(c.solved, "%d/%m/%Y %H:%M"),
                ("Retraso", "Daño", "Cobro", "Trato")[c.category],
                ("Teléfono", "Correo")[c.number % 2],
                "El paquete llegó tarde y nadie me supo decir por qué",
            )
            for c in cases
        ],
    )
    write_csv(
        folder / "pedidos.csv.gz",
        ("Número de pedido", "Cliente", "Fecha del pedido", "Importe total", "Estado"),
        [
            (
                f"P-{o.number}",
                f"C{o.customer:05d}",
                stamp(o.placed, "%d/%m/%Y"),
                f"{o.amount:.2f} €".replace(".", ","),
                "Cancelado" if o.cancelled else "Entregado",
            )
            for o in orders
        ],
    )
    return folder


def american_by_year(folder: Path) -> Path:
    """One file a year, months first with AM and PM, dollars beside the amounts."""
    cases, orders = company(seed=23)
    header = (
        "Case Number",
        "Account ID",
        "Date/Time Opened",
        "Date/Time Closed",
        "Case Reason",
        "Case Origin",
        "Priority",
    )
    for year in (2023, 2024):
        write_csv(
            folder / f"cases_{year}.csv",
            header,
            [
                (
                    f"{c.number:08d}",
                    f"001A{c.customer:08d}",
                    stamp(c.opened, "%m/%d/%Y %I:%M %p"),
                    stamp(c.solved, "%m/%d/%Y %I:%M %p"),
                    ("Delay", "Damage", "Loss", "Other")[c.category],
                    ("Phone", "Web", "Email")[c.number % 3],
                    ("P4", "P3", "P2", "P1")[c.severity],
                )
                for c in cases
                if c.opened.year == year
            ],
        )
    write_csv(
        folder / "sales.csv",
        ("Order Number", "Account ID", "Order Date", "Order Total"),
        [(o.number, f"001A{o.customer:08d}", stamp(o.placed, "%m/%d/%Y"), f"${o.amount:,.2f}") for o in orders],
    )
    return folder


def many_files(folder: Path) -> Path:
    """A system with a file for everything: cases, comments, refunds, surveys, customers, orders by line."""
    cases, orders = company(seed=29)
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(
        folder / "cases.csv",
        ("case_id", "customer_id", "created_at", "closed_at", "case_type"),
        [
            (f"CS-{c.number}", f"CU{c.customer:06d}", stamp(c.opened), stamp(c.solved), "abcd"[c.category])
            for c in cases
        ],
    )
    comments = [
        (f"CS-{c.number}", "End-user", stamp(c.opened), "Nothing works, please call me back at once") for c in cases
    ]
    comments += [
        (f"CS-{c.number}", "Agent", stamp(c.answered), "I am so sorry to hear that") for c in cases if c.answered
    ]
    write_csv(folder / "comments.csv", ("case_id", "author_type", "created_at", "body"), comments)
    write_csv(
        folder / "refunds.csv",
        ("case_id", "type", "amount", "currency", "created_at"),
        [
            (
                f"CS-{c.number}",
                ("Refund", "Voucher", "Store credit")[c.number % 3],
                f"{c.refund:.2f}",
                "EUR",
                stamp(c.solved),
            )
            for c in cases
            if c.refund and c.solved
        ],
    )
    write_csv(
        folder / "nps_survey.csv",
        ("case_id", "customer_id", "submitted_at", "nps_score", "comment"),
        [
            (f"CS-{c.number}", f"CU{c.customer:06d}", stamp(c.solved + timedelta(days=3)), c.number % 11, "ok")
            for c in cases
            if c.solved and c.number % 5 == 0
        ],
    )
    write_csv(
        folder / "customers.csv",
        ("customer_id", "first_name", "signup_date", "segment", "country"),
        [
            (f"CU{i:06d}", "Ann", stamp(datetime(2022, 1, 1) + timedelta(days=i)), ("gold", "basic")[i % 2], "NL")
            for i in range(400)
        ],
    )
    lines = [
        (
            f"ORD-{o.number}",
            f"CU{o.customer:06d}",
            stamp(o.placed),
            f"SKU{line}",
            f"{o.amount / 2:.2f}" if line else "20.00",
        )
        for o in orders
        for line in range(2)
    ]
    write_csv(folder / "order_lines.csv", ("order_id", "customer_id", "ordered_at", "sku", "price"), lines)
    return folder
