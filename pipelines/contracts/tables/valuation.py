"""Valuations: what effects, offers and spending come to in money."""

from dataclasses import dataclass

from pipelines.contracts.catalog.counting import Clock, Standing
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class Valuation(Published):
    """One worth of one level in one segment: money per incident, hour, year or unit spent, as ``unit`` says.

    ``effect_id``: the effect it was reckoned from; its grade is no better than that effect's.
    """

    TABLE = "valuations"

    measure: Worth
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
    target: float | None = None
    owner: str | None = None
    standing: Standing | None = None
    effect_id: str | None = None
    grade: Grade | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()
    suppressed: bool = False
