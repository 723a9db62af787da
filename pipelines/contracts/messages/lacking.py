"""Reasons that lie in the profile or the exports: what isn't there, and what to add."""

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.catalog.company import Asked, SampledBy
from pipelines.contracts.message import Name, Reason


class NoStandards(Reason):
    """No table of recovery standards."""


class NoPromises(Reason):
    """No table of promises and whether they were kept."""


class NoAuthority(Reason):
    """No table of what staff may give."""


class NoClock(Reason):
    """The incidents come from a file that nobody dated, so that nothing can be told in time."""


class NobodySaysWhoStayed(Reason):
    """No flag of the company's own says who is still a customer."""


class NoSites(Reason):
    """Incidents name no site."""


class NoDeparture(Reason):
    """The end of the service isn't mapped."""


class NoCauses(Reason):
    """Incidents name no root cause."""


class NoMassEvents(Reason):
    """Incidents name no mass event."""


class NoFixes(Reason):
    """No table of fixes."""


class NoExposure(Reason):
    """No table of what failures are a rate of."""


class NoClosing(Reason):
    """Nothing tells closed cases from open ones."""


class NoVouchers(Reason):
    """Orders don't say what vouchers paid for."""


class NoWordOfMouth(Reason):
    """No table of scores, reviews and posts."""


class NoMargin(Reason):
    """Neither orders nor the profile say what spend earns."""


class NoAmountsGiven(Reason):
    """Compensations without amounts."""


class NoHandlingCost(Reason):
    """The profile doesn't declare what a contact costs."""


class NoSpeedCost(Reason):
    """The profile doesn't declare what answering an hour sooner costs."""


class EmptyTable(Reason):
    """A table that is there and has no rows."""

    table: Name


class NoAgents(Reason):
    """Contacts name no agent."""


class NoEscalations(Reason):
    """No contact is recorded as passing a case up."""


class NoIssuerRoles(Reason):
    """Compensations don't say who gave them."""


class NoKindOfFailure(Reason):
    """Incidents name no kind of failure."""


class NoDatedCompensation(Reason):
    """Compensations without days or amounts."""


class NothingOfStories(Reason):
    """No row of word_of_mouth says this of these cases."""


class NoColumn(Reason):
    """A column that a treatment is read from isn't mapped."""

    column: Name
    table: Name


class NoCustomers(Reason):
    """Incidents name no customer, so nobody can be seen to return."""


class NoCustomersToStay(Reason):
    """Incidents name no customer, so nobody can be seen to stay."""


class CustomersSubscribe(Reason):
    """Returns asked of a company whose customers subscribe."""


class ReturnsNotShown(Reason):
    """Returns asked of a company that says nothing shows them."""


class NoOrders(Reason):
    """No table of orders."""


class NotDrawnByCustomer(Reason):
    """An export drawn by order or incident, which shows no repeat customers."""

    by: SampledBy


class NoServiceDates(Reason):
    """Orders carry no service date."""


class NoScores(Reason):
    """No customer scores."""


class NoSubscriptions(Reason):
    """No table of subscriptions."""


class NoReopening(Reason):
    """Cases don't say when they were reopened."""


class NoContacts(Reason):
    """Nothing says who answered and when."""


class NoActions(Reason):
    """Contacts don't say what was done in them."""


class NoCompensation(Reason):
    """No table of what was given."""


class NoCompensationAmounts(Reason):
    """No table of what was given, where its amounts are needed too."""


class NoLosses(Reason):
    """The customer's loss isn't mapped."""


class NoDetection(Reason):
    """Nothing says who noticed a failure first."""


class NoPublicThread(Reason):
    """Nothing says what was said in public."""


class NobodyToCompare(Reason):
    """Nobody's purchases went well, to compare failures with."""


class NoStaffPulse(Reason):
    """Nobody asked staff what they may decide."""


class WaitsForAnswer(Reason):
    """The draft asked something of the exports that nobody has answered yet."""

    table: CanonicalTable
    asks: Asked
    place: Name
