"""A set of incidents whose chances of a new order can be worked out under any policy."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.columns import take
from pipelines.simulate.life import Told
from pipelines.simulate.outcome import within
from pipelines.simulate.policies import Done, odds_of
from pipelines.simulate.randomness import Flags, Floats
from pipelines.simulate.scenario import Scenario
from pipelines.simulate.world import DAY, END

# Gauss–Hermite nodes and weights of a standard normal: the mean over event shocks is exact to many digits.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)


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


def kept(measured: Measured, keep: Flags) -> Measured:
    """The incidents to keep."""
    shock = None if measured.shock is None else measured.shock[keep]
    return Measured(measured.scenario, take(measured.told, keep), shock)
