"""Plans of offers: learnt on all incidents for the table, and on halves for their value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.catalog.thresholds import (
    FEWEST_IN_HALF,
    FOLDS,
    LEAST_ROWS_PER_COEFFICIENT,
    SPLITS,
)
from pipelines.contracts.messages.plans import ThinHalves
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.fit.newton import Fit
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.learnt.envelope import AS_TODAY, Learned, Rule, choose
from pipelines.policy.learnt.joint import Joint
from pipelines.policy.learnt.joint_question import fit_joint
from pipelines.policy.learnt.value import Menu, Valued, averaged, folds_of, learn, merged, offer_scores, valued

MOST_DRAWS = 2 * SPLITS


@dataclass(frozen=True)
class CrossFit:
    """Everything that was learnt: on all incidents, and in every split on one half with the other half's scores.

    ``one_sided`` marks segments that some half hardly holds, such as those of one mass event: nothing is offered there.
    """

    joint: Joint
    menu: Menu
    whole: Learned
    splits: tuple["Split", ...]
    one_sided: Flags


@dataclass(frozen=True)
class Split:
    """One draw of halves: a fold per row, what was learnt without each fold, and scores of every row within its fold.

    Offers never see the incidents that value them. Those incidents' own models do, so that a mass event isn't judged by
    models that never met one like it.
    """

    fold: Ints
    without: tuple[Learned, ...]
    scores: tuple[Floats, ...]


def cross_fit(joint: Joint, menu: Menu) -> CrossFit:
    """Learn on all incidents and, split by split, on all but each fold."""
    drawn = _drawn(joint)
    one_sided = _one_sided(joint, [fold for fold, _ in drawn])
    menu = Menu(menu.shares, np.where(one_sided[:, None], 0.0, menu.n_near))
    everyone = np.ones(len(joint.y), dtype=bool)
    whole = learn(joint, fit_joint(joint), everyone, menu)
    return CrossFit(joint, menu, whole, tuple(_split(joint, menu, fold, fits) for fold, fits in drawn), one_sided)


def _drawn(joint: Joint) -> list[tuple[Ints, tuple[Fit, ...]]]:
    """Splits with the models of all but each fold; a draw that leaves a half without some contrast is drawn again."""
    found: list[tuple[Ints, tuple[Fit, ...]]] = []
    refusal = NotEstimableError(ThinHalves())
    for number in range(MOST_DRAWS):
        fold = folds_of(joint.question.sample.cluster, number)
        try:
            found.append((fold, tuple(fit_joint(joint, fold != f) for f in range(FOLDS))))
        except NotEstimableError as unlucky:
            refusal = unlucky
        if len(found) == SPLITS:
            return found
    raise refusal


def _one_sided(joint: Joint, folds: Sequence[Ints]) -> Flags:
    """Segments with too few incidents in one half to learn on it or to value on it."""
    code = joint.segments.code
    sizes = [
        np.bincount(code[(code >= 0) & (fold == f)], minlength=len(joint.segments.names))
        for fold in folds
        for f in range(FOLDS)
    ]
    return np.asarray(np.min(sizes, axis=0) < FEWEST_IN_HALF)


def _split(joint: Joint, menu: Menu, fold: Ints, fits: tuple[Fit, ...]) -> Split:
    if any((fold == f).sum() < LEAST_ROWS_PER_COEFFICIENT * len(fits[1 - f].beta) for f in range(FOLDS)):
        raise NotEstimableError(ThinHalves())
    return Split(
        fold=fold,
        without=tuple(learn(joint, fit, fold != f, menu) for f, fit in enumerate(fits)),
        scores=tuple(offer_scores(joint, fits[1 - f], fold == f, menu) for f in range(FOLDS)),
    )


def rule_of(learned: Learned, plan: Plan) -> Rule:
    """The rule that a plan makes of what was learnt."""
    menu = learned.within_standard if plan.keeps_standard else learned
    ratio = plan.budget_ratio
    return choose(menu, None if ratio is None else (ratio - 1.0) * learned.spent)


def offers_held_out(learnt: CrossFit, plan: Plan) -> Ints:
    """What every rule learnt on a half offers, one row per rule and a column per segment."""
    return np.array([rule_of(learned, plan).offers for split in learnt.splits for learned in split.without])


def held_out(learnt: CrossFit, plan: Plan) -> Valued:
    """Each incident under the rule that was learnt without its fold; nothing where all incidents say "as today"."""
    joint, menu = learnt.joint, learnt.menu
    if (rule_of(learnt.whole, plan).offers == AS_TODAY).all():
        nothing = np.zeros(len(joint.y))
        return Valued(nothing, nothing, nothing, nothing.astype(bool))
    found = []
    for split in learnt.splits:
        rules = [rule_of(learned, plan) for learned in split.without]
        parts = tuple(valued(joint, s, rule, menu) for s, rule in zip(split.scores, rules, strict=True))
        found.append(merged(parts, split.fold))
    return averaged(found)


def plans_of(learnt: CrossFit) -> tuple[Plan, ...]:
    """The plans to publish; of the budgets, the first at which nothing more can be bought is the last.

    Budgets that no admissible offers keep to aren't published.
    """
    ladder = [plan for plan in Plan if plan.budget_ratio is not None and _affordable(learnt.whole, plan)]
    rules = [tuple(rule_of(learnt.whole, plan).offers) for plan in ladder]
    last = next(j for j in range(len(rules)) if all(rule == rules[-1] for rule in rules[j:]))
    standards = (Plan.WITHIN_STANDARD,) if np.isfinite(learnt.joint.standard).any() else ()
    return (Plan.BEST, *standards, *ladder[: last + 1])


def _affordable(learned: Learned, plan: Plan) -> bool:
    """Whether a plan's offers keep to its budget."""
    budget = ((plan.budget_ratio or 0.0) - 1.0) * learned.spent
    return extra_cost(learned, rule_of(learned, plan)) <= budget + 1e-9 * learned.spent


def extra_cost(learned: Learned, rule: Rule) -> float:
    """What a rule gives over today, all incidents together."""
    changed = [(x, o) for x, o in enumerate(rule.offers) if o != AS_TODAY]
    return float(sum(learned.n[x] * learned.cost[x, o] for x, o in changed))
