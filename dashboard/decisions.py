"""Find rows of ``decisions``: which measure, where, over which days. Nothing is computed, rows are only found."""

from collections.abc import Iterable
from datetime import date

from dashboard.filters import parts_of
from dashboard.labels import label_words
from pipelines.publish.store import Row, Rows, Run

WEEK_DAYS = 7
ANSWERED = ("estimated", "counted")


def decided(run: Run, measure: str, *, segment: str = "", level: str = "", within: float | None = None) -> Row | None:
    """The row of a measure over everything it was counted over, the longest period first; None when not asked.

    ``within`` narrows to rows of that many days.
    """
    rows = [r for r in rows_of(run, measure) if (r.segment, r.level or "") == (segment, level)]
    rows = [r for r in rows if within is None or r.within_days == within]
    return max(rows, key=lambda r: _days(r.period), default=None)


def last_week(run: Run, measure: str) -> Row | None:
    """The row of a measure for the week before the data cut, over everyone; None where weeks can't be told."""
    rows = [r for r in rows_of(run, measure) if r.segment == "" and is_week(r)]
    return next(iter(rows), None)


def is_week(row: Row) -> bool:
    """Whether a row counts over a week."""
    return 0 < _days(row.period) <= WEEK_DAYS


def rows_of(run: Run, measure: str) -> Rows:
    """Every row of a measure, as published."""
    return tuple(r for r in run.decisions if r.measure == measure)


def by_segment(run: Run, measure: str, dimension: str) -> Rows:
    """The rows of a measure per level of a dimension; refusals for the whole dimension left out."""
    return tuple(r for r in rows_of(run, measure) if r.segment.startswith(f"{dimension}="))


def level_name(row: Row) -> str:
    """The level of a one-way segment as words: ``channel=survey_web`` → ``survey or web form``."""
    return label_words(str(row.segment).partition("=")[2])


def answered(row: Row | None) -> bool:
    """Whether a row holds a number."""
    return row is not None and row.verdict in ANSWERED and row.estimate is not None


def why_not(row: Row | None, measure: str = "") -> str:
    """Why a row holds no number, and what to add."""
    if row is None:
        return "This run didn't ask. Publish a new one."
    return row["reason"] or f"Not known{': ' + measure if measure else ''}."


def _days(period: str | None) -> int:
    first, _, last = (period or "").partition("/")
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if last else 0


def in_order(run: Run, segments: Iterable[str]) -> list[str]:
    """Segments by the profile's order of severity, others by their own words."""
    order = {f"severity={level}": i for i, level in enumerate(run.profile.severity_order)}
    return sorted(dict.fromkeys(segments), key=lambda s: [(order.get(part, len(order)), part) for part in parts_of(s)])
