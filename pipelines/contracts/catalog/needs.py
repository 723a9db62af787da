"""What an outcome or a treatment needs of a profile, each with what is said where it isn't there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pipelines.contracts.canonical import Column
from pipelines.contracts.catalog.company import Retention, SampledBy
from pipelines.contracts.message import Reason
from pipelines.contracts.messages import lacking
from pipelines.contracts.sources import (
    Compensations,
    Incidents,
    Interactions,
    Orders,
    Outcomes,
    Subscriptions,
    WordOfMouth,
)


class Supply(Protocol):
    """What a profile declares, and which canonical tables and columns its exports give."""

    @property
    def retention(self) -> str:
        """What coming back is."""

    @property
    def sampled_by(self) -> str:
        """What the export was drawn by."""

    def has(self, table: str, *columns: str) -> bool:
        """Whether the exports give the table with all these columns."""

    def waits(self, table: str, *columns: str) -> Reason | None:
        """The question that keeps the table, or one of these columns, waiting."""

    def reports(self, outcome: str) -> bool:
        """Whether the company holds an outcome itself, and no other table tells of it."""


@dataclass(frozen=True)
class Given:
    """A table with some of its columns."""

    table: str
    columns: tuple[str, ...]
    otherwise: Reason

    def lacking(self, supply: Supply) -> Reason | None:
        """Why it isn't there, or None when it is."""
        if supply.has(self.table, *self.columns):
            return None
        return supply.waits(self.table, *self.columns) or self.otherwise


@dataclass(frozen=True)
class CustomersOrder:
    """Customers who come back by ordering, not by staying subscribed."""

    def lacking(self, supply: Supply) -> Reason | None:
        """Why not, or None."""
        return lacking.CustomersSubscribe() if supply.retention == Retention.CONTRACTUAL else None


@dataclass(frozen=True)
class WholeCustomers:
    """An export drawn by customer, with all their orders."""

    def lacking(self, supply: Supply) -> Reason | None:
        """Why not, or None."""
        by = SampledBy(supply.sampled_by)
        return None if by is SampledBy.CUSTOMER else lacking.NotDrawnByCustomer(by)


@dataclass(frozen=True)
class ReturnsShown:
    """A company that doesn't say itself that nothing shows who came back."""

    def lacking(self, supply: Supply) -> Reason | None:
        """Why not, or None."""
        return lacking.ReturnsNotShown() if supply.retention == Retention.NONE else None


Need = Given | CustomersOrder | WholeCustomers | ReturnsShown


def first_lacking(needs: Iterable[Need], supply: Supply) -> Reason | None:
    """The first thing a profile lacks, or None when it has everything."""
    return next((reason for need in needs if (reason := need.lacking(supply)) is not None), None)


def of_incidents(column: Column) -> Given:
    """A column of incidents that a treatment is read from as it stands."""
    return Given(Incidents.NAME, (column,), lacking.NoColumn(column, Incidents.NAME))


CONTACTS = Given(Interactions.NAME, (Interactions.contacted_at, Interactions.actor), lacking.NoContacts())
ACTIONS = Given(Interactions.NAME, (Interactions.action,), lacking.NoActions())
STAYED = Given(Outcomes.NAME, (Outcomes.value,), lacking.NobodySaysWhoStayed())
CLOCK = Given(Incidents.NAME, (Incidents.opened_at,), lacking.NoClock())
COMPENSATION = Given(Compensations.NAME, (), lacking.NoCompensation())
AMOUNTS: tuple[Need, ...] = (
    Given(Compensations.NAME, (), lacking.NoCompensationAmounts()),
    Given(Compensations.NAME, (Compensations.face_amount,), lacking.NoAmountsGiven()),
    Given(Incidents.NAME, (Incidents.loss_amount,), lacking.NoLosses()),
    CONTACTS,
)
ORDERS: tuple[Need, ...] = (
    CLOCK,
    Given(Incidents.NAME, (Incidents.customer_id,), lacking.NoCustomers()),
    CustomersOrder(),
    Given(Orders.NAME, (), lacking.NoOrders()),
    WholeCustomers(),
    ReturnsShown(),
)
SUBSCRIPTIONS: tuple[Need, ...] = (
    CLOCK,
    Given(Incidents.NAME, (Incidents.customer_id,), lacking.NoCustomersToStay()),
    Given(Subscriptions.NAME, (), lacking.NoSubscriptions()),
    ReturnsShown(),
)
WORD_OF_MOUTH = Given(WordOfMouth.NAME, (), lacking.NoWordOfMouth())
SERVICE_DATES = Given(Orders.NAME, (Orders.service_date,), lacking.NoServiceDates())
SCORES = Given(WordOfMouth.NAME, (WordOfMouth.score,), lacking.NoScores())
REOPENING = Given(Incidents.NAME, (Incidents.reopened_at,), lacking.NoReopening())
DETECTION = Given(Incidents.NAME, (Incidents.detected_by,), lacking.NoDetection())
PUBLIC_THREAD: tuple[Need, ...] = (
    Given(Incidents.NAME, (Incidents.public_complaint,), lacking.NoPublicThread()),
    Given(Interactions.NAME, (Interactions.public,), lacking.NoPublicThread()),
)
