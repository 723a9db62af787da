"""The company behind every case of the zoo: its cases and orders, and the figures that any right reading comes to."""

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median

START = datetime(2024, 1, 3)


@dataclass(frozen=True)
class Ticket:
    number: int
    customer: int
    opened: datetime
    answered: datetime | None
    closed: datetime | None
    topic: int
    step: int
    refund: Decimal
    score: int | None


@dataclass(frozen=True)
class Order:
    number: int
    customer: int
    placed: datetime
    amount: Decimal
    bought: bool


@dataclass(frozen=True)
class Truth:
    """What a right reading comes to; None: the exports can't tell, so that nothing may be told."""

    cases: int
    customers: int | None
    first_opened: datetime
    answered: int | None
    median_minutes: float | None
    orders: int | None
    spent: Decimal | None
    refunds: int | None = None
    refunded: Decimal | None = None
    scores: int | None = None


@cache
def tickets() -> tuple[Ticket, ...]:
    rng = random.Random(11)
    made = []
    for i in range(64):
        opened = START + timedelta(days=rng.randrange(300), minutes=rng.randrange(6 * 60, 20 * 60))
        answered = opened + timedelta(minutes=rng.randrange(4, 900)) if i % 5 else None
        closed = answered + timedelta(hours=rng.randrange(2, 90)) if answered and i % 7 else None
        refund = Decimal(rng.randrange(500, 9000)) / 100 if i % 4 == 0 else Decimal(0)
        made.append(
            Ticket(71_000 + i, i % 48, opened, answered, closed, i % 4, i % 3, refund, i % 5 + 1 if i % 2 else None)
        )
    return tuple(made)


@cache
def orders() -> tuple[Order, ...]:
    rng = random.Random(13)
    return tuple(
        Order(
            930_000 + i,
            rng.randrange(60),
            START + timedelta(days=rng.randrange(330), minutes=rng.randrange(1440)),
            Decimal(rng.randrange(1_150, 189_999)) / 100,
            i % 9 != 0,
        )
        for i in range(140)
    )


@cache
def truth() -> Truth:
    """Of the whole company, as it is known to itself."""
    return truth_of(tickets())


def truth_of(rows: Sequence[Ticket]) -> Truth:
    """Of some of its cases."""
    waits = [(t.answered - t.opened).total_seconds() / 60 for t in rows if t.answered]
    bought = [o.amount for o in orders() if o.bought]
    given = [t.refund for t in rows if t.refund]
    return Truth(
        cases=len(rows),
        customers=len({t.customer for t in rows}),
        first_opened=min(t.opened for t in rows),
        answered=len(waits),
        median_minutes=median(waits),
        orders=len(bought),
        spent=sum(bought, Decimal(0)),
        refunds=len(given),
        refunded=sum(given, Decimal(0)),
        scores=sum(t.score is not None for t in rows),
    )


def mail(customer: int) -> str:
    return f"gast{customer:03}@post.example"


def key(customer: int) -> str:
    return f"K{customer:05}"


def stamp(form: str) -> Callable[[datetime | None], str]:
    return lambda moment: moment.strftime(form) if moment else ""


def table(
    path: Path,
    columns: dict[str, Callable[..., object]],
    rows: Iterable[object],
    delimiter: str = ",",
    encoding: str = "utf-8",
    above: str = "",
    below: str = "",
) -> None:
    """A delimited file: header → what stands in a row."""
    lines(
        path,
        [list(columns), *([make(row) for make in columns.values()] for row in rows)],
        delimiter,
        encoding,
        above,
        below,
    )


def lines(
    path: Path,
    rows: Sequence[Sequence[object]],
    delimiter: str = ",",
    encoding: str = "utf-8",
    above: str = "",
    below: str = "",
) -> None:
    """A delimited file of rows as they are."""
    text = io.StringIO()
    text.write(above)
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    text.write(below)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def with_comma(amount: Decimal, group: str = "") -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", group)
