"""Offers: who gets what under each policy."""

from dataclasses import dataclass

from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.row import Published


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
