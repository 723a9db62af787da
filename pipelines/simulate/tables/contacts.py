"""The contacts: who spoke when, in public or not, and what was done."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.life import Life, incident_numbers
from pipelines.simulate.cases.timeline import Timeline
from pipelines.simulate.tables.values import (
    AGENTS_PER_SITE,
    FIRST_AGENT,
    FIRST_INCIDENT,
    Texts,
    Times,
    YesNo,
    flags,
    labels,
    numbered,
    same,
    times,
)
from pipelines.simulate.world.calendar import END, HOUR, NEVER
from pipelines.simulate.world.codes import Action, Actor, Noticed
from pipelines.simulate.world.group import CHANNELS
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Flags, Whole, end_to_end, in_order


@dataclass(frozen=True)
class Interactions:
    """One row per contact and action, by incident and time; a few first answers came through twice."""

    incident_id: Texts
    contacted_at: Times
    actor: Texts
    action: Texts
    agent_id: Texts
    personal: YesNo
    public: YesNo


@dataclass(frozen=True)
class Desk:
    """Per incident: its number, whether staff wrote in public and in their own words, and who wrote first and next."""

    number: Whole
    public: Flags
    personal: Flags
    agent: Whole
    colleague: Whole


def interactions(life: Life, steps: Timeline, seed: int) -> Interactions:
    """Everything said by the data cut."""
    rng, cases = stream(seed, "contacts"), life.told.cases
    agent = cases.site * AGENTS_PER_SITE + (rng.random(cases.n) * AGENTS_PER_SITE).astype(np.int64)
    agent = np.where(rng.random(cases.n) < 0.19, -1, agent)
    colleague = np.where((rng.random(cases.n) < 0.35) & (agent >= 0), agent + 1, agent)
    public = CHANNELS.public[cases.channel] & (rng.random(cases.n) >= 0.4)
    desk = Desk(incident_numbers(life), public, life.told.recovery.personal, agent, colleague)
    others = _others(life, steps, desk, rng)
    twice = np.where(rng.random(cases.n) < 0.003, steps.contacted, NEVER)
    answers = [rows for at in (steps.contacted, twice) for rows in _first_answer(life, steps, desk, at)]
    found = end_to_end([*others, *answers, *_follow_ups(life, steps, desk)])
    return in_order(found, found.incident_id, found.contacted_at)


def _others(life: Life, steps: Timeline, desk: Desk, rng: np.random.Generator) -> list[Interactions]:
    """What guests and bots said; of failures the group noticed itself, guests speak later or not at all."""
    cases = life.told.cases
    later = cases.opened + (10 * HOUR * rng.exponential(1.0, cases.n)).astype(np.int64)
    later = np.where(rng.random(cases.n) < 0.4, later, NEVER)
    spoke = np.where(cases.noticed == Noticed.CUSTOMER, cases.opened, later)
    bot = cases.opened + 5 + (rng.random(cases.n) * 60).astype(np.int64)
    bot = np.where(rng.random(cases.n) < CHANNELS.bot[cases.channel], bot, NEVER)
    in_public = CHANNELS.public[cases.channel]
    return [
        _rows(desk, Actor.CUSTOMER, None, spoke, public=in_public),
        _rows(desk, Actor.CUSTOMER, None, steps.threatened, public=in_public & desk.public),
        _rows(desk, Actor.BOT, Action.ACKNOWLEDGE, bot, public=np.zeros(cases.n, bool)),
    ]


def _first_answer(life: Life, steps: Timeline, desk: Desk, at: Whole) -> list[Interactions]:
    """One row per thing done at the first contact; one without an action where staff noted nothing."""
    recovery = life.told.recovery
    done = {
        Action.ACKNOWLEDGE: np.ones(len(at), bool),
        Action.APOLOGISE: recovery.apology,
        Action.EMPATHISE: recovery.empathy,
        Action.OWN: recovery.owned,
        Action.EXPLAIN: recovery.explained,
        Action.COMMIT: recovery.committed,
        Action.OFFER: recovery.anything | (recovery.test_share > 0),
        Action.RESOLVE: recovery.at_once,
    }
    noted = [
        _rows(desk, Actor.AGENT, action, np.where(steps.coded & did, at, NEVER), who=desk.agent)
        for action, did in done.items()
    ]
    return [_rows(desk, Actor.AGENT, None, np.where(steps.coded, NEVER, at), who=desk.agent), *noted]


def _follow_ups(life: Life, steps: Timeline, desk: Desk) -> list[Interactions]:
    """Escalation, the second contact, and the last one where it came later still."""
    more = (steps.resolved > steps.followed) & (steps.followed < NEVER)
    ended = steps.followed == steps.resolved
    happened = (
        (Action.ESCALATE, desk.agent, steps.escalated),
        (Action.UPDATE, desk.colleague, np.where(ended, NEVER, steps.followed)),
        (Action.RESOLVE, desk.colleague, np.where(ended, steps.followed, NEVER)),
        (Action.RESOLVE, desk.colleague, np.where(more, steps.resolved, NEVER)),
    )
    noted = [_rows(desk, Actor.AGENT, did, np.where(steps.coded, at, NEVER), who=who) for did, who, at in happened]
    bare = [_rows(desk, Actor.AGENT, None, np.where(steps.coded, NEVER, at), who=who) for _, who, at in happened]
    return [*noted, *bare]


def _rows(
    desk: Desk, actor: Actor, action: Action | None, at: Whole, *, public: Flags | None = None, who: Whole | None = None
) -> Interactions:
    """One row per incident whose time ``at`` has come by the data cut; arrays per incident."""
    chosen = np.flatnonzero(at < END)
    said = np.full(len(chosen), -1 if action is None else action)
    agent = np.full(len(chosen), -1) if who is None else who[chosen]
    in_public = (desk.public if public is None else public)[chosen]
    return Interactions(
        incident_id=numbered(desk.number[chosen], FIRST_INCIDENT),
        contacted_at=times(at[chosen]),
        actor=same(actor.label, len(chosen)),
        action=labels(said, Action.labels()),
        agent_id=numbered(agent, FIRST_AGENT, agent >= 0),
        personal=flags(desk.personal[chosen], np.full(len(chosen), actor is Actor.AGENT)),
        public=flags(in_public),
    )
