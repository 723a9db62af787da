"""The front line: cases settled at the first contact, passed up or handed on, and what settling at once goes with."""

from collections.abc import Iterator

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import share
from pipelines.policy.counted.standards import yardstick_rows
from pipelines.policy.counted.stratified import difference
from pipelines.policy.counted.yardsticks import Yardstick
from pipelines.policy.mart import missing, missing_return, number, return_column
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "front_line"
CASE_MIX = (Col.SEVERITY, Col.CATEGORY, Col.CHANNEL)
EFFECT = "resolved_at_first_contact_effect_on_return"
ANSWERED = "answered incidents with full follow-up"
PER_100 = "per 100 customers"
ASSUMPTION = "Cases settled at once were no easier than others of the same severity, type and channel."
NO_AGENT = "Contacts name no agent, so nobody can tell when a case was handed on. Map agent_id in interactions."
NO_ESCALATION = "No contact is recorded as passing a case up. Map the action escalate in interactions."
NO_ROLE = "Compensation doesn't say who gave it. Map issuer_role in compensations."


def front_line_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Shares overall and by site, case mix held equal; limits by role; settled at once against return.

    Grain: one row per measure, period and site or role.
    """
    measured = (row for y in _yardsticks(mart, company) for row in yardstick_rows(mart, y, company))
    return [
        *(row | {"part": PART} for row in measured),
        *_limits_by_role(mart, company),
        *_effect(mart, company),
    ]


def _yardsticks(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    opened, speed = mart[Col.FOLLOW_UP_DAYS], missing(company, "speed")
    said = missing(company, "apology") or ("" if mart[Col.ESCALATED].notna().any() else NO_ESCALATION)
    closing = "" if mart[Col.RESOLVED_AT_FIRST_CONTACT].notna().any() else missing(company, "closing")
    handed = number(mart, Col.HANDOFFS)
    agent = "" if company.facts.has("interactions", "agent_id") else NO_AGENT
    return [
        Yardstick("resolved_at_first_contact", "known_now", number(mart, Col.RESOLVED_AT_FIRST_CONTACT), opened,
                  speed or closing, "incidents resolved, closed or contacted more than once"),
        Yardstick("escalated", "known_now", number(mart, Col.ESCALATED), opened, speed or said,
                  "incidents whose contacts say what was done"),
        Yardstick("handed_on", "known_now", (handed > 0).astype("float64").where(handed.notna()), opened,
                  speed or agent, "incidents whose contacts name the agent"),
    ]  # fmt: skip


def _limits_by_role(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Share of incidents in which what was given lies within the giver's limit, by the role that gave it."""
    where = {
        "population": "incidents in which one role alone gave something under a limit",
        "unit": "share of incidents",
    }
    reason = missing(company, "compensation_kind") or missing(company, "authority")
    named = company.facts.has("compensations", "issuer_role") and "issuer_role" in company.compensations
    if reason or not named:
        yield refused(PART, "within_authority", reason or NO_ROLE, segment="issuer_role", **where)
        return
    roles = company.compensations.groupby("incident_id")["issuer_role"].agg(["first", "nunique"])
    role = mart[Col.INCIDENT_ID].map(roles.loc[roles["nunique"] == 1, "first"])
    within = number(mart, Col.WITHIN_AUTHORITY)
    for name in sorted(role[within.notna()].dropna().unique()):
        found = share(within[role == name], mart[Col.CLUSTER_KEY][role == name])
        yield decision_row(PART, "within_authority", segment=f"issuer_role={name}", **where, **numbers(found))


def _effect(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Returning customers per 100 when settled at the first contact against not, severity, type and channel alike."""
    days = main_horizon(company.facts)
    where = {"population": ANSWERED, "unit": PER_100, "within_days": float(days), "assumption": ASSUMPTION}
    came_back = number(mart, return_column(company, days))
    settled = number(mart, Col.RESOLVED_AT_FIRST_CONTACT)
    reason = missing(company, "speed") or ("" if came_back.notna().any() else missing_return(company))
    if reason or not (settled.notna() & came_back.notna()).any():
        reason = reason or missing(company, "closing") or "No case is both settled or not, and old enough to judge."
        yield refused(PART, EFFECT, reason, **where)
        return
    answered = mart[Col.RESPONSE_STATUS] == "answered"
    levels = sorted(mart[Col.SEVERITY].dropna().unique())
    cells = [("", answered), *((f"severity={x}", answered & (mart[Col.SEVERITY] == x)) for x in levels)]
    for segment, chosen in cells:
        found = difference(
            100.0 * came_back[chosen], settled[chosen], mart[Col.CLUSTER_KEY][chosen], mart[chosen], CASE_MIX
        )
        yield decision_row(PART, EFFECT, segment=segment, **where, **found.columns())
