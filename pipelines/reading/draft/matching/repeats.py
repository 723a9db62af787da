"""Files with several rows per key: orders by line are gathered, other tables than incidents are left out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.catalog.thresholds import MOST_REPEATS
from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Incidents, Orders
from pipelines.engine import Engine
from pipelines.reading.draft.guess import Gathered, LatestRows
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.match import Match
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.matching.words import name_score
from pipelines.reading.draft.notes import RowsPerCase, RowsPerKey, RowsPerOrderOnce, RowsPerOrderSummed
from pipelines.reading.draft.why import Named, NamedAnd, ValuesRepeat
from pipelines.reading.files.quoting import as_text


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


def cases_of_changes(engine: Engine, parts: Mapping[str, Cast]) -> tuple[Mapping[str, Cast], LatestRows | None]:
    """Where the incident file has a row per change of a case: the parts with the case's number, and which row holds.

    None where the file has no such number, none that repeats, or nothing says which row is the last.
    """
    part = parts[Incidents.NAME]
    taken = next((m.export for m in part.matches if m.column == Incidents.incident_id), "")
    if taken and not _repeats(engine, part):
        return parts, None
    phrases = names().columns[Incidents.NAME][Incidents.incident_id]
    used = {m.export for m in part.matches} - {taken}
    numbers = [
        t
        for t in part.file.columns
        if t.name not in used
        and (t.name == taken or (not taken and name_score(t.name, phrases) == 1))
        and _numbers_cases(engine, part, t)
    ]
    if not numbers:
        return parts, None
    number = numbers[0]
    looks = ValuesRepeat(1 - number.distinct / number.filled)
    match = Match(Incidents.incident_id, number.name, 0.75, NamedAnd(Named.SO, looks))
    changed = [
        t
        for t in part.file.columns
        if t.dates.share > 0.95 and t.dates.order not in ("both", "either") and name_score(t.name, names().changed_at)
    ]
    latest = LatestRows(number.name, changed[0].name) if changed else None
    others = tuple(m for m in part.matches if m.column != Incidents.incident_id)
    return {**parts, Incidents.NAME: replace(part, matches=(match, *others))}, latest


def _numbers_cases(engine: Engine, part: Cast, traits: Traits) -> bool:
    """Whether a column that repeats is filled on every row, and all rows of one value were opened at one moment."""
    opened = next((m.export for m in part.matches if m.column == Incidents.opened_at), "")
    if not opened or traits.free_text or traits.dates.share > 0.5 or traits.distinct < 2:
        return False
    rows, filled, cases, differing = engine.rows(
        f"SELECT count(*), count(*) FILTER ({as_text(traits.name)} <> ''), count(DISTINCT {as_text(traits.name)}), "
        f"count(DISTINCT ({as_text(traits.name)}, {as_text(opened)})) FROM {part.file.relation}"
    )[0]
    return bool(rows == filled and rows > cases and differing <= 1.05 * cases)


def _repeats(engine: Engine, part: Cast) -> bool:
    """Whether the loader would refuse the table for repeated keys."""
    exports = {m.column: m.export for m in part.matches}
    key = [exports[column] for column in TABLES[part.table].key if column in exports]
    if not key or len(key) < len(TABLES[part.table].key):
        return False
    values = ", ".join(as_text(column) for column in key)
    filled = " AND ".join(f"{as_text(column)} <> ''" for column in key)
    rows, distinct = engine.rows(
        f"SELECT count(*), count(DISTINCT ({values})) FROM {part.file.relation} WHERE {filled}"
    )[0]
    return bool(rows - distinct > MOST_REPEATS * rows)


def _gathering(engine: Engine, orders: Cast) -> Gathered:
    """The same amount on every row of an order (or on one alone) is the order's; different ones are summed."""
    exports = {m.column: m.export for m in orders.matches}
    amount, order = as_text(exports[Orders.amount]), as_text(exports[Orders.order_id])
    differing = engine.value(
        f"SELECT count(*) FROM (SELECT {order} FROM {orders.file.relation} WHERE {amount} <> '' "
        f"GROUP BY {order} HAVING count(DISTINCT {amount}) > 1)"
    )
    return Gathered.SUMMED if differing else Gathered.ONCE
