"""Ids that can't be believed: their digits were lost in a spreadsheet, or one of them stands for very many rows."""

from collections.abc import Mapping

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.thresholds import FEWEST_ROWS_OF_SHARES, MOST_OF_ONE_CUSTOMER, MOST_ROUNDED_SHARE
from pipelines.contracts.messages.plausible import LargeCustomerDeclared
from pipelines.contracts.sources import Incidents, Orders
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.mapping import Mapped, Origin
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.faults import DigitsLost, OneKeyForMany
from pipelines.reading.tables.warnings import gate
from pipelines.settings.tables import TableSpec

# 7.60012E+11, as spreadsheets show what was 760012345678.
_ROUNDED = r"^[+-]?\d([.,]\d+)?[eE]\+?\d{2,}$"
# Tables in which one customer can't be behind every fifth row.
_TOLD_APART = (Incidents.NAME, Orders.NAME)


def check_digits(engine: Engine, spec: TableSpec, origin: Origin, mapped: Mapping[str, Mapped]) -> None:
    """Raise ``ContractError`` when more than 1 % of a column's ids are rounded numbers."""
    ids = [c.name for c in spec.table.columns if c.kind == "id" and c.name in mapped]
    if not ids:
        return
    shares = ", ".join(
        f"avg(CAST(regexp_matches({mapped[c].sql}, {text(_ROUNDED)}) AS INTEGER)) FILTER ({mapped[c].sql} IS NOT NULL)"
        for c in ids
    )
    for column, share in zip(ids, engine.rows(f"SELECT {shares} FROM {origin.relation}")[0], strict=True):
        if share and share > MOST_ROUNDED_SHARE:
            raise ContractError(DigitsLost(origin.where, spec.columns.get(column, column), share))


def check_keys(engine: Engine, spec: TableSpec, origin: Origin, declared: float | None) -> list[Diagnostic]:
    """How much of a staged table one customer is behind, where 50 or more rows tell.

    Raises ``ContractError`` at more than 20 %, or more than the company declares of its largest customer.
    """
    if spec.table.name not in _TOLD_APART:
        return []
    column = Incidents.customer_id
    rows, most = engine.rows(
        f"SELECT coalesce(sum(n), 0), coalesce(max(n), 0) FROM "
        f"(SELECT count(*) AS n FROM {name(spec.table.name)} WHERE {column} IS NOT NULL GROUP BY {column})"
    )[0]
    if rows < FEWEST_ROWS_OF_SHARES:
        return []
    limit = max(MOST_OF_ONE_CUSTOMER, declared or 0.0)
    if most > limit * rows:
        raise ContractError(OneKeyForMany(origin.where, spec.columns.get(column, column), most / rows))
    where = f"{spec.table.name}.{column}"
    return [gate(Check.ONE_CUSTOMER_SHARE, where, most / rows, LargeCustomerDeclared(where), limit=declared)]
