"""How incidents come about: who is hit, by what, where, when, and through which channel the group hears of it."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.case import MEDIAN_LOSS, Cases, Stay
from pipelines.simulate.cases.mass_events import Events, category_weights
from pipelines.simulate.world.calendar import DAY, START, at_night, hour_of_day, utc_offset, within_period
from pipelines.simulate.world.codes import Fault, Line, Severity
from pipelines.simulate.world.group import CATEGORIES, CHANNELS, GROUP, N_HOTELS, N_SHIPS, SITE_BRAND
from pipelines.simulate.world.guests import Guests, lead_seconds
from pipelines.simulate.world.randomness import pick, pick_rows, stream
from pipelines.simulate.world.records import Flags, Floats, Whole, take
from pipelines.simulate.world.scenario import Scenario
from pipelines.simulate.world.season import season_day

# Where the hidden gravity of a failure passes from one severity to the next, and what share of each isn't recorded.
_GRAVITY_CUTS = (-0.03, 0.96, 2.06)
_BLANK = np.array([0.10, 0.07, 0.05, 0.03])
_STRUCK = np.array([brand.struck for brand in GROUP.brands])[SITE_BRAND]
# Who noticed first: the customer, the company or a third party; of a mass event, and of a single failure.
_NOTICED = ((60.0, 32.0, 8.0), (89.0, 8.0, 3.0))
EXPERIMENT_DAYS = (150, 900)


@dataclass(frozen=True)
class Struck:
    """Whom failures strike, one entry per incident, in one ``generation`` of the story, the first being 0.

    ``event`` is −1 or a place among the events; ``arrival`` fixes the stay of guests who came back.
    """

    guest: Whole
    event: Whole
    generation: int
    arrival: Whole | None = None


def open_cases(scenario: Scenario, guests: Guests, struck: Struck, events: Events, seed: int) -> Cases:
    """One incident for each of those struck."""
    rng = stream(seed, "openings", struck.generation)
    n, who, event, again = len(struck.guest), take(guests, struck.guest), struck.event, struck.arrival is not None
    category, severity, channel = _what(rng, scenario, who.line, event, events)
    in_stay = rng.random(n) < CHANNELS.in_stay[channel]
    nights = 1 + np.where(who.line == Line.CRUISE, 6 + rng.poisson(2.0, n), rng.poisson(2.2, n))
    opened = _opened(rng, event, events, in_stay, struck.arrival, nights)
    start, end, occurred = _stay(rng, opened, in_stay, nights, struck.arrival)
    loss = np.maximum(np.round(MEDIAN_LOSS[who.line, severity] * np.exp(0.55 * rng.standard_normal(n))), 5.0)
    booked = start - lead_seconds(rng.standard_normal(n), who.line)
    known = rng.random(n) >= _BLANK[severity]
    third_party = rng.random(n) < CATEGORIES.third_party[category]
    return Cases(
        guest=struck.guest,
        who=who,
        generation=np.full(n, struck.generation),
        opened=opened,
        occurred=occurred,
        stay=Stay(start, end, booked, nights),
        site=_site(rng, who.line, event, events),
        category=category,
        channel=channel,
        severity=severity,
        severity_known=known,
        loss=loss,
        loss_known=rng.random(n) >= 0.27,
        fault=np.where(third_party, Fault.THIRD_PARTY, pick(rng.random(n), (80, 7, 0, 13))),
        noticed=pick_rows(rng.random(n), np.where((event >= 0)[:, None], *_NOTICED)),
        event=event,
        in_stay=in_stay,
        night=at_night(opened),
        public=CHANNELS.public[channel] | (rng.random(n) < 0.015),
        linked=(rng.random(n) >= scenario.unmatched_share) | again,
        load=np.zeros(n, np.int64),
        orders_365d=np.zeros(n, np.int64),
        earlier=np.full(n, struck.generation if again else 0),
        arm=_arm(rng, scenario, who.line, event, severity, known, opened),
    )


def _what(
    rng: np.random.Generator, scenario: Scenario, line: Whole, event: Whole, events: Events
) -> tuple[Whole, Whole, Whole]:
    """Category, severity, and the channel through which it is raised."""
    n, mass = len(line), event >= 0
    category = pick_rows(rng.random(n), category_weights(scenario, line, event, events))
    gravity = CATEGORIES.gravity[category] + np.where(mass, events.gravity[event], 0.0) + rng.standard_normal(n)
    severity = np.searchsorted(_GRAVITY_CUTS, gravity).astype(np.int64)
    return category, severity, _channel(rng.random(n), severity, mass)


def _channel(u: Floats, severity: Whole, mass: Flags) -> Whole:
    weights = np.log(CHANNELS.share)[None, :] + CHANNELS.gravity[None, :] * (severity[:, None] - 0.78)
    return pick_rows(u, np.exp(weights + np.where(mass[:, None], CHANNELS.crowd[None, :], 0.0)))


def _opened(
    rng: np.random.Generator, event: Whole, events: Events, in_stay: Flags, arrival: Whole | None, nights: Whole
) -> Whole:
    n = len(event)
    day = season_day(rng.random(n), rng.random(n))
    if arrival is not None:
        late = np.where(in_stay, rng.random(n) * nights, nights + 0.5 + rng.exponential(3.0, n))
        day = (arrival + (late * DAY).astype(np.int64)) // DAY * DAY
    clock = hour_of_day(rng.random(n), rng.random(n), in_stay)
    alone = day + clock - utc_offset(day)
    wait = rng.exponential(1.0, n) * np.where(in_stay, 0.6, 2.5)
    crowd = events.start[event] + (wait * events.hours[event] * 3600).astype(np.int64)
    opened = np.where(event >= 0, crowd, alone)
    return within_period(opened if arrival is None else np.maximum(opened, arrival + 3600))


def _stay(
    rng: np.random.Generator, opened: Whole, in_stay: Flags, nights: Whole, arrival: Whole | None
) -> tuple[Whole, Whole, Whole]:
    """Start and end of the stay, and when the failure happened."""
    n, length = len(opened), nights * DAY
    since = np.where(in_stay, rng.random(n) * 0.9 * nights, nights + 0.3 + rng.exponential(3.0, n))
    start = opened - (since * DAY).astype(np.int64) if arrival is None else np.minimum(arrival, opened - 3600)
    lag = np.where(in_stay, rng.exponential(0.08, n), rng.exponential(2.5, n) + 0.4)
    occurred = np.clip(opened - (lag * DAY).astype(np.int64), start, opened - 60)
    return start, start + length, occurred


def _site(rng: np.random.Generator, line: Whole, event: Whole, events: Events) -> Whole:
    n = len(line)
    ship, hotel = N_HOTELS + (rng.random(n) * N_SHIPS).astype(np.int64), pick(rng.random(n), _STRUCK)
    alone = np.where(line == Line.CRUISE, ship, hotel)
    hit = events.first_site[event] + (rng.random(n) * events.sites[event]).astype(np.int64)
    return np.where(event >= 0, hit, alone)


def _arm(
    rng: np.random.Generator,
    scenario: Scenario,
    line: Whole,
    event: Whole,
    severity: Whole,
    known: Flags,
    opened: Whole,
) -> Whole:
    """The credit experiment: single hotel failures recorded as nuisance or disruption, by the toss of a coin."""
    day = (opened - START) // DAY
    asked = (line == Line.HOTEL) & (event < 0) & known & (severity <= Severity.DISRUPTION)
    asked &= (day >= EXPERIMENT_DAYS[0]) & (day < EXPERIMENT_DAYS[1])
    inside = rng.random(len(line)) < scenario.experiment_share
    return np.where(asked & inside, (rng.random(len(line)) < 0.5).astype(np.int64), -1)
