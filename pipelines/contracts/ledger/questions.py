"""The questions that executives ask: one entry each, from which the ledger, cards, slides, mail and next steps derive.

A question is an entry here and its words: ``question.<id>`` as it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.contracts.catalog.estimation import Group, OutcomeId, TreatmentId
from pipelines.contracts.catalog.measures import Measure, MeasureFamily
from pipelines.contracts.catalog.outcomes import (
    NEGATIVE_POST,
    POSITIVE_STORY,
    PROMOTER,
    REFERRALS,
    REVIEW_STARS,
)
from pipelines.contracts.catalog.treatments import CASH, COMPENSATION, ON_TIME, SPEED, Treatment
from pipelines.contracts.ledger.codes import Question


@dataclass(frozen=True)
class Entry:
    """One question: whose targets' owner owns its answer."""

    owned_by: tuple[Measure | MeasureFamily, ...] = ()


QUESTIONS: Mapping[Question, Entry] = {
    Question.TRIAL: Entry(),
    Question.HOW_FAST: Entry((MeasureFamily.ANSWERED_WITHIN,)),
    Question.HOW_MUCH: Entry((Measure.COMPENSATION_COST, Measure.COMPENSATION_GIVEN_OUT)),
    Question.WHICH_FORM: Entry((Measure.COMPENSATION_COST, Measure.COMPENSATION_GIVEN_OUT)),
    Question.WHAT_ELSE: Entry((Measure.RESTORED,)),
    Question.FOR_WHOM: Entry((Measure.COMPENSATION_COST, Measure.COMPENSATION_GIVEN_OUT)),
    Question.FASTER_OR_MORE: Entry(),
    Question.NEXT_SUM: Entry(),
    Question.WHAT_THEY_TELL: Entry(),
    Question.OUR_PLAN: Entry((Measure.STANDARD_MET,)),
}

# What customers say, the most telling first: where two are graded alike, the first speaks.
WORDS: tuple[OutcomeId, ...] = (NEGATIVE_POST, POSITIVE_STORY, PROMOTER, REFERRALS, REVIEW_STARS)

# Answered by a treatment of its own. Cash against anything else would be a second answer to which form.
_BY_TREATMENT: Mapping[TreatmentId, Question | None] = {
    SPEED: Question.HOW_FAST,
    COMPENSATION: Question.HOW_MUCH,
    ON_TIME: Question.OUR_PLAN,
    CASH: None,
}
_BY_GROUP: Mapping[Group, Question] = {
    Group.EXPERIMENT: Question.TRIAL,
    Group.FORMS: Question.WHICH_FORM,
    Group.ACTIONS: Question.WHAT_ELSE,
    Group.CONDUCT: Question.WHAT_ELSE,
    Group.PROCESS: Question.WHAT_ELSE,
}


def asked_by(treatment: Treatment) -> Question | None:
    """The question that a treatment is an answer to; None where nobody can choose it, such as the failure itself."""
    if treatment.id in _BY_TREATMENT:
        return _BY_TREATMENT[treatment.id]
    return _BY_GROUP.get(treatment.group)
