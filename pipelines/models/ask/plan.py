"""What is estimated: one :class:`ModelSpec` per outcome. A new outcome is one more line here and in the catalog."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.contracts.catalog.outcomes import OUTCOMES, Direction, Outcome, OutcomeKind
from pipelines.contracts.manifest import DeclaredOutcome
from pipelines.contracts.mart import outcome_of_profile
from pipelines.models.ask.held_equal import ACTIONS
from pipelines.models.facts import Facts
from pipelines.models.fit.family import BINOMIAL, GAUSSIAN, POISSON, Family
from pipelines.models.question import Aim

DOSES = ("speed", "compensation")
WIDE = (*DOSES, "on_time", "compensation_kind", "cash", *ACTIONS, "resolution", "silence", "assignment")
MAIN_HORIZON_DAYS = 365

FAMILY: dict[OutcomeKind, Family] = {"binary": BINOMIAL, "amount": POISSON, "count": POISSON, "score": GAUSSIAN}


@dataclass(frozen=True)
class ModelSpec:
    """One outcome, the family of its model, and the treatments it is asked about.

    ``leading`` outcomes are asked about at every horizon, the others at the main one; at the main horizon they get the
    specification ladder, a second estimator, segments and the surface.
    """

    outcome: Outcome
    family: Family
    treatments: tuple[str, ...] = DOSES
    leading: bool = False


SPECS: tuple[ModelSpec, ...] = (
    ModelSpec(OUTCOMES["returned"], BINOMIAL, WIDE, leading=True),
    ModelSpec(OUTCOMES["retained"], BINOMIAL, WIDE, leading=True),
    ModelSpec(OUTCOMES["spend"], POISSON, (*DOSES, "assignment")),
    ModelSpec(OUTCOMES["spend_without_voucher"], POISSON),
    ModelSpec(OUTCOMES["held_booking_cancelled"], BINOMIAL),
    ModelSpec(OUTCOMES["promoter"], BINOMIAL, (*DOSES, *ACTIONS)),
    ModelSpec(OUTCOMES["review_stars"], GAUSSIAN),
    ModelSpec(OUTCOMES["referrals"], POISSON),
    ModelSpec(OUTCOMES["negative_post"], BINOMIAL, (*DOSES, *ACTIONS)),
    ModelSpec(OUTCOMES["positive_story"], BINOMIAL),
    ModelSpec(OUTCOMES["reopened"], BINOMIAL),
    ModelSpec(OUTCOMES["restored"], BINOMIAL),
)

ESTIMAND = {"speed": "policy_shift", "compensation": "dose", "assignment": "as_assigned", "on_time": "two_arm",
            "compensation_kind": "form", "cash": "form", "failure": "effect_of_failure",
            "resolution": "landmark", "silence": "landmark"}  # fmt: skip
POPULATION = {
    "speed": "all",
    "on_time": "all",
    "assignment": "as_assigned",
    "failure": "failed_and_never_failed",
    "resolution": "open_at_landmark",
    "silence": "open_at_landmark",
}
BASELINE = {
    "speed": "today's answering times",
    "compensation": "nothing given",
    "compensation_kind": "nothing given",
    "assignment": "the usual arm",
    "on_time": "late answers",
    "cash": "anything else",
    "failure": "never failed",
    "resolution": "resolved later",
    "silence": "a silence of two days",
}


def specs(facts: Facts) -> tuple[ModelSpec, ...]:
    """The standard specifications that fit the kind of retention, and the profile's own outcomes."""
    other = {"contractual": ("returned",), "transactional": ("retained",)}.get(facts.retention, ("retained",))
    own = tuple(ModelSpec(declared_outcome(o), FAMILY[o.kind], WIDE) for o in facts.declared_outcomes)
    return (*(s for s in SPECS if s.outcome.id not in other), *own)


def declared_outcome(declared: DeclaredOutcome) -> Outcome:
    """A profile's own outcome as the catalog would hold it."""
    direction: Direction = "higher_is_better" if declared.higher_is_better else "lower_is_better"
    return Outcome(
        declared.id, outcome_of_profile(declared.id), declared.label, declared.unit, declared.label.lower(),
        declared.kind, direction,
    )  # fmt: skip


def main_horizon(facts: Facts) -> int:
    """The horizon that leads: a year when it is declared, else the longest."""
    return MAIN_HORIZON_DAYS if MAIN_HORIZON_DAYS in facts.horizons_days else max(facts.horizons_days)


def aims(spec: ModelSpec, treatment: str, facts: Facts) -> Iterator[Aim]:
    """One aim per horizon of the outcome; only doses of a leading outcome at more than the main one."""
    horizons: tuple[int | None, ...] = (None,)
    if spec.outcome.has_horizon:
        every = spec.leading and treatment in DOSES
        horizons = facts.horizons_days if every else (main_horizon(facts),)
    for horizon in horizons:
        yield Aim(
            outcome=spec.outcome,
            horizon_days=horizon,
            treatment=treatment,
            estimand=ESTIMAND.get(treatment, "action"),
            population=POPULATION.get(treatment, "answered"),
            baseline=BASELINE.get(treatment, "not done"),
            family=GAUSSIAN if treatment == "assignment" else spec.family,
            estimator="lin" if treatment == "assignment" else "g_computation",
        )
