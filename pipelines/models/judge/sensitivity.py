"""What a hidden cause would have to be like: robustness value, bounds against the strongest covariate, E-value.

Cinelli & Hazlett 2020, on the linear model of the outcome on the dose and everything adjusted for;
VanderWeele & Ding 2017.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from pipelines.contracts.catalog.thresholds import HIDDEN_CAUSE_MULTIPLES
from pipelines.models.arrays import Floats, Ints


def e_value(risk_ratio: float) -> float:
    """E-value of a risk ratio; 1 when the ratio is 1."""
    rr = max(risk_ratio, 1.0 / risk_ratio) if risk_ratio > 0 else np.inf
    return float(rr + np.sqrt(rr * (rr - 1.0)))


def robustness_value(t: float, df: float, alpha: float = 1.0) -> float:
    """Partial R² with dose and outcome that would take the estimate to zero (or its test to ``alpha``)."""
    needed = stats.t.isf(alpha / 2, df - 1) / np.sqrt(df - 1) if alpha < 1 else 0.0
    f = max(abs(t) / np.sqrt(df) - needed, 0.0)
    return float(0.5 * (np.sqrt(f**4 + 4 * f**2) - f**2))


@dataclass(frozen=True)
class Bound:
    """Share of the estimate left under a hidden cause ``multiple`` times as strong as a covariate (1: all of it)."""

    covariate: str
    multiple: float
    remaining: float


@dataclass(frozen=True)
class Robustness:
    """Robustness value, the one at the 5 % level, and the worst bound at each multiple."""

    value: float
    value_at_limit: float
    bounds: tuple[Bound, ...]

    def remaining(self, multiple: float) -> float:
        """Share of the estimate left under the worst covariate at a multiple."""
        return min((b.remaining for b in self.bounds if b.multiple == multiple), default=1.0)


def robustness(X: Floats, groups: Mapping[str, Ints], dose: Floats, y: Floats) -> Robustness:
    """Robustness of the slope of ``y`` on ``dose`` given ``X`` (N, k, with constant); ``groups`` name its columns."""
    slope, error, df, by_y = _regress(np.column_stack([X, dose]), y, groups)
    *_, by_dose = _regress(X, dose, groups)
    t = slope / error
    bounds = [Bound(g, m, _remaining(t, df, by_dose[g], by_y[g], m)) for g in groups for m in HIDDEN_CAUSE_MULTIPLES]
    return Robustness(
        value=robustness_value(t, df),
        value_at_limit=robustness_value(t, df, alpha=0.05),
        bounds=_worst(bounds),
    )


def _worst(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """The worst bound at each multiple; a hidden cause stronger than anything that fits beside the dose can't exist."""
    possible = sorted((b for b in bounds if np.isfinite(b.remaining)), key=lambda b: (b.multiple, b.remaining))
    return tuple({b.multiple: b for b in reversed(possible)}.values())[::-1]


def _regress(X: Floats, y: Floats, groups: Mapping[str, Ints]) -> tuple[float, float, float, dict[str, float]]:
    """Last coefficient, its error, residual df, and the partial R² of each group of columns."""
    inverse = np.linalg.pinv(X.T @ X, hermitian=True)
    beta = inverse @ (X.T @ y)
    residual = y - X @ beta
    df = float(len(y) - X.shape[1])
    rss = float(residual @ residual)
    partial = {}
    for name, columns in groups.items():
        gain = beta[columns] @ np.linalg.solve(inverse[np.ix_(columns, columns)], beta[columns])
        partial[name] = float(gain / (gain + rss))
    return float(beta[-1]), float(np.sqrt(inverse[-1, -1] * rss / df)), df, partial


def _remaining(t: float, df: float, r2_dose: float, r2_y: float, multiple: float) -> float:
    with_dose, with_y = hidden_strength(r2_dose, r2_y, multiple)
    if with_dose >= 1.0:
        return np.nan
    return 1.0 - float(np.sqrt(with_y * with_dose / (1 - with_dose)) * np.sqrt(df) / abs(t))


def hidden_strength(r2_dose: float, r2_y: float, multiple: float) -> tuple[float, float]:
    """Partial R² with dose and outcome of a hidden cause ``multiple`` times as strong as a covariate with these two."""
    with_dose = multiple * r2_dose / (1 - r2_dose)
    if with_dose >= 1.0:
        return 1.0, 1.0
    shared = multiple * r2_dose**2 / ((1 - multiple * r2_dose) * (1 - r2_dose))
    with_y = ((np.sqrt(multiple) + np.sqrt(shared)) / np.sqrt(1 - shared)) ** 2 * r2_y / (1 - r2_y)
    return with_dose, float(min(with_y, 1.0))
