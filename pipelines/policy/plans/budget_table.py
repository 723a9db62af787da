"""Who gets what under which budget: offers learnt on all incidents, valued only where they weren't learnt.

Offers stand segment by segment, beside what is given today and what the company's own standard offers.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.catalog.thresholds import LEAST_POLICY_DF
from pipelines.contracts.catalog.treatments import COMPENSATION_LADDER_SHARE
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import UnmeasuredPolicy
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.plans import (
    Advice,
    BelowStandard,
    BelowStandardInSegments,
    NoConclusionUntested,
    NotClearlyBetter,
    NothingBetter,
    NotValued,
    OffersDearerThanValued,
    OneSided,
    OutOfTurn,
    ThinOffers,
)
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.fit.interval import Interval
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.learnt.cross_fitting import (
    CrossFit,
    cross_fit,
    extra_cost,
    held_out,
    offers_held_out,
    plans_of,
    rule_of,
)
from pipelines.policy.learnt.envelope import AS_TODAY, Rule
from pipelines.policy.learnt.joint import POPULATION, Joint
from pipelines.policy.learnt.value import Menu, Valued, clustered_mean, clustered_ratio, menu_of
from pipelines.policy.plans.experiment_size import Trial, trial, weekly_incidents
from pipelines.policy.plans.grades import Grades


def offer_rows(learnt: CrossFit, plan: Plan, now: Valued, policy: Policy) -> list[Offer]:
    """Rows of ``offers``: the rule learnt on all incidents.

    A segment's value is shown where every rule learnt on a half makes the same offer, and the policy isn't graded D.
    """
    offers = rule_of(learnt.whole, plan).offers
    agreed = _agreed(learnt, plan, offers)
    return [_row(learnt, plan, now, policy, code, agreed=bool(agreed[code])) for code in range(len(offers))]


def _agreed(learnt: CrossFit, plan: Plan, offers: Ints) -> Flags:
    """Where the halves offer what the whole does; where the whole changes nothing at all, nothing is valued."""
    if (offers == AS_TODAY).all():
        return np.ones(len(offers), dtype=bool)
    return np.asarray((offers_held_out(learnt, plan) == offers).all(axis=0))


def _row(learnt: CrossFit, plan: Plan, now: Valued, policy: Policy, code: int, *, agreed: bool) -> Offer:
    joint, whole, offer = learnt.joint, learnt.whole, int(rule_of(learnt.whole, plan).offers[code])
    inside, (rank, service) = joint.segments.code == code, joint.segments.parts(code)
    tier = joint.segments.tiers[rank]
    share, cost_today = None if offer == AS_TODAY else learnt.menu.shares[offer], float(whole.cost_today[code])
    standard = _mean(joint.standard[inside])
    floor = float(whole.floor[code]) if plan.keeps_standard else standard
    below = share is not None and floor is not None and share < floor - 1e-9
    concluded = policy.grade is not Grade.D or not policy.changed_share
    row = Offer(
        plan, joint.segments.names[code], severity=tier.mildest, severity_to=tier.gravest,
        or_graver=tier.or_graver, severity_rank=rank + 1,
        service=joint.segments.services[service], share=share, share_today=float(whole.share_today[code]),
        share_standard=standard, cost=cost_today + (0.0 if share is None else float(whole.cost[code, offer])),
        cost_today=cost_today, unit=policy.unit, n=int(inside.sum()),
        n_near=None if share is None else int(learnt.menu.n_near[code, offer]),
        reasons=_reasons(below=below, one_sided=bool(learnt.one_sided[code]), concluded=concluded, agreed=agreed),
    )  # fmt: skip
    return _with_value(row, learnt, now, inside) if agreed and concluded else row


def _reasons(*, below: bool, one_sided: bool, concluded: bool, agreed: bool) -> tuple[Reason, ...]:
    told: list[tuple[bool, Reason]] = [
        (below, BelowStandard()),
        (one_sided, OneSided()),
        (not concluded, NoConclusion()),
        (concluded and not agreed, NotValued()),
    ]
    return tuple(reason for holds, reason in told if holds)


def _with_value(row: Offer, learnt: CrossFit, now: Valued, inside: Flags) -> Offer:
    """Held-out money per incident of the segment; exactly nothing where it stays as today."""
    if row.share is None:
        return replace(row, value=0.0, value_low=0.0, value_high=0.0)
    found = clustered_ratio(now.net * inside, inside.astype(float), learnt.joint.question.sample.cluster)
    return replace(row, value=found.estimate, value_low=found.ci_low, value_high=found.ci_high)


def _mean(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else None


@dataclass(frozen=True)
class BudgetTable:
    """Every plan, and who gets what under it."""

    policies: tuple[Policy, ...]
    offers: tuple[Offer, ...] = ()


def budget_table(mart: pd.DataFrame, joint: Joint, grades: Grades, company: Company) -> BudgetTable:
    """Rows of ``policies`` and ``offers``; raises :class:`NotEstimableError` with the reason when there are none."""
    learnt = cross_fit(joint, graded_menu(joint, grades))
    plans = plans_of(learnt)
    values = [held_out(learnt, plan) for plan in plans]
    weekly = weekly_incidents(mart, company)
    policies, offers = [], []
    turn = dict.fromkeys((True, False), True)
    for plan, now, then in zip(plans, values, [*values[1:], None], strict=True):
        row, doubt = _policy(learnt, plan, now, _grade(learnt, plan, grades), in_turn=turn[plan.keeps_standard])
        row = replace(row, effect_id=grades.anchor)
        turn[plan.keeps_standard] &= row.verdict is Verdict.PUBLISHED or not row.changed_share
        row = _with_next_return(row, now, None if plan.budget_ratio is None else then, joint.question.sample.cluster)
        tested = row.verdict is Verdict.EXPERIMENT and bool(row.changed_share)
        asked = _trial(learnt, plan, weekly) if tested else None
        found = offer_rows(learnt, plan, now, row)
        reasons = (*_below_standard(found), *_advised(doubt, asked), *(() if asked is None else (asked.aim,)))
        policies.append(replace(_with_trial(row, asked), reasons=reasons))
        offers += found
    return BudgetTable(tuple(policies), tuple(offers))


def graded_menu(joint: Joint, grades: Grades) -> Menu:
    """The shares that may be offered: those that something follows from, nothing included; else all with support."""
    refused = frozenset(share for share in COMPENSATION_LADDER_SHARE if grades.of_share(share) is Grade.D)
    for left_out in (refused, frozenset[float]()):
        menu = menu_of(joint, left_out)
        if len(menu.shares) >= 2:
            return menu
    raise NotEstimableError(ThinOffers())


def _grade(learnt: CrossFit, plan: Plan, grades: Grades) -> Grade:
    """The worst grade of all shares that a plan offers, nothing included; of the whole menu where it offers none."""
    used = np.unique([*rule_of(learnt.whole, plan).offers, *offers_held_out(learnt, plan).ravel()])
    shares = [learnt.menu.shares[offer] for offer in used if offer != AS_TODAY] or learnt.menu.shares
    return max(grades.of_share(share) for share in shares)


def _policy(learnt: CrossFit, plan: Plan, now: Valued, grade: Grade, *, in_turn: bool) -> tuple[Policy, Reason | None]:
    """A plan's numbers and verdict, and why it isn't published; ``in_turn``: no plan before it in its order failed."""
    joint, cluster, aim = learnt.joint, learnt.joint.question.sample.cluster, learnt.joint.question.aim
    gain, net = clustered_mean(100 * now.customers, cluster), clustered_mean(now.net, cluster)
    spent, rule = float(joint.cost.mean()), rule_of(learnt.whole, plan)
    changed, extra = _changed(joint, rule), extra_cost(learnt.whole, rule) / len(joint.y)
    letter = Grade.D if changed.any() and clustered_mean(now.margin, cluster).df < LEAST_POLICY_DF else grade
    dearer = max(extra - float(now.cost.mean()), 0.0)
    doubt = doubt_of(bool(changed.any()), letter, net, dearer, in_turn)
    row = Policy(
        plan, outcome=aim.outcome.id, horizon_days=aim.horizon_days, population=POPULATION,
        budget_ratio=plan.budget_ratio, budget=None if plan.budget_ratio is None else plan.budget_ratio * spent,
        cost=spent + extra, cost_today=spent, gain=gain.estimate, gain_low=gain.ci_low, gain_high=gain.ci_high,
        value=net.estimate, value_low=net.ci_low, value_high=net.ci_high, changed_share=float(changed.mean()),
        unit=Unit.MONEY_PER_INCIDENT, n=len(joint.y), n_clusters=joint.question.sample.clusters, df=net.df,
        grade=letter, caveats=(UnmeasuredPolicy(float(aim.horizon_days or 0)), *joint.caveats),
        verdict=Verdict.EXPERIMENT if doubt else Verdict.PUBLISHED,
    )  # fmt: skip
    return row, doubt


def doubt_of(changes: bool, letter: Grade, net: Interval, dearer: float, in_turn: bool) -> Reason | None:
    """Why a policy isn't published, if it isn't.

    The plan within the standard is one question; all others are asked in a fixed order, each only while none before it
    failed (fixed-sequence testing; Westfall & Krishen 2001). A run then publishes a policy that is worse than today at
    most twice as often as one lower limit is wrong. ``dearer``: what the offers shown cost more per incident than those
    that were valued.
    """
    if not changes:
        return NothingBetter()
    if letter is Grade.D:
        return NoConclusion()
    if not net.ci_low > 0:
        return NotClearlyBetter(Advice.KEEP_AND_TEST)
    if not net.ci_low > dearer:
        return OffersDearerThanValued(Advice.KEEP_AND_TEST)
    return None if in_turn else OutOfTurn(Advice.KEEP_AND_TEST)


def _advised(doubt: Reason | None, asked: Trial | None) -> tuple[Reason, ...]:
    """Why a policy isn't published; a test is asked for only where it can end within a time anyone would wait."""
    if doubt is None or asked is None or not asked.too_long:
        return () if doubt is None else (doubt,)
    if isinstance(doubt, NotClearlyBetter | OffersDearerThanValued | OutOfTurn):
        return (replace(doubt, advice=Advice.KEEP),)
    return (NoConclusionUntested(),) if isinstance(doubt, NoConclusion) else (doubt,)


def _below_standard(offers: list[Offer]) -> tuple[Reason, ...]:
    """In how many segments a policy gives less than the company's own standard, if it does."""
    below = sum(BelowStandard() in row.reasons for row in offers)
    return (BelowStandardInSegments(below, len(offers)),) if below else ()


def _trial(learnt: CrossFit, plan: Plan, weekly: float) -> Trial:
    """The test of the offers shown, sized for the change in returns at which they break even."""
    joint, rule = learnt.joint, rule_of(learnt.whole, plan)
    extra = extra_cost(learnt.whole, rule) / len(joint.y)
    break_even = 100 * abs(extra) / float(joint.margin[_changed(joint, rule)].mean())
    return trial(joint.y, joint.question.sample.cluster, break_even, weekly)


def _with_trial(row: Policy, asked: Trial | None) -> Policy:
    if asked is None:
        return row
    return replace(
        row, test_arms=asked.arms, test_unit=asked.unit, test_per_arm=asked.per_arm, test_points=asked.points,
        test_design_effect=asked.design_effect, test_weeks=asked.weeks,
    )  # fmt: skip


def _with_next_return(row: Policy, now: Valued, then: Valued | None, cluster: Ints) -> Policy:
    """With the margin earned per 1 spent on the way to the next budget, where money is spent on the way."""
    if then is None or not float((then.cost - now.cost).mean()) > 0:
        return row
    found: Interval = clustered_ratio(then.margin - now.margin, then.cost - now.cost, cluster)
    return replace(row, next_return=found.estimate, next_return_low=found.ci_low, next_return_high=found.ci_high)


def _changed(joint: Joint, rule: Rule) -> Flags:
    code = joint.segments.code
    return np.asarray(np.where(code >= 0, rule.offers[code], AS_TODAY) != AS_TODAY)


def no_policies(*reasons: Reason) -> BudgetTable:
    """The one row of ``policies`` that says why there is none and what to add."""
    row = Policy(
        Plan.BEST, population=POPULATION, unit=Unit.MONEY_PER_INCIDENT, verdict=Verdict.NOT_ESTIMABLE, reasons=reasons
    )
    return BudgetTable((row,))
