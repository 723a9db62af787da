"""Contrasts: two groups of cases, or two periods, beside each other."""

from dataclasses import dataclass

from pipelines.contracts.catalog.counting import Clock, Standing
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Change, NeverFailing
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class Contrasted(Published):
    """One difference or ratio of two groups or periods, at one segment and level.

    ``owner``: of the cause or fix it is about. ``expected``: what the comparison would lead to expect. ``standing``:
    where it lies beside that. ``effect_id``: the effect it was read from, if it was.
    """

    TABLE = "contrasts"

    measure: Change | NeverFailing
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
    owner: str | None = None
    standing: Standing | None = None
    effect_id: str | None = None
    grade: Grade | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()
    suppressed: bool = False
