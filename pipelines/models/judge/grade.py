"""How far an estimate may be believed: the worst of eight components, never an average.

The cut-offs are in ``contracts.catalog.thresholds``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.contracts.catalog.checks import Check, passes
from pipelines.contracts.catalog.grades import Component, Grade
from pipelines.contracts.catalog.thresholds import (
    HARD_DF,
    HARD_EFFECTIVE_SHARE,
    HARD_IMBALANCE,
    HARD_SPREAD_ERRORS,
    HIDDEN_CAUSE_MULTIPLES,
    LEAST_HEADLINE_DF,
    SUSPICIOUS_CONTROL_P,
)
from pipelines.contracts.message import Reason


@dataclass(frozen=True)
class Evidence:
    """What the grade is decided on. ``None`` means the check could not be made.

    ``soft_failures`` and ``hard_failures`` name the gates that failed; ``reversed``: raw and adjusted disagree in sign;
    ``remaining`` is the share of the estimate left under a hidden cause ½×, 1× and 2× as strong as the strongest
    covariate; ``control_*`` describe the negative control: p-value, |estimate| as a share of the effect, power to see
    an association as large as the effect; ``spread`` is the largest distance between estimators in standard errors,
    ``flips`` whether they disagree in sign. ``unrecorded``: what of the circumstances isn't on record or can't be held;
    ``across_p``, ``within_p`` and ``controls_power`` are those of the controls before and after it is.
    """

    randomised: bool
    headline: bool
    soft_failures: tuple[Check, ...]
    hard_failures: tuple[Check, ...]
    reversed: bool | None
    balance: float | None
    ess_share: float | None
    df: float
    remaining: Mapping[float, float] | None
    control_p: float | None
    control_share: float | None
    control_power: float | None
    spread: float | None
    flips: bool
    unrecorded: tuple[Reason, ...] = ()
    across_p: float | None = None
    within_p: float | None = None
    controls_power: float | None = None


def grade(evidence: Evidence) -> tuple[Grade, dict[Component, Grade]]:
    """The grade and its components."""
    components: dict[Component, Grade] = {
        Component.DESIGN: _design(evidence),
        Component.BALANCE: _balance(evidence),
        Component.EFFECTIVE_SAMPLE: _effective_sample(evidence),
        Component.DEGREES_OF_FREEDOM: _df(evidence),
        Component.ROBUSTNESS: _robustness(evidence),
        Component.NEGATIVE_CONTROL: _negative_control(evidence),
        Component.ESTIMATOR_SPREAD: _spread(evidence),
        Component.CIRCUMSTANCES: _circumstances(evidence),
    }
    return max(components.values()), components


def _design(e: Evidence) -> Grade:
    if e.hard_failures:
        return Grade.D
    if e.soft_failures:
        return Grade.C
    return Grade.A if e.randomised else Grade.B


def _balance(e: Evidence) -> Grade:
    if e.balance is None:
        return Grade.C
    if e.randomised:
        return Grade.A if e.balance < HARD_IMBALANCE else Grade.D
    if passes(Check.BALANCE, e.balance):
        return Grade.B
    return Grade.C if e.balance < HARD_IMBALANCE else Grade.D


def _effective_sample(e: Evidence) -> Grade:
    if e.randomised:
        return Grade.A
    if e.ess_share is None:
        return Grade.C
    if passes(Check.EFFECTIVE_SHARE, e.ess_share):
        return Grade.B
    return Grade.C if e.ess_share > HARD_EFFECTIVE_SHARE else Grade.D


def _df(e: Evidence) -> Grade:
    if passes(Check.DF, e.df):
        return Grade.A
    return Grade.C if e.df >= (LEAST_HEADLINE_DF if e.headline else HARD_DF) else Grade.D


def _robustness(e: Evidence) -> Grade:
    if e.randomised:
        return Grade.A
    if e.remaining is None:
        return Grade.C
    half, once, _ = HIDDEN_CAUSE_MULTIPLES
    if passes(Check.HIDDEN_CAUSE, e.remaining[once]):
        return Grade.B
    return Grade.C if passes(Check.HIDDEN_CAUSE, e.remaining[half]) else Grade.D


def _negative_control(e: Evidence) -> Grade:
    if e.control_p is None or e.control_share is None or e.control_power is None:
        return Grade.A if e.randomised else Grade.C
    if not passes(Check.NEGATIVE_CONTROL_P, e.control_p):
        return Grade.D
    if e.randomised:
        return Grade.A
    clean = e.control_p > SUSPICIOUS_CONTROL_P and passes(Check.NEGATIVE_CONTROL_SHARE, e.control_share)
    return Grade.B if clean and passes(Check.NEGATIVE_CONTROL_POWER, e.control_power) else Grade.C


def _spread(e: Evidence) -> Grade:
    if e.spread is None:
        return Grade.A if e.randomised else Grade.C
    if e.flips or e.spread >= HARD_SPREAD_ERRORS:
        return Grade.D
    return Grade.A if passes(Check.ESTIMATOR_SPREAD, e.spread) else Grade.C


def _circumstances(e: Evidence) -> Grade:
    """Controls that fail before circumstances are held leave no direction; what can't be looked at leaves a hint."""
    if e.randomised:
        return Grade.A
    if e.across_p is not None and not passes(Check.CONTROLS_ACROSS, e.across_p):
        return Grade.D
    if e.unrecorded or e.across_p is None or e.within_p is None or e.controls_power is None:
        return Grade.C
    seen = passes(Check.CONTROLS_WITHIN, e.within_p) and passes(Check.CONTROLS_POWER_ACROSS, e.controls_power)
    return Grade.B if seen else Grade.C
