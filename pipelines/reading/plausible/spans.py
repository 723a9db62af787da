"""Whether a part of a table is missing: months without rows while the others go on, fewer rows than the run before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pipelines.contracts.catalog import thresholds
from pipelines.contracts.catalog.checks import Check, Touch
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.messages.plausible import FewerRowsThanLast, MonthsMissing
from pipelines.contracts.sources import Incidents, Interactions, Orders
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.engine import Engine
from pipelines.reading.files.quoting import name
from pipelines.reading.tables.warnings import gate

Supplied = Mapping[str, Collection[str]]

# What is told from a table's rows, and so rests on none of them being lost.
_TOLD = (
    (Incidents.NAME, Incidents.opened_at, Touch.FAILURE),
    (Interactions.NAME, Interactions.contacted_at, Touch.ANSWERS),
    (Orders.NAME, Orders.ordered_at, Touch.RETURNS),
)
_MONTHS_A_YEAR = 12
# Rows by month, months counted from the year 0.
_Months = Mapping[int, int]


def span_checks(engine: Engine, supplied: Supplied) -> list[Diagnostic]:
    """One row per table with a gap in it, and per table without."""
    told = {table: _months(engine, table, column) for table, column, _ in _TOLD if column in supplied.get(table, ())}
    found = []
    for table, column, touch in _TOLD:
        if table in told:
            others = [months for other, months in told.items() if other != table]
            gaps = [month for month in _gaps(told[table]) if any(_goes_on(o, month) for o in others)]
            reasons = [MonthsMissing(f"{table}.{column}", _first_day(gaps[0]), len(gaps))] if gaps else []
            where = f"{table}.{column}"
            found.append(gate(Check.MONTHS_WITHOUT_ROWS, where, len(gaps), *reasons, touches=touch))
    return found


def rows_since(now: Sequence[RowsCounted], before: Sequence[RowsCounted]) -> list[Diagnostic]:
    """Per file that the run before read too: the share of its rows that are there now, where it is too small."""
    came, last = _rows_in(now), _rows_in(before)
    pairs = [(file, came[file], last[file]) for file in sorted(came) if last.get(file, 0) >= thresholds.FEWEST_A_MONTH]
    return [
        gate(Check.ROWS_SINCE_LAST_RUN, file, rows / earlier, FewerRowsThanLast(file, rows, earlier))
        for file, rows, earlier in pairs
        if rows < earlier
    ]


def _rows_in(quality: Sequence[RowsCounted]) -> dict[str, int]:
    """Rows per file; of one that feeds several tables, as many as its largest."""
    rows: dict[str, int] = {}
    for row in quality:
        if row.reason is RowReason.ROWS_IN:
            rows[row.file] = max(row.rows, rows.get(row.file, 0))
    return rows


def _months(engine: Engine, table: str, column: str) -> _Months:
    month = f"extract(year FROM {name(column)}) * {_MONTHS_A_YEAR} + extract(month FROM {name(column)}) - 1"
    rows = engine.rows(f"SELECT {month}, count(*) FROM {table} WHERE {name(column)} IS NOT NULL GROUP BY 1")
    return {int(found): int(n) for found, n in rows}


def _usual(months: _Months, month: int) -> float:
    """Mean of the months before and after the stretch that is as good as empty; 0 where either has too few to tell."""
    held = [m for m, n in months.items() if n > thresholds.LEAST_OF_NEIGHBOURS * thresholds.FEWEST_A_MONTH]
    before = months.get(max((m for m in held if m < month), default=month), 0)
    after = months.get(min((m for m in held if m > month), default=month), 0)
    return 0.0 if min(before, after) < thresholds.FEWEST_A_MONTH else (before + after) / 2


def _gaps(months: _Months) -> list[int]:
    if not months:
        return []
    inner = range(min(months) + 1, max(months))
    return [m for m in inner if months.get(m, 0) < thresholds.LEAST_OF_NEIGHBOURS * _usual(months, m)]


def _goes_on(months: _Months, month: int) -> bool:
    usual = _usual(months, month)
    return usual > 0 and months.get(month, 0) >= usual / 2


def _first_day(month: int) -> date:
    return date(month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)
