"""Guests and what they booked before anything failed."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.world.calendar import DAY, ORDERS_START
from pipelines.simulate.world.codes import Line
from pipelines.simulate.world.group import GROUP
from pipelines.simulate.world.randomness import expit, pick, stream
from pipelines.simulate.world.records import Flags, Floats, Whole
from pipelines.simulate.world.scenario import Scenario

ORDERS_A_YEAR = np.array([0.22, 0.6, 1.3, 2.6])
HABIT_SHARE = (48, 32, 15, 5)
SERIAL_CLAIMANTS = 0.006


@dataclass(frozen=True)
class Guests:
    """One entry per guest. ``habit``: index of orders a year; ``hidden``: a trait nobody records; times in seconds."""

    line: Whole
    habit: Whole
    tier: Whole
    region: Whole
    segment: Whole
    years_known: Floats
    serial: Flags
    hidden: Floats

    @property
    def n(self) -> int:
        """How many guests."""
        return len(self.line)


@dataclass(frozen=True)
class Bookings:
    """One entry per booking that took place: whose, when made, for when (seconds)."""

    guest: Whole
    ordered: Whole
    service: Whole


def draw_guests(scenario: Scenario, n: int, seed: int, batch: int) -> Guests:
    """``n`` new guests."""
    rng = stream(seed, "guests", batch)
    line = (rng.random(n) >= GROUP.hotel_share).astype(np.int64)
    hidden = rng.standard_normal(n)
    habit = _habit(rng.random(n), scenario.hidden_on_orders * hidden)
    years = 8.0 * rng.random(n) ** 1.5
    standing = 0.9 * habit + 0.12 * years + 0.5 * rng.standard_normal(n)
    return Guests(
        line=line,
        habit=habit,
        tier=np.searchsorted([1.3, 2.2, 3.1], standing).astype(np.int64),
        region=pick(rng.random(n), list(GROUP.region_share.values())),
        segment=_segment(rng.random(n), line),
        years_known=years,
        serial=rng.random(n) < SERIAL_CLAIMANTS,
        hidden=hidden,
    )


def _habit(u: Floats, shift: Floats) -> Whole:
    """Habit class; ``shift`` moves the log-odds of every step up."""
    steps = np.cumsum(HABIT_SHARE)[:-1] / sum(HABIT_SHARE)
    upper = np.log((1 - steps) / steps)
    return np.asarray(np.sum(u[:, None] < expit(upper[None, :] + 2.0 * shift[:, None]), axis=1), np.int64)


def _segment(u: Floats, line: Whole) -> Whole:
    hotel, cruise = (pick(u, business.segment_share) for business in (GROUP.hotel, GROUP.cruise))
    return np.where(line == Line.HOTEL, hotel, cruise)


def draw_history(guests: Guests, booked: Whole, seed: int, batch: int) -> Bookings:
    """Earlier bookings of each guest, evenly spread between joining (or the first data) and ``booked``."""
    rng = stream(seed, "history", batch)
    known_since = np.maximum(booked - (guests.years_known * 365 * DAY).astype(np.int64), ORDERS_START)
    years = (booked - known_since) / (365.0 * DAY)
    count = rng.poisson(ORDERS_A_YEAR[guests.habit] * years)
    guest = np.repeat(np.arange(guests.n), count)
    ordered = known_since[guest] + (rng.random(len(guest)) * (booked - known_since)[guest]).astype(np.int64)
    return Bookings(guest, ordered, ordered + lead_seconds(rng.standard_normal(len(guest)), guests.line[guest]))


def lead_seconds(z: Floats, line: Whole) -> Whole:
    """Time from booking to arrival: median 30 days for a hotel, 95 for a cruise, at most 320."""
    days = np.minimum(np.where(line == Line.HOTEL, 30.0, 95.0) * np.exp(0.8 * z), 320.0)
    return np.asarray(days * DAY, np.int64)
