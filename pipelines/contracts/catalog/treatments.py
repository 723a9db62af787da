"""What a company does whose effect is estimated: one entry each, from which questions, pages and needs derive.

A treatment on a column that exists is an entry here and its words. Labels are in ``words/``: ``treatment.<id>``, and
``treatment.<id>.done`` as what is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipelines.contracts.catalog import needs
from pipelines.contracts.catalog.estimation import (
    AskedOf,
    At,
    Baseline,
    ContrastKind,
    Estimand,
    Estimator,
    Group,
    TreatmentId,
)
from pipelines.contracts.catalog.needs import Need, Supply, first_lacking
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.mart import Col, ColumnName, Named
from pipelines.contracts.message import Reason
from pipelines.contracts.sources import Incidents

SPEED: Final = TreatmentId("speed")
ON_TIME: Final = TreatmentId("on_time")
COMPENSATION: Final = TreatmentId("compensation")
COMPENSATION_KIND: Final = TreatmentId("compensation_kind")
CASH: Final = TreatmentId("cash")
APOLOGY: Final = TreatmentId("apology")
EMPATHY: Final = TreatmentId("empathy")
ACCOUNTABILITY: Final = TreatmentId("accountability")
EXPLANATION: Final = TreatmentId("explanation")
COMMITMENT: Final = TreatmentId("commitment")
OLIVE_BRANCH: Final = TreatmentId("olive_branch")
REPAIR: Final = TreatmentId("repair")
RESOLUTION: Final = TreatmentId("resolution")
SILENCE: Final = TreatmentId("silence")
PROACTIVE_NOTICE: Final = TreatmentId("proactive_notice")
MOVED_TO_PRIVATE: Final = TreatmentId("moved_to_private")
FIX_COMMUNICATED: Final = TreatmentId("fix_communicated")
COMPANY_PUBLICISED: Final = TreatmentId("company_publicised")
ASSIGNMENT: Final = TreatmentId("assignment")
FAILURE: Final = TreatmentId("failure")
# Two treatments at once, asked of by their joint surface; no column records it.
SPEED_AND_COMPENSATION: Final = TreatmentId("speed_and_compensation")

# A promise "everyone hears from a person within …", in minutes: 15 min, 1 h, 4 h, 24 h, 72 h.
SPEED_LADDER_MINUTES: Final[tuple[int, ...]] = (15, 60, 240, 1440, 4320)
COMPENSATION_LADDER_SHARE: Final[tuple[float, ...]] = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)


class TreatmentKind(StrEnum):
    """What its levels are: arms against a first one, a dose, a yes against a no, or a time."""

    ARMS = "arms"
    DOSE = "dose"
    YES_NO = "yes_no"
    TIME = "time"


@dataclass(frozen=True)
class Treatment:
    """One treatment and the mart column that records it.

    ``yes``: what the column of a yes or no must hold for a yes: a label, or more than a number; a flag where it is
    None. ``headline``: the level that pages speak of; None: none leads. ``ladder``: the levels of a time or dose in
    ``unit``. ``not_held``: covariates that may be its consequence, so that holding them would hide it.
    ``after_contact``: it comes at or after the first contact, so speed and the other actions are held. ``estimator``:
    how its contrasts are computed.
    """

    id: TreatmentId
    column: ColumnName
    kind: TreatmentKind
    group: Group
    estimand: Estimand
    asked_of: AskedOf
    baseline: Baseline
    needs: tuple[Need, ...]
    unit: Unit | None = None
    headline: str | None = At.YES
    ladder: tuple[float, ...] = ()
    contrast: ContrastKind = ContrastKind.YES_OR_NO
    yes: str | float | None = None
    after_contact: bool = False
    not_held: tuple[Col, ...] = ()
    estimator: Estimator = Estimator.G_COMPUTATION

    @property
    def leads(self) -> bool:
        """Whether pages lead with it, along its whole ladder."""
        return self.group is Group.LEADING

    def lacking(self, supply: Supply) -> Reason | None:
        """Why it can't be known from a profile, or None when it can."""
        return first_lacking(self.needs, supply)


def _action(id_: TreatmentId, column: ColumnName, need: Need) -> Treatment:
    return Treatment(
        id_, column, TreatmentKind.YES_NO, Group.ACTIONS, Estimand.ACTION, AskedOf.ANSWERED, Baseline.NOT_DONE,
        (need,), after_contact=True,
    )  # fmt: skip


def _conduct(
    id_: TreatmentId, column: ColumnName, asked_of: AskedOf, baseline: Baseline, *required: Need,
    yes: float | None = None, after_contact: bool = True, not_held: tuple[Col, ...] = (),
) -> Treatment:  # fmt: skip
    return Treatment(
        id_, column, TreatmentKind.YES_NO, Group.CONDUCT, Estimand.ACTION, asked_of, baseline, required,
        yes=yes, after_contact=after_contact, not_held=not_held,
    )  # fmt: skip


_SHIPPED: tuple[Treatment, ...] = (
    Treatment(
        SPEED, Col.FIRST_CONTACT_MINUTES, TreatmentKind.TIME, Group.LEADING, Estimand.POLICY_SHIFT, AskedOf.ALL,
        Baseline.TODAYS_ANSWERING_TIMES, (needs.CLOCK, needs.CONTACTS), Unit.MINUTES, headline="60",
        ladder=SPEED_LADDER_MINUTES,
        contrast=ContrastKind.WITHIN,
    ),
    Treatment(
        ON_TIME, Col.RESPONDED_ON_TIME, TreatmentKind.YES_NO, Group.PROCESS, Estimand.TWO_ARM, AskedOf.ALL,
        Baseline.LATE_ANSWERS, (needs.of_incidents(Incidents.responded_on_time),),
    ),
    Treatment(
        COMPENSATION, Col.COMPENSATION_SHARE, TreatmentKind.DOSE, Group.LEADING, Estimand.DOSE, AskedOf.ANSWERED,
        Baseline.NOTHING_GIVEN, needs.AMOUNTS, Unit.SHARE_OF_THE_LOSS, headline="0.5",
        ladder=COMPENSATION_LADDER_SHARE, contrast=ContrastKind.SHARE,
    ),
    Treatment(
        COMPENSATION_KIND, Col.COMPENSATION_KIND, TreatmentKind.ARMS, Group.FORMS, Estimand.FORM, AskedOf.ANSWERED,
        Baseline.NOTHING_GIVEN, (needs.COMPENSATION,), headline=Form.CASH, contrast=ContrastKind.KIND,
    ),
    Treatment(
        CASH, Col.COMPENSATION_KIND, TreatmentKind.YES_NO, Group.FORMS, Estimand.FORM, AskedOf.ANSWERED,
        Baseline.ANYTHING_ELSE, (needs.COMPENSATION,), yes=Form.CASH,
    ),
    _action(APOLOGY, Col.APOLOGY_GIVEN, needs.ACTIONS),
    _action(EMPATHY, Col.EMPATHY_SHOWN, needs.ACTIONS),
    _action(ACCOUNTABILITY, Col.ACCOUNTABILITY_ACCEPTED, needs.ACTIONS),
    _action(EXPLANATION, Col.EXPLANATION_GIVEN, needs.ACTIONS),
    _action(COMMITMENT, Col.COMMITMENT_MADE, needs.ACTIONS),
    _action(OLIVE_BRANCH, Col.OLIVE_BRANCH, needs.COMPENSATION),
    _action(REPAIR, Col.FIXED_FOR_CUSTOMER, needs.of_incidents(Incidents.fixed_for_customer)),
    Treatment(
        RESOLUTION, Col.RESOLVED_HOURS, TreatmentKind.TIME, Group.PROCESS, Estimand.LANDMARK, AskedOf.OPEN_AT_LANDMARK,
        Baseline.RESOLVED_LATER, (needs.CLOCK, needs.of_incidents(Incidents.resolved_at),), Unit.HOURS, headline=None,
        contrast=ContrastKind.LANDMARK_24H,
    ),
    Treatment(
        SILENCE, Col.LANDMARK_SILENCE_HOURS, TreatmentKind.TIME, Group.PROCESS, Estimand.LANDMARK,
        AskedOf.OPEN_AT_LANDMARK, Baseline.SILENCE_OF_TWO_DAYS, (needs.CLOCK, needs.CONTACTS), Unit.HOURS,
        headline=None, contrast=ContrastKind.LANDMARK_72H,
    ),
    # Speaking first changes where and how loudly a customer complains.
    _conduct(
        PROACTIVE_NOTICE, Col.PROACTIVE_NOTICE_MINUTES, AskedOf.NOTICED_BY_OTHERS, Baseline.CUSTOMER_SPEAKING_FIRST,
        needs.DETECTION, needs.CONTACTS, yes=0.0, after_contact=False,
        not_held=(Col.CHANNEL, Col.PUBLIC_COMPLAINT),
    ),
    _conduct(
        MOVED_TO_PRIVATE, Col.MOVED_TO_PRIVATE, AskedOf.PUBLIC_COMPLAINTS, Baseline.ANSWERS_IN_PUBLIC,
        *needs.PUBLIC_THREAD,
    ),
    _conduct(
        FIX_COMMUNICATED, Col.FIX_COMMUNICATED, AskedOf.REPAIRED, Baseline.NOT_DONE,
        needs.of_incidents(Incidents.fix_communicated),
    ),
    _conduct(
        COMPANY_PUBLICISED, Col.COMPANY_PUBLICISED, AskedOf.ANSWERED, Baseline.NOT_DONE,
        needs.of_incidents(Incidents.company_publicised),
    ),
    Treatment(
        ASSIGNMENT, Col.ASSIGNMENT, TreatmentKind.ARMS, Group.EXPERIMENT, Estimand.AS_ASSIGNED, AskedOf.AS_ASSIGNED,
        Baseline.USUAL_ARM, (needs.of_incidents(Incidents.assignment),), headline=None, contrast=ContrastKind.ARM,
        estimator=Estimator.LIN,
    ),
    Treatment(
        FAILURE, Named("failure"), TreatmentKind.ARMS, Group.FAILURE, Estimand.EFFECT_OF_FAILURE,
        AskedOf.FAILED_AND_NEVER_FAILED, Baseline.NEVER_FAILED, (), headline=At.FAILED, contrast=ContrastKind.FAILURE,
    ),
)  # fmt: skip

TREATMENTS: Mapping[TreatmentId, Treatment] = {t.id: t for t in _SHIPPED}
ACTIONS: tuple[TreatmentId, ...] = tuple(t.id for t in _SHIPPED if t.group is Group.ACTIONS)
# What a company can change comes first, with what leads before the rest, the failure itself last.
LEADING: tuple[TreatmentId, ...] = tuple(
    sorted(TREATMENTS, key=lambda t: (not TREATMENTS[t].leads, TREATMENTS[t].group is Group.FAILURE))
)
DOSES: tuple[TreatmentId, ...] = tuple(t for t in LEADING if TREATMENTS[t].leads)


def every_treatment(declared: Iterable[Treatment] = ()) -> Mapping[TreatmentId, Treatment]:
    """Shipped treatments and a profile's own, by id."""
    return {**TREATMENTS, **{t.id: t for t in declared}}
