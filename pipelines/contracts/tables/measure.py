"""Measures: what happened, counted, over all of the data and step by step."""

from dataclasses import dataclass

from pipelines.contracts.catalog.counting import Clock, Every, Standing, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import MeasureId
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class Measured(Published):
    """One measure of one segment, level and period, over one population, by one clock.

    Shares run from 0 to 1. ``estimate`` is adjusted for case mix where ``expected`` is given; ``observed`` is then the
    plain share or mean. ``usual_low`` to ``usual_high``: the usual range. ``standing``: beside target or expectation.
    ``period``: a month, or first and last day with a slash between. A cell of fewer than ten cases is ``suppressed``.
    """

    TABLE = "measures"

    topic: Topic
    measure: MeasureId
    segment: str = ""
    level: str = ""
    period: str = ""
    clock: Clock | None = None
    within_days: float | None = None
    population: Population | None = None
    unit: Unit | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    n: int | None = None
    observed: float | None = None
    expected: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
    target: float | None = None
    owner: str | None = None
    standing: Standing | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class SeriesPoint(Published):
    """One measure in one step of time, of everyone or of one segment.

    ``period``: first and last day with a slash between. Cases are placed by the day they opened, promises by the day
    they fell due, silences by the day they became a week long. Shares run from 0 to 1, counts are cases. A step stands
    only once its outcome can be known, and of at least ten cases; ``n``: how many.
    """

    TABLE = "series"

    measure: MeasureId
    every: Every
    period: str
    segment: str = ""
    unit: Unit | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    n: int | None = None
    target: float | None = None
    owner: str | None = None
