"""Local times to UTC by the rules of Python's zone data, one row per calendar day, so that gaps and folds show.

When clocks go forward an hour of local times doesn't exist (gap); when they go back one happens twice (fold).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pyarrow as pa

# Earlier and later days follow the rules of these.
FIRST, LAST = date(1970, 1, 1), date(2099, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """The clocks of a zone change at ``instant`` (UTC) from one offset to another."""

    instant: datetime
    before: timedelta
    after: timedelta

    @property
    def begins(self) -> datetime:
        """The first local time that is skipped, or happens twice."""
        return self.instant + min(self.before, self.after)

    @property
    def ends(self) -> datetime:
        """The first local time that is told plainly again."""
        return self.instant + max(self.before, self.after)


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Every change of a zone's offset from 1970 to 2099, to the second."""
    info = ZoneInfo(zone)
    first = datetime(FIRST.year, 1, 1, tzinfo=UTC)
    moments = [first + i * _DAY for i in range((LAST - FIRST).days + 2)]
    offsets = [_offset(info, moment) for moment in moments]
    return tuple(
        Change(_moment_of_change(info, moments[i], moments[i + 1]), offsets[i], offsets[i + 1])
        for i in range(len(moments) - 1)
        if offsets[i] != offsets[i + 1]
    )


@cache
def zone_days(zone: str) -> pa.Table:
    """One row per local day: seconds from UTC before and after a change, and the local times between which it acts.

    On a day without change both are the day's offset, and ``begins`` and ``ends`` are null.
    """
    rows = _plain_days(zone)
    for change in changes(zone):
        touched, last = change.begins.date(), (change.ends - timedelta(microseconds=1)).date()
        while touched <= last:
            before, after = change.before.total_seconds(), change.after.total_seconds()
            rows[touched] = (int(before), int(after), change.begins, change.ends)
            touched += _DAY
    columns = list(zip(*rows.values(), strict=True))
    types = (pa.int64(), pa.int64(), pa.timestamp("us"), pa.timestamp("us"))
    arrays = [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)]
    return pa.table([pa.array(rows, pa.date32()), *arrays], ["day", "before", "after", "begins", "ends"])


def _plain_days(zone: str) -> dict[date, tuple[int, int, datetime | None, datetime | None]]:
    rows: dict[date, tuple[int, int, datetime | None, datetime | None]] = {}
    offset, pending = _offset(ZoneInfo(zone), datetime(FIRST.year, 1, 1, tzinfo=UTC)), list(changes(zone))
    for i in range((LAST - FIRST).days + 1):
        day = FIRST + i * _DAY
        while pending and pending[0].ends.date() <= day:
            offset = pending.pop(0).after
        seconds = int(offset.total_seconds())
        rows[day] = (seconds, seconds, None, None)
    return rows


def zone_join(days: str, local: str, alias: str) -> str:
    """SQL: join the day of a local time from a table of ``zone_days``."""
    day = f"greatest(least(CAST({local} AS DATE), DATE '{LAST}'), DATE '{FIRST}')"
    return f"LEFT JOIN {days} AS {alias} ON {alias}.day = {day}"


def offset_sql(local: str, alias: str) -> str:
    """SQL: seconds from UTC of a local time; NULL in a gap, the first of the two in a fold."""
    return (
        f"CASE WHEN {alias}.begins IS NULL OR {local} < {alias}.begins THEN {alias}.before "
        f"WHEN {local} >= {alias}.ends THEN {alias}.after WHEN {alias}.after < {alias}.before THEN {alias}.before END"
    )


def fold_sql(local: str, alias: str) -> str:
    """SQL: whether a local time happens twice."""
    acting = f"{alias}.after < {alias}.before AND {local} >= {alias}.begins AND {local} < {alias}.ends"
    return f"coalesce({acting}, false)"


def _offset(info: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(info).utcoffset() or timedelta()


def _moment_of_change(info: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(info, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(info, middle) == old else (before, middle)
    return after.replace(tzinfo=None)
