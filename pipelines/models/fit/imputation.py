"""Chained imputation: several completions of a few incomplete columns, given complete ones that include the outcome.

A number is drawn by predictive mean matching after a Bayesian linear draw, a label level by level from a Bayesian
logistic draw (continuation ratios). One chain; every second state after the burn-in is a completion. Rubin's rules make
one interval of several completions, with the degrees of freedom of Barnard & Rubin (1999).
Sources: van Buuren, Flexible Imputation of Missing Data, 2nd ed., 3.2, 3.4 and 4.5; Tutz 1991 for the ratios.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.special import expit

from pipelines.models.arrays import Flags, Floats
from pipelines.models.fit.interval import Interval, interval

DRAWS = 20
BURN_IN, THINNING = 6, 2
DONORS = 5
RIDGE = 0.5
_NEWTON_STEPS = 4
_CLOSE = 1e-3


@dataclass(frozen=True)
class Incomplete:
    """One column with holes: numbers, or codes 0…``levels``−1 of a label (``levels`` 0: a number); NaN is missing."""

    values: Floats
    levels: int = 0

    @property
    def missing(self) -> Flags:
        """Where the holes are."""
        return np.isnan(self.values)

    def columns(self, filled: Floats) -> Floats:
        """The column as regressors of another one."""
        if self.levels == 0:
            return filled[:, None]
        return np.asarray(filled[:, None] == np.arange(1, self.levels), dtype=float)


def completions(complete: Floats, columns: Sequence[Incomplete], seed: int) -> Iterator[list[Floats]]:
    """``DRAWS`` completions of the columns; ``complete`` (N, k) holds no constant and nothing of the columns."""
    rng = np.random.default_rng(seed)
    Z = _standardised(complete)
    filled = [_from_known(column, rng) for column in columns]
    starts: dict[tuple[int, int], Floats] = {}
    for sweep in range(BURN_IN + THINNING * DRAWS):
        for j, column in enumerate(columns):
            others = [c.columns(filled[i]) for i, c in enumerate(columns) if i != j]
            X = np.column_stack([np.ones(len(Z)), Z, *(_standardised(o) for o in others)])
            filled[j] = _number(column, X, rng) if column.levels == 0 else _label(column, X, rng, starts, j)
        if sweep >= BURN_IN and (sweep - BURN_IN) % THINNING == 0:
            yield list(filled)


def _standardised(X: Floats) -> Floats:
    spread = X.std(axis=0)
    return np.asarray((X - X.mean(axis=0)) / np.where(spread > 1e-12, spread, np.inf))


def _from_known(column: Incomplete, rng: np.random.Generator) -> Floats:
    missing = column.missing
    drawn = rng.choice(column.values[~missing], int(missing.sum()))
    return _put(column.values, missing, drawn)


def _put(values: Floats, where: Flags, drawn: Floats) -> Floats:
    result = values.copy()
    result[where] = drawn
    return result


def _number(column: Incomplete, X: Floats, rng: np.random.Generator) -> Floats:
    missing = column.missing
    known, y = X[~missing], column.values[~missing]
    factor = cho_factor(known.T @ known + 1e-6 * len(known) * np.eye(X.shape[1]), lower=True)
    beta = cho_solve(factor, known.T @ y)
    residual = y - known @ beta
    spread = np.sqrt(residual @ residual / rng.chisquare(max(len(y) - X.shape[1], 1)))
    drawn = beta + spread * solve_triangular(factor[0], rng.standard_normal(len(beta)), trans="T", lower=True)
    return _put(column.values, missing, _matched(known @ beta, y, X[missing] @ drawn, rng))


def _matched(predicted: Floats, values: Floats, wanted: Floats, rng: np.random.Generator) -> Floats:
    """For each wanted prediction the value of one of the donors whose predictions lie next to it."""
    order = np.argsort(predicted, kind="stable")
    donors = min(DONORS, len(order))
    first = np.searchsorted(predicted[order], wanted) - donors // 2
    first = np.clip(first, 0, len(order) - donors)
    return np.asarray(values[order[first + rng.integers(0, donors, len(wanted))]])


def _label(
    column: Incomplete, X: Floats, rng: np.random.Generator, starts: dict[tuple[int, int], Floats], place: int
) -> Floats:
    """Level by level: is it this one, given that it is none of those before?"""
    missing = column.missing
    left = np.flatnonzero(missing)
    drawn = np.full(len(X), float(column.levels - 1))
    for level in range(column.levels - 1):
        at_risk = ~missing & (column.values >= level)
        beta, lower = _logit(X[at_risk], column.values[at_risk] == level, starts.get((place, level)))
        starts[place, level] = beta
        beta = beta + solve_triangular(lower, rng.standard_normal(len(beta)), trans="T", lower=True)
        here = rng.random(len(left)) < expit(X[left] @ beta)
        drawn[left[here]] = level
        left = left[~here]
    return _put(column.values, missing, drawn[missing])


def _logit(X: Floats, y: Flags, start: Floats | None) -> tuple[Floats, Floats]:
    """Coefficients under a light ridge, and the lower root of their information."""
    penalty = np.full(X.shape[1], RIDGE)
    beta = np.zeros(X.shape[1]) if start is None else start
    steps = 3 * _NEWTON_STEPS if start is None else _NEWTON_STEPS
    for _ in range(steps):
        p = expit(X @ beta)
        root = X * np.sqrt(np.maximum(p * (1 - p), 1e-10))[:, None]
        factor = cho_factor(root.T @ root + np.diag(penalty), lower=True)
        score = X.T @ (y - p) - penalty * beta
        step = cho_solve(factor, score)
        beta = beta + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(score @ step) < _CLOSE:
            break
    return beta, np.tril(factor[0])


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
