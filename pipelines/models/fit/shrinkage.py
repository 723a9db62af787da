"""Many estimates of one family: shrunk towards their mean as far as their noise asks for, and judged together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats


def between_variance(estimates: Floats, errors: Floats, correlation: Floats | None = None) -> float:
    """Variance τ² of the true effects between segments, 0 when noise explains all.

    Q = Σ w (x − x̄)² with w = 1/(v + τ²) is set to what it is on average, tr M(V + τ²I) with M = diag(w) − wwᵀ/Σw:
    Paule & Mandel's estimator (1982) where V is diagonal and the trace k − 1, else the moments of DerSimonian & Kacker
    (2007) with the trace that correlated estimates ask for (Hedges, Tipton & Johnson 2010).
    """
    noise = _covariance(errors, correlation)

    def excess(variance: float) -> float:
        weight = 1.0 / (errors**2 + variance)
        mean = weight @ estimates / weight.sum()
        spread = np.diag(weight) - np.outer(weight, weight) / weight.sum()
        expected = float((spread * noise).sum()) + variance * float(np.trace(spread))
        return float(weight @ (estimates - mean) ** 2) - expected

    if len(estimates) < 2 or excess(0.0) <= 0:
        return 0.0
    top = float(np.ptp(estimates) ** 2 + 1e-12)
    while excess(top) > 0:
        top *= 4.0
    return float(brentq(excess, 0.0, top))


def shrink(estimates: Floats, errors: Floats, correlation: Floats | None = None) -> tuple[Floats, Floats]:
    """Empirical-Bayes means and errors; ``correlation`` (k, k) is that of the estimates' noise, none if not given.

    Each estimate keeps τ²/(v + τ²) of its distance from the mean weighted by 1/(v + τ²), so none is drawn beyond the
    others. Written as Ax, the error is √diag(AVAᵀ + τ²(A − I)(A − I)ᵀ), with τ² as if it were known: what all
    segments err in together doesn't average out. Without correlation it is the error of Morris (1983).
    """
    variance = between_variance(estimates, errors, correlation)
    weight = 1.0 / (errors**2 + variance)
    keep = variance * weight
    drawn = np.diag(keep) + np.outer(1 - keep, weight / weight.sum())
    missed = drawn - np.eye(len(estimates))
    noise = drawn @ _covariance(errors, correlation) @ drawn.T
    return drawn @ estimates, np.sqrt(np.diag(noise) + variance * (missed**2).sum(axis=1))


def noise_correlation(moves: Floats) -> Floats:
    """Correlation (k, k) of k estimates' noise, from how far each moves without each of G clusters (G, k): CV3's."""
    products = moves.T @ moves
    scale = np.sqrt(np.diag(products))
    return np.asarray(products / np.outer(scale, scale))


def _covariance(errors: Floats, correlation: Floats | None) -> Floats:
    return np.diag(errors**2) if correlation is None else np.outer(errors, errors) * correlation


def with_q_values(rows: Sequence[Effect], family: str) -> list[Effect]:
    """The rows of one family with their q-values; rows without a p-value only get the family's name."""
    p_values = {j: row.p_value for j, row in enumerate(rows) if row.p_value is not None and np.isfinite(row.p_value)}
    q = dict(zip(p_values, benjamini_hochberg(list(p_values.values())), strict=True))
    return [replace(row, family=family, q_value=q.get(j)) for j, row in enumerate(rows)]


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """q-values in the order of the p-values (Benjamini & Hochberg 1995)."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return [float(x) for x in q]
