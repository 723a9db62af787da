"""Decision reviews: what became of each remembered decision."""

from dataclasses import dataclass

from pipelines.contracts.catalog.counting import Clock, Standing
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Reviewed
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class DecisionReview(Published):
    """One judgement of one remembered decision: what changed since it was taken, or how far it was carried out.

    ``decision``: its number in the journal, null in the one row that says that nothing is remembered. ``segment`` and
    ``effect_id``: of the effect it rests on. ``estimate``: the change since, in that effect's unit; ``expected``: what
    that effect promised. ``standing`` says how the two compare. ``level``: the side of a plain outcome.
    """

    TABLE = "decision_reviews"

    measure: Reviewed
    decision: int | None = None
    segment: str = ""
    level: str = ""
    period: str = ""
    clock: Clock | None = None
    within_days: float | None = None
    population: Population | None = None
    unit: Unit | str | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    n: int | None = None
    observed: float | None = None
    expected: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
    standing: Standing | None = None
    effect_id: str | None = None
    grade: Grade | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()
    suppressed: bool = False
