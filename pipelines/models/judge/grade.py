"""How far an estimate may be believed: the worst of seven components, never an average.

The cut-offs are judgement, calibrated with the simulator (docs/validation.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Grade = Literal["A", "B", "C", "D"]

LARGEST_BALANCE = 0.10
LEAST_EFFECTIVE_SHARE = 0.3
LEAST_DF = 20.0
LEAST_POWER = 0.80
SIGNIFICANT = 0.01
SUSPICIOUS = 0.05
LARGEST_CONTROL_SHARE = 0.5


@dataclass(frozen=True)
class Evidence:
    """What the grade is decided on. ``None`` means the check could not be made.

    ``soft_failures`` and ``hard_failures`` name the gates that failed; ``reversed``: raw and adjusted disagree in sign;
    ``remaining`` is the share of the estimate left under a hidden cause ½×, 1× and 2× as strong as the strongest
    covariate; ``control_*`` describe the negative control: p-value, |estimate| as a share of the effect, power to see
    an association as large as the effect; ``spread`` is the largest distance between estimators in standard errors,
    ``flips`` whether they disagree in sign.
    """

    randomised: bool
    headline: bool
    soft_failures: tuple[str, ...]
    hard_failures: tuple[str, ...]
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


def grade(evidence: Evidence) -> tuple[Grade, dict[str, Grade]]:
    """The grade and its components."""
    components: dict[str, Grade] = {
        "design": _design(evidence),
        "balance": _balance(evidence),
        "effective_sample": _effective_sample(evidence),
        "degrees_of_freedom": _df(evidence),
        "robustness": _robustness(evidence),
        "negative_control": _negative_control(evidence),
        "estimator_spread": _spread(evidence),
    }
    return max(components.values()), components


def _design(e: Evidence) -> Grade:
    if e.hard_failures:
        return "D"
    if e.soft_failures:
        return "C"
    return "A" if e.randomised else "B"


def _balance(e: Evidence) -> Grade:
    if e.balance is None:
        return "C"
    if e.randomised:
        return "A" if e.balance < 0.20 else "D"
    return "B" if e.balance < LARGEST_BALANCE else "C" if e.balance < 0.20 else "D"


def _effective_sample(e: Evidence) -> Grade:
    if e.randomised:
        return "A"
    if e.ess_share is None:
        return "C"
    return "B" if e.ess_share > LEAST_EFFECTIVE_SHARE else "C" if e.ess_share > 0.1 else "D"


def _df(e: Evidence) -> Grade:
    if e.df >= LEAST_DF:
        return "A"
    return "C" if e.df >= (10 if e.headline else 4) else "D"


def _robustness(e: Evidence) -> Grade:
    if e.randomised:
        return "A"
    if e.remaining is None:
        return "C"
    return "B" if e.remaining[1.0] > 0 else "C" if e.remaining[0.5] > 0 else "D"


def _negative_control(e: Evidence) -> Grade:
    if e.control_p is None or e.control_share is None or e.control_power is None:
        return "A" if e.randomised else "C"
    if e.control_p <= SIGNIFICANT:
        return "D"
    if e.randomised:
        return "A"
    clean = e.control_p > SUSPICIOUS and e.control_share <= LARGEST_CONTROL_SHARE and e.control_power >= LEAST_POWER
    return "B" if clean else "C"


def _spread(e: Evidence) -> Grade:
    if e.spread is None:
        return "A" if e.randomised else "C"
    if e.flips or e.spread >= 2.0:
        return "D"
    return "A" if e.spread < 1.5 else "C"
