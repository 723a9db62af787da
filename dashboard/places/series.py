"""Published series as lines: which step is short enough to see and long enough to be told, and what is usual in it."""

from collections.abc import Sequence

import numpy as np

from pipelines.contracts.catalog.counting import Every
from pipelines.contracts.catalog.measures import Measure, MeasureId, answered_within
from pipelines.contracts.catalog.thresholds import FEWEST_CURVE_POINTS, LEAST_PRECISION, USUAL_QUANTILES
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.measure import SeriesPoint
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run

FEWEST_USUAL_STEPS, MOST_STEPS = 8, 26
IN_TIME: tuple[MeasureId, ...] = (
    Measure.STANDARD_MET, answered_within(60), answered_within(1440), Measure.ANSWERED_SHARE, Measure.RESPONDED_ON_TIME,
)  # fmt: skip
# Of each line the first measure that this run has a series of.
LINES: tuple[tuple[MeasureId, ...], ...] = (
    IN_TIME, (Measure.NEWLY_SILENT,), (Measure.COMMITMENT_KEPT,), (Measure.RESTORED,), (Measure.NEGATIVE_POST,),
)  # fmt: skip
# In the order from short to long.
STEPS = (Every.WEEK, Every.FOUR_WEEKS, Every.QUARTER)


def points(run: Run, measure: MeasureId, every: Every, segment: str = "") -> tuple[SeriesPoint, ...]:
    """A series, oldest first."""
    found = (p for p in run.series if (p.measure, p.every, p.segment) == (measure, every, segment))
    return tuple(sorted(found, key=lambda p: p.period))


def step_of(run: Run, segment: str = "") -> Every | None:
    """The shortest step in which answers in time are told to a declared precision; None where nothing is counted."""
    lines = {every: line for every in STEPS if (line := _in_time(run, every, segment))}
    fine = (every for every, line in lines.items() if _half_width(line) <= LEAST_PRECISION)
    return next(fine, next(reversed(lines), None))


def _in_time(run: Run, every: Every, segment: str) -> tuple[SeriesPoint, ...]:
    lines = (points(run, measure, every, segment) for measure in IN_TIME)
    return next((line for line in lines if len(line) >= FEWEST_CURVE_POINTS), ())


def _half_width(line: Sequence[SeriesPoint]) -> float:
    widths = [(p.ci_high - p.ci_low) / 2 for p in line if p.ci_low is not None and p.ci_high is not None]
    return float(np.median(widths)) if widths else 1.0


def lines_of(run: Run, every: Every, segment: str = "") -> tuple[tuple[SeriesPoint, ...], ...]:
    """The lines that this run can draw at a step, each with at least three points, the latest last."""
    found = (_line(run, measures, every, segment) for measures in LINES)
    return tuple(line[-MOST_STEPS:] for line in found if len(line) >= FEWEST_CURVE_POINTS)


def _line(run: Run, measures: Sequence[MeasureId], every: Every, segment: str) -> tuple[SeriesPoint, ...]:
    for measure in measures:
        for step in (every, Every.QUARTER):
            line = tuple(p for p in points(run, measure, step, segment) if p.estimate is not None)
            if len(line) >= FEWEST_CURVE_POINTS:
                return line
    return ()


def usual(before: Sequence[SeriesPoint]) -> tuple[float, float] | None:
    """Where eight of ten of the steps before lie; None where they are too few to say."""
    if len(before) < FEWEST_USUAL_STEPS:
        return None
    low, high = np.quantile([told(p.estimate) for p in before], USUAL_QUANTILES)
    return float(low), float(high)


def scale(point: SeriesPoint) -> float:
    """What a value is multiplied by to be read: shares are told of 100."""
    return 1.0 if point.unit is Unit.CASES else 100.0
