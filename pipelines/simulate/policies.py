"""What would have happened under another policy: the same guests, the same luck, other decisions."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pipelines.simulate.cases.case import Recovery
from pipelines.simulate.cases.life import Told
from pipelines.simulate.cases.mass_events import Events
from pipelines.simulate.cases.outcome import return_odds, within
from pipelines.simulate.cases.recovery import Luck, form_with_amount, promise_kept, recover
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.codes import Arm
from pipelines.simulate.world.records import Flags, Floats, take
from pipelines.simulate.world.scenario import Scenario

# Gauss–Hermite nodes and weights of a standard normal: the mean over event shocks is exact to many digits.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)


@dataclass(frozen=True)
class Done:
    """What staff do to each incident under a policy: minutes to the answer, whether anybody answers, the rest."""

    minutes: Floats
    answered: Flags
    recovery: Recovery


@dataclass(frozen=True)
class Act:
    """One of the words, or the repair: its name among the treatments, and a recovery in which it is done or not."""

    name: str
    done: Callable[[Recovery, Luck, Flags], Recovery]


ACTS = (
    Act("apology", lambda recovery, luck, shown: replace(recovery, apology=shown)),
    Act("empathy", lambda recovery, luck, shown: replace(recovery, empathy=shown)),
    Act("owned", lambda recovery, luck, shown: replace(recovery, owned=shown)),
    Act("explained", lambda recovery, luck, shown: replace(recovery, explained=shown)),
    Act("committed", lambda recovery, luck, shown: replace(recovery, committed=shown, kept=shown & promise_kept(luck))),
    Act("repaired", lambda recovery, luck, shown: replace(recovery, repaired=shown)),
)


@dataclass(frozen=True)
class Measured:
    """Incidents with follow-up, and how the shocks of their events enter: as they fell, or averaged over (None)."""

    scenario: Scenario
    told: Told
    shock: Floats | None

    def odds(self, done: Done) -> Floats:
        """Log-odds of a new order within a year under a policy, before event shocks."""
        return odds_of(self.scenario, self.told, done)

    def chance(self, odds: Floats, days: int) -> Floats:
        """Probability per incident of a new order within ``days``."""
        if self.shock is not None:
            return within(odds + self.shock, days)
        p, mass = within(odds, days), self.told.cases.event >= 0
        spread = odds[mass][:, None] + self.scenario.event_shock * _NODES[None, :]
        p[mass] = within(spread, days) @ (_WEIGHTS / _WEIGHTS.sum())
        return p

    def followed(self, days: int) -> Flags:
        """Linked to a guest, with full follow-up at the data cut."""
        return self.told.cases.linked & (self.told.cases.opened + days * DAY <= END)

    def only(self, keep: Flags) -> "Measured":
        """The incidents to keep."""
        return Measured(self.scenario, take(self.told, keep), None if self.shock is None else self.shock[keep])


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
    form = np.where(done.answered & (share > 0), form_with_amount(told.luck), -1)
    nothing = np.zeros(told.cases.n)
    recovery = replace(
        done.recovery, form=form, share=np.where(done.answered, share, 0.0), extra_share=nothing, test_share=nothing
    )
    return replace(done, recovery=recovery)


def assign(scenario: Scenario, told: Told, arm: Arm) -> tuple[Told, Done]:
    """Everybody in the experiment is assigned to ``arm``."""
    cases = replace(told.cases, arm=np.where(told.cases.arm >= 0, arm, -1))
    threatened = told.response.threat_minutes < told.response.minutes
    response = told.response
    recovery = recover(scenario, cases, response.minutes, response.answered, threatened, told.luck)
    return replace(told, cases=cases), Done(response.minutes, response.answered, recovery)


def act(told: Told, done: Done, what: Act, shown: bool) -> Done:
    """One of the words or the repair for everybody answered, or for nobody; all else as in ``done``."""
    return replace(done, recovery=what.done(done.recovery, told.luck, np.full(told.cases.n, shown)))


def odds_of(scenario: Scenario, told: Told, done: Done) -> Floats:
    """Log-odds of a new order within a year, before the shock of the event."""
    return return_odds(scenario, told.cases, done.minutes, done.answered, done.recovery, np.zeros(told.cases.n))


def realised_shock(told: Told, events: Events) -> Floats:
    """The shock each incident's event brought; 0 outside events."""
    return np.where(told.cases.event >= 0, events.shock[told.cases.event], 0.0)
