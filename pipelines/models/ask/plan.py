"""What is estimated: every outcome of the catalogue with the treatments it is asked about."""

from collections.abc import Iterator
from dataclasses import replace

from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.estimation import (
    Baseline,
    Estimand,
    Estimator,
    OutcomeId,
    TreatmentId,
)
from pipelines.contracts.catalog.outcomes import (
    DAYS_TO_RETURN,
    RETAINED,
    RETURNED,
    STAYED,
    Outcome,
    OutcomeKind,
    every_outcome,
)
from pipelines.contracts.catalog.treatments import (
    DOSES,
    SPEED_AND_COMPENSATION,
    TREATMENTS,
    Treatment,
)
from pipelines.models.facts import Facts
from pipelines.models.fit.family import BINOMIAL, GAUSSIAN, POISSON, Family
from pipelines.models.question import Aim

MAIN_HORIZON_DAYS = 365

FAMILY: dict[OutcomeKind, Family] = {
    OutcomeKind.BINARY: BINOMIAL,
    OutcomeKind.AMOUNT: POISSON,
    OutcomeKind.COUNT: POISSON,
    OutcomeKind.SCORE: GAUSSIAN,
}
# How long until customers return is asked as a hazard, after everything else; and who stays doesn't return.
_ASKED_OTHERWISE: dict[Retention, tuple[OutcomeId, ...]] = {
    Retention.CONTRACTUAL: (DAYS_TO_RETURN, RETURNED),
}


def outcomes_asked(facts: Facts) -> tuple[Outcome, ...]:
    """The outcomes that fit the kind of retention, and the profile's own."""
    besides = _ASKED_OTHERWISE.get(facts.retention, (DAYS_TO_RETURN, RETAINED))
    unsaid = () if facts.reports(STAYED) else (STAYED,)
    asked = every_outcome(facts.declared_outcomes).values()
    return tuple(o for o in asked if o.id not in (*besides, *unsaid))


def treatments_asked(outcome: Outcome) -> tuple[TreatmentId, ...]:
    """What an outcome is asked about: the treatments that lead, then the groups it names, in the catalogue's order."""
    named = (t.id for t in TREATMENTS.values() if t.group in outcome.asked_about)
    return (*DOSES, *named)


def main_horizon(facts: Facts) -> int:
    """The horizon that leads: a year when it is declared, else the longest."""
    return MAIN_HORIZON_DAYS if MAIN_HORIZON_DAYS in facts.horizons_days else max(facts.horizons_days)


def aims(outcome: Outcome, treatment: TreatmentId, facts: Facts) -> Iterator[Aim]:
    """One aim per horizon of the outcome; only doses of a leading outcome at more than the main one."""
    entry = TREATMENTS[treatment]
    for horizon in _horizons(outcome, entry, facts):
        yield Aim(
            outcome=outcome,
            horizon_days=horizon,
            treatment=treatment,
            estimand=entry.estimand,
            population=entry.asked_of,
            baseline=entry.baseline,
            family=GAUSSIAN if entry.estimator is Estimator.LIN else FAMILY[outcome.kind],
            estimator=entry.estimator,
        )


def _horizons(outcome: Outcome, treatment: Treatment, facts: Facts) -> tuple[int | None, ...]:
    if not outcome.has_horizon:
        return (None,)
    return facts.horizons_days if outcome.leading and treatment.leads else (main_horizon(facts),)


def joint_aim(aim: Aim) -> Aim:
    """The question of both treatments at once, against what was done."""
    return replace(
        aim, treatment=SPEED_AND_COMPENSATION, estimand=Estimand.SURFACE, baseline=Baseline.WHAT_WAS_DONE
    )  # fmt: skip
