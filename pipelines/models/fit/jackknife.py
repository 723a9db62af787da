"""Means of a population if the treatment were set as a scenario says, and all of them without each cluster in turn.

G-computation: ψ_s = Σ p_u μ(x_u(s)ᵀβ) / Σ p_u with pattern counts p of the population, and its gradient in β.
The jackknife takes one Newton step per cluster: β₍₋g₎ = β − (H − H_g)⁻¹ S_g. Small clusters go in batches through
(H − XᵀWX)⁻¹Xᵀ = H⁻¹Xᵀ(I − W X H⁻¹ Xᵀ)⁻¹ with means linearised in β; the largest clusters get a step of their own and an
exact re-evaluation. Source: MacKinnon, Nielsen & Webb 2023.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.newton import BLOCK_ROWS, Fit
from pipelines.models.fit.patterns import Sample

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


_LEAST_LEFT = 1e-6
# Pivot of the scaled information without a cluster above which every direction is still informed.
_WELL_INFORMED = 1e-3
LARGE_CLUSTER_ROWS = 25
# Only clusters of so large a share of all rows are re-evaluated: what the others' curvature adds is a like share of
# their own move, while one evaluation costs a pass over every row and scenario.
EXACT_SHARE = 1 / 320
EXACT_CLUSTERS = 200
_BATCH_CELLS = 200_000


def leave_clusters_out(
    standardised: Standardised, sample: Sample, cluster: Ints, member: Floats, exact: int = EXACT_CLUSTERS,
    steps: Floats | None = None,
) -> Floats:  # fmt: skip
    """Means of every scenario with each cluster (codes 0…G−1) left out in turn: (G, m).

    ``member`` (N,) is each row's weight in the population that the means are taken over; ``exact`` is how many of the
    largest clusters are re-evaluated rather than linearised; ``steps``: the clusters', where another population of the
    same fit has them.
    """
    means = _means_without(standardised, cluster, member)
    sizes = np.bincount(cluster)
    large = np.flatnonzero(sizes >= max(LARGE_CLUSTER_ROWS, EXACT_SHARE * len(cluster)))
    large = large[np.argsort(-sizes[large], kind="stable")][:exact]
    own: dict[int, Floats] = {}
    everybody = np.arange(len(sizes))
    for clusters, part in _steps(standardised.fit, sample, cluster) if steps is None else ((everybody, steps),):
        means[clusters] += part @ standardised.gradient
        own |= {int(clusters[at]): part[at] for at in np.flatnonzero(sizes[clusters] >= LARGE_CLUSTER_ROWS)}
    if len(large):
        rows = [np.flatnonzero(cluster == g) for g in large]
        means[large] = _exact_means(standardised, rows, member, [own[int(g)] for g in large])
    return means


def cluster_steps(fit: Fit, sample: Sample, cluster: Ints) -> Floats:
    """Change of β when each cluster leaves: (G, k)."""
    steps = np.zeros((int(cluster.max()) + 1, len(fit.beta)))
    for clusters, part in _steps(fit, sample, cluster):
        steps[clusters] = part
    return steps


def _steps(fit: Fit, sample: Sample, cluster: Ints) -> Iterator[tuple[Ints, Floats]]:
    """Clusters batch by batch with their steps; the large ones last, one by one."""
    order = np.argsort(cluster, kind="stable")
    sizes = np.bincount(cluster)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    residual = sample.weight * fit.a[fit.patterns.index] * (sample.y - fit.mu[fit.patterns.index])
    for clusters, rows in _batches(order, starts, sizes):
        yield clusters, _small_steps(fit, rows, residual, sample.weight)
    for g in np.flatnonzero(sizes >= LARGE_CLUSTER_ROWS):
        step = _large_step(fit, order[starts[g] : starts[g] + sizes[g]], residual, sample.weight)
        yield np.array([g]), step[None, :]


def leave_rows_out(standardised: Standardised, sample: Sample, member: Floats) -> Floats:
    """How far every scenario's mean moves without each row in turn, linearised in β: (N, m).

    Sums of them over any cluster are its own move, but for what the leverage of its rows on each other adds.
    """
    fit, index = standardised.fit, standardised.fit.patterns.index
    total, moved = standardised.population.sum(), np.empty((len(sample.y), len(standardised.psi)))
    direction = fit.inverse @ standardised.gradient
    for start in range(0, len(sample.y), BLOCK_ROWS):
        rows = slice(start, min(start + BLOCK_ROWS, len(sample.y)))
        at = index[rows]
        X = fit.design.matrix(at)
        weight = sample.weight[rows]
        leverage = weight * fit.h[at] * np.einsum("nk,nk->n", X @ fit.inverse, X)
        residual = weight * fit.a[at] * (sample.y[rows] - fit.mu[at]) / np.maximum(1.0 - leverage, _LEAST_LEFT)
        share = member[rows] / np.maximum(total - member[rows], 1e-300)
        moved[rows] = share[:, None] * (standardised.psi - standardised.values[at]) - residual[:, None] * (
            X @ direction
        )
    return moved


def summed_by(moved: Floats, cluster: Ints) -> Floats:
    """Sums over clusters (codes 0…G−1): (G, m)."""
    groups = int(cluster.max()) + 1
    by = sparse.csr_matrix((np.ones(len(cluster)), (cluster, np.arange(len(cluster)))), shape=(groups, len(cluster)))
    return np.asarray(by @ moved)


def _means_without(standardised: Standardised, cluster: Ints, member: Floats) -> Floats:
    """Means without each cluster at the full sample's coefficients."""
    total = standardised.population.sum()
    left = total - np.bincount(cluster, member)
    values = standardised.values[standardised.fit.patterns.index]
    means = np.empty((len(left), values.shape[1]))
    for j in range(values.shape[1]):
        inside = np.bincount(cluster, member * values[:, j])
        means[:, j] = (total * standardised.psi[j] - inside) / np.where(left > 0, left, np.nan)
    return means


def _batches(order: Ints, starts: Ints, sizes: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Small clusters of one size together: cluster codes (b,) and their rows (b, size)."""
    for size in np.unique(sizes[(sizes > 0) & (sizes < LARGE_CLUSTER_ROWS)]):
        same = np.flatnonzero(sizes == size)
        for part in np.array_split(same, max(1, int(len(same) * size // _BATCH_CELLS))):
            yield part, order[starts[part][:, None] + np.arange(size)]


def _small_steps(fit: Fit, rows: Ints, residual: Floats, weight: Floats) -> Floats:
    """Change of β when each of a batch of equally small clusters leaves: (b, k)."""
    batch, size = rows.shape
    pattern = fit.patterns.index[rows]
    X = fit.design.matrix(pattern.ravel())
    Z, w = X @ fit.inverse, weight[rows] * fit.h[pattern]
    if size == 1:
        leverage = w[:, 0] * np.einsum("bk,bk->b", Z, X)
        return np.asarray(-Z * (residual[rows][:, 0] / (1.0 - leverage))[:, None])
    X, Z = X.reshape(batch, size, -1), Z.reshape(batch, size, -1)
    leverage = w[:, :, None] * (Z @ X.transpose(0, 2, 1))
    inflated = np.linalg.solve(np.eye(size) - leverage, residual[rows][:, :, None])
    return np.asarray(-(Z.transpose(0, 2, 1) @ inflated)[:, :, 0])


def _large_step(fit: Fit, rows: Ints, residual: Floats, weight: Floats) -> Floats:
    """Change of β when a large cluster leaves; directions that only this cluster informs stay as they were."""
    pattern, where = np.unique(fit.patterns.index[rows], return_inverse=True)
    X = fit.design.matrix(pattern)
    score = X.T @ np.bincount(where, residual[rows])
    own = (X * (np.bincount(where, weight[rows]) * fit.h[pattern])[:, None]).T @ X
    scale = 1.0 / np.sqrt(np.diag(fit.information))
    left = (fit.information - own) * np.outer(scale, scale)
    try:
        factor = cho_factor(left)
        if np.diag(factor[0]).min() > _WELL_INFORMED:
            return np.asarray(-scale * cho_solve(factor, scale * score))
    except LinAlgError:
        pass
    return np.asarray(-scale * (np.linalg.pinv(left, rcond=1e-9, hermitian=True) @ (scale * score)))


def _exact_means(standardised: Standardised, own: Sequence[Ints], member: Floats, steps: Sequence[Floats]) -> Floats:
    """Means without each of some clusters at their own coefficients: (clusters, m)."""
    fit, patterns = standardised.fit, len(standardised.population)
    inside = [np.bincount(fit.patterns.index[rows], member[rows], minlength=patterns) for rows in own]
    betas = fit.beta[:, None] + np.column_stack(steps)
    return means_at(standardised, betas, standardised.population[:, None] - np.column_stack(inside))
