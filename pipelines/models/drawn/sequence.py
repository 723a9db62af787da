"""Limits that hold however often one looks: asymptotic confidence sequences.

m(r) = √((1 + 1/cr) · (ln(1 + cr) + 2 ln(1/α))) errors on each side, with r the units so far over those planned and c
chosen to make the limits narrowest at r = 1. Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, theorem 2.2,
tuned as they do; it is Robbins' 1970 normal mixture. As with any limit theorem the first look must not come too early.
"""

import math
from dataclasses import dataclass

from pipelines.models.fit.interval import LEVEL, Interval

# Units at the first look: fewer are no large sample.
FIRST_LOOK_UNITS = 50
# What a trial is taken to have planned where nobody says: limits are a little wider elsewhere, and hold everywhere.
USUAL_PLAN_UNITS = 1_000


@dataclass(frozen=True)
class AlwaysValid:
    """Limits at one look among any number; p is the smallest rate at which they would leave out zero."""

    low: float
    high: float
    p_value: float


def errors_wide(units: float, planned: float, alpha: float = 1 - LEVEL) -> float:
    """How many standard errors the limits lie apart from the estimate."""
    c = _tuned(alpha) * units / planned
    return math.sqrt((1 + 1 / c) * (math.log1p(c) + 2 * math.log(1 / alpha)))


def always_valid(found: Interval, units: float, planned: float = USUAL_PLAN_UNITS, arms: int = 2) -> AlwaysValid | None:
    """Limits of one of ``arms`` − 1 differences that hold at every look at all of them; None before the first look."""
    if units < FIRST_LOOK_UNITS or not found.std_error > 0:
        return None
    alpha = (1 - LEVEL) / max(1, arms - 1)
    half = errors_wide(units, planned, alpha) * found.std_error
    c = _tuned(alpha) * units / planned
    log_p = 0.5 * math.log1p(c) - 0.5 * (found.estimate / found.std_error) ** 2 * c / (1 + c)
    p = min(1.0, max(1, arms - 1) * math.exp(min(0.0, log_p)))
    return AlwaysValid(found.estimate - half, found.estimate + half, p)


def _tuned(alpha: float) -> float:
    """c: planned units times ρ², to which the limits are narrowest."""
    return -2 * math.log(alpha) + math.log(-2 * math.log(alpha)) + 1
