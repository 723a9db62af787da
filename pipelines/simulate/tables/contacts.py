"""The interactions: who spoke when, in public or not, and what was done – one row per action."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.life import Life
from pipelines.simulate.randomness import Flags, Whole, stream
from pipelines.simulate.tables.incidents import incident_numbers
from pipelines.simulate.tables.values import FIRST_AGENT, FIRST_INCIDENT, concat, flags, labels, numbered, times
from pipelines.simulate.timeline import NEVER, Timeline
from pipelines.simulate.world import CHANNELS, END, HOUR

AGENTS_PER_SITE = 9
REVIEWS = 5
ACTORS = ("agent", "bot", "customer")
AGENT, BOT, CUSTOMER = range(3)
ACTIONS = (
    "acknowledge", "apologise", "empathise", "own", "explain", "commit", "offer", "resolve", "update", "escalate",
)  # fmt: skip
_BOT = np.array([c.bot for c in CHANNELS])


@dataclass(frozen=True)
class Desk:
    """Per incident: its number, whether staff wrote in public and in their own words, and who wrote first and next."""

    number: Whole
    public: Flags
    personal: Flags
    agent: Whole
    colleague: Whole


def interactions(life: Life, steps: Timeline, seed: int) -> pd.DataFrame:
    """One row per contact and action, by incident and time; a few first answers came through twice."""
    rng, cases = stream(seed, "contacts"), life.told.cases
    agent = cases.site * AGENTS_PER_SITE + (rng.random(cases.n) * AGENTS_PER_SITE).astype(np.int64)
    agent = np.where(rng.random(cases.n) < 0.19, -1, agent)
    colleague = np.where((rng.random(cases.n) < 0.35) & (agent >= 0), agent + 1, agent)
    public = (cases.channel == REVIEWS) & (rng.random(cases.n) >= 0.4)
    desk = Desk(incident_numbers(life), public, life.told.recovery.personal, agent, colleague)
    others = _others(life, steps, desk, rng)
    twice = np.where(rng.random(cases.n) < 0.003, steps.contacted, NEVER)
    answers = [frame for at in (steps.contacted, twice) for frame in _first_answer(life, steps, desk, at)]
    return concat([*others, *answers, *_follow_ups(life, steps, desk)], ["incident_id", "contacted_at"])


def _others(life: Life, steps: Timeline, desk: Desk, rng: np.random.Generator) -> list[pd.DataFrame]:
    """What guests and bots said; of failures the group noticed itself, guests speak later or not at all."""
    cases = life.told.cases
    later = cases.opened + (10 * HOUR * rng.exponential(1.0, cases.n)).astype(np.int64)
    later = np.where(rng.random(cases.n) < 0.4, later, NEVER)
    spoke = np.where(cases.detected == 0, cases.opened, later)
    bot = cases.opened + 5 + (rng.random(cases.n) * 60).astype(np.int64)
    bot = np.where(rng.random(cases.n) < _BOT[cases.channel], bot, NEVER)
    in_public = cases.channel == REVIEWS
    return [
        _rows(desk, CUSTOMER, None, spoke, public=in_public),
        _rows(desk, CUSTOMER, None, steps.threatened, public=in_public & desk.public),
        _rows(desk, BOT, "acknowledge", bot, public=np.zeros(cases.n, bool)),
    ]


def _first_answer(life: Life, steps: Timeline, desk: Desk, at: Whole) -> list[pd.DataFrame]:
    """One row per thing done at the first contact; one without an action where staff noted nothing."""
    recovery = life.told.recovery
    done = {
        "acknowledge": np.ones(len(at), bool), "apologise": recovery.apology, "empathise": recovery.empathy,
        "own": recovery.owned, "explain": recovery.explained, "commit": recovery.committed,
        "offer": recovery.anything | (recovery.test_share > 0), "resolve": recovery.at_once,
    }  # fmt: skip
    noted = [_rows(desk, AGENT, a, np.where(steps.coded & did, at, NEVER), who=desk.agent) for a, did in done.items()]
    return [_rows(desk, AGENT, None, np.where(steps.coded, NEVER, at), who=desk.agent), *noted]


def _follow_ups(life: Life, steps: Timeline, desk: Desk) -> list[pd.DataFrame]:
    """Escalation, the second contact, and the last one where it came later still."""
    more = (steps.resolved > steps.followed) & (steps.followed < NEVER)
    ended = steps.followed == steps.resolved
    happened = (
        ("escalate", desk.agent, steps.escalated),
        ("update", desk.colleague, np.where(ended, NEVER, steps.followed)),
        ("resolve", desk.colleague, np.where(ended, steps.followed, NEVER)),
        ("resolve", desk.colleague, np.where(more, steps.resolved, NEVER)),
    )
    noted = [_rows(desk, AGENT, did, np.where(steps.coded, at, NEVER), who=who) for did, who, at in happened]
    bare = [_rows(desk, AGENT, None, np.where(steps.coded, NEVER, at), who=who) for _, who, at in happened]
    return [*noted, *bare]


def _rows(
    desk: Desk, actor: int, action: str | None, at: Whole, *, public: Flags | None = None, who: Whole | None = None
) -> pd.DataFrame:
    """One row per incident whose time ``at`` has come by the data cut; arrays per incident."""
    chosen = np.flatnonzero(at < END)
    said = np.full(len(chosen), -1 if action is None else ACTIONS.index(action))
    agent = np.full(len(chosen), -1) if who is None else who[chosen]
    in_public = (desk.public if public is None else public)[chosen]
    return pd.DataFrame({
        "incident_id": numbered(desk.number[chosen], FIRST_INCIDENT),
        "contacted_at": times(at[chosen]),
        "actor": labels(np.full(len(chosen), actor), ACTORS),
        "action": labels(said, ACTIONS),
        "agent_id": numbered(agent, FIRST_AGENT, agent >= 0),
        "personal": flags(desk.personal[chosen], np.full(len(chosen), actor == AGENT)),
        "public": pd.array(in_public, dtype="boolean"),
    })  # fmt: skip
