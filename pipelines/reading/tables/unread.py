"""What couldn't be read is unknown, never absent: a cell costs no row, and a row that is lost leaves its fact in doubt.

``doubts`` in the engine: one row per cell or row of which it is known whose it was, and what it would have told of
(``about``: a table, or ``<table>.<column>``). The join turns it into unknowns of the mart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.contracts.canonical import Column, Table
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.messages.plausible import CellsUnread
from pipelines.contracts.sources import (
    AuthorityLimits,
    Compensations,
    Incidents,
    Interactions,
    Orders,
    Outcomes,
    Promises,
    Subscriptions,
    WordOfMouth,
)
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.reading.columns.readings import Parse
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.warnings import warning

# Canonical column → (reason, condition) for which its cell is unknown.
Cells = Mapping[str, Sequence[tuple[RowReason, str]]]

# A blank there says so much of the whole row that an unreadable cell leaves nothing to tell.
_DECIDES_THE_ROW = {
    Orders.NAME: (Orders.voucher_amount, Orders.is_replacement),
    Subscriptions.NAME: (Subscriptions.active_until,),
    Outcomes.NAME: (Outcomes.followed_until,),
    AuthorityLimits.NAME: (AuthorityLimits.site_id,),
}
# A blank there says that it hasn't happened, so an unreadable cell has to be told from one.
_BLANK_SAYS_NO = {
    Incidents.NAME: (
        Incidents.threatened_to_leave_at, Incidents.resolved_at, Incidents.closed_at, Incidents.reopened_at,
        Incidents.cause_reviewed_at, Incidents.event_id, Incidents.response_known,
    ),
    Compensations.NAME: (Compensations.redeemed_at,),
    Promises.NAME: (Promises.due_at, Promises.kept_at),
}  # fmt: skip
# Tables of which a lost row leaves in doubt what happened.
_TOLD_OF = (Interactions.NAME, Compensations.NAME, Orders.NAME, Subscriptions.NAME, Promises.NAME, WordOfMouth.NAME)
# Those of which a blank column that is needed means a row that tells nothing: one export often feeds several tables.
_WHOLE_ROWS = (Orders.NAME, Subscriptions.NAME)


def row_faults(table: Table, column: str, parse: Parse) -> list[tuple[RowReason, str]]:
    """(reason, condition) for which a row can't be kept."""
    holds = table.by_name[column]
    missing = [(RowReason.MISSING, f"{name(column)} IS NULL")] if holds.required else []
    return [*missing, *(parse.faults if _costs_the_row(table, holds) else ())]


def cell_faults(table: Table, column: str, parse: Parse) -> tuple[tuple[RowReason, str], ...]:
    """(reason, condition) for which a cell is unknown, and its row kept."""
    return () if _costs_the_row(table, table.by_name[column]) else parse.faults


def _costs_the_row(table: Table, column: Column) -> bool:
    return column.required or column.name in table.key or column.name in _DECIDES_THE_ROW.get(table.name, ())


def readable(value: str, faults: Sequence[tuple[RowReason, str]]) -> str:
    """SQL: the value of a cell, nothing where it can't be read."""
    if not faults:
        return value
    broken = " OR ".join(f"coalesce({condition}, FALSE)" for _, condition in faults)
    return f"CASE WHEN NOT ({broken}) THEN {value} END"


def mark(column: str) -> str:
    """The staged column that says which fault a cell has, from 1."""
    return name(f"{column}@unread")


def open_doubts(engine: Engine) -> None:
    """Make the place where doubts are kept until the join."""
    engine.run("CREATE TABLE IF NOT EXISTS doubts (about VARCHAR, incident_id VARCHAR, customer_id VARCHAR)")


def unread_cells(engine: Engine, table: Table, staged: str, cells: Cells) -> list[Diagnostic]:
    """One row per column and reason with cells that couldn't be read, of rows that are kept.

    Where a blank would say that nothing happened, their cases are in doubt.
    """
    kinds = [(column, i, reason) for column, told in cells.items() for i, (reason, _) in enumerate(told, start=1)]
    if not kinds:
        return []
    counts = ", ".join(f"count(*) FILTER (_fault = 0 AND {mark(column)} = {i})" for column, i, _ in kinds)
    rows = engine.rows(f"SELECT {counts} FROM {staged}")[0]
    found = [(column, reason, n) for (column, _, reason), n in zip(kinds, rows, strict=True) if n]
    for column in sorted({column for column, _, _ in found} & set(_BLANK_SAYS_NO.get(table.name, ()))):
        _doubt(engine, table, staged, f"_fault = 0 AND {mark(column)} > 0", f"{table.name}.{column}")
    return [
        replace(warning(Check.UNREADABLE_CELLS, f"{table.name}.{column}", n), reasons=(CellsUnread(reason),))
        for column, reason, n in found
    ]


def remember_lost(engine: Engine, table: Table, staged: str, reasons: Sequence[RowReason]) -> None:
    """Doubts about what rows that can't be kept would have told, of those whose owner can be read."""
    blank = [i for i, reason in enumerate(reasons, start=1) if reason is RowReason.MISSING]
    if table.name not in _TOLD_OF or not reasons:
        return
    passed = f" AND _fault NOT IN ({', '.join(map(str, blank))})" if blank and table.name not in _WHOLE_ROWS else ""
    spoken = " AND coalesce(actor, '') <> 'customer'" if table.name == Interactions.NAME else ""
    _doubt(engine, table, staged, f"_fault > 0{passed}{spoken}", table.name)


def doubt_rows(engine: Engine, table: Table, condition: str) -> None:
    """Doubts about what rows of a canonical table would have told that are about to be set aside."""
    if table.name in _TOLD_OF:
        _doubt(engine, table, table.name, condition, table.name)


def unknown_answers(engine: Engine) -> None:
    """Cases of which an answer is lost, or it can't be read whether one is known: unknown, where no other is there."""
    lost = f"SELECT incident_id FROM doubts WHERE about IN ({text(Interactions.NAME)}, 'incidents.response_known')"
    engine.run(
        f"UPDATE incidents SET response_known = FALSE WHERE incident_id IN ({lost}) AND incident_id NOT IN "
        "(SELECT incident_id FROM interactions WHERE actor = 'agent')"
    )


def _doubt(engine: Engine, table: Table, source: str, condition: str, about: str) -> None:
    owners = [key if key in table.by_name else "NULL" for key in (Incidents.incident_id, Incidents.customer_id)]
    known = " OR ".join(f"{owner} IS NOT NULL" for owner in owners)
    told = f"SELECT {text(about)}, {owners[0]}, {owners[1]} FROM {source} WHERE ({condition}) AND ({known})"
    engine.run(f"INSERT INTO doubts {told}")
