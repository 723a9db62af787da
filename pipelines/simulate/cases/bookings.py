"""Every booking of every guest on file: before, at and after a failure, and those of guests whom nothing failed."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.life import Life
from pipelines.simulate.cases.outcome import days_to_return, standing_odds
from pipelines.simulate.world.calendar import DAY, END, HOUR, ORDERS_START
from pipelines.simulate.world.guests import ORDERS_A_YEAR, Bookings, Guests, draw_guests, draw_history, lead_seconds
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Flags, Whole, end_to_end, take
from pipelines.simulate.world.scenario import Scenario
from pipelines.simulate.world.season import season_day

NEVER_FAILED = 90
LATER_PACE = 0.3


@dataclass(frozen=True)
class OnFile:
    """Guests the shop knows: ``guests``, when each ``joined`` (seconds), whether one ``failed`` them, their ``orders``.

    Guests whose complaint could not be matched to a profile are left out, bookings and all.
    """

    guests: Guests
    joined: Whole
    known: Flags
    orders: Bookings


def on_file(life: Life, seed: int) -> OnFile:
    """All guests with profiles; never-failed ones come after those of ``life``, in the same numbering."""
    scenario, told = life.scenario, life.told
    first = told.cases.earlier == 0
    known = np.zeros(life.guests.n, bool)
    known[told.cases.guest[first]] = told.cases.linked[first]
    booked = np.full(life.guests.n, END)
    booked[told.cases.guest[first]] = told.cases.stay.booked[first]
    orders = end_to_end([life.orders, _later_orders(life.guests, *_last_return(life), seed, 0)])
    orders = take(orders, known[orders.guest])
    others = max(round(scenario.guests_per_incident * told.cases.n) - int(known.sum()), 0)
    untouched, more, arrived = _never_failed(scenario, others, seed)
    guests = end_to_end([life.guests, untouched])
    shifted = Bookings(more.guest + life.guests.n, more.ordered, more.service)
    joined = np.concatenate([booked, arrived]) - (guests.years_known * 365 * DAY).astype(np.int64)
    everybody = np.concatenate([known, np.ones(others, bool)])
    return OnFile(guests, joined, everybody, end_to_end([orders, shifted]))


def _last_return(life: Life) -> tuple[Whole, Whole]:
    """Per guest: from when later bookings may come; ``END`` when the guest did not come back in time."""
    cases = life.told.cases
    order = np.argsort(cases.earlier, kind="stable")
    last = np.full(life.guests.n, -1)
    last[cases.guest[order]] = order
    return np.arange(life.guests.n), life.told.returned[last]


def _later_orders(guests: Guests, guest: Whole, since: Whole, seed: int, batch: int) -> Bookings:
    rng = stream(seed, "later orders", batch)
    years = np.maximum(END - since, 0) / (365.0 * DAY)
    count = rng.poisson(LATER_PACE * ORDERS_A_YEAR[guests.habit[guest]] * years)
    who = np.repeat(np.arange(len(guest)), count)
    ordered = since[who] + 1 + (rng.random(len(who)) * (END - since)[who]).astype(np.int64)
    service = ordered + lead_seconds(rng.standard_normal(len(who)), guests.line[guest[who]])
    return take(Bookings(guest[who], ordered, service), ordered < END)


def _never_failed(scenario: Scenario, n: int, seed: int) -> tuple[Guests, Bookings, Whole]:
    """Guests whom nothing failed: a stay like the failed guests' stays, what came before it and after it."""
    rng = stream(seed, "never failed")
    guests = draw_guests(scenario, n, seed, NEVER_FAILED)
    start = season_day(rng.random(n), rng.random(n)) + 15 * HOUR
    booked = np.maximum(start - lead_seconds(rng.standard_normal(n), guests.line), ORDERS_START)
    history = draw_history(guests, booked, seed, NEVER_FAILED)
    recent = start[history.guest] - history.ordered <= 365 * DAY
    count = 1 + np.bincount(history.guest[recent], minlength=n)
    odds = standing_odds(guests, count) + scenario.hidden_on_return * guests.hidden
    days = np.clip(days_to_return(odds, rng.random(n)), 60 / DAY, 4_000.0)
    returned = np.minimum(start + (days * DAY).astype(np.int64), END)
    back = np.flatnonzero(returned < END)
    arrival = returned[back] + lead_seconds(rng.standard_normal(len(back)), guests.line[back])
    everyone = np.arange(n)
    later = _later_orders(guests, everyone, returned, seed, NEVER_FAILED)
    parts = [history, Bookings(everyone, booked, start), Bookings(back, returned[back], arrival), later]
    return guests, end_to_end(parts), booked
