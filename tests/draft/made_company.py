"""A made-up company: its cases and orders, and how exports write them down."""

import csv
import gzip
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

Row = Sequence[object]
EPOCH = datetime(1970, 1, 1)


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
        made.append(
            Case(50001 + i, rng.randrange(400), opened, answered, solved, rng.randrange(4), rng.randrange(4), refund)
        )
    placed = [
        Order(
            900001 + i,
            rng.randrange(400),
            start + timedelta(minutes=rng.randrange(365 * 3 * 1440)),
            round(rng.uniform(10, 2500), 2),
            rng.random() < 0.05,
        )
        for i in range(orders)
    ]
    return made, placed


def address(customer: int) -> str:
    """The e-mail address of a customer."""
    return f"guest{customer:04d}@mail.example"


def write_csv(
    path: Path, header: Row, rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8", above: str = ""
) -> Path:
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
