"""Rows of the ledger with known numbers. For tests only: made up."""

from dataclasses import replace

from made_up_rows import speed_effects

from pipelines.contracts.catalog.estimation import AskedOf, At, Spec, TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import NEGATIVE_POST, RETURNED
from pipelines.contracts.catalog.treatments import ACCOUNTABILITY, APOLOGY, COMPENSATION_KIND, SPEED
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Aspect, Call, Decides, Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.messages.findings import SomethingUnrecorded
from pipelines.contracts.messages.lacking import NoMargin


def findings() -> list[Finding]:
    """A promise that pays, what is said of it, an action to test, and a form of which nothing is known."""
    fast = Finding(
        Question.HOW_FAST, Aspect.DEEDS, 1, 1, action=SPEED, level="60", rather=At.TODAY, whom=AskedOf.ALL,
        outcome=RETURNED, horizon_days=365, unit=Unit.PER_100_CUSTOMERS, estimate=3.0, ci_low=1.0, ci_high=5.0,
        n=4120, cases_a_year=2000.0, done_share=0.59, change=60.0, change_low=20.0, change_high=100.0, gain=21_000.0,
        gain_low=7000.0, gain_high=35_000.0, cost=6000.0, net=15_000.0, net_low=1000.0, net_high=29_000.0,
        grade=Grade.B, p_value=0.004, q_value=0.01, call=Call.DO, decides=Decides.MONEY, owner="Head of care",
        doubt=SomethingUnrecorded(), smallest_gain=2.9, test_per_arm=8000, test_points=3.0, test_weeks=40.0,
        effect_id=next(e.effect_id for e in speed_effects() if (e.level_to, e.spec) == ("60", Spec.ADJUSTED)),
    )  # fmt: skip
    slower = replace(fast, level="1440", place=2, net=4000.0, net_low=-2000.0, net_high=10_000.0, call=Call.CANT_TELL,
                     decides=Decides.ZERO)  # fmt: skip
    slowest = replace(slower, level="4320", place=3, net=-1000.0, net_low=-3000.0, net_high=1000.0)
    return [
        fast, slower, slowest,
        _said(fast, SPEED, -0.4, Grade.C),
        _action(APOLOGY, 2, 1, 4.0), _action(ACCOUNTABILITY, 2, 2, 1.0),
        replace(_said(fast, ACCOUNTABILITY, -1.5, Grade.B), question=Question.WHAT_THEY_TELL, rank=3, level="yes",
                rather="no", call=Call.DO, decides=Decides.OUTCOME),
        Finding(
            Question.WHICH_FORM, Aspect.DEEDS, 4, 1, action=COMPENSATION_KIND, level="cash", rather=At.NO_FORM,
            whom=AskedOf.ANSWERED, outcome=RETURNED, horizon_days=365, doubt=NoMargin(), reasons=(NoMargin(),),
        ),
    ]  # fmt: skip


def _said(beside: Finding, action: TreatmentId, estimate: float, grade: Grade) -> Finding:
    """What customers say of it: posts per 100, clear of zero."""
    return replace(
        beside, aspect=Aspect.WORDS, action=action, outcome=NEGATIVE_POST, horizon_days=90, estimate=estimate,
        ci_low=1.5 * estimate, ci_high=0.5 * estimate, gain=None, gain_low=None, gain_high=None, cost=None, net=None,
        net_low=None, net_high=None, change=20 * estimate, change_low=30 * estimate, change_high=10 * estimate,
        grade=grade, call=Call.TEST, decides=Decides.GRADE, effect_id=None,
    )  # fmt: skip


def _action(action: TreatmentId, rank: int, place: int, estimate: float) -> Finding:
    return Finding(
        Question.WHAT_ELSE, Aspect.DEEDS, rank, place, action=action, level="yes", rather="no", whom=AskedOf.ANSWERED,
        outcome=RETURNED, horizon_days=365, unit=Unit.PER_100_CUSTOMERS, estimate=estimate, ci_low=0.5 * estimate,
        ci_high=1.5 * estimate, n=3900, cases_a_year=900.0, done_share=0.7, change=9 * estimate,
        change_low=4.5 * estimate, change_high=13.5 * estimate, grade=Grade.C, call=Call.TEST, decides=Decides.GRADE,
        doubt=SomethingUnrecorded(), smallest_gain=2.0, test_per_arm=4000, test_weeks=30.0,
    )  # fmt: skip
