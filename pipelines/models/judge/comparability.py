"""Whether those a contrast would change have comparable cases among those already there.

Overlap: share of incidents moved to a level outside the local 2.5–97.5 % range of the dose. Balance: standardised mean
differences (correlations for a dose), before and after weighting; ESS = (Σw)² / Σw² of those weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.fit.propensity import propensity

STRATA = 20
LOCAL_RANGE = (0.025, 0.975)
SMALLEST_CHANCE = 1e-3


@dataclass(frozen=True)
class Comparability:
    """Of one contrast: standardised differences per covariate before and after, ESS share, share moved outside."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    ess_share: float
    outside_share: float = 0.0

    @property
    def worst(self) -> tuple[str, float]:
        """The covariate that differs most after weighting, and by how much."""
        return max(self.after.items(), key=lambda item: item[1], default=("", 0.0))


def compare(X: Floats, names: tuple[str, ...], moved: Flags, there: Flags, outside: Flags) -> Comparability:
    """Comparability of two arms, those already there weighted to look like everyone.

       ``X`` (N, k) has its constant first, ``names`` are its columns'.
    ``outside`` marks rows for which the new level is outside the local range.
    """
    arms = moved | there
    weight = np.where(there, 1.0 / np.maximum(propensity(X, there, arms), SMALLEST_CHANCE), 0.0)
    spread = X[arms].std(axis=0)
    return Comparability(
        before=_by_covariate(names, _difference(X, arms, there.astype(float), spread)),
        after=_by_covariate(names, _difference(X, arms, weight, spread)),
        ess_share=float(weight.sum() ** 2 / (weight @ weight) / there.sum()),
        outside_share=float((outside & moved).sum() / max(moved.sum(), 1)),
    )


def compare_dose(X: Floats, names: tuple[str, ...], dose: Floats) -> Comparability:
    """Comparability over a dose: correlations of covariates with it, after weighting those treated at all and not.

    The same for all contrasts of the dose but for the share moved outside, which each adds.
    """
    treated = dose > 0
    chance = np.clip(propensity(X, treated), SMALLEST_CHANCE, 1 - SMALLEST_CHANCE)
    weight = np.where(treated, treated.mean() / chance, (~treated).mean() / (1 - chance))
    return Comparability(
        before=_by_covariate(names, _correlation(X, dose, np.ones(len(dose)))),
        after=_by_covariate(names, _correlation(X, dose, weight)),
        ess_share=float(weight.sum() ** 2 / (weight @ weight) / len(dose)),
    )


def _correlation(X: Floats, dose: Floats, weight: Floats) -> Floats:
    share = weight / weight.sum()
    Z, d = X - share @ X, dose - share @ dose
    spread = np.sqrt((share @ (Z * Z)) * (share @ (d * d)))
    return np.asarray(np.abs((share * d) @ Z) / np.where(spread > 1e-12, spread, np.inf))


def _difference(X: Floats, arms: Flags, weight: Floats, spread: Floats) -> Floats:
    gap = weight @ X / weight.sum() - X[arms].mean(axis=0)
    return np.asarray(np.abs(gap) / np.where(spread > 1e-12, spread, np.inf))


def _by_covariate(names: tuple[str, ...], differences: Floats) -> dict[str, float]:
    """The largest difference of each covariate; bends of a spline don't count, they repeat its line."""
    largest: dict[str, float] = {}
    for name, difference in zip(names, differences, strict=True):
        source, _, bend = name.partition("~")
        if name != "1" and bend in ("", "0"):
            source = source.partition("=")[0]
            largest[source] = max(largest.get(source, 0.0), float(difference))
    return largest


@dataclass(frozen=True)
class LocalRange:
    """Limits of the dose that rows like each one received: (N,) each."""

    low: Floats
    high: Floats

    def outside(self, level: Floats) -> Flags:
        """Rows whose new ``level`` lies outside what comparable rows received."""
        return np.asarray((level < self.low - 1e-9) | (level > self.high + 1e-9))


def local_range(X: Floats, dose: Floats) -> LocalRange:
    """The range of the dose within strata of the dose that ``X`` predicts."""
    stratum = _strata(X @ np.linalg.lstsq(X, dose, rcond=None)[0])
    limits = np.zeros((int(stratum.max(initial=0)) + 1, 2))
    for s in np.unique(stratum):
        limits[s] = np.quantile(dose[stratum == s], LOCAL_RANGE)
    return LocalRange(limits[stratum, 0], limits[stratum, 1])


def _strata(predicted: Floats) -> Ints:
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, STRATA + 1)[1:-1]))
    return np.searchsorted(edges, predicted, side="right").astype(np.int64)
