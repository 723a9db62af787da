"""Rubin's rules: one interval from several completions, with the degrees of freedom of Barnard & Rubin (1999)."""

from collections.abc import Sequence

import numpy as np

from pipelines.models.fit.interval import Interval, interval


def pooled(found: Sequence[Interval]) -> tuple[Interval, float]:
    """The pooled interval, and the share of its variance that is due to what is missing.

    T = W + (1 + 1/m) B with W the mean variance within and B the variance between m completions.
    """
    estimates = np.array([i.estimate for i in found])
    within = float(np.mean([i.std_error**2 for i in found]))
    between = float(np.var(estimates, ddof=1)) * (1 + 1 / len(found))
    total = within + between
    lost = between / total if total > 0 else 0.0
    complete = float(np.mean([i.df for i in found]))
    seen = (complete + 1) / (complete + 3) * complete * (1 - lost)
    drawn = (len(found) - 1) / lost**2 if lost > 0 else np.inf
    df = 1.0 / (1.0 / drawn + 1.0 / seen) if seen > 0 else 1.0
    return interval(float(estimates.mean()), float(np.sqrt(total)), max(df, 1.0)), lost
