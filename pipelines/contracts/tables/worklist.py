"""Worklist: cases closed but not won back, the most valuable first."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.contracts.catalog.counting import WonBack
from pipelines.contracts.message import Promised, Step
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class LostCase(Published):
    """One case closed whose customer is not won back, with what the standard promises it and the next step.

    ``value_at_stake``: spend in the 365 days before, reporting currency, of every case anew. ``answered_in_time``: a
    person answered within the standard's minutes; it says nothing of what else the standard asks.
    """

    TABLE = "worklist"

    incident_id: str
    site_id: str | None
    category: str | None
    severity: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    value_at_stake: float | None
    answered_in_time: bool | None
    standard_offer: Promised | None
    standard_approver: str | None
    next_step: Step
    won_back: WonBack
