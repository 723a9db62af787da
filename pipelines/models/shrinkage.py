"""Many estimates of one family: shrunk towards their mean as far as their noise asks for, and judged together."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq

from pipelines.models.arrays import Floats
from pipelines.models.rows import Row


def between_variance(estimates: Floats, errors: Floats) -> float:
    """Variance of the true effects between segments: Paule & Mandel's estimator, 0 when noise explains all."""

    def excess(variance: float) -> float:
        weight = 1.0 / (errors**2 + variance)
        mean = weight @ estimates / weight.sum()
        return float(weight @ (estimates - mean) ** 2 - (len(estimates) - 1))

    if len(estimates) < 2 or excess(0.0) <= 0:
        return 0.0
    top = float(np.ptp(estimates) ** 2 + 1e-12)
    while excess(top) > 0:
        top *= 4.0
    return float(brentq(excess, 0.0, top))


def shrink(estimates: Floats, errors: Floats) -> tuple[Floats, Floats]:
    """Empirical-Bayes means and errors; the error includes that of the common mean (Morris 1983)."""
    variance = between_variance(estimates, errors)
    weight = 1.0 / (errors**2 + variance)
    mean = float(weight @ estimates / weight.sum())
    keep = variance / (errors**2 + variance)
    shrunk = keep * estimates + (1 - keep) * mean
    return shrunk, np.sqrt(keep * errors**2 + (1 - keep) ** 2 / weight.sum())


def with_q_values(rows: Sequence[Row], family: str) -> list[Row]:
    """The rows of one family with their q-values; rows without a p-value only get the family's name."""
    known = [j for j, row in enumerate(rows) if row["p_value"] is not None and np.isfinite(row["p_value"])]
    q = dict(zip(known, benjamini_hochberg([rows[j]["p_value"] for j in known]), strict=True))
    return [row | {"family": family, "q_value": q.get(j)} for j, row in enumerate(rows)]


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """q-values in the order of the p-values (Benjamini & Hochberg 1995)."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return [float(x) for x in q]
