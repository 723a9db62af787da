"""Leave one cluster out: the means of all scenarios without each cluster, from one Newton step per cluster.

β₍₋g₎ = β − (H − H_g)⁻¹ S_g. Small clusters go in batches through (H − XᵀWX)⁻¹Xᵀ = H⁻¹Xᵀ(I − W X H⁻¹ Xᵀ)⁻¹ with means
linearised in β; the largest clusters get a step of their own and an exact re-evaluation.
Source: MacKinnon, Nielsen & Webb 2023.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.models.arrays import Floats, Ints
from pipelines.models.newton import Fit
from pipelines.models.patterns import Sample
from pipelines.models.standardise import Standardised, means_at

LARGE_CLUSTER_ROWS = 25
EXACT_CLUSTERS = 200
_BATCH_CELLS = 200_000


@dataclass(frozen=True)
class LeftOut:
    """Scenario means without each cluster: (G, m)."""

    means: Floats


def leave_clusters_out(standardised: Standardised, sample: Sample, member: Floats) -> LeftOut:
    """Means of every scenario with each cluster left out in turn.

    ``member`` (N,) is each row's weight in the population that the means are taken over.
    """
    fit = standardised.fit
    order = np.argsort(sample.cluster, kind="stable")
    sizes = np.bincount(sample.cluster, minlength=sample.clusters)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    means = _means_without(standardised, sample, member)
    residual = sample.weight * fit.a[fit.patterns.index] * (sample.y - fit.mu[fit.patterns.index])
    large = np.flatnonzero(sizes >= LARGE_CLUSTER_ROWS)
    for clusters, rows in _batches(order, starts, sizes):
        means[clusters] += _small_steps(fit, rows, residual, sample.weight) @ standardised.gradient
    exact = set(large[np.argsort(-sizes[large], kind="stable")][:EXACT_CLUSTERS].tolist())
    steps = {int(g): _large_step(fit, order[starts[g] : starts[g] + sizes[g]], residual, sample.weight) for g in large}
    for g in steps.keys() - exact:
        means[g] += steps[g] @ standardised.gradient
    _exact_means(standardised, sample, member, {g: steps[g] for g in sorted(exact)}, means)
    return LeftOut(means)


def _means_without(standardised: Standardised, sample: Sample, member: Floats) -> Floats:
    """Means without each cluster at the full sample's coefficients."""
    index, total = standardised.fit.patterns.index, standardised.population.sum()
    left = total - np.bincount(sample.cluster, member, minlength=sample.clusters)
    means = np.empty((sample.clusters, standardised.values.shape[1]))
    for j in range(means.shape[1]):
        inside = np.bincount(sample.cluster, member * standardised.values[index, j], minlength=sample.clusters)
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
    X = fit.design.matrix(pattern.ravel()).reshape(batch, size, -1)
    Z = X @ fit.inverse
    w = weight[rows] * fit.h[pattern]
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
    return np.asarray(-scale * (np.linalg.pinv(left, rcond=1e-9, hermitian=True) @ (scale * score)))


def _exact_means(
    standardised: Standardised, sample: Sample, member: Floats, steps: dict[int, Floats], means: Floats
) -> None:
    if not steps:
        return
    fit, total = standardised.fit, standardised.population.sum()
    betas = fit.beta[:, None] + np.column_stack(list(steps.values()))
    everyone = means_at(standardised, betas)
    for row, g in enumerate(steps):
        mine = np.flatnonzero(sample.cluster == g)
        own = _own_sums(standardised, fit.patterns.index[mine], member[mine], betas[:, row])
        left = total - member[mine].sum()
        means[g] = (total * everyone[row] - own) / left if left > 0 else np.nan


def _own_sums(standardised: Standardised, pattern: Ints, member: Floats, beta: Floats) -> Floats:
    fit = standardised.fit
    sums = np.zeros(len(standardised.scenarios))
    for j, scenario in enumerate(standardised.scenarios):
        fixed, moved = fit.design.at(pattern, scenario)
        sums[j] = member @ fit.family.mean(fixed @ beta[: fixed.shape[1]] + moved @ beta[fixed.shape[1] :])
    return sums
