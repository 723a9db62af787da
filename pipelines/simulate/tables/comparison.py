"""Whom no failure hit, and from when to watch them: the arrival for the stay that put each of them on file."""

import numpy as np
import pandas as pd

from pipelines.simulate.bookings import OnFile
from pipelines.simulate.life import Life
from pipelines.simulate.tables.values import FIRST_GUEST, labels, numbered, times
from pipelines.simulate.world import DAY, END, REGIONS, SEGMENTS, START, TIERS


def comparison_subjects(life: Life, file: OnFile) -> pd.DataFrame:
    """One row per guest whom nothing failed and whose stay began within the three years."""
    guests, orders = file.guests, file.orders
    booked = file.joined + (guests.years_known * 365 * DAY).astype(np.int64)
    own = (orders.guest >= life.guests.n) & (orders.ordered == booked[orders.guest])
    arrived = np.full(guests.n, END)
    arrived[orders.guest[own]] = orders.service[own]
    spared = np.flatnonzero((arrived >= START) & (arrived < END))
    return pd.DataFrame({
        "customer_id": numbered(spared, FIRST_GUEST),
        "index_at": times(arrived[spared]),
        "region": labels(guests.region[spared], REGIONS),
        "segment": labels(guests.segment[spared], SEGMENTS),
        "loyalty_tier": labels(guests.tier[spared], TIERS),
    })  # fmt: skip
