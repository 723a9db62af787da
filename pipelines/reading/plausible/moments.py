"""Whether moments are moments: not when the export was made, not days alone, not with day and month exchanged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipelines.contracts.catalog import thresholds
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.messages.plausible import HourNotRecorded, MinuteNotRecorded, MomentOfExport
from pipelines.contracts.sources import Compensations, Incidents, Interactions, Orders, WordOfMouth
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.faults import DaysAndMonthsExchanged, OneInstant
from pipelines.reading.tables.warnings import gate
from pipelines.settings.profile import Profile

Supplied = Mapping[str, Collection[str]]

# Moments that something is told from.
_LOOKED_AT = (
    (Incidents.NAME, Incidents.opened_at), (Incidents.NAME, Incidents.resolved_at),
    (Incidents.NAME, Incidents.closed_at), (Interactions.NAME, Interactions.contacted_at),
    (Orders.NAME, Orders.ordered_at), (Compensations.NAME, Compensations.issued_at),
    (WordOfMouth.NAME, WordOfMouth.posted_at),
)  # fmt: skip
# Those that answering times are told between.
_CLOCKS = (Incidents.opened_at, Interactions.contacted_at)
_HOUR_SECONDS, _DAY_SECONDS = 3600, 86_400


@dataclass(frozen=True)
class _Clock:
    """How the moments of a column lie on the clock: that of the zone they were read in, or UTC's where it fits better.

    Shares of all: ``at_one`` those at the commonest second that is no midnight, ``at_midnight``, and ``to_the_hour``.
    ``days`` counts different days, ``months`` the months of the year among them; ``last`` is the latest day of a month.
    """

    rows: int
    at_one: float
    at_midnight: float
    to_the_hour: float
    days: int
    months: int
    last: int


def moment_checks(engine: Engine, profile: Profile, supplied: Supplied) -> list[Diagnostic]:
    """Rows on moments that can hardly be meant. Raises ``ContractError`` where nothing could be told from them."""
    found: list[Diagnostic] = []
    for table, column in _LOOKED_AT:
        if column in supplied.get(table, ()):
            zone = profile.sources.tables[table].time_zones.get(column, profile.time_zone)
            clock = _clock(engine, table, column, zone)
            if clock.rows >= thresholds.FEWEST_MOMENTS:
                _check_stops(clock, f"{table}.{column}")
                found += _gates(clock, table, column)
    return found


def _clock(engine: Engine, table: str, column: str, zone: str) -> _Clock:
    """One pass over a column: how many rows each second has, then what these come to on the zone's clock."""
    rows, at_one, midnight, hour, days, months, last = engine.rows(
        f"WITH seconds AS (SELECT date_trunc('second', {name(column)}) AS moment, count(*) AS n FROM {table} "
        f"WHERE {name(column)} IS NOT NULL GROUP BY 1), "
        f"told AS (SELECT {_on_clock('moment', zone)} AS moment, moment AS utc, n FROM seconds), "
        "clocks AS (SELECT n, CAST(epoch(moment) AS BIGINT) AS s, CAST(epoch(utc) AS BIGINT) AS u, moment FROM told) "
        "SELECT coalesce(sum(n), 0), "
        f"coalesce(max(n) FILTER (s % {_DAY_SECONDS} <> 0 AND u % {_DAY_SECONDS} <> 0), 0), "
        f"greatest(coalesce(sum(n) FILTER (s % {_DAY_SECONDS} = 0), 0), "
        f"coalesce(sum(n) FILTER (u % {_DAY_SECONDS} = 0), 0)), "
        f"coalesce(sum(n) FILTER (s % {_HOUR_SECONDS} = 0), 0), "
        f"count(DISTINCT s // {_DAY_SECONDS}), count(DISTINCT extract(month FROM moment)), "
        f"coalesce(max(extract(day FROM moment)), 0) FROM clocks"
    )[0]
    whole = max(int(rows), 1)
    shares = (int(at_one) / whole, int(midnight) / whole, int(hour) / whole)
    return _Clock(int(rows), *shares, int(days), int(months), int(last))


def _on_clock(moment: str, zone: str) -> str:
    return moment if zone == "UTC" else f"({moment} AT TIME ZONE 'UTC') AT TIME ZONE {text(zone)}"


def _check_stops(clock: _Clock, where: str) -> None:
    if clock.at_one > thresholds.MOST_AT_ONE_INSTANT:
        raise ContractError(OneInstant(where, clock.at_one))
    many = clock.days >= thresholds.FEWEST_DAYS_OF_THE_YEAR and clock.months >= thresholds.FEWEST_MONTHS_OF_THE_YEAR
    if many and clock.last <= thresholds.LAST_MONTH:
        raise ContractError(DaysAndMonthsExchanged(where, clock.days))


def _gates(clock: _Clock, table: str, column: str) -> list[Diagnostic]:
    where = f"{table}.{column}"
    rows = [gate(Check.ONE_MOMENT_SHARE, where, clock.at_one, MomentOfExport(where))]
    if column in _CLOCKS:
        rows.append(gate(Check.DAYS_WITHOUT_CLOCK, where, clock.at_midnight, HourNotRecorded(where)))
        if rows[-1].passed:
            rows.append(gate(Check.FULL_HOURS_ALONE, where, clock.to_the_hour, MinuteNotRecorded(where)))
    return rows
