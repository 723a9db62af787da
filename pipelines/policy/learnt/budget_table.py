"""Who gets what under which budget: offers learnt on all incidents, valued only where they weren't learnt."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.outcomes import COMPENSATION_LADDER_SHARE
from pipelines.contracts.policy_wording import too_long
from pipelines.contracts.results import POLICIES
from pipelines.models.arrays import Flags, Ints
from pipelines.models.fit.interval import Interval
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.learnt.gains import Menu, menu_of
from pipelines.policy.learnt.joint_question import POPULATION, Joint
from pipelines.policy.learnt.value import Valued, clustered_mean, clustered_ratio
from pipelines.policy.plans.cross_fitting import (
    BEST,
    Halves,
    Plan,
    extra_cost,
    held_out,
    learn_in_halves,
    offers_in_halves,
    plans_of,
    rule_of,
)
from pipelines.policy.plans.envelope import AS_TODAY, Rule
from pipelines.policy.plans.experiment_size import aim_of, trial, weekly_incidents
from pipelines.policy.plans.grades import Grades
from pipelines.policy.plans.offers import below_standard, offer_rows
from pipelines.policy.rows import NO_CONCLUSION

Row = dict[str, Any]
LEAST_DF = 4.0
AND_TEST = " and test"
ASSUMPTION = (
    "An unmeasured difference between customers given more and less would overturn it. It counts margin from orders "
    "within {days} days, before vouchers, and nothing else: not what is told to others, nor what is owed. The value is "
    "that of offers chosen on one half of the incidents and tried on the other; the offers shown are chosen on all. "
    "{credit}"
)
NOTHING_BETTER = "No other offers gain more within this budget: keep the current standard."
NOT_CLEAR = f"Its value is not clearly above zero: keep the current standard{AND_TEST}."
UNSETTLED = f"What was valued cost less than these offers would: keep the current standard{AND_TEST}."
OUT_OF_TURN = (
    "Clear if it were the only plan asked. Plans are asked in a fixed order, so that luck can't pick among them, and "
    f"one before it isn't clear: keep the current standard{AND_TEST}."
)
THIN = "Too few incidents got any one share of their loss, so no offer can be valued."


def policy_rows(mart: pd.DataFrame, joint: Joint, grades: Grades, company: Company) -> tuple[list[Row], list[Row]]:
    """Rows of ``policies`` and ``offers``; raises :class:`NotEstimableError` with the reason when there are none."""
    halves = learn_in_halves(joint, graded_menu(joint, grades))
    plans = plans_of(halves)
    values = [held_out(halves, plan) for plan in plans]
    common = _common(joint, company) | {"effect_id": grades.anchor}
    weekly = weekly_incidents(mart, company)
    policies, offers = [], []
    turn = dict.fromkeys((True, False), True)
    for plan, now, then in zip(plans, values, [*values[1:], None], strict=True):
        row = _policy(halves, plan, now, _grade(halves, plan, grades), turn[plan.keeps_standard]) | common
        turn[plan.keeps_standard] &= row["verdict"] == "published" or not row["changed_share"]
        row |= _next_return(now, None if plan.ratio is None else then, joint.question.sample.cluster)
        row |= _experiment(halves, plan, weekly) if row["verdict"] == "experiment" and row["changed_share"] else {}
        found = offer_rows(halves, plan, now, row)
        reasons = [below_standard(found), _advice(row), row.pop("looks_for", "")]
        policies.append(_filled(row | {"reason": " ".join(reason for reason in reasons if reason) or None}))
        offers += found
    return policies, offers


def _advice(row: Row) -> str:
    """Why a policy isn't published; a test is asked for only where it can end within a time anyone would wait."""
    reason = str(row["reason"] or "")
    return reason.replace(AND_TEST, "") if too_long({"test_weeks": None} | row) else reason


def graded_menu(joint: Joint, grades: Grades) -> Menu:
    """The shares that may be offered: those that something follows from, nothing included; else all with support."""
    refused = frozenset(share for share in COMPENSATION_LADDER_SHARE if grades.of_share(share) == "D")
    for left_out in (refused, frozenset[float]()):
        menu = menu_of(joint, left_out)
        if len(menu.shares) >= 2:
            return menu
    raise NotEstimableError(THIN)


def _grade(halves: Halves, plan: Plan, grades: Grades) -> str:
    """The worst grade of all shares that a plan offers, nothing included; of the whole menu where it offers none."""
    used = np.unique([*rule_of(halves.whole, plan).offers, *offers_in_halves(halves, plan).ravel()])
    shares = [halves.menu.shares[offer] for offer in used if offer != AS_TODAY] or halves.menu.shares
    return max(grades.of_share(share) for share in shares)


def _common(joint: Joint, company: Company) -> Row:
    aim = joint.question.aim
    return {
        "outcome": aim.outcome.id, "horizon_days": aim.horizon_days, "population": POPULATION,
        "unit": f"{company.currency} per incident".strip(), "n": len(joint.y),
        "n_clusters": joint.question.sample.clusters,
        "assumption": ASSUMPTION.format(days=aim.horizon_days, credit=joint.assumption).strip(),
    }  # fmt: skip


def _policy(halves: Halves, plan: Plan, now: Valued, grade: str, in_turn: bool) -> Row:
    """A plan's numbers and verdict; ``in_turn``: no plan before it in its order failed."""
    joint, cluster = halves.joint, halves.joint.question.sample.cluster
    gain, net = clustered_mean(100 * now.customers, cluster), clustered_mean(now.net, cluster)
    spent, rule = float(joint.cost.mean()), rule_of(halves.whole, plan)
    changed, shown = _changed(joint, rule), extra_cost(halves.whole, rule) / len(joint.y)
    letter = "D" if changed.any() and clustered_mean(now.margin, cluster).df < LEAST_DF else grade
    dearer = max(shown - float(now.cost.mean()), 0.0)
    doubt = doubt_of(bool(changed.any()), letter, net, dearer, in_turn)
    return {
        "policy": plan.name, "budget_ratio": plan.ratio, "budget": None if plan.ratio is None else plan.ratio * spent,
        "cost": spent + shown, "cost_today": spent,
        "gain": gain.estimate, "gain_low": gain.ci_low, "gain_high": gain.ci_high,
        "value": net.estimate, "value_low": net.ci_low, "value_high": net.ci_high,
        "changed_share": float(changed.mean()), "df": net.df, "grade": letter,
        "verdict": "experiment" if doubt else "published", "reason": doubt or None,
    }  # fmt: skip


def doubt_of(changes: bool, letter: str, net: Interval, dearer: float, in_turn: bool) -> str:
    """Why a policy isn't published, or "".

    The plan within the standard is one question; all others are asked in a fixed order, each only while none before it
    failed (fixed-sequence testing; Westfall & Krishen 2001). A run then publishes a policy that is worse than today at
    most twice as often as one lower limit is wrong. ``dearer``: what the offers shown cost more per incident than those
    that were valued.
    """
    if not changes:
        return NOTHING_BETTER
    if letter == "D":
        return NO_CONCLUSION
    if not net.ci_low > 0:
        return NOT_CLEAR
    if not net.ci_low > dearer:
        return UNSETTLED
    return "" if in_turn else OUT_OF_TURN


def _experiment(halves: Halves, plan: Plan, weekly: float) -> Row:
    """The test of the offers shown, sized for the change in returns at which they break even."""
    joint, rule = halves.joint, rule_of(halves.whole, plan)
    shown = extra_cost(halves.whole, rule) / len(joint.y)
    break_even = 100 * abs(shown) / float(joint.margin[_changed(joint, rule)].mean())
    sized = trial(joint.y, joint.question.sample.cluster, break_even, weekly)
    return sized | {"looks_for": aim_of(break_even)}


def _next_return(now: Valued, then: Valued | None, cluster: Ints) -> Row:
    """Margin earned per 1 spent on the way to the next budget, where money is spent on the way."""
    if then is None or not float((then.cost - now.cost).mean()) > 0:
        return {}
    found: Interval = clustered_ratio(then.margin - now.margin, then.cost - now.cost, cluster)
    return {"next_return": found.estimate, "next_return_low": found.ci_low, "next_return_high": found.ci_high}


def _changed(joint: Joint, rule: Rule) -> Flags:
    code = joint.segments.code
    return np.asarray(np.where(code >= 0, rule.offers[code], AS_TODAY) != AS_TODAY)


def _filled(values: Row) -> Row:
    names = [name for name, _ in POLICIES]
    if unknown := sorted(set(values) - set(names)):
        raise TypeError(f"not columns of the table: {unknown}")
    return dict.fromkeys(names) | values


def refused_policy(reason: str, company: Company) -> Row:
    """The one row of ``policies`` that says why there is none and what to add."""
    return _filled({
        "policy": BEST.name, "population": POPULATION, "unit": f"{company.currency} per incident".strip(),
        "verdict": "not_estimable", "reason": reason,
    })  # fmt: skip
