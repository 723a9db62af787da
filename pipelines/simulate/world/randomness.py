"""Random numbers by purpose: each part of the world draws from a stream of its own, the same on every machine."""

from collections.abc import Sequence

import numpy as np

from pipelines.simulate.world.records import Floats, Whole


def stream(seed: int, purpose: str, generation: int = 0) -> np.random.Generator:
    """The stream of one purpose: changing another part of the world leaves its numbers alone."""
    return np.random.default_rng([seed, generation, *purpose.encode()])


def pick(u: Floats, weights: Sequence[float] | Floats) -> Whole:
    """Index drawn with probability proportional to ``weights``, from uniforms ``u`` in [0, 1)."""
    edges = np.cumsum(np.asarray(weights, float))
    return np.asarray(np.searchsorted(edges[:-1] / edges[-1], u, side="right"), np.int64)


def pick_rows(u: Floats, weights: Floats) -> Whole:
    """Index drawn per row from a (rows × choices) table of weights."""
    edges = np.cumsum(weights, axis=1)
    return np.asarray(np.sum(u[:, None] * edges[:, -1:] >= edges[:, :-1], axis=1), np.int64)


def expit(log_odds: Floats) -> Floats:
    """Probability of a log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), float)


def logit(p: Floats) -> Floats:
    """Log-odds of a probability, kept away from 0 and 1."""
    kept = np.clip(p, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(kept) - np.log1p(-kept), float)
