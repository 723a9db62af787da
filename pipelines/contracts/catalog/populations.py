"""Whom counted and valued numbers speak of."""

from enum import StrEnum

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.message import Population


class SpendCounted(StrEnum):
    """Which spend a margin is of."""

    NET = "net"
    GROSS = "gross"


class MarginsFrom(StrEnum):
    """Where margins come from."""

    ORDERS = "orders"
    RATE = "rate"


class AskedOfEffect(Population):
    """The cases of the effect that a number was reckoned from."""

    asked_of: AskedOf


class AllIncidents(Population):
    """Every incident."""


class IncidentsOfCell(Population):
    """Every incident of a severity or kind, given something or not."""


class IncidentsFollowed(Population):
    """Incidents whose horizon has passed."""


class IncidentsOnFile(Population):
    """Incidents of customers on file."""


class IncidentsOnFileForSpend(Population):
    """Incidents of customers on file, as what others would have bought isn't known."""


class MarginOfReturned(Population):
    """Incidents whose customer came back, and which spend and margins were counted."""

    spend: SpendCounted
    margins: MarginsFrom


class MarginOfFollowed(Population):
    """Incidents whose horizon has passed, and which spend and margins were counted."""

    spend: SpendCounted
    margins: MarginsFrom


class IncidentsWithContacts(Population):
    """Incidents whose contacts are recorded."""


class RecoveredAgainstUnrecovered(Population):
    """Recovered incidents, had they not been recovered."""


class CasesStillOpen(Population):
    """Cases open when the silence is looked at."""


class CompensationGiven(Population):
    """What was given and redeemed by the data cut."""


class CompensationGivenOfKnownLosses(Population):
    """What was given and redeemed by the data cut for losses that are known."""


class HeldBookings(Population):
    """Incidents of customers with a booking held at the failure and due by the data cut."""


class RecoveredAndNot(Population):
    """Recovered incidents against others, never-failed customers beside."""


class AsIfAllRecovered(Population):
    """Incidents, as if all were recovered, against never-failed customers."""


class AsIfNoneRecovered(Population):
    """Incidents, as if none were recovered, against never-failed customers."""


class IncidentsGivenKind(Population):
    """Incidents given something of one kind."""


class RememberedDecisions(Population):
    """The decisions of the journal."""


class IncidentsSinceDecision(Population):
    """Incidents since a decision that rests on no effect."""


class DecidedFor(Population):
    """The cases of the effect that a decision rests on."""

    asked_of: AskedOf


class DecidedForFollowed(Population):
    """The cases of the effect that a decision rests on, their horizon passed."""

    asked_of: AskedOf


class DecidedForSinceAndBefore(Population):
    """The cases of the effect that a decision rests on, since the due day and in the year before the decision."""

    asked_of: AskedOf
