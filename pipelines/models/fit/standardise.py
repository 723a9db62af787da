"""G-computation: the mean outcome of a population if the treatment were set as a scenario says.

ψ_s = Σ p_u μ(x_u(s)ᵀβ) / Σ p_u with pattern counts p of the population, and its gradient in β.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats
from pipelines.models.fit.newton import Fit

# What a scenario sets: it replaces columns of the pattern table; an empty one leaves the treatment as it was.
Setting = Mapping[str, Floats]


@dataclass(frozen=True)
class Standardised:
    """Means ``psi`` (m,) and gradients ``gradient`` (k, m) of m scenarios over one population.

    ``population`` (U,) counts each pattern's members; ``values`` (U, m) are the predicted outcomes per pattern.
    """

    fit: Fit
    scenarios: tuple[Setting, ...]
    population: Floats
    psi: Floats
    gradient: Floats
    values: Floats


def standardise(fit: Fit, scenarios: Sequence[Setting], population: Floats) -> Standardised:
    """Standardise the fit over a population under each scenario."""
    share = population / population.sum()
    values = np.zeros((len(share), len(scenarios)))
    gradient = np.zeros((len(fit.beta), len(scenarios)))
    for rows in fit.design.blocks():
        fixed, base = fit.design.at(rows)
        eta_fixed = fixed @ fit.beta[: fixed.shape[1]]
        for j, scenario in enumerate(scenarios):
            moved = fit.design.treatment_at(rows, scenario) if scenario else base
            eta = eta_fixed + moved @ fit.beta[fixed.shape[1] :]
            values[rows, j] = fit.family.mean(eta)
            weight = share[rows] * fit.family.slope(eta)
            gradient[:, j] += np.concatenate([fixed.T @ weight, moved.T @ weight])
    return Standardised(fit, tuple(scenarios), population, share @ values, gradient, values)


def means_at(standardised: Standardised, betas: Floats, populations: Floats) -> Floats:
    """Means of the scenarios at L other coefficients (k, L), each over its own population (U, L): (L, m).

    NaN where a population is empty.
    """
    fit, totals = standardised.fit, populations.sum(axis=0)
    sums = np.zeros((betas.shape[1], len(standardised.scenarios)))
    for rows in fit.design.blocks():
        fixed, base = fit.design.at(rows)
        eta_fixed, weights = fixed @ betas[: fixed.shape[1]], populations[rows]
        for j, scenario in enumerate(standardised.scenarios):
            moved = fit.design.treatment_at(rows, scenario) if scenario else base
            mean = fit.family.mean(eta_fixed + moved @ betas[fixed.shape[1] :])
            sums[:, j] += np.einsum("ul,ul->l", weights, mean)
    return np.asarray(sums / np.where(totals > 0, totals, np.nan)[:, None])
