"""Policies: offers by segment under a budget, against what was done; and who gets what under each."""

from dataclasses import dataclass

from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Plan, TrialArms, TrialUnit
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class Policy(Published):
    """One policy: ``best`` (every step must pay back), ``within_standard`` (nor ever below the company's standard), or
    a budget as a multiple of today's cost.

    ``value`` (money per incident, net of what is given) and ``gain`` (customers per 100) are held out: the offers were
    chosen on one half of the clusters and valued on the other, both ways. ``next_return``: margin per 1 spent on the
    way to the next larger budget, held out. ``test_…``: the test that would settle it, per arm for 80 % power.
    """

    TABLE = "policies"

    policy: Plan
    outcome: str | None = None
    horizon_days: int | None = None
    population: Population | None = None
    budget_ratio: float | None = None
    budget: float | None = None
    cost: float | None = None
    cost_today: float | None = None
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    next_return: float | None = None
    next_return_low: float | None = None
    next_return_high: float | None = None
    changed_share: float | None = None
    unit: Unit | None = None
    n: int | None = None
    n_clusters: int | None = None
    df: float | None = None
    test_arms: TrialArms | None = None
    test_unit: TrialUnit | None = None
    test_per_arm: int | None = None
    test_points: float | None = None
    test_design_effect: float | None = None
    test_weeks: float | None = None
    effect_id: str | None = None
    grade: Grade | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer(Published):
    """One segment under one policy. ``share`` of the loss offered to everyone in it, null: as today.

    ``severity`` to ``severity_to``: its severities where it holds more than one, ``or_graver`` where none is graver;
    ``severity_rank``: its tier, 1 the mildest. Costs are per incident of the segment; ``value`` is the segment's part
    of the held-out value, per incident of it.
    """

    TABLE = "offers"

    policy: Plan
    segment: str
    severity: str | None = None
    severity_to: str | None = None
    or_graver: bool = False
    severity_rank: int | None = None
    service: str | None = None
    share: float | None = None
    share_today: float | None = None
    share_standard: float | None = None
    cost: float | None = None
    cost_today: float | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    unit: Unit | None = None
    n: int | None = None
    n_near: int | None = None
    reasons: tuple[Reason, ...] = ()
