"""The data cut: the day up to which the exports tell what happened. What lies after it isn't known yet."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.thresholds import MOST_LONELY_DAYS
from pipelines.contracts.sources import (
    ComparisonSubjects,
    Compensations,
    Customers,
    Fixes,
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
from pipelines.errors import ContractError
from pipelines.reading.files.quoting import text
from pipelines.reading.tables.faults import NoDayTold
from pipelines.reading.tables.ledger import set_aside
from pipelines.reading.tables.warnings import counted, warning
from pipelines.settings.profile import cut_instant

# The moment each row tells of: after the cut, the row is set aside.
MOMENTS = {
    Incidents.NAME: Incidents.opened_at,
    Interactions.NAME: Interactions.contacted_at,
    Compensations.NAME: Compensations.issued_at,
    Orders.NAME: Orders.ordered_at,
    Subscriptions.NAME: Subscriptions.active_from,
    Customers.NAME: Customers.joined_at,
    WordOfMouth.NAME: WordOfMouth.posted_at,
    Promises.NAME: Promises.promised_at,
    Fixes.NAME: Fixes.fix_deployed_at,
    ComparisonSubjects.NAME: ComparisonSubjects.index_at,
    Outcomes.NAME: Outcomes.followed_until,
}
# What happens to a row later: after the cut, it hasn't happened yet.
LATER = {
    Incidents.NAME: (
        Incidents.threatened_to_leave_at, Incidents.resolved_at, Incidents.closed_at, Incidents.reopened_at,
        Incidents.cause_reviewed_at,
    ),
    Compensations.NAME: (Compensations.redeemed_at,),
    Promises.NAME: (Promises.kept_at,),
}  # fmt: skip
_TELLING = (Incidents.NAME, Interactions.NAME, Orders.NAME, Outcomes.NAME)


def latest_day(engine: Engine, today: date) -> date:
    """The last day that any moment of the exports tells of, days after today left out.

    Incidents, contacts, orders and reports are believed; of all else (closings, scores, payouts) a single late moment,
    a month after the one before it, is not. Where nothing has a clock it is the day of reading.
    """
    until = [cut_instant(today).replace(tzinfo=None)]
    latest = engine.value(f"SELECT max(moment) FROM ({_told()}) WHERE moment < $1", until)
    if latest is None and engine.value("SELECT count(*) FROM incidents WHERE opened_at IS NULL"):
        return today
    if latest is None:
        raise ContractError(NoDayTold())
    days: list[date] = [datetime.date(latest)]
    for table, column in _beside():
        moments = f"SELECT {column} AS moment FROM {table} WHERE {column} < $1 ORDER BY 1 DESC LIMIT 2"
        last = [datetime.date(moment) for (moment,) in engine.rows(moments, until)]
        if last and (last[0] - max(last[1:] + days)).days > MOST_LONELY_DAYS:
            last = last[1:]
        days += last[:1]
    return max(days)


def _beside() -> list[tuple[str, str]]:
    """Moments of what came of a case, or stands beside it."""
    later = [(table, column) for table, columns in LATER.items() for column in columns]
    return [*later, *((table, MOMENTS[table]) for table in (Compensations.NAME, WordOfMouth.NAME, Promises.NAME))]


def apply_cut(engine: Engine, cut: date, supplied: Mapping[str, Collection[str]]) -> list[Diagnostic]:
    """Set aside rows after the cut, and take back what happened to others after it."""
    after = f">= TIMESTAMP {text(cut_instant(cut).strftime('%Y-%m-%d %H:%M:%S'))}"
    for table, moment in MOMENTS.items():
        if moment in supplied.get(table, ()):
            set_aside(engine, table, f"{moment} {after}", moment, RowReason.AFTER_THE_DATA_CUT)
    warnings: list[Diagnostic] = []
    for table, columns in LATER.items():
        for column in sorted(set(columns) & set(supplied.get(table, ()))):
            rows = engine.value(f"SELECT count(*) FROM {table} WHERE {column} {after}")
            engine.run(f"UPDATE {table} SET {column} = NULL WHERE {column} {after}")
            warnings += counted(Check.NOT_YET_AT_THE_DATA_CUT, f"{table}.{column}", rows)
    return warnings


def lonely_end(engine: Engine, cut: date) -> Diagnostic:
    """Days from when 99.5 % is told to the cut: many when a wrong date set it, or the export ends early."""
    usual = engine.value(f"SELECT quantile_disc(moment, 0.995) FROM ({_told()})")
    days = max(0, (cut - usual.date()).days) if usual else 0
    return warning(Check.LONELY_DATA_CUT, cut.isoformat(), days)


def _told() -> str:
    return " UNION ALL ".join(f"SELECT {MOMENTS[table]} AS moment FROM {table}" for table in _TELLING)


def today_utc() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()
