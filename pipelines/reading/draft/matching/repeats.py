"""Files with several rows per key: orders by line are gathered, other tables than incidents are left out."""

from collections.abc import Mapping
from typing import NamedTuple

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Incidents, Orders
from pipelines.engine import Engine
from pipelines.reading.draft.guess import Gathered
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.notes import RowsPerCase, RowsPerKey, RowsPerOrderOnce, RowsPerOrderSummed
from pipelines.reading.files.quoting import name
from pipelines.reading.tables.keys import MOST_REPEATS


class Settled(NamedTuple):
    """Parts whose keys don't repeat too often, how orders are gathered, and notes."""

    parts: Mapping[str, Cast]
    orders: Gathered
    notes: tuple[Remark, ...]


def settle_repeats(engine: Engine, parts: Mapping[str, Cast]) -> Settled:
    """Look at every table whose key must be unique."""
    kept, orders = dict(parts), Gathered.NOT
    notes: list[Remark] = []
    for table, part in parts.items():
        if not _repeats(engine, part):
            continue
        path = part.file.spec.path
        if table == Orders.NAME:
            orders = _gathering(engine, part)
            notes.append((RowsPerOrderSummed if orders is Gathered.SUMMED else RowsPerOrderOnce)(path))
        elif table == Incidents.NAME:
            notes.append(RowsPerCase(path))
        else:
            del kept[table]
            notes.append(RowsPerKey(path, CanonicalTable(table)))
    return Settled(kept, orders, tuple(notes))


def _repeats(engine: Engine, part: Cast) -> bool:
    """Whether the loader would refuse the table for repeated keys."""
    exports = {m.column: m.export for m in part.matches}
    key = [exports[column] for column in TABLES[part.table].key if column in exports]
    if not key or len(key) < len(TABLES[part.table].key):
        return False
    values = ", ".join(_text(column) for column in key)
    filled = " AND ".join(f"{_text(column)} <> ''" for column in key)
    rows, distinct = engine.rows(
        f"SELECT count(*), count(DISTINCT ({values})) FROM {part.file.relation} WHERE {filled}"
    )[0]
    return bool(rows - distinct > MOST_REPEATS * rows)


def _gathering(engine: Engine, orders: Cast) -> Gathered:
    """The same amount on every row of an order (or on one alone) is the order's; different ones are summed."""
    exports = {m.column: m.export for m in orders.matches}
    amount, order = _text(exports[Orders.amount]), _text(exports[Orders.order_id])
    differing = engine.value(
        f"SELECT count(*) FROM (SELECT {order} FROM {orders.file.relation} WHERE {amount} <> '' "
        f"GROUP BY {order} HAVING count(DISTINCT {amount}) > 1)"
    )
    return Gathered.SUMMED if differing else Gathered.ONCE


def _text(column: str) -> str:
    return f"trim(CAST({name(column)} AS VARCHAR))"
