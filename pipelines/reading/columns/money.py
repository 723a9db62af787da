"""Every amount in the reporting currency, by the rate of its day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.sources import TABLES, Compensations, Incidents, Orders
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.columns.faults import NoCurrency, NoRate
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.ledger import set_aside
from pipelines.settings.declared import shown
from pipelines.settings.profile import Profile


@dataclass(frozen=True)
class _Amounts:
    """The amounts of one table, and SQL for the day whose rate they take (empty: the last rate)."""

    table: str
    columns: tuple[str, ...]
    day: str


_DAY = {
    Incidents.NAME: Incidents.opened_at,
    Compensations.NAME: "coalesce(issued_at, "
    "(SELECT i.opened_at FROM incidents i WHERE i.incident_id = t.incident_id))",
    Orders.NAME: Orders.ordered_at,
}


def convert_money(engine: Engine, profile: Profile, supplied: Mapping[str, Collection[str]]) -> None:
    """Convert every supplied amount; afterwards ``currency`` is the reporting currency wherever a table has amounts.

    Raises ``ContractError`` that names the currencies for which the profile has no rate, or when amounts come
    without any currency.
    """
    _register_rates(engine, profile)
    for name_, columns in supplied.items():
        money = tuple(c.name for c in TABLES[name_].columns if c.kind == "money" and c.name in columns)
        if money:
            _convert(engine, profile, _Amounts(name_, money, _DAY.get(name_, "")), Incidents.currency in columns)
    engine.run("DROP TABLE raw._rates")


def _register_rates(engine: Engine, profile: Profile) -> None:
    engine.run("CREATE TABLE raw._rates (code VARCHAR, since DATE, rate DECIMAL(18,8))")
    for rate in profile.rates:
        engine.run("INSERT INTO raw._rates VALUES ($1, $2, $3)", [rate.currency, rate.since, rate.rate])


def _convert(engine: Engine, profile: Profile, amounts: _Amounts, has_currency: bool) -> None:
    if has_currency:
        _check_codes(engine, amounts)
        _convert_foreign(engine, profile, amounts)
    elif not profile.currency_said:
        raise ContractError(NoCurrency(amounts.table))
    engine.run(f"UPDATE {amounts.table} SET currency = $1", [profile.currency])


def _check_codes(engine: Engine, amounts: _Amounts) -> None:
    table, given = amounts.table, " OR ".join(f"{name(c)} IS NOT NULL" for c in amounts.columns)
    engine.run(f"UPDATE {table} SET currency = upper(currency) WHERE currency <> upper(currency)")
    set_aside(engine, table, f"currency IS NULL AND ({given})", Incidents.currency, RowReason.NO_CURRENCY)
    set_aside(
        engine, table, "NOT regexp_matches(currency, '^[A-Z]{3}$')", Incidents.currency, RowReason.NOT_A_CURRENCY_CODE
    )


def _convert_foreign(engine: Engine, profile: Profile, amounts: _Amounts) -> None:
    table, foreign = amounts.table, f"t.currency <> {text(profile.currency)}"
    rated = _rated(amounts, foreign)
    missing = engine.rows(f"SELECT DISTINCT currency FROM {rated} WHERE rate IS NULL ORDER BY currency")
    if missing:
        raise ContractError(NoRate(table, profile.currency, shown([code for (code,) in missing])))
    for column in amounts.columns:
        too_large = (
            f"SELECT id FROM {rated} r WHERE {name(column)} IS NOT NULL AND {_in_reporting('r', column)} IS NULL"
        )
        set_aside(engine, table, f"rowid IN ({too_large})", column, RowReason.TOO_LARGE)
    converted = ", ".join(f"{name(c)} = {_in_reporting('r', c)}" for c in amounts.columns)
    engine.run(f"UPDATE {table} SET {converted} FROM {rated} r WHERE {table}.rowid = r.id")


def _rated(amounts: _Amounts, foreign: str) -> str:
    """One row per foreign amount: its row, its currency and the last rate known on its day (NULL: none)."""
    known = f"AND since <= CAST({amounts.day} AS DATE)" if amounts.day else ""
    latest = f"SELECT max_by(rate, since) FROM raw._rates WHERE code = t.currency {known}"
    given = ", ".join(f"t.{name(column)}" for column in amounts.columns)
    return f"(SELECT t.rowid AS id, t.currency, {given}, ({latest}) AS rate FROM {amounts.table} t WHERE {foreign})"


def _in_reporting(alias: str, column: str) -> str:
    """SQL: an amount times its rate; NULL when that is more than the engine's money holds."""
    return f"TRY_CAST(CAST({alias}.{name(column)} AS DECIMAL(28,4)) * {alias}.rate AS DECIMAL(18,4))"
