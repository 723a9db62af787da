"""The busy months of the group: how failures spread over the three years."""

import numpy as np

from pipelines.simulate.world.calendar import DAY, END, MONTH_STARTS
from pipelines.simulate.world.group import GROUP
from pipelines.simulate.world.randomness import pick
from pipelines.simulate.world.records import Floats, Whole

# Failures of each month as a weight; July comes first.
BUSY = np.array([GROUP.season[month - 1] for month in MONTH_STARTS.month])
_STARTS = np.append(MONTH_STARTS.values.astype("datetime64[s]").astype(np.int64), END)


def season_day(u: Floats, v: Floats) -> Whole:
    """Midnight (UTC) of a day in the three years, more often in the busy months."""
    month = pick(u, BUSY)
    first, length = _STARTS[month], np.diff(_STARTS)[month]
    return np.asarray(first + (v * (length // DAY)).astype(np.int64) * DAY, np.int64)
