"""Who gets what under which budget: offers learnt on all incidents, valued only where they weren't learnt."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipelines.contracts.results import OFFERS, POLICIES
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.interval import Interval
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.envelope import AS_TODAY, Learned, Rule
from pipelines.policy.graded import Grades
from pipelines.policy.halves import BEST, Halves, Plan, held_out, learn_in_halves, plans_of, rule_of
from pipelines.policy.joint import POPULATION, Joint
from pipelines.policy.learn import menu_of
from pipelines.policy.trial import trial, weekly_incidents
from pipelines.policy.value import (
    Valued,
    clustered_mean,
    clustered_ratio,
)  # fmt: skip

Row = dict[str, Any]
LEAST_DF = 4.0
ASSUMPTION = (
    "An unmeasured difference between customers given more and less would overturn it. It counts margin from orders "
    "within {days} days and nothing else: not what is told to others, nor what is owed."
)
NO_CONCLUSION = "No conclusion: keep the current standard and test."
NOTHING_BETTER = "No other offers gain more within this budget: keep the current standard."
NOT_CLEAR = "Its value is not clearly above zero: keep the current standard and test."
UNSETTLED = "What was valued cost less than these offers would: keep the current standard and test."
BELOW_STANDARD = "Below the company's own standard."
THIN = "Too few incidents got any one share of their loss, so no offer can be valued."


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
    shown = _extra_cost(halves.whole, rule) / len(joint.y)
    clear = margin.ci_low - max(cost, shown) > 0 and letter != "D"
    weekly = common["weekly"]
    row = {
        **{name: value for name, value in common.items() if name != "weekly"}, "policy": plan.name,
        "budget_ratio": ratio, "budget": None if ratio is None else ratio * spent,
        "cost": spent + shown,
        "cost_today": spent, "gain": gain.estimate, "gain_low": gain.ci_low, "gain_high": gain.ci_high,
        "value": margin.estimate - cost, "value_low": margin.ci_low - cost, "value_high": margin.ci_high - cost,
        "changed_share": float(changed.mean()), "df": margin.df, "grade": letter,
        "verdict": "published" if clear else "experiment",
        "reason": None if clear else _why_not(changed, letter, margin.ci_low - cost > 0),
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


def _why_not(changed: Flags, letter: str, valuable: bool) -> str:
    """Why a policy isn't published."""
    return (
        NOTHING_BETTER
        if not changed.any()
        else NO_CONCLUSION
        if letter == "D"
        else UNSETTLED
        if valuable
        else NOT_CLEAR
    )


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
