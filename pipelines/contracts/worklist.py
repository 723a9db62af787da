"""A case that somebody should turn to: what its standard promises, and what to do next. Pure: a case in, messages out.

The page and the list that goes to the front line say the same of the same case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipelines.contracts.catalog.counting import WonBack
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.catalog.treatments import APOLOGY, OLIVE_BRANCH, REPAIR
from pipelines.contracts.catalog.vocabulary import OneKind
from pipelines.contracts.ledger.codes import Call as Follows
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.message import Promised, Step
from pipelines.contracts.messages.steps import (
    Answer,
    Apologise,
    Call,
    CallAfterLateAnswer,
    DecideWithoutSeverity,
    DecideWithoutStandard,
    Give,
    GiveApproved,
    OfKind,
    Repair,
    RestOfShare,
    ShareOfLoss,
    ShareWorth,
)

# Published for the page: the cases whose next step is worth most. The list written by `amends worklist` holds them all.
MOST_CASES = 100_000
# Less than a hundredth of the loss is not owed any more, but rounding.
OWED_SHARE = 0.01


_CARRIED_OUT: Mapping[type[Step], TreatmentId] = {
    Repair: REPAIR, Give: OLIVE_BRANCH, GiveApproved: OLIVE_BRANCH, Apologise: APOLOGY,
}  # fmt: skip


class Did(StrEnum):
    """What somebody did about a case."""

    ASSIGNED = "assigned"
    COMMENTED = "commented"
    DONE = "done"
    SNOOZED = "snoozed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class CaseWork:
    """One thing done about some cases, at once: ``owner`` who has them now, ``until`` when they are looked at again.

    ``text`` is a comment: it stays in the journal, and stands in no export.
    """

    run_id: str
    cases: tuple[str, ...]
    did: Did
    owner: str = ""
    until: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Standing:
    """Where the work on one case stands: the latest owner, what was done last, and every comment, oldest first."""

    did: Did | None = None
    owner: str = ""
    until: date | None = None
    comments: tuple[str, ...] = ()

    def after(self, work: CaseWork) -> "Standing":
        """The same, once this was done as well."""
        comments = (*self.comments, work.text) if work.text else self.comments
        if work.did is Did.COMMENTED:
            return Standing(self.did, self.owner, self.until, comments)
        owner = work.owner if work.did is Did.ASSIGNED else self.owner
        return Standing(work.did, owner, work.until, comments)

    def is_closed(self, today: date) -> bool:
        """Whether nobody need look at it: done, or put off to a day that is still to come."""
        return self.did is Did.DONE or (self.did is Did.SNOOZED and self.until is not None and self.until > today)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What of an incident decides its next step; named as in the incident mart, None for what isn't known."""

    severity: str | None
    restored: bool | None
    customer_on_file: bool | None
    response_status: str | None
    first_contact_minutes: float | None
    days_to_departure: float | None
    follow_up_days: float | None
    fixed_for_customer: bool | None
    apology_given: bool | None
    loss_amount: Decimal | float | None
    compensation_given: bool | None
    compensation_amount: Decimal | float | None
    standard_minutes: float | None
    standard_met: bool | None
    standard_offer_kind: str | None
    standard_offer_share: float | None
    standard_approver: str | None

    @property
    def is_over(self) -> bool:
        """Whether the stay, trip or service had ended by the data cut: nothing in it can be repaired any more."""
        ends, known = self.days_to_departure, self.follow_up_days
        return ends is not None and known is not None and ends <= known

    @property
    def waits(self) -> bool:
        """Whether no person has answered."""
        answered = self.response_status == "answered" or self.first_contact_minutes is not None
        return self.response_status is not None and not answered


def won_back(case: Case) -> WonBack:
    """What says that the customer is not won back."""
    if case.restored is False:
        return WonBack.NO
    return WonBack.NO_ORDER_YET if case.customer_on_file else WonBack.NOT_KNOWN


def standard_offer(case: Case) -> Promised | None:
    """What the recovery standard promises this case; None where no standard applies, or it promises nothing."""
    if not case.standard_offer_kind:
        return None
    kind, share = OneKind(case.standard_offer_kind), case.standard_offer_share
    if not share:
        return OfKind(kind)
    if case.loss_amount is None:
        return ShareOfLoss(kind, share)
    return ShareWorth(kind, share, share * float(case.loss_amount))


def next_step(case: Case, dropped: frozenset[TreatmentId] = frozenset()) -> Step:
    """The first thing the standard asks for that the records don't show; then a call by whoever approves the offer.

    ``dropped``: what the ledger says not to do; nothing of it is advised.
    """
    if case.waits:
        return Answer()
    if case.fixed_for_customer is False and not case.is_over and REPAIR not in dropped:
        return Repair()
    if OLIVE_BRANCH not in dropped and (owed := _owed(case)):
        approver = (case.standard_approver or "").replace("_", " ")
        return GiveApproved(owed, approver) if approver else Give(owed)
    if case.apology_given is False and APOLOGY not in dropped:
        return Apologise()
    if case.standard_minutes is None and not case.standard_offer_kind:
        return DecideWithoutStandard() if case.severity else DecideWithoutSeverity()
    return CallAfterLateAnswer() if case.standard_met is False else Call()


def carried_out(step: Step) -> TreatmentId | None:
    """The treatment that a step carries out; None where it is none that was estimated.

    An answer after a week of silence isn't one within an hour: what speed changes says nothing of it.
    """
    return next((treatment for kind, treatment in _CARRIED_OUT.items() if isinstance(step, kind)), None)


def dropped_by(findings: Iterable[Finding]) -> frozenset[TreatmentId]:
    """What the ledger says not to do, for what customers do or for what they say."""
    return frozenset(f.action for f in findings if f.call is Follows.DONT and f.action is not None)


def _owed(case: Case) -> Promised | None:
    """What of the standard's offer was not given; None when all was, or nobody can tell."""
    if not case.standard_offer_kind or case.compensation_given is None:
        return None
    if not case.compensation_given:
        return standard_offer(case)
    share = case.standard_offer_share
    if not share or case.loss_amount is None or case.compensation_amount is None:
        return None
    left = share * float(case.loss_amount) - float(case.compensation_amount)
    return RestOfShare(left, share) if left >= OWED_SHARE * float(case.loss_amount) else None
