"""Offers: who gets what under each policy."""

from dataclasses import dataclass

from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.valued import Plan
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class Offer(Published):
    """One segment under one policy. ``share`` of the loss offered to everyone in it, null: as today.

    Costs are per incident of the segment; ``value`` is the segment's part of the held-out value, per incident of it.
    """

    TABLE = "offers"

    policy: Plan
    segment: str
    severity: str | None = None
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
