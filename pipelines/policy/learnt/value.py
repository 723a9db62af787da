"""What a rule is worth to incidents it wasn't learnt on: doubly robust scores, summed by cluster.

Score of an offer c: m(c, W) + 1{given about c}/π(W)·(Y − m(C, W)), with m and π learnt among the incidents that are
valued (Robins, Rotnitzky & Zhao 1994): parametric models need no further split, and the offers come from elsewhere. The
residual is taken at the share really given, so that being near c is enough, and n/(n − k) undoes what fitting takes off
it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.contracts.catalog.thresholds import FOLDS, SMALLEST_CHANCE
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.fit.interval import Interval, cv3
from pipelines.models.fit.jackknife import standardise
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.propensity import propensity
from pipelines.policy.learnt.gains import Menu, near
from pipelines.policy.learnt.joint_question import Joint, at
from pipelines.policy.plans.envelope import AS_TODAY, Rule

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
