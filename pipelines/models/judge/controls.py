"""Controls of circumstances: how other cases nearby were treated can't have acted on this one.

With a case's own treatment held, its outcome should not move with the treatment of others at its site, elsewhere the
same day, the week after, or by the same agent; where it does, something that they share moves both. Each is a score
test of one more regressor in the fitted model (Boos 1992), its variance the largest over several clusterings; together
they are judged by Šidák's limit. Power: the chance to see circumstances strong enough to make all of the effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.linalg import cho_factor, cho_solve

from pipelines.contracts.catalog.checks import Subject
from pipelines.contracts.catalog.thresholds import CONTROLS_LEVEL, LEAST_OWN_SPREAD
from pipelines.models.arrays import Floats, Ints
from pipelines.models.ask.circumstances import Others
from pipelines.models.fit.solve import Solved

# Mean square below which a control is one number but for rounding.
_NO_SPREAD = 1e-12


@dataclass(frozen=True)
class ControlTest:
    """One control: its standardised score, two-sided p-value, and power at the joint limit."""

    name: Subject
    t: float
    p_value: float
    power: float


@dataclass(frozen=True)
class ControlTests:
    """All controls that could be looked at: the joint p-value, and the power of the one that sees most."""

    each: tuple[ControlTest, ...]
    p_value: float

    @property
    def power(self) -> float:
        """The largest power."""
        return max(c.power for c in self.each)


def control_tests(solved: Solved, others: Others, clusterings: Sequence[Ints]) -> ControlTests | None:
    """Score tests of the controls in a fit; None where what is held leaves none of them any spread."""
    sample, fit = solved.question.sample, solved.fit
    index, names = fit.patterns.index, list(others.columns)
    if not names:
        return None
    weight = sample.weight * fit.h[index]
    residual = sample.weight * fit.a[index] * (sample.y - fit.mu[index])
    Z = np.column_stack([_centred(others.columns[name], weight) for name in names])
    fixed = fit.design.fixed_width
    own = sample.table[solved.question.dose]
    X = fit.design.matrix(index)
    pull = X[:, fixed:] @ fit.beta[fixed:]
    scores = Z - X @ (fit.inverse @ (X.T @ (weight[:, None] * Z)))
    left = (weight @ (scores * scores)) / np.maximum(weight @ (Z * Z), _NO_SPREAD * weight.sum())
    together = abs(_covariance(fit.information[:fixed, :fixed], X[:, :fixed], weight, own, pull))
    codes = [sample.cluster, *(c for c in (sample.second, sample.cell, *clusterings) if c is not None)]
    spread = np.sqrt(np.max([_variance(scores * residual[:, None], code) for code in codes], axis=0))
    kept = [j for j in range(len(names)) if left[j] > LEAST_OWN_SPREAD and spread[j] > 0]
    if not kept:
        return None
    largest = _largest(scores[:, kept] * residual[:, None], codes[-1])
    limit = float(np.quantile(largest, 1 - CONTROLS_LEVEL))
    tests = tuple(
        _test(names[j], float(scores[:, j] @ residual) / float(spread[j]), together / float(spread[j]), limit)
        for j in kept
    )
    seen = max(abs(test.t) for test in tests)
    return ControlTests(tests, float((1 + np.sum(largest >= seen)) / (1 + len(largest))))


_DRAWS, _SEED = 10_000, 20_260_101


def _largest(parts: Floats, cluster: Ints) -> Floats:
    """Draws of the largest of the standardised scores, correlated as their sums by cluster are, were all clean."""
    sums = _sums(parts, cluster)
    size = np.sqrt((sums * sums).sum(axis=0))
    values, vectors = np.linalg.eigh(sums.T @ sums / np.outer(size, size))
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    draws = np.random.default_rng(_SEED).standard_normal((_DRAWS, len(size))) @ root.T
    return np.asarray(np.abs(draws).max(axis=1))


def _test(name: Subject, t: float, shift: float, limit: float) -> ControlTest:
    power = float(stats.norm.sf(limit - shift) + stats.norm.cdf(-limit - shift))
    return ControlTest(name, t, float(2 * stats.norm.sf(abs(t))), power)


def _centred(values: Floats, weight: Floats) -> Floats:
    """A control less its mean; 0 where there was no other case."""
    known = np.isfinite(values)
    mean = float(weight[known] @ values[known] / max(weight[known].sum(), 1e-300))
    return np.where(known, values - mean, 0.0)


def _covariance(information: Floats, X: Floats, weight: Floats, one: Floats, other: Floats) -> float:
    """Weighted cross product of two columns, given X."""
    factor = cho_factor(information)
    with_one, with_other = X.T @ (weight * one), X.T @ (weight * other)
    return float((weight * one) @ other - with_one @ cho_solve(factor, with_other))


def _variance(scores: Floats, cluster: Ints) -> Floats:
    sums = _sums(scores, cluster)
    return np.asarray((sums * sums).sum(axis=0) * len(sums) / max(len(sums) - 1, 1))


def _sums(parts: Floats, cluster: Ints) -> Floats:
    codes = np.unique(cluster, return_inverse=True)[1]
    return np.column_stack([np.bincount(codes, parts[:, j]) for j in range(parts.shape[1])])


def unexpected(solved: Solved) -> Floats:
    """Per row, the treatment less what the covariates of a fit let expect: what of it others may share."""
    fit, sample = solved.fit, solved.question.sample
    X = fit.design.at(fit.patterns.index)[0]
    dose = sample.table[solved.question.dose]
    gram = X.T @ (sample.weight[:, None] * X)
    return np.asarray(dose - X @ np.linalg.lstsq(gram, X.T @ (sample.weight * dose), rcond=None)[0])
