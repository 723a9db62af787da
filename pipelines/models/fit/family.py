"""The four error families, each as the functions a Newton fit on counts needs.

With ``n`` observations and outcome sum ``s`` at linear predictor ``eta``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import expit

from pipelines.models.arrays import Floats

_ETA_LIMIT = 700.0


class FamilyName(StrEnum):
    """The families by name."""

    BINOMIAL = "binomial"
    POISSON = "poisson"
    GAUSSIAN = "gaussian"
    CLOGLOG = "cloglog"


@dataclass(frozen=True)
class Family:
    """A mean function with its slope dμ/dη, variance function V(μ), starting value and log-likelihood(η, n, s)."""

    name: FamilyName
    mean: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    variance: Callable[[Floats], Floats]
    start: Callable[[float], float]
    log_likelihood: Callable[[Floats, Floats, Floats], float]


def _logistic_slope(eta: Floats) -> Floats:
    mu: Floats = expit(eta)
    return mu * (1.0 - mu)


def _exp(eta: Floats) -> Floats:
    return np.exp(np.clip(eta, -_ETA_LIMIT, _ETA_LIMIT))


def _cloglog_mean(eta: Floats) -> Floats:
    return -np.expm1(-_exp(np.minimum(eta, 30.0)))


def _cloglog_slope(eta: Floats) -> Floats:
    hazard = _exp(np.minimum(eta, 30.0))
    return hazard * np.exp(-hazard)


def _cloglog_log_likelihood(eta: Floats, n: Floats, s: Floats) -> float:
    hazard = _exp(np.minimum(eta, 30.0))
    event = np.log(np.maximum(-np.expm1(-hazard), 1e-300))
    return float(s @ event - (n - s) @ hazard)


BINOMIAL = Family(
    FamilyName.BINOMIAL,
    mean=expit,
    slope=_logistic_slope,
    variance=lambda mu: mu * (1.0 - mu),
    start=lambda p: float(np.log(p / (1.0 - p))),
    log_likelihood=lambda eta, n, s: float(s @ eta - n @ np.logaddexp(0.0, eta)),
)
POISSON = Family(
    FamilyName.POISSON,
    mean=_exp,
    slope=_exp,
    variance=lambda mu: mu,
    start=lambda m: float(np.log(m)),
    log_likelihood=lambda eta, n, s: float(s @ eta - n @ _exp(eta)),
)
GAUSSIAN = Family(
    FamilyName.GAUSSIAN,
    mean=lambda eta: eta,
    slope=np.ones_like,
    variance=np.ones_like,
    start=lambda m: m,
    log_likelihood=lambda eta, n, s: float(s @ eta - 0.5 * (n @ (eta * eta))),
)
CLOGLOG = Family(
    FamilyName.CLOGLOG,
    mean=_cloglog_mean,
    slope=_cloglog_slope,
    variance=lambda mu: mu * (1.0 - mu),
    start=lambda p: float(np.log(-np.log1p(-p))),
    log_likelihood=_cloglog_log_likelihood,
)
