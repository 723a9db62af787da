"""G-computation: the mean outcome of a population if the treatment were set as a scenario says.

ψ_s = Σ p_u μ(x_u(s)ᵀβ) / Σ p_u with pattern counts p of the population, and its gradient in β.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats
from pipelines.models.newton import Fit

# A scenario replaces columns of the pattern table; an empty one leaves the treatment as it was.
Scenario = Mapping[str, Floats]


@dataclass(frozen=True)
class Standardised:
    """Means ``psi`` (m,) and gradients ``gradient`` (k, m) of m scenarios over one population.

    ``population`` (U,) counts each pattern's members; ``values`` (U, m) are the predicted outcomes per pattern.
    """

    fit: Fit
    scenarios: tuple[Scenario, ...]
    population: Floats
    psi: Floats
    gradient: Floats
    values: Floats


def standardise(fit: Fit, scenarios: Sequence[Scenario], population: Floats) -> Standardised:
    """Standardise the fit over a population under each scenario."""
    share = population / population.sum()
    values = np.zeros((len(share), len(scenarios)))
    gradient = np.zeros((len(fit.beta), len(scenarios)))
    for rows in fit.design.blocks():
        for j, scenario in enumerate(scenarios):
            fixed, moved = fit.design.at(rows, scenario)
            eta = fixed @ fit.beta[: fixed.shape[1]] + moved @ fit.beta[fixed.shape[1] :]
            values[rows, j] = fit.family.mean(eta)
            weight = share[rows] * fit.family.slope(eta)
            gradient[:, j] += np.concatenate([fixed.T @ weight, moved.T @ weight])
    return Standardised(fit, tuple(scenarios), population, share @ values, gradient, values)


def means_at(standardised: Standardised, betas: Floats) -> Floats:
    """Predicted outcome sums Σ p_u μ(x_u(s)ᵀβ) at other coefficients ``betas`` (k, L): an (L, m) array of means."""
    fit, share = standardised.fit, standardised.population / standardised.population.sum()
    result = np.zeros((betas.shape[1], len(standardised.scenarios)))
    for rows in fit.design.blocks():
        for j, scenario in enumerate(standardised.scenarios):
            fixed, moved = fit.design.at(rows, scenario)
            eta = fixed @ betas[: fixed.shape[1]] + moved @ betas[fixed.shape[1] :]
            result[:, j] += share[rows] @ fit.family.mean(eta)
    return result
