"""Kinds of worlds: what, besides what is recorded of each case, moves speed and returns together.

The kinds are what happens to companies, chosen without looking at any estimator: log-odds of a return, and logarithms
of minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True)
class Spell:
    """Times at which answers are slow and returns rare: how many (a site, or the company), how long, how bad.

    ``crowding`` multiplies the cases that arrive meanwhile.
    """

    number: int = 0
    days: tuple[int, int] = (0, 0)
    slower: float = 0.0
    worse: float = 0.0
    crowding: float = 1.0


@dataclass(frozen=True)
class Strengths:
    """What works and what confounds. ``speed`` is per log-hour; ``money`` all of an S-shaped pull.

    ``shocks``: spread of independent shocks of a site's months to speed and to returns; ``skill``: what a standard
    deviation of an agent's skill does to both; ``interplay``: severity by channel, of both; ``clock``: spread of the
    error of recorded log-minutes; ``trend``: what two years change in both; ``trait``: a customer's trait that nothing
    records, of both.
    """

    speed: float = -0.3
    silence: float = -0.7
    money: float = 0.8
    shocks: float = 0.0
    skill: float = 0.0
    interplay: float = 0.0
    clock: float = 0.0
    trend: float = 0.0
    trait: float = 0.0
    crisis: Spell = Spell()
    storm: Spell = Spell()


class Kind(StrEnum):
    """Kinds by name."""

    CLEAN = "clean"
    SHOCKS = "shocks"
    AGENTS = "agents"
    QUEUE = "queue"
    INTERPLAY = "interplay"
    CLOCKS = "clocks"
    TREND = "trend"
    CRISIS = "crisis"
    MILD_CRISIS = "mild_crisis"
    SHORT_CRISIS = "short_crisis"
    CRISIS_WITHOUT_EFFECT = "crisis_without_effect"
    NULL = "null"
    STORM = "storm"
    TRAIT = "trait"


_CRISIS = Spell(3, (21, 42), slower=1.3, worse=0.8)
_QUEUE = Spell(12, (3, 9), slower=1.1, worse=0.6, crowding=2.5)
_NOTHING = Strengths(speed=0.0, silence=0.0, money=0.0)

KINDS: Mapping[Kind, Strengths] = {
    Kind.CLEAN: Strengths(),
    Kind.SHOCKS: Strengths(shocks=0.35),
    Kind.AGENTS: Strengths(skill=0.4),
    Kind.QUEUE: Strengths(storm=_QUEUE),
    Kind.INTERPLAY: Strengths(interplay=0.3),
    Kind.CLOCKS: Strengths(clock=0.2),
    Kind.TREND: Strengths(trend=0.8),
    Kind.CRISIS: Strengths(crisis=_CRISIS),
    Kind.MILD_CRISIS: Strengths(crisis=Spell(3, (21, 42), slower=1.3, worse=0.2)),
    Kind.SHORT_CRISIS: Strengths(crisis=Spell(14, (5, 5), slower=1.3, worse=0.8)),
    Kind.CRISIS_WITHOUT_EFFECT: replace(_NOTHING, crisis=_CRISIS),
    Kind.NULL: _NOTHING,
    Kind.STORM: Strengths(skill=0.4, crisis=_CRISIS, storm=_QUEUE),
    Kind.TRAIT: Strengths(trait=0.6),
}
