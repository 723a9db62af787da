"""From what each offer gains and costs to who gets what: steps of falling return, funded up to a budget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np

from pipelines.models.arrays import Flags, Floats, Ints

AS_TODAY = -1


@dataclass(frozen=True)
class Learned:
    """What offers come to, by segment (rows) and offered share (columns), against today and per incident of it.

    ``gain`` is margin, ``cost`` what is given; ``allowed`` says which offers have support; ``n`` incidents,
    ``share_today`` and ``cost_today`` of each segment, ``spent`` today on all incidents together; ``floor``: the lower
    of today's share and what the company's own standard offers (0 without one). Segments are services within tiers,
    mildest tier first.
    """

    gain: Floats
    cost: Floats
    allowed: Flags
    n: Floats
    shares: tuple[float, ...]
    share_today: Floats
    cost_today: Floats
    spent: float
    floor: Floats
    services: int

    @property
    def within_standard(self) -> "Learned":
        """The same with every offer below the floor off the menu."""
        kept = np.array(self.shares)[None, :] >= self.floor[:, None] - 1e-9
        return replace(self, allowed=self.allowed & kept)


@dataclass(frozen=True)
class Choice:
    """One admissible set of offers of a service: option per tier (column of ``Learned`` or ``AS_TODAY``), totals."""

    service: int
    options: tuple[int, ...]
    cost: float
    gain: float


@dataclass(frozen=True)
class Rule:
    """The offer of every segment: a column of ``Learned``, or ``AS_TODAY``."""

    offers: Ints


def choose(learned: Learned, budget: float | None) -> Rule:
    """The offers that gain most within a budget: extra money over today, all incidents together (may be negative).

    None: no budget, but every step must earn back what it costs. Where nothing is cheap enough, the cheapest.
    """
    frontiers = [_frontier(_choices(learned, service)) for service in range(learned.services)]
    taken = [frontier[0] for frontier in frontiers]
    left = np.inf if budget is None else budget - sum(choice.cost for choice in taken)
    blocked: set[int] = set()
    for step in sorted((s for f in frontiers for s in _steps(f)), key=lambda s: -s.slope):
        if budget is None and step.slope <= 1.0:
            break
        if step.to.service in blocked or step.cost > left:
            blocked.add(step.to.service)
            continue
        taken[step.to.service] = step.to
        left -= step.cost
    offers = np.full(len(learned.n), AS_TODAY, dtype=np.int64)
    for choice in taken:
        offers[choice.service :: learned.services] = choice.options
    return Rule(offers)


@dataclass(frozen=True)
class _Step:
    """From one set of offers of a service to the next dearer one on its frontier."""

    to: Choice
    cost: float
    slope: float


def _choices(learned: Learned, service: int) -> list[Choice]:
    """All sets of offers of a service in which graver failures never get less; leaving all as today is always one."""
    own = np.arange(service, len(learned.n), learned.services)
    menus = [[AS_TODAY, *np.flatnonzero(learned.allowed[x]).tolist()] for x in own]
    found = []
    for options in product(*menus):
        placed = list(zip(own, options, strict=True))
        shares = [learned.share_today[x] if o == AS_TODAY else learned.shares[o] for x, o in placed]
        changed = [(x, o) for x, o in placed if o != AS_TODAY]
        if changed and any(b < a - 1e-9 for a, b in pairwise(shares)):
            continue
        found.append(
            Choice(
                service,
                options,
                cost=float(sum(learned.n[x] * learned.cost[x, o] for x, o in changed)),
                gain=float(sum(learned.n[x] * learned.gain[x, o] for x, o in changed)),
            )
        )
    return found


def _frontier(choices: Sequence[Choice]) -> list[Choice]:
    """The upper concave envelope of gain over cost, from the cheapest to the one that gains most."""
    ordered = sorted(choices, key=lambda c: (c.cost, -c.gain))
    frontier = [ordered[0]]
    for choice in ordered[1:]:
        if choice.gain <= frontier[-1].gain or choice.cost <= frontier[-1].cost:
            continue
        while len(frontier) > 1 and _slope(frontier[-2], frontier[-1]) <= _slope(frontier[-1], choice):
            frontier.pop()
        frontier.append(choice)
    return frontier


def _slope(a: Choice, b: Choice) -> float:
    return (b.gain - a.gain) / (b.cost - a.cost)


def _steps(frontier: Sequence[Choice]) -> list[_Step]:
    return [_Step(b, b.cost - a.cost, _slope(a, b)) for a, b in pairwise(frontier)]
