"""The whole story, told generation by generation: guests fail, are answered, come back – and some fail again."""

from dataclasses import dataclass, replace

import numpy as np

from pipelines.simulate.cases.case import Cases, Recovery
from pipelines.simulate.cases.mass_events import Events, draw_events, event_line
from pipelines.simulate.cases.openings import Struck, open_cases
from pipelines.simulate.cases.outcome import days_to_return, return_odds
from pipelines.simulate.cases.recovery import Luck, draw_luck, recover
from pipelines.simulate.cases.response import Response, respond
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.codes import Line
from pipelines.simulate.world.guests import Bookings, Guests, draw_guests, draw_history, lead_seconds
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Floats, Whole, end_to_end
from pipelines.simulate.world.scenario import Scenario

# Share of all repeat incidents that fall in the second, third, … incident of a guest.
REPEAT_SPLIT = (0.86, 0.10, 0.025, 0.01, 0.005)


@dataclass(frozen=True)
class Told:
    """One entry per incident: the case, what was done, ``odds`` of a new order within a year, when it came

    (``returned``, seconds; ``END`` when not before the data cut) and when the guest arrived again.
    """

    cases: Cases
    response: Response
    recovery: Recovery
    luck: Luck
    odds: Floats
    returned: Whole
    arrival: Whole


@dataclass(frozen=True)
class Life:
    """Everything that happened to the guests who suffered a failure; ``orders`` are theirs alone."""

    scenario: Scenario
    guests: Guests
    events: Events
    told: Told
    orders: Bookings


def live(scenario: Scenario, incidents: int, seed: int) -> Life:
    """``incidents`` incidents with all that led to them and followed from them."""
    events = draw_events(scenario, incidents, seed)
    again = np.round(np.asarray(REPEAT_SPLIT) * scenario.repeat_share * incidents).astype(int)
    guests = draw_guests(scenario, incidents - int(again.sum()), seed, 0)
    everyone = np.arange(guests.n)
    cases = open_cases(scenario, guests, Struck(everyone, _event_of(guests, events, seed), 0), events, seed)
    orders = end_to_end(
        [draw_history(guests, cases.stay.booked, seed, 0), Bookings(everyone, cases.stay.booked, cases.stay.start)]
    )
    told = [_live_through(scenario, cases, guests, orders, events, seed, 0)]
    for number, wanted in enumerate(again, start=1):
        cases = _fail_again(scenario, told[-1], guests, events, int(wanted), seed, number)
        orders = end_to_end([orders, _return_orders(told[-1])])
        told.append(_live_through(scenario, cases, guests, orders, events, seed, number))
    orders = end_to_end([orders, _return_orders(told[-1])])
    missing = incidents - sum(t.cases.n for t in told)
    if missing:
        guests, more, newcomers = _newcomers(scenario, guests, events, missing, seed)
        orders = end_to_end([orders, more, _return_orders(newcomers)])
        told.append(newcomers)
    return Life(scenario, guests, events, end_to_end(told), orders)


def _event_of(guests: Guests, events: Events, seed: int) -> Whole:
    """Index of the event that hits each guest, −1 for none: guests of the right line, at random."""
    event = np.full(guests.n, -1)
    u = stream(seed, "event guests").random(guests.n)
    for line in Line:
        of_line = np.flatnonzero(guests.line == line)
        order = of_line[np.argsort(u[of_line], kind="stable")]
        hits = np.repeat(np.arange(len(events.size)), np.where(event_line(events) == line, events.size, 0))
        k = min(len(order), len(hits))
        event[order[:k]] = hits[:k]
    return event


def _live_through(
    scenario: Scenario, cases: Cases, guests: Guests, orders: Bookings, events: Events, seed: int, number: int
) -> Told:
    cases = replace(cases, load=site_load(cases), orders_365d=orders_before(cases, orders, guests.n))
    response = respond(scenario, cases, seed, number)
    luck = draw_luck(cases, seed, number)
    threatened = response.threat_minutes < response.minutes
    recovery = recover(scenario, cases, response.minutes, response.answered, threatened, luck)
    shock = np.where(cases.event >= 0, events.shock[cases.event], 0.0)
    odds = return_odds(scenario, cases, response.minutes, response.answered, recovery, shock)
    rng = stream(seed, "return", number)
    days = np.clip(days_to_return(odds, rng.random(cases.n)), 60 / DAY, 4_000.0)
    returned = np.minimum(cases.opened + (days * DAY).astype(np.int64), END)
    arrival = returned + lead_seconds(rng.standard_normal(cases.n), cases.who.line)
    return Told(cases, response, recovery, luck, odds, returned, arrival)


def site_load(cases: Cases) -> Whole:
    """Incidents opened at the same site in the 24 hours before each."""
    key = cases.site * (1 << 33) + cases.opened
    ordered = np.sort(key)
    return (np.searchsorted(ordered, key) - np.searchsorted(ordered, key - DAY)).astype(np.int64)


def orders_before(cases: Cases, orders: Bookings, guests: int) -> Whole:
    """Orders of each guest in the 365 days before the incident opened (one incident per guest here)."""
    opened = np.full(guests, -1)
    opened[cases.guest] = cases.opened
    ago = opened[orders.guest] - orders.ordered
    recent = (opened[orders.guest] >= 0) & (ago > 0) & (ago <= 365 * DAY)
    return np.bincount(orders.guest[recent], minlength=guests)[cases.guest].astype(np.int64)


def _fail_again(
    scenario: Scenario, before: Told, guests: Guests, events: Events, wanted: int, seed: int, number: int
) -> Cases:
    """New incidents of guests who came back in time; serial claimants first."""
    able = np.flatnonzero((before.arrival < END - 40 * DAY) & before.cases.linked)
    u = stream(seed, "fail again", number).random(len(able))
    order = np.argsort(u - guests.serial[before.cases.guest[able]], kind="stable")
    chosen = np.sort(able[order[:wanted]])
    alone = np.full(len(chosen), -1)
    struck = Struck(before.cases.guest[chosen], alone, number, before.arrival[chosen])
    cases = open_cases(scenario, guests, struck, events, seed)
    return replace(cases, stay=replace(cases.stay, booked=before.returned[chosen]))


def _return_orders(told: Told) -> Bookings:
    back = told.returned < END
    return Bookings(told.cases.guest[back], told.returned[back], told.arrival[back])


def _newcomers(
    scenario: Scenario, guests: Guests, events: Events, missing: int, seed: int
) -> tuple[Guests, Bookings, Told]:
    """First-time sufferers in place of repeat ones that too few returns left room for."""
    number = len(REPEAT_SPLIT) + 1
    fresh = draw_guests(scenario, missing, seed, number)
    everyone, guest = end_to_end([guests, fresh]), guests.n + np.arange(missing)
    cases = open_cases(scenario, everyone, Struck(guest, np.full(missing, -1), number), events, seed)
    history = draw_history(fresh, cases.stay.booked, seed, number)
    history = replace(history, guest=history.guest + guests.n)
    orders = end_to_end([history, Bookings(guest, cases.stay.booked, cases.stay.start)])
    return everyone, orders, _live_through(scenario, cases, everyone, orders, events, seed, number)


def incident_numbers(life: Life) -> Whole:
    """Position of each incident in the order of opening: the running number in its id."""
    order = np.lexsort((life.told.cases.guest, life.told.cases.opened))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return number
