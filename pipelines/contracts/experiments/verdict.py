"""What an experiment comes to so far, from the published rows of its arm. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import ASSIGNMENT
from pipelines.contracts.experiments.reasons import DrawRefuted, DrawRefutedBy
from pipelines.contracts.experiments.registry import Experiment
from pipelines.contracts.tables.effect import Effect


class Comes(StrEnum):
    """What an arm comes to."""

    NO_CASES = "no_cases"
    REFUTED = "refuted"
    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no_difference"
    GOES_ON = "goes_on"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class ArmSoFar:
    """One arm: its row, the one that holds at any look (None before the first), and what it comes to."""

    arm: str
    row: Effect | None
    at_any_look: Effect | None
    comes: Comes


def so_far(plan: Experiment, effects: Iterable[Effect], *, up: bool) -> list[ArmSoFar]:
    """Every arm but the first; ``up``: more of the outcome is better.

    Before as many units as were planned, limits that hold at any look decide; from then on the fixed ones.
    """
    rows = [
        e
        for e in effects
        if e.treatment == ASSIGNMENT and e.outcome == plan.outcome and e.horizon_days == plan.horizon_days
        and e.level_from == plan.arms[0] and not e.segment
    ]  # fmt: skip
    by_arm = {(e.level_to, e.spec): e for e in rows if e.estimate is not None}
    found = []
    for arm in plan.arms[1:]:
        row, ever = by_arm.get((arm, Spec.ADJUSTED)), by_arm.get((arm, Spec.ALWAYS_VALID))
        found.append(ArmSoFar(arm, row, ever, _comes(plan, row, ever, up=up)))
    return found


def _comes(plan: Experiment, row: Effect | None, ever: Effect | None, *, up: bool) -> Comes:
    if row is None:
        return Comes.NO_CASES
    if row.grade is Grade.D:
        refuted = any(isinstance(reason, DrawRefuted | DrawRefutedBy) for reason in row.reasons)
        return Comes.REFUTED if refuted else Comes.UNDECIDED
    whole = (row.n_clusters or 0) >= plan.units
    limits = row if whole else ever
    if limits is None or limits.ci_low is None or limits.ci_high is None:
        return Comes.GOES_ON
    if limits.ci_low > 0 or limits.ci_high < 0:
        return Comes.BETTER if (limits.ci_low > 0) is up else Comes.WORSE
    if limits.ci_low > -plan.smallest and limits.ci_high < plan.smallest:
        return Comes.NO_DIFFERENCE
    return Comes.UNDECIDED if whole else Comes.GOES_ON
