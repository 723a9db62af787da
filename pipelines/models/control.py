"""Negative control: purchases in the year before the incident can't be changed by what the company did after it.

Outcome: more orders in that year than the middle customer. The same contrasts, the same adjustment less the purchase
history itself. An "effect" here is confounding that remains.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog import Outcome
from pipelines.models.arrays import Floats
from pipelines.models.covariates import group_of
from pipelines.models.facts import Facts
from pipelines.models.family import BINOMIAL
from pipelines.models.interval import Interval
from pipelines.models.question import Level, Question, numbers, subset
from pipelines.models.refusal import NotEstimableError
from pipelines.models.solve import solve

ORDERED_BEFORE = Outcome(
    "ordered_before", "orders_365d", "Ordered more than most in the year before", "share of customers",
    "customers who had ordered more than most", "binary", "higher_is_better",
)  # fmt: skip


@dataclass(frozen=True)
class Control:
    """Intervals of the impossible effect, points per 100, by contrast."""

    intervals: Mapping[Level, Interval]

    def power(self, level: Level, effect: float) -> float:
        """Chance to notice, at the 5 % level, an association as large as ``effect`` (points per 100)."""
        shift = abs(effect) / (100.0 * self.intervals[level].std_error)
        limit = float(stats.t.ppf(0.975, self.intervals[level].df))
        return float(stats.norm.sf(limit - shift) + stats.norm.cdf(-limit - shift))


def negative_control(question: Question, mart: pd.DataFrame, facts: Facts) -> Control | None:
    """The control for a question, or None where purchases before the incident aren't known or hardly vary."""
    orders = numbers(mart, "orders_365d")[question.rows]
    known = np.isfinite(orders)
    if known.mean() < 0.5:
        return None
    asked = subset(_asked(question, facts, orders), known)
    try:
        solved = solve(asked, [asked.base, *(c.to for c in asked.contrasts)])
    except NotEstimableError:
        return None
    return Control({c.level: solved.contrast(j) for j, c in enumerate(asked.contrasts, start=1)})


def _asked(question: Question, facts: Facts, orders: Floats) -> Question:
    kept = tuple(t for t in question.covariates if group_of(t.names[0], facts) != "history")
    often = orders > np.nanmedian(orders)
    return replace(
        question,
        aim=replace(question.aim, outcome=ORDERED_BEFORE, horizon_days=None, family=BINOMIAL),
        sample=replace(question.sample, y=np.asarray(often, dtype=float)),
        covariates=kept,
    )
