"""Cluster covariance of coefficients (CR1): one pass for the scores of every cluster, factors with the true N.

V = c · H⁻¹ MᵀM H⁻¹ with M the (G, k) scores and c = G/(G−1) · (N−1)/(N−k), as statsmodels does on rows.
"""

import numpy as np
from scipy import sparse, stats

from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.patterns import Sample

_BLOCK_CLUSTERS = 100_000


def cr1(fit: Fit, sample: Sample, cluster: Ints) -> Floats:
    """Covariance of the coefficients (k, k) clustered by ``cluster`` (codes 0…G−1)."""
    index, groups, rows = fit.patterns.index, int(cluster.max()) + 1, len(sample.y)
    residual = sample.weight * fit.a[index] * (sample.y - fit.mu[index])
    scores = sparse.csr_matrix((residual, (cluster, index)), shape=(groups, len(fit.mu)))
    k = len(fit.beta)
    meat = np.zeros((k, k))
    for start in range(0, groups, _BLOCK_CLUSTERS):
        block = scores[start : start + _BLOCK_CLUSTERS]
        M = np.zeros((block.shape[0], k))
        for patterns in fit.design.blocks():
            M += block[:, patterns] @ fit.design.matrix(patterns)
        meat += M.T @ M
    factor = groups / (groups - 1) * (rows - 1) / (rows - k)
    return np.asarray(factor * fit.inverse @ meat @ fit.inverse)


def joint_p(beta: Floats, covariance: Floats, df: float) -> float:
    """p-value of the Wald test that all of ``beta`` are zero: F with as many and ``df`` degrees of freedom."""
    if len(beta) == 0:
        return float("nan")
    statistic = float(beta @ np.linalg.pinv(covariance, hermitian=True) @ beta) / len(beta)
    return float(stats.f.sf(statistic, len(beta), df))
