"""Every segment under every setting of speed and offer, and all of it again without each cluster.

What `models.fit.solve` does for one population, for many at once: one Newton step per cluster serves every segment.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.jackknife import LARGE_CLUSTER_ROWS, Setting, Standardised, leave_clusters_out
from pipelines.models.fit.newton import Fit
from pipelines.models.question import Scenario
from pipelines.policy.learnt.joint import Joint


@dataclass(frozen=True)
class Grid:
    """Means ``psi`` (X, J) of X segments under J settings, and ``without`` (G, X, J) each cluster."""

    psi: Floats
    without: Floats


def solve_grid(joint: Joint, fit: Fit, scenarios: Sequence[Scenario]) -> Grid:
    """Means of every segment and scenario; small clusters are left out to first order, large ones exactly."""
    table, index = fit.patterns.table, fit.patterns.index
    settings = [scenario(table) for scenario in scenarios]
    code, number = joint.segments.code, len(joint.segments.names)
    member = np.zeros((len(code), number))
    member[code >= 0, code[code >= 0]] = 1.0
    population = np.zeros((len(fit.mu), number))
    np.add.at(population, index, member)
    values, gradient = _standardised(fit, settings, population / population.sum(axis=0))
    psi = (population / population.sum(axis=0)).T @ values
    cluster = joint.question.sample.cluster
    steps = _steps(joint, fit)
    without = _left(values[index], member, cluster, psi) + np.einsum("gk,kxj->gxj", steps, gradient)
    sizes = np.bincount(cluster)
    for g in np.flatnonzero(sizes >= LARGE_CLUSTER_ROWS):
        own = np.zeros_like(population)
        np.add.at(own, index[cluster == g], member[cluster == g])
        without[g] = _means(fit, settings, fit.beta + steps[g], population - own)
    return Grid(psi, without)


def _standardised(fit: Fit, settings: Sequence[Setting], share: Floats) -> tuple[Floats, Floats]:
    """Predictions (U, J) and gradients of the segments' means in the coefficients (k, X, J)."""
    values = np.zeros((len(share), len(settings)))
    gradient = np.zeros((len(fit.beta), share.shape[1], len(settings)))
    for rows in fit.design.blocks():
        fixed, today = fit.design.at(rows)
        width = fixed.shape[1]
        base = fixed @ fit.beta[:width]
        for j, setting in enumerate(settings):
            moved = fit.design.treatment_at(rows, setting) if setting else today
            eta = base + moved @ fit.beta[width:]
            values[rows, j] = fit.family.mean(eta)
            weight = share[rows] * fit.family.slope(eta)[:, None]
            gradient[:width, :, j] += fixed.T @ weight
            gradient[width:, :, j] += moved.T @ weight
    return values, gradient


def _steps(joint: Joint, fit: Fit) -> Floats:
    """Change of the coefficients when each cluster leaves (G, k): the jackknife of the coefficients themselves."""
    k, patterns = len(fit.beta), len(fit.mu)
    itself = Standardised(fit, (), np.ones(patterns), np.zeros(k), np.eye(k), np.zeros((patterns, k)))
    sample = joint.question.sample
    return leave_clusters_out(itself, sample, sample.cluster, np.ones(len(sample.y)), exact=0)


def _left(values: Floats, member: Floats, cluster: Ints, psi: Floats) -> Floats:
    """Means of the segments without each cluster at the full sample's coefficients (G, X, J)."""
    groups = int(cluster.max()) + 1
    size, total = member.sum(axis=0), member.sum(axis=0)[:, None] * psi
    left = np.repeat(psi[None, :, :], groups, axis=0)
    for x in range(member.shape[1]):
        rows = member[:, x] > 0
        inside, count = np.zeros((groups, values.shape[1])), np.bincount(cluster[rows], minlength=groups)
        np.add.at(inside, cluster[rows], values[rows])
        rest = size[x] - count
        left[:, x] = (total[x] - inside) / np.where(rest > 0, rest, np.nan)[:, None]
    return left


def _means(fit: Fit, settings: Sequence[Setting], beta: Floats, population: Floats) -> Floats:
    """Means of the segments under every setting at other coefficients (X, J)."""
    sums, total = np.zeros((population.shape[1], len(settings))), population.sum(axis=0)
    for rows in fit.design.blocks():
        fixed, today = fit.design.at(rows)
        base = fixed @ beta[: fixed.shape[1]]
        for j, setting in enumerate(settings):
            moved = fit.design.treatment_at(rows, setting) if setting else today
            sums[:, j] += population[rows].T @ fit.family.mean(base + moved @ beta[fixed.shape[1] :])
    return np.asarray(sums / np.where(total > 0, total, np.nan)[:, None])
