"""What is estimated: one :class:`ModelSpec` per outcome. A new outcome is one more line here and in the catalog."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.contracts.catalog import OUTCOMES, Outcome
from pipelines.models.facts import Facts
from pipelines.models.family import BINOMIAL, Family
from pipelines.models.question import Aim


@dataclass(frozen=True)
class ModelSpec:
    """One outcome, the family of its model, and the treatments it is asked about.

    ``thorough`` adds the specification ladder and a second estimator."""

    outcome: Outcome
    family: Family
    treatments: tuple[str, ...]
    thorough: bool = False


DOSES = ("speed", "compensation")

SPECS: tuple[ModelSpec, ...] = (
    ModelSpec(OUTCOMES["returned"], BINOMIAL, DOSES, thorough=True),
    ModelSpec(OUTCOMES["retained"], BINOMIAL, DOSES, thorough=True),
)

ESTIMAND = {"speed": "policy_shift", "compensation": "dose"}
POPULATION = {"speed": "all", "compensation": "answered"}
BASELINE = {"speed": "today's answering times", "compensation": "nothing given"}


def specs(facts: Facts) -> tuple[ModelSpec, ...]:
    """The standard specifications that fit the kind of retention."""
    other = "returned" if facts.retention == "contractual" else "retained"
    return tuple(s for s in SPECS if s.outcome.id != other)


def aims(spec: ModelSpec, treatment: str, facts: Facts) -> Iterator[Aim]:
    """One aim per horizon of the outcome."""
    horizons = facts.horizons_days if spec.outcome.has_horizon else (None,)
    for horizon in horizons:
        yield Aim(
            outcome=spec.outcome,
            horizon_days=horizon,
            treatment=treatment,
            estimand=ESTIMAND[treatment],
            population=POPULATION[treatment],
            baseline=BASELINE[treatment],
            family=spec.family,
        )
