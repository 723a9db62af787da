"""The books: every row in is kept or set aside for a reason, and the sums have to agree.

A quarantined row is known by table, file, line, column and reason; no value of it is written down.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.contracts.results import KEPT, ROWS_IN
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.sources.quoting import name, text

RowsIn = Mapping[tuple[str, str], int]


def open_ledger(engine: Engine) -> None:
    """Make the quarantine; it lives in the engine until the end."""
    engine.run("CREATE SCHEMA raw")
    engine.run(
        'CREATE TABLE raw._quarantine ("table" VARCHAR, file VARCHAR, line BIGINT, "column" VARCHAR, reason VARCHAR)'
    )


def set_aside(engine: Engine, table: str, condition: str, column: str, reason: str) -> int:
    """Move the rows of a staged table that meet a condition to the quarantine; returns how many."""
    engine.run(
        f"INSERT INTO raw._quarantine SELECT {text(table)}, _file, _line, {text(column)}, {text(reason)} "
        f"FROM {name(table)} WHERE {condition}"
    )
    return len(engine.rows(f"DELETE FROM {name(table)} WHERE {condition} RETURNING 1"))


def set_aside_faults(engine: Engine, table: str, faults: Sequence[tuple[str, str]]) -> None:
    """Move rows whose ``_fault`` is the (1-based) position of a column and reason; 0 is a good row."""
    values = ", ".join(f"({i}, {text(column)}, {text(reason)})" for i, (column, reason) in enumerate(faults, start=1))
    engine.run(
        f"INSERT INTO raw._quarantine SELECT {text(table)}, _file, _line, f.c, f.r "
        f"FROM {name(table)} JOIN (VALUES {values}) f(i, c, r) ON _fault = f.i"
    )
    engine.run(f"DELETE FROM {name(table)} WHERE _fault > 0")
    engine.run(f"ALTER TABLE {name(table)} DROP COLUMN _fault")


def quarantined(engine: Engine) -> list[dict[str, Any]]:
    """All quarantined rows, in the order of table, file and line."""
    names = ("table", "file", "line", "column", "reason")
    rows = engine.rows(f"SELECT {', '.join(map(name, names))} FROM raw._quarantine ORDER BY ALL")
    return [dict(zip(names, row, strict=True)) for row in rows]


def kept_rows(engine: Engine, tables: Sequence[str]) -> dict[tuple[str, str], int]:
    """Rows left per staged table and file."""
    return {
        (table, file): rows
        for table in tables
        for file, rows in engine.rows(f"SELECT _file, count(*) FROM {name(table)} GROUP BY _file")
    }


def quality(engine: Engine, rows_in: RowsIn, kept: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Rows of the ``quality`` table; raises ``SourceError`` when a row in is neither kept nor set aside."""
    reasons: dict[tuple[str, str], dict[str, int]] = {}
    for table, file, reason, rows in engine.rows(
        'SELECT "table", file, reason, count(*) FROM raw._quarantine GROUP BY ALL ORDER BY ALL'
    ):
        reasons.setdefault((table, file), {})[reason] = rows
    result = []
    for key in sorted(rows_in):
        table, file = key
        counts = {ROWS_IN: rows_in[key], KEPT: kept.get(key, 0), **reasons.get(key, {})}
        accounted = sum(counts.values()) - counts[ROWS_IN]
        if accounted != counts[ROWS_IN]:
            raise SourceError(
                f"{file}: {counts[ROWS_IN]:,} rows came in for {table}, {accounted:,} are accounted for. "
                "Export the file again as plain CSV and report this if it stays."
            )
        result += [{"table": table, "file": file, "reason": r, "rows": n} for r, n in counts.items()]
    return result
