"""Find rows of a run: which measure, where, over which days. Nothing is computed, rows are only found."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias, TypeGuard, TypeVar

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Change, MeasureId, NeverFailing, Worth
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.scenario import ScenarioCell
from pipelines.contracts.tables.valuation import Valuation
from pipelines.publish.store import Run
from words.segments import label_words, parts_of
from words.speech import Speech

WEEK_DAYS = 7
NOT_ASKED = "This run didn't ask. Publish a new one."
# One number over one segment, level and period, whichever table it stands in.
Counted: TypeAlias = Measured | Contrasted | Valuation | DecisionReview
C = TypeVar("C", Measured, Contrasted, Valuation)
R = TypeVar("R", bound=Counted)


def measured(run: Run, measure: MeasureId, *, segment: str = "", level: str = "") -> Measured | None:
    """The row of a measure over everything it was counted over, the longest period first; None when not asked."""
    return _longest(measures_of(run, measure), segment, level)


def measures_of(run: Run, *measures: MeasureId) -> tuple[Measured, ...]:
    """Every row of these measures under the topic they lead in."""
    return tuple(r for r in run.measures if r.measure in measures and r.topic is not Topic.DESCRIPTIVE)


def described(run: Run) -> tuple[Measured, ...]:
    """What happened, broken down by segment and by month."""
    return tuple(r for r in run.measures if r.topic is Topic.DESCRIPTIVE)


def described_as(run: Run, *measures: MeasureId, segment: str = "") -> Measured | None:
    """The first of these measures that was counted in a segment over all months; None where none was."""
    rows = {r.measure: r for r in described(run) if r.segment == segment and not r.period}
    return next((rows[measure] for measure in measures if measure in rows), None)


def valued(run: Run, worth: Worth, *, segment: str = "", level: str = "") -> Valuation | None:
    """The row of a worth over everything it was reckoned over; None when not asked."""
    return _longest(valuations_of(run, worth), segment, level)


def valuations_of(run: Run, *worths: Worth) -> tuple[Valuation, ...]:
    """Every row of these worths, as published."""
    return tuple(r for r in run.valuations if r.measure in worths)


def contrasted(run: Run, change: Change | NeverFailing, *, segment: str = "", level: str = "") -> Contrasted | None:
    """The row of a contrast over everything it was taken over; None when not asked."""
    return _longest(contrasts_of(run, change), segment, level)


def contrasts_of(run: Run, change: Change | NeverFailing) -> tuple[Contrasted, ...]:
    """Every row of a contrast, as published."""
    return tuple(r for r in run.contrasts if r.measure == change)


def _longest(rows: Iterable[C], segment: str, level: str) -> C | None:
    found = (r for r in rows if (r.segment, r.level) == (segment, level))
    return max(found, key=lambda r: _days(r.period), default=None)


def last_week(run: Run, measure: MeasureId) -> Measured | None:
    """The row of a measure for the week before the data cut, over everyone; None where weeks can't be told."""
    return next((r for r in measures_of(run, measure) if r.segment == "" and is_week(r)), None)


def is_week(row: Counted) -> bool:
    """Whether a row counts over a week."""
    return 0 < _days(row.period) <= WEEK_DAYS


def by_dimension(rows: Iterable[R], dimension: str) -> tuple[R, ...]:
    """The rows per level of a dimension; refusals for the whole dimension left out."""
    return tuple(r for r in rows if r.segment.startswith(f"{dimension}="))


def level_name(row: Counted) -> str:
    """The level of a one-way segment as words: ``channel=web_form`` → ``web form``."""
    return label_words(row.segment.partition("=")[2])


def answered(row: R | None) -> TypeGuard[R]:
    """Whether a row holds a number."""
    return row is not None and row.verdict in (Verdict.ESTIMATED, Verdict.COUNTED) and row.estimate is not None


def why_not(row: Counted | EventMeasure | ScenarioCell | None, speech: Speech) -> str:
    """Why a row holds no number, and what to add."""
    if row is None:
        return NOT_ASKED
    return speech.all(row.reasons) or "Not known."


def _days(period: str) -> int:
    first, _, last = period.partition("/")
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if last else 0


def in_order(run: Run, segments: Iterable[str]) -> list[str]:
    """Segments by the profile's order of severity, others by their own words."""
    order = {f"severity={level}": i for i, level in enumerate(run.profile.severity_order)}
    return sorted(dict.fromkeys(segments), key=lambda s: [(order.get(part, len(order)), part) for part in parts_of(s)])
