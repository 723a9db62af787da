"""Worklist: cases that somebody should turn to, those where the next step is worth most first."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.contracts.catalog.counting import NeededFor, WonBack
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.message import Promised, Step
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class LostCase(Published):
    """One case that is silent, at risk, or closed and not won back: what its standard promises and the next step.

    ``value_at_stake``: spend in the 365 days before, reporting currency, of every case anew. ``answered_in_time``: a
    person answered within the standard's minutes; it says nothing of what else the standard asks. ``since``: when it
    became what it is ``needed_for``. ``action``: the treatment that the next step carries out, whose finding says what
    it changes; null where it is none of them.
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
    needed_for: NeededFor = NeededFor.NOT_WON_BACK
    since: datetime | None = None
    channel: str | None = None
    brand: str | None = None
    region: str | None = None
    action: TreatmentId | None = None
