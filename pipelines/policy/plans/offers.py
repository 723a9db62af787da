"""The offers of a plan, segment by segment, beside what is given today and what the company's own standard offers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipelines.contracts.policy_wording import BELOW_STANDARD, NOT_VALUED
from pipelines.contracts.results import OFFERS
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.policy.learnt.value import Valued, clustered_ratio
from pipelines.policy.plans.cross_fitting import Halves, Plan, offers_in_halves, rule_of
from pipelines.policy.plans.envelope import AS_TODAY
from pipelines.policy.rows import NO_CONCLUSION

Row = dict[str, Any]
ONE_SIDED = "Left as today: its incidents hang together too much to learn on one half and value on the other."


def offer_rows(halves: Halves, plan: Plan, now: Valued, policy: Row) -> list[Row]:
    """Rows of ``offers``: the rule learnt on all incidents.

    A segment's value is shown where every rule learnt on a half makes the same offer, and the policy isn't graded D.
    """
    offers = rule_of(halves.whole, plan).offers
    agreed = _agreed(halves, plan, offers)
    return [_row(halves, plan, now, policy, code, bool(agreed[code])) for code in range(len(offers))]


def _agreed(halves: Halves, plan: Plan, offers: Ints) -> Flags:
    """Where the halves offer what the whole does; where the whole changes nothing at all, nothing is valued."""
    if (offers == AS_TODAY).all():
        return np.ones(len(offers), dtype=bool)
    return np.asarray((offers_in_halves(halves, plan) == offers).all(axis=0))


def _row(halves: Halves, plan: Plan, now: Valued, policy: Row, code: int, agreed: bool) -> Row:
    joint, learned, offer = halves.joint, halves.whole, int(rule_of(halves.whole, plan).offers[code])
    inside, (tier, service) = joint.segments.code == code, joint.segments.parts(code)
    share = None if offer == AS_TODAY else halves.menu.shares[offer]
    standard = _mean(joint.standard[inside])
    floor = float(learned.floor[code]) if plan.keeps_standard else standard
    below = share is not None and floor is not None and share < floor - 1e-9
    concluded = policy["grade"] != "D" or not policy["changed_share"]
    reasons = [
        BELOW_STANDARD if below else "", ONE_SIDED if halves.one_sided[code] else "",
        NO_CONCLUSION if not concluded else "" if agreed else NOT_VALUED,
    ]  # fmt: skip
    return dict.fromkeys(name for name, _ in OFFERS) | {
        "policy": policy["policy"], "segment": joint.segments.names[code], "severity": joint.segments.tiers[tier],
        "severity_rank": tier + 1, "service": joint.segments.services[service], "share": share,
        "share_today": float(learned.share_today[code]), "share_standard": standard,
        "cost": float(learned.cost_today[code]) + (0.0 if share is None else float(learned.cost[code, offer])),
        "cost_today": float(learned.cost_today[code]), "unit": policy["unit"], "n": int(inside.sum()),
        "n_near": None if share is None else int(halves.menu.n_near[code, offer]),
        "reason": " ".join(reason for reason in reasons if reason) or None,
    } | (_value(halves, now, inside, offer) if agreed and concluded else {})  # fmt: skip


def _value(halves: Halves, now: Valued, inside: Flags, offer: int) -> Row:
    """Held-out money per incident of the segment; exactly nothing where it stays as today."""
    if offer == AS_TODAY:
        return {"value": 0.0, "value_low": 0.0, "value_high": 0.0}
    found = clustered_ratio(now.net * inside, inside.astype(float), halves.joint.question.sample.cluster)
    return {"value": found.estimate, "value_low": found.ci_low, "value_high": found.ci_high}


def below_standard(offers: Sequence[Row]) -> str:
    """In how many segments a policy gives less than the company's own standard, or ""."""
    below = sum((row["reason"] or "").startswith(BELOW_STANDARD) for row in offers)
    return f"{BELOW_STANDARD.rstrip('.')} in {below} of {len(offers)} segments." if below else ""


def _mean(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else None
