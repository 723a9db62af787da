"""The books: every row in is kept or set aside for a reason, and the sums have to agree.

A quarantined row is known by table, file, line, column and reason; no value of it is written down.
"""

from collections.abc import Sequence

import pyarrow as pa

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.sources import TABLES
from pipelines.contracts.tables.intake import RowsCounted, SetAside
from pipelines.contracts.tables.row import columns as columns_of
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.counted_rows import Reading
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.faults import RowsUnaccounted
from pipelines.reading.tables.unread import doubt_rows

RowCounts = dict[tuple[str, str], int]

# What is set aside for these did happen, only not as it is told.
LEAVES_DOUBT = (
    RowReason.NO_CURRENCY, RowReason.NOT_A_CURRENCY_CODE, RowReason.TOO_LARGE, RowReason.ENDS_BEFORE_IT_BEGINS,
    RowReason.OFF_THE_NPS_SCALE, RowReason.OFF_THE_STARS_SCALE,
)  # fmt: skip

_NAMES = tuple(columns_of(SetAside))


def open_ledger(engine: Engine) -> None:
    """Attach the place of what is only needed while tables are checked, and make the quarantine in it.

    ``raw`` is a database in memory, and gone when it is detached. Nothing in it is readable: the exports themselves
    never get here.
    """
    engine.run("ATTACH ':memory:' AS raw")
    engine.run(
        'CREATE TABLE raw._quarantine ("table" VARCHAR, file VARCHAR, line BIGINT, "column" VARCHAR, reason VARCHAR)'
    )


def set_aside(engine: Engine, table: str, condition: str, column: str, reason: RowReason) -> int:
    """Move the rows of a staged table that meet a condition to the quarantine; returns how many."""
    before = engine.value("SELECT count(*) FROM raw._quarantine")
    if reason in LEAVES_DOUBT:
        doubt_rows(engine, TABLES[table], condition)
    engine.run(
        f"INSERT INTO raw._quarantine SELECT {text(table)}, _file, _line, {text(column)}, {text(reason)} "
        f"FROM {name(table)} WHERE {condition}"
    )
    moved = int(engine.value("SELECT count(*) FROM raw._quarantine") - before)
    if moved:
        engine.run(f"DELETE FROM {name(table)} WHERE {condition}")
    return moved


def set_aside_faults(engine: Engine, table: str, staged: str, faults: Sequence[tuple[str, RowReason]]) -> None:
    """Enter staged rows whose ``_fault`` is the (1-based) position of a column and reason; 0 is a good row."""
    for (position,) in engine.rows(f"SELECT DISTINCT _fault FROM {staged} WHERE _fault > 0 ORDER BY _fault"):
        column, reason = faults[position - 1]
        engine.run(
            f"INSERT INTO raw._quarantine SELECT {text(table)}, _file, _line, {text(column)}, {text(reason)} "
            f"FROM {staged} WHERE _fault = {position}"
        )


def set_aside_rejected(engine: Engine, table: str, readings: Sequence[Reading]) -> None:
    """Enter the rows that couldn't even be read."""
    _enter(engine, [(table, r.file, line, None, reason) for r in readings for line, reason in r.rejected])


def set_aside_unread(engine: Engine, table: str, rows: Sequence[tuple[str, int | None, str, RowReason]]) -> None:
    """Enter rows (file, line, column, reason) that no table can be made of."""
    _enter(engine, [(table, *row) for row in rows])


def _enter(engine: Engine, rows: Sequence[tuple[str, str, int | None, str | None, RowReason]]) -> None:
    if rows:
        columns = dict(zip(_NAMES, map(list, zip(*rows, strict=True)), strict=True))
        with engine.seeing("_incoming", pa.table(columns)):
            engine.run("INSERT INTO raw._quarantine SELECT * FROM _incoming")


def quarantined(engine: Engine) -> tuple[SetAside, ...]:
    """All quarantined rows, in the order of table, file and line."""
    rows = engine.rows(f"SELECT {', '.join(map(name, _NAMES))} FROM raw._quarantine ORDER BY ALL")
    return tuple(
        SetAside(table=table, file=file, line=line, column=column, reason=RowReason(why))
        for table, file, line, column, why in rows
    )


def kept_rows(engine: Engine, tables: Sequence[str]) -> dict[tuple[str, str], int]:
    """Rows left per staged table and file."""
    return {
        (table, file): rows
        for table in tables
        for file, rows in engine.rows(f"SELECT _file, count(*) FROM {name(table)} GROUP BY _file")
    }


def quality(
    engine: Engine, rows_in: RowCounts, kept: RowCounts, not_passed_on: RowCounts | None = None
) -> tuple[RowsCounted, ...]:
    """Rows in, kept, not passed on by SQL and set aside, per table and file.

    Raises ``SourceError`` when a row in is none of these.
    """
    reasons: dict[tuple[str, str], dict[RowReason, int]] = {}
    for table, file, reason, rows in engine.rows(
        'SELECT "table", file, reason, count(*) FROM raw._quarantine GROUP BY ALL ORDER BY ALL'
    ):
        reasons.setdefault((table, file), {})[RowReason(reason)] = rows
    result: list[RowsCounted] = []
    for table, file in sorted(rows_in):
        aside = reasons.get((table, file), {})
        if left_by_sql := (not_passed_on or {}).get((table, file), 0):
            aside = {RowReason.NOT_PASSED_ON: left_by_sql, **aside}
        came, left = rows_in[table, file], kept.get((table, file), 0)
        accounted = left + sum(aside.values())
        if accounted != came:
            raise SourceError(RowsUnaccounted(file, table, came, accounted))
        counts = {RowReason.ROWS_IN: came, RowReason.KEPT: left, **aside}
        result += [RowsCounted(table, file, reason, rows) for reason, rows in counts.items()]
    return tuple(result)
