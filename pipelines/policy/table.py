"""Who gets what under which budget: offers learnt on all incidents, valued only where they weren't learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.contracts.results import OFFERS, POLICIES
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.interval import Interval
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.envelope import AS_TODAY, Learned, Rule, choose
from pipelines.policy.graded import Grades
from pipelines.policy.joint import POPULATION, Joint, fit_joint
from pipelines.policy.learn import Menu, learn, menu_of
from pipelines.policy.trial import trial, weekly_incidents
from pipelines.policy.value import (
    FOLDS,
    SPLITS,
    Valued,
    averaged,
    clustered_mean,
    clustered_ratio,
    folds_of,
    merged,
    offer_scores,
    valued,
)  # fmt: skip

Row = dict[str, Any]
BUDGETS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
LEAST_DF = 4.0
ASSUMPTION = (
    "An unmeasured difference between customers given more and less would overturn it. It counts margin from orders "
    "within {days} days and nothing else: not what is told to others, nor what is owed."
)
NO_CONCLUSION = "No conclusion: keep the current standard and test."
NOTHING_BETTER = "No other offers gain more within this budget: keep the current standard."
NOT_CLEAR = "Its value is not clearly above zero: keep the current standard and test."
BELOW_STANDARD = "Below the company's own standard."
LEAST_ROWS_PER_COEFFICIENT = 3
THIN_HALVES = (
    "Too few incidents with a known loss to choose offers on one half and value them on the other. Add older ones."
)
THIN = "Too few incidents got any one share of their loss, so no offer can be valued."


@dataclass(frozen=True)
class Plan:
    """How offers are chosen: a budget as a multiple of today's cost, or None where every step must pay back.

    ``keeps_standard``: nothing below the company's own standard, nor below today where practice falls short of it.
    """

    name: str
    ratio: float | None = None
    keeps_standard: bool = False


BEST, WITHIN_STANDARD = Plan("best"), Plan("within_standard", keeps_standard=True)


@dataclass(frozen=True)
class Halves:
    """Everything that was learnt: on all incidents, and in every split on one half with the other half's scores."""

    joint: Joint
    menu: Menu
    whole: Learned
    splits: tuple["Split", ...]


@dataclass(frozen=True)
class Split:
    """One draw of halves: a fold per row, what was learnt without each fold, and scores of every row within its fold.

    Offers never see the incidents that value them. Those incidents' own models do, so that a mass event isn't judged by
    models that never met one like it.
    """

    fold: Ints
    without: tuple[Learned, ...]
    scores: tuple[Floats, ...]


def learn_in_halves(joint: Joint, menu: Menu) -> Halves:
    """Learn on all incidents and, split by split, on all but each fold."""
    everyone = np.ones(len(joint.y), dtype=bool)
    whole = learn(joint, fit_joint(joint), everyone, menu)
    return Halves(joint, menu, whole, tuple(_split(joint, menu, number) for number in range(SPLITS)))


def _split(joint: Joint, menu: Menu, number: int) -> Split:
    fold = folds_of(joint.question.sample.cluster, number)
    fits = [fit_joint(joint, fold != f) for f in range(FOLDS)]
    if any((fold == f).sum() < LEAST_ROWS_PER_COEFFICIENT * len(fits[1 - f].beta) for f in range(FOLDS)):
        raise NotEstimableError(THIN_HALVES)
    return Split(
        fold=fold,
        without=tuple(learn(joint, fit, fold != f, menu) for f, fit in enumerate(fits)),
        scores=tuple(offer_scores(joint, fits[1 - f], fold == f, menu) for f in range(FOLDS)),
    )


def rule_of(learned: Learned, plan: Plan) -> Rule:
    """The rule that a plan makes of what was learnt."""
    menu = learned.within_standard if plan.keeps_standard else learned
    ratio = plan.ratio
    return choose(menu, None if ratio is None else (ratio - 1.0) * learned.spent)


def held_out(halves: Halves, plan: Plan) -> Valued:
    """Each incident under the rule that was learnt without its fold; nothing where all incidents say "as today"."""
    joint, menu = halves.joint, halves.menu
    if (rule_of(halves.whole, plan).offers == AS_TODAY).all():
        nothing = np.zeros(len(joint.y))
        return Valued(nothing, nothing, nothing, nothing.astype(bool))
    found = []
    for split in halves.splits:
        rules = [rule_of(learned, plan) for learned in split.without]
        parts = tuple(valued(joint, s, rule, menu) for s, rule in zip(split.scores, rules, strict=True))
        found.append(merged(parts, split.fold))
    return averaged(found)


def policy_rows(mart: pd.DataFrame, joint: Joint, grades: Grades, company: Company) -> tuple[list[Row], list[Row]]:
    """Rows of ``policies`` and ``offers``; raises :class:`NotEstimableError` with the reason when there are none."""
    menu = menu_of(joint, frozenset(share for share, letter in grades.shares.items() if letter == "D"))
    if len(menu.shares) < 2:
        menu = menu_of(joint, frozenset())
    if len(menu.shares) < 2:
        raise NotEstimableError(THIN)
    halves = learn_in_halves(joint, menu)
    grade = max((grades.of_share(share) for share in menu.shares if share > 0), default="D")
    common = _common(joint, company) | {"effect_id": grades.anchor, "weekly": weekly_incidents(mart, company)}
    plans = plans_of(halves)
    values = [held_out(halves, plan) for plan in plans]
    policies, offers = [], []
    for plan, now, then in zip(plans, values, [*values[1:], None], strict=True):
        row = _policy(halves, plan, now, None if plan.ratio is None else then, grade, common)
        found = _offers(halves, plan, now, row)
        policies.append(row | {"reason": row["reason"] or _below(found)})
        offers += found
    return policies, offers


def plans_of(halves: Halves) -> tuple[Plan, ...]:
    """The plans to publish; of the budgets, the first at which nothing more can be bought is the last."""
    ladder = [Plan(f"{ratio:g}", ratio) for ratio in BUDGETS]
    rules = [tuple(rule_of(halves.whole, plan).offers) for plan in ladder]
    last = next(j for j in range(len(rules)) if all(rule == rules[-1] for rule in rules[j:]))
    standards = (WITHIN_STANDARD,) if np.isfinite(halves.joint.standard).any() else ()
    return (BEST, *standards, *ladder[: last + 1])


def _common(joint: Joint, company: Company) -> Row:
    aim = joint.question.aim
    return {
        "outcome": aim.outcome.id, "horizon_days": aim.horizon_days, "population": POPULATION,
        "unit": f"{company.currency} per incident".strip(), "n": len(joint.y),
        "n_clusters": joint.question.sample.clusters, "assumption": ASSUMPTION.format(days=aim.horizon_days),
    }  # fmt: skip


def _policy(halves: Halves, plan: Plan, now: Valued, then: Valued | None, grade: str, common: Row) -> Row:
    joint, cluster = halves.joint, halves.joint.question.sample.cluster
    gain, margin = clustered_mean(100 * now.customers, cluster), clustered_mean(now.margin, cluster)
    cost, spent = float(now.cost.mean()), float(joint.cost.mean())
    rule, ratio = rule_of(halves.whole, plan), plan.ratio
    changed = _changed(joint, rule)
    letter = "D" if changed.any() and margin.df < LEAST_DF else grade
    clear = margin.ci_low - cost > 0 and letter != "D"
    weekly = common["weekly"]
    row = {
        **{name: value for name, value in common.items() if name != "weekly"}, "policy": plan.name,
        "budget_ratio": ratio, "budget": None if ratio is None else ratio * spent,
        "cost": spent + _extra_cost(halves.whole, rule) / len(joint.y),
        "cost_today": spent, "gain": gain.estimate, "gain_low": gain.ci_low, "gain_high": gain.ci_high,
        "value": margin.estimate - cost, "value_low": margin.ci_low - cost, "value_high": margin.ci_high - cost,
        "changed_share": float(changed.mean()), "df": margin.df, "grade": letter,
        "verdict": "published" if clear else "experiment",
        "reason": None if clear else _why_not(changed, letter),
    }  # fmt: skip
    row |= {} if clear or not changed.any() else trial(joint.y, cluster, gain.estimate, weekly)
    return _filled(POLICIES, row | _next_return(now, then, cluster))


def _next_return(now: Valued, then: Valued | None, cluster: Ints) -> Row:
    """Margin earned per 1 spent on the way to the next budget, where money is spent on the way."""
    if then is None or not float((then.cost - now.cost).mean()) > 0:
        return {}
    found: Interval = clustered_ratio(then.margin - now.margin, then.cost - now.cost, cluster)
    return {"next_return": found.estimate, "next_return_low": found.ci_low, "next_return_high": found.ci_high}


def _below(offers: Sequence[Row]) -> str | None:
    """In how many segments a policy gives less than the company's own standard, where it does."""
    below = sum(row["reason"] == BELOW_STANDARD for row in offers)
    return f"Below the company's own standard in {below} of {len(offers)} segments." if below else None


def _why_not(changed: Flags, letter: str) -> str:
    """Why a policy isn't published."""
    return NOTHING_BETTER if not changed.any() else NO_CONCLUSION if letter == "D" else NOT_CLEAR


def _extra_cost(learned: Learned, rule: Rule) -> float:
    """What a rule gives over today, all incidents together."""
    changed = [(x, o) for x, o in enumerate(rule.offers) if o != AS_TODAY]
    return float(sum(learned.n[x] * learned.cost[x, o] for x, o in changed))


def _changed(joint: Joint, rule: Rule) -> Flags:
    code = joint.segments.code
    return np.asarray(np.where(code >= 0, rule.offers[code], AS_TODAY) != AS_TODAY)


def _offers(halves: Halves, plan: Plan, now: Valued, policy: Row) -> list[Row]:
    """The rule learnt on all incidents, segment by segment, beside what is given today."""
    joint, learned, rule = halves.joint, halves.whole, rule_of(halves.whole, plan)
    cluster, rows = joint.question.sample.cluster, []
    for code, segment in enumerate(joint.segments.names):
        offer = int(rule.offers[code])
        inside = joint.segments.code == code
        counted = inside if offer != AS_TODAY else np.zeros_like(inside)
        tier, service = joint.segments.parts(code)
        margin = clustered_ratio(now.margin * counted, inside.astype(float), cluster)
        cost = float((now.cost * counted)[inside].mean())
        share = None if offer == AS_TODAY else halves.menu.shares[offer]
        standard = _mean(joint.standard[inside])
        below = share is not None and standard is not None and share < standard - 1e-9
        rows.append(_filled(OFFERS, {
            "policy": policy["policy"], "segment": segment, "severity": joint.segments.tiers[tier],
            "severity_rank": tier + 1, "service": joint.segments.services[service], "share": share,
            "share_today": float(learned.share_today[code]), "share_standard": standard,
            "cost": float(learned.cost_today[code]) + (0.0 if share is None else float(learned.cost[code, offer])),
            "cost_today": float(learned.cost_today[code]), "value": margin.estimate - cost,
            "value_low": margin.ci_low - cost, "value_high": margin.ci_high - cost, "unit": policy["unit"],
            "n": int(inside.sum()), "n_near": None if share is None else int(halves.menu.n_near[code, offer]),
            "reason": BELOW_STANDARD if below else None,
        }))  # fmt: skip
    return rows


def _mean(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else None


def _filled(columns: Sequence[tuple[str, str]], values: Row) -> Row:
    names = [name for name, _ in columns]
    if unknown := sorted(set(values) - set(names)):
        raise TypeError(f"not columns of the table: {unknown}")
    return dict.fromkeys(names) | values


def refused_policy(reason: str, company: Company) -> Row:
    """The one row of ``policies`` that says why there is none and what to add."""
    return _filled(POLICIES, {
        "policy": BEST.name, "population": POPULATION, "unit": f"{company.currency} per incident".strip(),
        "verdict": "not_estimable", "reason": reason,
    })  # fmt: skip
