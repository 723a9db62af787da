"""The offers of a plan, segment by segment, beside what is given today and what the company's own standard offers."""

from dataclasses import replace

import numpy as np

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.plans import BelowStandard, NotValued, OneSided
from pipelines.contracts.tables.offer import Offer
from pipelines.contracts.tables.policy import Policy
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.policy.learnt.value import Valued, clustered_ratio
from pipelines.policy.plans.cross_fitting import CrossFit, offers_held_out, rule_of
from pipelines.policy.plans.envelope import AS_TODAY


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
