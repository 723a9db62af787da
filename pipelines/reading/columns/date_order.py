"""Month first or day first: settled by the profile, or proved by the dates of the file itself, never guessed."""

from collections.abc import Mapping, Sequence

from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.faults import OrderContradicted, OrderUnproved
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


def _formats(marks: Sequence[str], day_first: bool) -> tuple[str, ...]:
    days = [f"%d{m}%m{m}%Y" if day_first else f"%m{m}%d{m}%Y" for m in marks]
    return tuple(day + clock for day in days for clock in _CLOCKS)
