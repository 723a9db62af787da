"""The front line: cases settled at the first contact, passed up or handed on, and what settling at once goes with."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.caveats import SettledNoEasier
from pipelines.contracts.messages.counted import NothingSettledOrNot
from pipelines.contracts.messages.lacking import NoAgents, NoEscalations, NoIssuerRoles
from pipelines.contracts.messages.populations import (
    ActionsRecorded,
    AgentsNamed,
    AnsweredFollowed,
    GivenByOneRole,
    SettledOrNot,
)
from pipelines.contracts.segments import EVERYONE, segment
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.measure import Measured
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, with_difference, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import share
from pipelines.policy.counted.standards import yardstick_rows
from pipelines.policy.counted.stratified import difference
from pipelines.policy.counted.yardsticks import Yardstick
from pipelines.policy.mart import lacking, lacking_return, number, return_column

CASE_MIX = (Col.SEVERITY, Col.CATEGORY, Col.CHANNEL)
ROLE = "issuer_role"


def front_line_rows(mart: pd.DataFrame, company: Company) -> list[Measured]:
    """Shares overall and by site, case mix held equal; limits by role.

    Grain: one row per measure, period and site or role.
    """
    measured = (row for y in _yardsticks(mart, company) for row in yardstick_rows(mart, y, company))
    return [*(replace(row, topic=Topic.FRONT_LINE) for row in measured), *_limits_by_role(mart, company)]


def _yardsticks(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    opened, speed = mart[Col.FOLLOW_UP_DAYS], lacking(company.facts, "speed")
    said = lacking(company.facts, "apology") or (None if mart[Col.ESCALATED].notna().any() else NoEscalations())
    settled = number(mart, Col.RESOLVED_AT_FIRST_CONTACT)
    closing = None if settled.notna().any() else lacking(company.facts, "closing")
    handed = number(mart, Col.HANDOFFS)
    handed_on = (handed > 0).astype("float64").where(handed.notna())
    agent = None if company.facts.has("interactions", "agent_id") else NoAgents()
    now = Clock.KNOWN_NOW
    return [
        Yardstick(Measure.RESOLVED_AT_FIRST_CONTACT, now, settled, opened, speed or closing, SettledOrNot()),
        Yardstick(Measure.ESCALATED, now, number(mart, Col.ESCALATED), opened, speed or said, ActionsRecorded()),
        Yardstick(Measure.HANDED_ON, now, handed_on, opened, speed or agent, AgentsNamed()),
    ]


def _limits_by_role(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Share of incidents in which what was given lies within the giver's limit, by the role that gave it."""
    where = Measured(
        Topic.FRONT_LINE,
        Measure.WITHIN_AUTHORITY,
        segment=ROLE,
        population=GivenByOneRole(),
        unit=Unit.SHARE_OF_INCIDENTS,
    )
    reason = lacking(company.facts, "compensation_kind") or lacking(company.facts, "authority")
    named = company.facts.has("compensations", ROLE) and ROLE in company.compensations
    if reason or not named:
        yield refused(where, reason or NoIssuerRoles())
        return
    roles = company.compensations.groupby("incident_id")[ROLE].agg(["first", "nunique"])
    role = mart[Col.INCIDENT_ID].map(roles.loc[roles["nunique"] == 1, "first"])
    within = number(mart, Col.WITHIN_AUTHORITY)
    for name in sorted(role[within.notna()].dropna().unique()):
        found = share(within[role == name], mart[Col.CLUSTER_KEY][role == name])
        yield with_estimate(replace(where, segment=segment(ROLE, name)), found)


def settling_rows(mart: pd.DataFrame, company: Company) -> Iterator[Contrasted]:
    """Returning customers per 100 when settled at the first contact against not, severity, type and channel alike.

    Grain: one row over everyone and per severity.
    """
    days = main_horizon(company.facts)
    where = Contrasted(
        Change.SETTLED_AND_RETURNED,
        population=AnsweredFollowed(),
        unit=Unit.PER_100_CUSTOMERS,
        within_days=float(days),
        caveats=(SettledNoEasier(),),
    )
    came_back = number(mart, return_column(company.facts, days))
    settled = number(mart, Col.RESOLVED_AT_FIRST_CONTACT)
    reason = lacking(company.facts, "speed") or (None if came_back.notna().any() else lacking_return(company.facts))
    if reason or not (settled.notna() & came_back.notna()).any():
        yield refused(where, reason or lacking(company.facts, "closing") or NothingSettledOrNot())
        return
    answered = mart[Col.RESPONSE_STATUS] == "answered"
    levels = sorted(mart[Col.SEVERITY].dropna().unique())
    of_level = ((segment(Col.SEVERITY, level), answered & (mart[Col.SEVERITY] == level)) for level in levels)
    for name, chosen in ((EVERYONE, answered), *of_level):
        y, clusters = 100.0 * came_back[chosen], mart[Col.CLUSTER_KEY][chosen]
        found = difference(y, settled[chosen], clusters, mart[chosen], CASE_MIX)
        yield with_difference(replace(where, segment=name), found)
