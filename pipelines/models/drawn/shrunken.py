"""A result that is large because the trial was small and lucky, told at the size that one would bet on.

Sizes of what companies try are taken to be normal around nothing with a declared spread; the size then believed is the
posterior's mean. A clear result of a trial that would have found an effect of that spread in fewer than half of all
tries is likely overstated (Gelman & Carlin 2014).
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from pipelines.contracts.catalog.thresholds import LEAST_TRIAL_POWER
from pipelines.models.fit.interval import LEVEL, Interval, interval


@dataclass(frozen=True)
class Shrunken:
    """The size to bet on, and the chance that the trial had to find an effect of the prior's spread."""

    size: Interval
    power: float

    def overstates(self, found: Interval) -> bool:
        """Whether what was found is clear, and likely larger than it is."""
        return not found.ci_low <= 0 <= found.ci_high and self.power < LEAST_TRIAL_POWER


def shrunken(found: Interval, prior_spread: float) -> Shrunken:
    """``found`` under a prior of ``prior_spread`` around zero, in the outcome's unit."""
    kept = prior_spread**2 / (prior_spread**2 + found.std_error**2)
    size = interval(found.estimate * kept, float(np.sqrt(kept)) * found.std_error, found.df)
    reach = float(stats.t.ppf(0.5 + LEVEL / 2, found.df))
    shift = prior_spread / found.std_error if found.std_error > 0 else np.inf
    power = float(stats.norm.sf(reach - shift) + stats.norm.cdf(-reach - shift))
    return Shrunken(size, power)
