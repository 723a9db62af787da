"""Events: what one mass incident did, beside single incidents of equal severity."""

from dataclasses import dataclass

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import OfEvent
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class EventMeasure(Published):
    """One measure of one mass event; without an ``event_id``, of the weeks themselves.

    ``ratio`` is observed ÷ expected, ``n`` incidents of the event, ``n_reference`` single incidents behind the
    expectation. ``level``: the step of the event's own dose curve, or the first day of a stretch of posts, whose change
    ``p_value`` belongs to.
    """

    TABLE = "events"

    event_id: str
    measure: OfEvent
    period: str | None = None
    level: str | None = None
    p_value: float | None = None
    within_days: float | None = None
    population: Population | None = None
    unit: Unit | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    expected: float | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    n: int | None = None
    n_reference: int | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()
    suppressed: bool = False
