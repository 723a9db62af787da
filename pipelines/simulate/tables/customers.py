"""The guests on file, and whom of them no failure hit."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.bookings import OnFile
from pipelines.simulate.cases.life import Life
from pipelines.simulate.tables.values import FIRST_GUEST, Texts, Times, labels, numbered, times
from pipelines.simulate.world.calendar import DAY, END, START
from pipelines.simulate.world.codes import Segment, Tier
from pipelines.simulate.world.group import REGIONS
from pipelines.simulate.world.records import take


@dataclass(frozen=True)
class Customers:
    """One row per guest on file."""

    customer_id: Texts
    joined_at: Times
    segment: Texts
    region: Texts
    loyalty_tier: Texts


@dataclass(frozen=True)
class ComparisonSubjects:
    """One row per guest whom nothing failed, watched from the arrival for the stay that put the guest on file."""

    customer_id: Texts
    index_at: Times
    region: Texts
    segment: Texts
    loyalty_tier: Texts


def customers(file: OnFile) -> Customers:
    """The guests on file by their numbers."""
    guests = file.guests
    everybody = Customers(
        customer_id=numbered(np.arange(guests.n), FIRST_GUEST),
        joined_at=times(file.joined),
        segment=labels(guests.segment, Segment.labels()),
        region=labels(guests.region, REGIONS),
        loyalty_tier=labels(guests.tier, Tier.labels()),
    )
    return take(everybody, file.known)


def comparison_subjects(life: Life, file: OnFile) -> ComparisonSubjects:
    """Those whose stay began within the three years."""
    guests, orders = file.guests, file.orders
    booked = file.joined + (guests.years_known * 365 * DAY).astype(np.int64)
    own = (orders.guest >= life.guests.n) & (orders.ordered == booked[orders.guest])
    arrived = np.full(guests.n, END)
    arrived[orders.guest[own]] = orders.service[own]
    spared = np.flatnonzero((arrived >= START) & (arrived < END))
    return ComparisonSubjects(
        customer_id=numbered(spared, FIRST_GUEST),
        index_at=times(arrived[spared]),
        region=labels(guests.region[spared], REGIONS),
        segment=labels(guests.segment[spared], Segment.labels()),
        loyalty_tier=labels(guests.tier[spared], Tier.labels()),
    )
