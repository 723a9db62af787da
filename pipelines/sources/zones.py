"""Local times to UTC in SQL, with the rules of Python's zone data, so that gaps and folds are never settled in silence.

When clocks go forward an hour of local times doesn't exist (gap); when they go back one happens twice (fold).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Change:
    """The clocks of a zone change at ``instant`` (UTC) from one offset to another."""

    instant: datetime
    before: timedelta
    after: timedelta


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Every change of a zone's offset from 1970 to 2100, to the second."""
    info, day = ZoneInfo(zone), timedelta(days=1)
    days = [FIRST + i * day for i in range((LAST - FIRST).days)]
    offsets = [_offset(info, moment) for moment in days]
    return tuple(
        Change(_moment_of_change(info, days[i], days[i + 1]).replace(tzinfo=None), offsets[i], offsets[i + 1])
        for i in range(len(days) - 1)
        if offsets[i] != offsets[i + 1]
    )


def offset_sql(zone: str, local: str) -> str:
    """SQL: seconds from UTC of a local time; NULL in a gap, the first of the two in a fold."""
    steps: list[tuple[datetime | None, str]] = [(None, _seconds(_offset(ZoneInfo(zone), FIRST)))]
    for change in changes(zone):
        if change.after > change.before:
            steps.append((change.instant + change.before, "NULL"))
        steps.append((change.instant + max(change.before, change.after), _seconds(change.after)))
    return _search(steps, local)


def fold_sql(zone: str, local: str) -> str:
    """SQL: whether a local time happens twice."""
    steps: list[tuple[datetime | None, str]] = [(None, "false")]
    for change in changes(zone):
        if change.after < change.before:
            steps.append((change.instant + change.after, "true"))
            steps.append((change.instant + change.before, "false"))
    return _search(steps, local)


def _offset(info: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(info).utcoffset() or timedelta()


def _moment_of_change(info: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(info, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(info, middle) == old else (before, middle)
    return after


def _seconds(offset: timedelta) -> str:
    return str(int(offset.total_seconds()))


def _search(steps: Sequence[tuple[datetime | None, str]], local: str) -> str:
    """A binary search written as nested CASE: the value of the last step that begins at or before ``local``."""
    if len(steps) == 1:
        return steps[0][1]
    middle = len(steps) // 2
    left, right = _search(steps[:middle], local), _search(steps[middle:], local)
    return f"CASE WHEN {local} < TIMESTAMP '{steps[middle][0]}' THEN {left} ELSE {right} END"
