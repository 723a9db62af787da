"""Whom counted and valued numbers speak of."""

from enum import StrEnum

from pipelines.contracts.catalog.counting import Dose
from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.message import Count, Days, Population


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


class AnswersRecorded(Population):
    """Incidents of exports that say who answered and when."""


class ClosedWithRepairKnown(Population):
    """Closed cases of which it is known whether something was put right."""


class PayoutsDated(Population):
    """Incidents, those left out that got something on no known day."""


class GivenWhenever(Population):
    """Incidents, whenever something was given."""


class CustomersOnFile(Population):
    """Customers whose orders are known."""


class CustomersFollowed(Population):
    """Customers whose horizon has passed."""


class SurveyAnswers(Population):
    """Customers who answered a survey."""


class ScoredAndFollowed(Population):
    """Customers with a later score whose horizon has passed."""


class EveryStepKnown(Population):
    """Incidents of customers on file whose horizon has passed and whose every step is known."""

    days: Days


class OnFileFollowed(Population):
    """Incidents of customers on file that are old enough to be judged."""

    days: Days


class OfTheseAnswered(Population):
    """Of the step before, those whom a person answered."""


class OfThesePriced(Population):
    """Of the step before, those whose loss and what was given are known."""


class LatestWeeksFollowed(Population):
    """Of the step before, the latest weeks that are old enough."""

    weeks: Count
    days: Days


class OnFileYoungToo(Population):
    """Every incident of customers on file."""


class OpenedTooLately(Population):
    """Left out as too young."""

    days: Days


class ReturnUnknowable(Population):
    """Left out as nobody can see whether they came back."""


class NeverAnswered(Population):
    """Left out as no person answered."""


class LossOrGivingUnknown(Population):
    """Left out as the loss, or what was given, isn't known."""


class OpenedOutsideWeeks(Population):
    """Left out as opened outside the latest weeks."""

    weeks: Count


class NotOnFile(Population):
    """Left out as their orders aren't known."""


class AnsweredClosedOrPastCap(Population):
    """Incidents decided by an answer, a closing or the response cap."""


class PromisedSilences(Population):
    """Incidents with a promised time, and how their silences count."""


class CasesOpen(Population):
    """Cases open at the data cut."""


class CasesSilent(Population):
    """Cases open at the data cut that no person has answered for a week."""


class ClosedCases(Population):
    """Cases closed by the data cut."""


class LostCustomers(Population):
    """Customers with a case closed but not restored."""


class PromiseDueLastWeek(Population):
    """Incidents with a promise due in the week before the data cut."""


class PromiseDue(Population):
    """Incidents with a promise due by the data cut."""


class WithoutMassIncidents(Population):
    """Some of those cases: single incidents alone."""

    of: Population


class PromisedOldEnough(Population):
    """Incidents with a promised time that are old enough to tell whether it was kept."""


class OldEnough(Population):
    """Incidents old enough to tell."""


class ServiceEnded(Population):
    """Incidents whose stay, trip or service is over."""


class InWeekOfPromise(Population):
    """Incidents, counted in the week their promise was due."""


class GivenUnderLimit(Population):
    """Incidents in which something was given under a limit."""


class GivenByOneRole(Population):
    """Incidents in which one role alone gave something under a limit."""


class OnFileMatured(Population):
    """Customers on file whose horizon has passed."""

    days: Days


class ScoredMatured(Population):
    """Customers with a later score whose horizon has passed."""

    days: Days


class SettledOrNot(Population):
    """Incidents of which it is known whether the first contact settled them."""


class ActionsRecorded(Population):
    """Incidents whose contacts say what was done."""


class AgentsNamed(Population):
    """Incidents whose contacts name the agent."""


class StaffAsked(Population):
    """Staff who were asked what they may decide."""


class OpenedWhereStaffWereAsked(Population):
    """Incidents opened at a site in a month in which its staff were asked what they may decide."""


class AnsweredFollowed(Population):
    """Incidents that a person answered and whose horizon has passed."""


class FollowedForStories(Population):
    """Incidents followed for as long as stories are counted."""

    days: Days


class NeverFailed(Population):
    """Customers whom nothing failed."""


class BadPosts(Population):
    """Negative posts and reviews, by the week they were posted."""


class Occasions(Population):
    """Single incidents and mass incidents, each once."""


class DatedCompensation(Population):
    """What was given on a known day for a known amount."""


class IncidentsOfEvent(Population):
    """The incidents of one event."""


class NamedInEvent(Population):
    """Customers whom incidents of one event name."""


class SmallEvents(Population):
    """Events too small for numbers of their own."""

    n: Count


class OfEventDoseKnown(Population):
    """Incidents of one event whose dose is known."""

    dose: Dose
