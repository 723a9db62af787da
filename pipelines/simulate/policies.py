"""What would have happened under another policy: the same guests, the same luck, other decisions."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pipelines.simulate.events import Events
from pipelines.simulate.life import Told
from pipelines.simulate.outcome import return_odds
from pipelines.simulate.randomness import Flags, Floats
from pipelines.simulate.recovery import Recovery, kind_with_amount, promise_kept, recover
from pipelines.simulate.scenario import Scenario

Policy = Callable[[Scenario, Told], Floats]


@dataclass(frozen=True)
class Done:
    """What staff do to each incident under a policy: minutes to the answer, whether anybody answers, the rest."""

    minutes: Floats
    answered: Flags
    recovery: Recovery


def today(told: Told) -> Done:
    """What was done."""
    return Done(told.response.minutes, told.response.answered, told.recovery)


def promise(scenario: Scenario, told: Told, tau: float) -> Done:
    """Everybody hears from a person within ``tau`` minutes; what follows is decided anew as staff usually decide."""
    minutes = np.minimum(told.response.minutes, tau)
    answered = np.ones(told.cases.n, bool)
    threatened = told.response.threat_minutes < minutes
    return Done(minutes, answered, recover(scenario, told.cases, minutes, answered, threatened, told.luck))


def give(told: Told, done: Done, share: float) -> Done:
    """Everybody answered gets ``share`` of the loss, in the form staff usually choose; all else as in ``done``."""
    kind = np.where(done.answered & (share > 0), kind_with_amount(told.luck), -1)
    nothing = np.zeros(told.cases.n)
    recovery = replace(
        done.recovery, kind=kind, share=np.where(done.answered, share, 0.0), extra_share=nothing, test_share=nothing
    )
    return replace(done, recovery=recovery)


def assign(scenario: Scenario, told: Told, arm: int) -> tuple[Told, Done]:
    """Everybody in the experiment is assigned to ``arm``."""
    cases = replace(told.cases, arm=np.where(told.cases.arm >= 0, arm, -1))
    threatened = told.response.threat_minutes < told.response.minutes
    response = told.response
    recovery = recover(scenario, cases, response.minutes, response.answered, threatened, told.luck)
    return replace(told, cases=cases), Done(response.minutes, response.answered, recovery)


def act(told: Told, done: Done, action: str, shown: bool) -> Done:
    """One of the words or the repair for everybody answered, or for nobody; all else as in ``done``."""
    changed = replace(done.recovery, **{action: np.full(told.cases.n, shown)})
    if action == "committed":
        changed = replace(changed, kept=shown & promise_kept(told.luck))
    return replace(done, recovery=changed)


def odds_of(scenario: Scenario, told: Told, done: Done) -> Floats:
    """Log-odds of a new order within a year, before the shock of the event."""
    return return_odds(scenario, told.cases, done.minutes, done.answered, done.recovery, np.zeros(told.cases.n))


def realised_shock(told: Told, events: Events) -> Floats:
    """The shock each incident's event brought; 0 outside events."""
    return np.where(told.cases.event >= 0, events.shock[told.cases.event], 0.0)
