"""Effects: what one treatment changes in one outcome, under one specification."""

import hashlib
from dataclasses import dataclass, field

from pipelines.contracts.catalog.estimation import (
    AskedOf,
    Baseline,
    ContrastKind,
    Estimand,
    Estimator,
    OutcomeId,
    SeType,
    Spec,
    TreatmentId,
)
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.row import Published

KEY = (
    "outcome", "horizon_days", "outcome_level", "treatment", "contrast", "level_from", "level_to", "population",
    "segment", "estimand", "estimator", "spec", "se_type",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect(Published):
    """One contrast of one treatment on one outcome at one horizon, in one population or segment, by one specification.

    For shares and counts ``estimate``, its error and limits and ``baseline_estimate`` are points per 100 and ``unit``
    says so; for money and scores they are in the outcome's own unit, which of a declared outcome is the company's text.
    ``level_from`` and ``level_to``: a number of the treatment's unit, a level by name (:class:`At`), a form, or an arm
    as the company calls it. A row without an estimate says why in ``reasons``; one with an estimate says there what
    weakens it. ``baseline`` names what it is compared with;
    ``family``: the rows whose ``q_value`` was judged together. ``n_events``: cases in which the outcome happened.
    """

    TABLE = "effects"

    outcome: OutcomeId
    treatment: TreatmentId
    contrast: ContrastKind | None = None
    horizon_days: int | None = None
    outcome_level: str = ""
    level_from: str | None = None
    level_to: str | None = None
    population: AskedOf | None = None
    segment: str = ""
    estimand: Estimand | None = None
    estimator: Estimator | None = None
    spec: Spec = Spec.ADJUSTED
    se_type: SeType | None = None
    estimate: float | None = None
    std_error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    family: str | None = None
    df: float | None = None
    unit: Unit | str | None = None
    baseline: Baseline | None = None
    baseline_estimate: float | None = None
    n_incidents: int | None = None
    n_clusters: int | None = None
    n_events: int | None = None
    effective_incidents: float | None = None
    grade: Grade | None = None
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()
    effect_id: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Give the row its id: a hash of what identifies it, 16 hex digits, so that reruns name it alike."""
        text = "\x1f".join("" if (value := getattr(self, name)) is None else str(value) for name in KEY)
        object.__setattr__(self, "effect_id", hashlib.sha256(text.encode()).hexdigest()[:16])
