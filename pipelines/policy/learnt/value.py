"""What each offer gains by segment, learnt on some incidents, and what a rule is worth to those it wasn't learnt on.

Gains are shrunk before anything is chosen. Worth is told by doubly robust scores, summed by cluster. Score of an offer
c: m(c, W) + 1{given about c}/π(W)·(Y − m(C, W)), with m and π learnt among the incidents that are valued (Robins,
Rotnitzky & Zhao 1994): parametric models need no further split, and the offers come from elsewhere. The residual is
taken at the share really given, so that being near c is enough, and n/(n − k) undoes what fitting takes off it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.contracts.catalog.thresholds import (
    FEWEST_GIVEN_ABOUT_SO,
    FEWEST_NEAR,
    FOLDS,
    MOST_OFFERED_SHARES,
    SMALLEST_CHANCE,
)
from pipelines.contracts.catalog.treatments import COMPENSATION_LADDER_SHARE
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.ask.handling import NEAR_SHARE
from pipelines.models.fit.interval import Interval, cv3
from pipelines.models.fit.jackknife import standardise
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.propensity import propensity
from pipelines.models.fit.sandwich import cr1
from pipelines.models.fit.shrinkage import shrink
from pipelines.policy.learnt.envelope import AS_TODAY, Learned, Rule
from pipelines.policy.learnt.joint import Joint, at


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


_SEED = 11


def folds_of(cluster: Ints, split: int) -> Ints:
    """A fold per row, whole clusters together, equally many clusters each; another draw for every split.

    Clusters are counted by their first row, so that how they are named changes nothing.
    """
    order = np.argsort(np.argsort(np.unique(cluster, return_index=True)[1]))
    return np.random.default_rng([_SEED, split]).permutation(len(order))[order[cluster]] % FOLDS


def offer_scores(joint: Joint, fit: Fit, learn: Flags, menu: Menu) -> Floats:
    """Scores of every offer for every row (N, L), with both models learnt on ``learn``; ``fit`` is the outcome's."""
    index, table = fit.patterns.index, fit.patterns.table
    scenarios = [at(None, c)(table) for c in menu.shares]
    predicted = standardise(fit, scenarios, np.ones(len(fit.mu))).values[index]
    size = int(learn.sum())
    residual = (joint.y - fit.mu[index]) * size / (size - len(fit.beta))
    X = np.column_stack([fit.design.at(index)[0], joint.log_minutes, joint.log_minutes**2])
    scores = predicted.copy()
    for level, share in enumerate(menu.shares):
        given = near(joint, share)
        chance = np.maximum(propensity(X, given, learn), SMALLEST_CHANCE)
        scores[:, level] += np.where(given, residual / chance, 0.0)
    return scores


@dataclass(frozen=True)
class Valued:
    """A rule against today per row: customers gained, their margin, and what is spent more (negative: less)."""

    customers: Floats
    margin: Floats
    cost: Floats
    changed: Flags

    @property
    def net(self) -> Floats:
        """Money gained per row."""
        return np.asarray(self.margin - self.cost)


def valued(joint: Joint, scores: Floats, rule: Rule, menu: Menu) -> Valued:
    """A rule's scores per row; rows it leaves as they are gain nothing."""
    code = joint.segments.code
    offer = np.where(code >= 0, rule.offers[code], AS_TODAY)
    changed = offer != AS_TODAY
    row = np.arange(len(offer))
    customers = np.where(changed, scores[row, np.maximum(offer, 0)] - joint.y, 0.0)
    offered = np.array([*menu.shares, 0.0])[offer] * joint.whole_loss
    cost = np.where(changed, offered - joint.cost, 0.0)
    return Valued(customers, joint.margin * customers, cost, changed)


def merged(parts: tuple[Valued, ...], fold: Ints) -> Valued:
    """Each row as valued by the rule that didn't see its fold: ``parts[f]`` is the rule learnt without fold ``f``."""

    def pick(of: Callable[[Valued], Floats]) -> Floats:
        return np.choose(fold, [of(part) for part in parts])

    changed = np.choose(fold, [part.changed for part in parts])
    return Valued(pick(lambda v: v.customers), pick(lambda v: v.margin), pick(lambda v: v.cost), changed)


def averaged(splits: Sequence[Valued]) -> Valued:
    """The mean over several splits, so that no single draw of the halves decides."""
    return Valued(
        customers=np.mean([s.customers for s in splits], axis=0),
        margin=np.mean([s.margin for s in splits], axis=0),
        cost=np.mean([s.cost for s in splits], axis=0),
        changed=np.any([s.changed for s in splits], axis=0),
    )


def clustered_mean(values: Floats, cluster: Ints, rows: Flags | None = None) -> Interval:
    """Mean over some rows with its cluster jackknife."""
    weight = np.ones(len(values)) if rows is None else rows.astype(float)
    return clustered_ratio(values * weight, weight, cluster)


def clustered_ratio(top: Floats, bottom: Floats, cluster: Ints) -> Interval:
    """Σ top ÷ Σ bottom with its cluster jackknife."""
    tops, bottoms = np.bincount(cluster, top), np.bincount(cluster, bottom)
    left = bottoms.sum() - bottoms
    without = (tops.sum() - tops) / np.where(left != 0, left, np.nan)
    return cv3(float(tops.sum() / bottoms.sum()), without[np.bincount(cluster, np.abs(top) + np.abs(bottom)) > 0])
