"""Made trials put to the models, and the rows that lead."""

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.outcomes import declared_outcome
from pipelines.contracts.catalog.treatments import ASSIGNMENT
from pipelines.contracts.tables.effect import Effect
from pipelines.models.ask.plan import aims
from pipelines.models.facts import Facts
from pipelines.models.rows import Results
from pipelines.models.trials.trial import Trial
from pipelines.simulate.worlds.trials import MadeTrial

SATISFACTION = declared_outcome("satisfaction", "Satisfaction", "points", "score", higher_is_better=True)


def asked_of(made: MadeTrial) -> Results:
    """All rows of the trial's outcome."""
    facts = Facts(
        horizons_days=(365,), response_cap_minutes=20_160.0, randomised="assignment", draw=made.draw,
        covariates=made.covariates, declared_outcomes=(SATISFACTION,),
    )  # fmt: skip
    return Trial(made.mart, facts).answer(next(iter(aims(SATISFACTION, ASSIGNMENT, facts))), None)


def headlines(results: Results, spec: Spec = Spec.ADJUSTED) -> dict[str, Effect]:
    """Rows of one specification by the level they go to."""
    return {str(row.level_to): row for row in results.effects if row.spec is spec and row.se_type != "independent"}
