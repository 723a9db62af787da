"""What being offered does to those who take it up: the complier effect (Wald; 2SLS with the draw as instrument).

It assumes that the draw changes outcomes through take-up alone, and that it makes nobody refuse. The interval is
Fieller's (Anderson & Rubin 1949), which holds however little the draw moves take-up; below a first-stage F of 10 none
is told.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from pipelines.contracts.catalog.thresholds import LEAST_FIRST_STAGE_F
from pipelines.models.drawn.arms import Means
from pipelines.models.fit.interval import LEVEL, Interval


@dataclass(frozen=True)
class TakenUp:
    """The effect on those whom the draw makes take it up, how many more these are, and the first stage's F."""

    effect: Interval
    moved_share: float
    first_stage_f: float

    @property
    def strong(self) -> bool:
        """Whether the draw moves take-up clearly enough to divide by it."""
        return self.first_stage_f >= LEAST_FIRST_STAGE_F


def taken_up(outcome: Means, takeup: Means, arm: int) -> TakenUp:
    """The difference in outcomes per difference in take-up, of one arm to arm 0; both from the same draw and rows."""
    a, b = outcome.difference(arm), takeup.difference(arm)
    moves = np.column_stack([outcome.moves(arm), takeup.moves(arm)])
    moves = moves[np.isfinite(moves).all(axis=1)]
    V = (len(moves) - 1) / len(moves) * moves.T @ moves
    f = b.estimate**2 / V[1, 1] if V[1, 1] > 0 else (np.inf if b.estimate else 0.0)
    effect = a.estimate / b.estimate if b.estimate else float("nan")
    variance = V[0, 0] - 2 * effect * V[0, 1] + effect**2 * V[1, 1]
    error = float(np.sqrt(max(variance, 0.0))) / abs(b.estimate) if b.estimate else float("inf")
    t = float(stats.t.ppf(0.5 + LEVEL / 2, a.df))
    low, high = _fieller(a.estimate, b.estimate, V[0, 0], V[0, 1], V[1, 1], t)
    return TakenUp(Interval(effect, error, a.df, low, high, a.p_value), b.estimate, float(f))


def _fieller(a: float, b: float, aa: float, ab: float, bb: float, t: float) -> tuple[float, float]:
    """All ratios r for which |a − r b| lies within t of its errors; everything where b may be nothing."""
    A, B, C = b * b - t * t * bb, -2 * (a * b - t * t * ab), a * a - t * t * aa
    inside = B * B - 4 * A * C
    if A <= 0 or inside < 0:
        return -np.inf, np.inf
    root = float(np.sqrt(inside))
    return (-B - root) / (2 * A), (-B + root) / (2 * A)
