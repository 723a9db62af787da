"""A profile's own checks of its exports: one SELECT that counts what looks odd, shown beside every result.

Grain of the SELECT: one row per check, with ``check`` (a code), ``subject`` (what is counted, in plain words),
``value`` and ``unit``. Nothing else leaves it, and a check passes when it finds none.
"""

import re

from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.tables.faults import ChecksMustBeCoded
from pipelines.reading.tables.queries import query_rows
from pipelines.reading.tables.warnings import own

_COLUMNS = '"check", subject, CAST(value AS DOUBLE), unit'
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def run_checks(engine: Engine, query: str, file: str) -> list[Diagnostic]:
    """Rows of ``diagnostics``, one per check. Raises ``SourceError`` on a check without code or count."""
    rows = query_rows(engine, f"SELECT {_COLUMNS} FROM ({query.strip().rstrip(';')}) ORDER BY 1, 2", file)
    for code, _, value, _ in rows:
        if value is None or not _CODE.fullmatch(code or ""):
            raise SourceError(ChecksMustBeCoded(file))
    return [own(code, subject, value, unit) for code, subject, value, unit in rows]
