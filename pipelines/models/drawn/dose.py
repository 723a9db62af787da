"""A dose drawn by lot: what any of it does beside nothing, and what one unit more of it does.

Nothing is not the limit of a little, so zero, where it was drawn, has a level of its own (the jump), and the slope is
that among those who got something. Least squares with strata held, since doses were drawn within them; errors CV3.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats
from pipelines.models.drawn.arms import independent
from pipelines.models.drawn.draws import Draws
from pipelines.models.drawn.leave_out import Left, least_squares
from pipelines.models.fit.interval import Interval, interval


@dataclass(frozen=True)
class Sloped:
    """What one more unit of the dose does; ``jump``: the smallest dose drawn beside nothing, None without a zero."""

    slope: Interval
    jump: Interval | None
    smallest: float


def sloped(draws: Draws, dose: Floats, y: Floats, X: Floats) -> Sloped | None:
    """Slope and jump of a dose (N,); None where fewer than two doses above zero, or too few units, were drawn."""
    positive = dose > 0
    doses = np.unique(dose[positive]) if positive.any() else np.unique(dose)
    zero = bool((dose == 0).any()) and bool(positive.any())
    if len(doses) < 2:
        return None
    smallest = float(doses[0]) if zero else 0.0
    above = np.where(positive, dose - smallest, 0.0) if zero else dose
    treatment = np.column_stack([positive.astype(float), above]) if zero else above[:, None]
    strata = np.unique(draws.stratum, return_inverse=True)[1]
    dummies = (strata[:, None] == np.arange(1, strata.max() + 1)).astype(float)
    beside = independent(np.column_stack([dummies, X]), treatment)
    left = least_squares(np.column_stack([treatment, np.ones(len(y)), beside]), y, draws.unit, len(draws.units.rows))
    place = treatment.shape[1] - 1
    rest = len(draws.units.rows) - treatment.shape[1] - 1 - beside.shape[1]
    if rest < 1:
        return None
    return Sloped(_of(left, place, rest), _of(left, 0, rest) if zero else None, smallest)


def _of(left: Left, place: int, most: int) -> Interval:
    """CV3 with the degrees of freedom that the units' own moves show, and no more than there are."""
    moves = left.without[:, place] - left.beta[place]
    moves = moves[np.isfinite(moves)]
    squares = moves**2
    error = float(np.sqrt((len(moves) - 1) / len(moves) * squares.sum()))
    df = float(squares.sum() ** 2 / (squares**2).sum()) if error > 0 else 1.0
    return interval(float(left.beta[place]), error, max(1.0, min(df, float(most))))
