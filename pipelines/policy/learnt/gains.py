"""What each offer gains in each segment, learnt on some of the incidents and shrunk before anything is chosen."""

from dataclasses import dataclass

import numpy as np

from pipelines.contracts.catalog.thresholds import FEWEST_GIVEN_ABOUT_SO, FEWEST_NEAR, MOST_OFFERED_SHARES
from pipelines.contracts.catalog.treatments import COMPENSATION_LADDER_SHARE
from pipelines.models.arrays import Flags, Floats
from pipelines.models.ask.handling import NEAR_SHARE
from pipelines.models.fit.jackknife import standardise
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.sandwich import cr1
from pipelines.models.fit.shrinkage import shrink
from pipelines.policy.learnt.joint_question import Joint, at
from pipelines.policy.plans.envelope import Learned


@dataclass(frozen=True)
class Menu:
    """The shares that may be offered, and in which segments enough incidents got about so much (X, L)."""

    shares: tuple[float, ...]
    n_near: Floats

    @property
    def allowed(self) -> Flags:
        """Where the offer has support."""
        return np.asarray(self.n_near >= FEWEST_NEAR)


def menu_of(joint: Joint, refused: frozenset[float]) -> Menu:
    """The best supported of the ladder's shares, by counts alone; ``refused`` are those that nothing follows from."""
    sizes = {c: int(near(joint, c).sum()) for c in COMPENSATION_LADDER_SHARE if c not in refused}
    common = sorted((c for c in sizes if sizes[c] >= FEWEST_GIVEN_ABOUT_SO), key=lambda c: -sizes[c])[
        :MOST_OFFERED_SHARES
    ]
    shares = tuple(sorted(common))
    code, number = joint.segments.code, len(joint.segments.names)
    counts = [np.bincount(code[near(joint, c) & (code >= 0)], minlength=number) for c in shares]
    return Menu(shares, np.column_stack(counts).astype(float) if counts else np.zeros((number, 0)))


def near(joint: Joint, share: float) -> Flags:
    """Who got about so much; nothing is nothing alone."""
    return joint.share == 0.0 if share == 0.0 else (np.abs(joint.share - share) <= NEAR_SHARE) & (joint.share > 0)


def learn(joint: Joint, fit: Fit, rows: Flags, menu: Menu) -> Learned:
    """Gains and costs of every offer against today, from ``fit`` over ``rows``.

    Gains in customers are shrunk towards each other across segments, offer by offer (empirical Bayes). A segment
    without any of these rows stays as today.
    """
    code, number = joint.segments.code, len(joint.segments.names)
    inside = [rows & (code == x) for x in range(number)]
    covariance = cr1(fit, _only(joint.question.sample, rows), joint.question.sample.cluster)
    gains, errors = np.zeros((number, len(menu.shares))), np.zeros((number, len(menu.shares)))
    for x in np.flatnonzero([i.any() for i in inside]):
        gains[x], errors[x] = _gains(joint, fit, inside[x], menu, covariance)
    for level in range(len(menu.shares)):
        known = errors[:, level] > 0
        if known.sum() > 1:
            gains[known, level] = shrink(gains[known, level], errors[known, level])[0]
    whole_loss, cost, share, margin = (
        np.array([_mean(values[i]) for i in inside])
        for values in (joint.whole_loss, joint.cost, joint.share, joint.margin)
    )
    standard = np.array([_mean(joint.standard[i]) for i in inside])
    offered = np.array(menu.shares)[None, :] * whole_loss[:, None]
    return Learned(
        gain=margin[:, None] * gains,
        cost=offered - cost[:, None],
        allowed=menu.allowed & np.array([[bool(i.any())] for i in inside]),
        n=np.array([float(i.sum()) for i in inside]),
        shares=menu.shares,
        share_today=share,
        cost_today=cost,
        spent=float(joint.cost[rows].sum()),
        floor=np.minimum(standard, share),
        services=len(joint.segments.services),
    )


def _gains(joint: Joint, fit: Fit, members: Flags, menu: Menu, covariance: Floats) -> tuple[Floats, Floats]:
    """Gain in customers of each offer against what was done in one segment, and its error given who is in it."""
    population = np.bincount(fit.patterns.index, members, minlength=len(fit.mu)).astype(float)
    table = fit.patterns.table
    scenarios = [at(None, None)(table), *(at(None, c)(table) for c in menu.shares)]
    found = standardise(fit, scenarios, population)
    direction = found.gradient[:, 1:] - found.gradient[:, [0]]
    variance = np.einsum("kl,kj,jl->l", direction, covariance, direction)
    return found.psi[1:] - found.psi[0], np.sqrt(np.maximum(variance, 0.0))


def _mean(values: Floats) -> float:
    """Mean of the known values; 0 where there are none."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else 0.0


def _only(sample: Sample, rows: Flags) -> Sample:
    """The sample with the weight of every other row at 0."""
    return Sample(sample.table, sample.y, sample.cluster, rows.astype(float))
