"""Month first or day first: settled by the profile, or proved by the dates of the file itself, never guessed."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.catalog.thresholds import FEWEST_LEFT, FEWEST_TURNED_DAYS, LAST_MONTH
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.faults import ExchangedBySpreadsheet, OrderContradicted, OrderUnproved
from pipelines.reading.files.quoting import text
from pipelines.settings.declared import shown

_PARTS = r"^(\d{1,2})([/.-])(\d{1,2})[/.-]\d{4}"
_CLOCKS = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %H:%M:%S.%f", "T%H:%M:%S")


def written_formats(engine: Engine, relation: str, columns: Mapping[str, str], at: str) -> dict[str, tuple[str, ...]]:
    """Formats of the columns (canonical name → SQL text) that hold dates such as 3/14/2024; others are left out.

    A part above 12 must be the day. Raises ``ContractError`` when nothing in a file proves the order, or when its
    dates contradict each other.
    """
    if not columns:
        return {}
    tests = ", ".join(f"bool_or(regexp_matches({expression}, {text(_PARTS)}))" for expression in columns.values())
    written = zip(columns, engine.rows(f"SELECT {tests} FROM {relation}")[0], strict=True)
    return {column: _orders(engine, relation, columns[column], column, at) for column, found in written if found}


def _orders(engine: Engine, relation: str, expression: str, column: str, at: str) -> tuple[str, ...]:
    rows = engine.rows(
        f"SELECT _file, list_sort(list(DISTINCT mark)), count(*) FILTER (WHERE a > 12 AND b <= 12), "
        f"count(*) FILTER (WHERE b > 12 AND a <= 12) FROM (SELECT _file, p[2] AS mark, "
        f"TRY_CAST(p[1] AS INTEGER) AS a, TRY_CAST(p[3] AS INTEGER) AS b FROM (SELECT _file, "
        f"regexp_extract(value, {text(_PARTS)}, ['1', '2', '3']) AS g, [g['1'], g['2'], g['3']] AS p "
        f"FROM (SELECT _file, {expression} AS value FROM {relation}) "
        f"WHERE regexp_matches(value, {text(_PARTS)}))) GROUP BY _file ORDER BY _file"
    )
    proofs = {(day_first > 0, month_first > 0) for _, _, day_first, month_first in rows}
    marks = sorted({mark for _, found, _, _ in rows for mark in found})
    if (False, False) in proofs or len(proofs) > 1 or (True, True) in proofs:
        files = shown([file for file, _, _, _ in rows])
        fault = OrderUnproved if (False, False) in proofs else OrderContradicted
        raise ContractError(fault(files, column, f"{at[:-1]}.formats]"))
    day_first = (True, False) in proofs
    return _formats(marks, day_first)


def check_exchanged(engine: Engine, relation: str, columns: Mapping[str, str]) -> None:
    """Raise ``ContractError`` for a column (canonical name → SQL text) that a spreadsheet turned in part.

    It takes 03/04/2024 for its own and writes 2024-03-04, and leaves 25/04/2024 as it is: what it turned are days up to
    the twelfth, what it left are days after it.
    """
    for column, expression in columns.items():
        turned, turned_days, turned_last, left, left_clear = engine.rows(
            "SELECT count(*) FILTER (iso), count(DISTINCT substr(v, 1, 10)) FILTER (iso), "
            "coalesce(max(day) FILTER (iso), 0), "
            "count(*) FILTER (NOT iso), count(*) FILTER (NOT iso AND greatest(a, b) > 12) FROM ("
            f"SELECT v, regexp_matches(v, '^\\d{{4}}-') AS iso, TRY_CAST(substr(v, 9, 2) AS INTEGER) AS day, "
            f"TRY_CAST(regexp_extract(v, {text(_PARTS)}, 1) AS INTEGER) AS a, "
            f"TRY_CAST(regexp_extract(v, {text(_PARTS)}, 3) AS INTEGER) AS b FROM ("
            f"SELECT {expression} AS v FROM {relation}) WHERE v IS NOT NULL "
            f"AND (regexp_matches(v, {text(_PARTS)}) OR regexp_matches(v, '^\\d{{4}}-\\d{{2}}-\\d{{2}}')))"
        )[0]
        clear = left >= FEWEST_LEFT and left_clear == left
        if clear and turned >= FEWEST_LEFT and turned_days >= FEWEST_TURNED_DAYS and turned_last <= LAST_MONTH:
            files = shown([file for (file,) in engine.rows(f"SELECT DISTINCT _file FROM {relation} ORDER BY 1")])
            raise ContractError(ExchangedBySpreadsheet(files, column, turned, left))


def _formats(marks: Sequence[str], day_first: bool) -> tuple[str, ...]:
    days = [f"%d{m}%m{m}%Y" if day_first else f"%m{m}%d{m}%Y" for m in marks]
    return tuple(day + clock for day in days for clock in _CLOCKS)
