"""Yes-or-no treatments: actions, each given the others, conduct such as speaking first, the on-time flag.

What comes at or after the first contact is asked with its speed and the other actions held. For actions, unknown is a
level of its own, and means are taken over incidents in which it is known; of the rest only those count.
"""

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import UNKNOWN as UNKNOWN_COLUMN
from pipelines.contracts.catalog.estimation import AskedOf, At, ContrastKind, Covariate, Group, TreatmentId
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.catalog.vocabulary import DetectedBy
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.estimation import DoneTooAlike, Gate
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.ask.handling import NO, UNKNOWN, YES, action_codes, held_actions, held_speed, reached
from pipelines.models.ask.opening import Gated, declared_covariates, open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear, Term
from pipelines.models.question import Aim, Contrast, Level, Question, flags, make_sample
from pipelines.models.refusal import NotEstimableError

YES_OR_NO = Level(ContrastKind.YES_OR_NO, At.NO, At.YES)
GIVEN = Covariate.GIVEN


def flag_levels() -> tuple[Level, ...]:
    """The only contrast: yes against no."""
    return (YES_OR_NO,)


def shown(table: Table) -> Table:
    """The scenario "in every case"."""
    return {GIVEN: np.ones_like(table[GIVEN])}


def withheld(table: Table) -> Table:
    """The scenario "in no case"."""
    return {GIVEN: np.zeros_like(table[GIVEN])}


def ask_flag(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one yes-or-no treatment; raises :class:`NotEstimableError` with the reason."""
    treatment = TREATMENTS[aim.treatment]
    codes = action_codes(mart, treatment.id)
    held = declared_covariates(facts, besides=treatment.not_held)
    opened = open_question(mart, aim, facts, *_gates(mart, treatment.id, codes), covariates=held)
    code = codes[opened.rows]
    done, undone = int(np.sum(code == YES)), int(np.sum(code == NO))
    if min(done, undone) < FEWEST_INCIDENTS:
        raise NotEstimableError(DoneTooAlike(done, undone, FEWEST_INCIDENTS))
    table, terms = _held(opened.chosen, treatment.id, facts)
    given, unknown = (code == YES).astype(float), (code == UNKNOWN).astype(float)
    unclear = f"{treatment.id}{UNKNOWN_COLUMN}"
    own: Table = {GIVEN: given, unclear: unknown}
    unclear_terms = (Linear(unclear),) if unknown.sum() >= FEWEST_INCIDENTS else ()
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, own | opened.table | table, opened.y),
        rows=opened.rows,
        treatment=(Linear(GIVEN),),
        covariates=(*opened.covariates, *terms, *unclear_terms),
        base=withheld,
        contrasts=(Contrast(YES_OR_NO, shown, moved=code == NO, there=code == YES),),
        members=1.0 - unknown,
        dose=GIVEN,
        left_out=opened.left_out,
    )


def _gates(mart: pd.DataFrame, treatment: TreatmentId, codes: Floats) -> tuple[Gated, ...]:
    """Who can be asked: whom a person reached, where that is what it takes, and whose treatment is known."""
    entry, known = TREATMENTS[treatment], (Gate.TREATMENT_UNKNOWN, codes != UNKNOWN)
    answered = (Gate.NOT_ANSWERED, reached(mart))
    if entry.group is Group.ACTIONS:
        return (answered,)
    if entry.group is not Group.CONDUCT:
        return (known,)
    if entry.asked_of is AskedOf.NOTICED_BY_OTHERS:
        return (Gate.CUSTOMER_NOTICED, _noticed_by_others(mart)), known
    if entry.asked_of is AskedOf.PUBLIC_COMPLAINTS:
        return (Gate.NOT_PUBLIC, flags(mart, Col.PUBLIC_COMPLAINT)), answered, known
    return answered, known


def _noticed_by_others(mart: pd.DataFrame) -> Flags:
    """Failures that the company, or somebody else, noticed before the customer did: there it could speak first."""
    noticed = mart[Col.DETECTED_BY].astype("object")
    return np.asarray(noticed.notna() & (noticed != DetectedBy.CUSTOMER))


def _held(mart: pd.DataFrame, treatment: TreatmentId, facts: Facts) -> tuple[Table, tuple[Term, ...]]:
    if not TREATMENTS[treatment].after_contact:
        return {}, ()
    (speed, speed_terms), (actions, action_terms) = held_speed(mart, facts), held_actions(mart, treatment)
    return speed | actions, (*speed_terms, *action_terms)
