"""Mass events: failures that hit many guests at once."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.world.calendar import END, HOUR
from pipelines.simulate.world.codes import Line
from pipelines.simulate.world.group import CATEGORIES, GROUP, MASS_EVENTS, N_HOTELS, N_SHIPS
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Floats, Whole
from pipelines.simulate.world.scenario import Scenario
from pipelines.simulate.world.season import season_day

_SIZES = np.array([e.size for e in MASS_EVENTS], float)
_KIND_WEIGHTS = np.array(
    [[e.failures.get(c, 0.0) / sum(e.failures.values()) for c in CATEGORIES.name] for e in MASS_EVENTS]
)
_LINE = np.array([e.line for e in MASS_EVENTS])
_CATEGORY_WEIGHTS = np.array([CATEGORIES.hotel, CATEGORIES.cruise])


@dataclass(frozen=True)
class Events:
    """One entry per event. ``shock``: log-odds its guests share when deciding to come back; ``hours``: its spread."""

    kind: Whole
    size: Whole
    start: Whole
    first_site: Whole
    sites: Whole
    hours: Floats
    gravity: Floats
    shock: Floats


def draw_events(scenario: Scenario, incidents: int, seed: int) -> Events:
    """The seven kinds of events once per 8,000 incidents, their sizes scaled to the scenario's share."""
    rng = stream(seed, "events")
    rounds = max(1, round(incidents / 8_000))
    kind = np.tile(np.arange(len(MASS_EVENTS)), rounds)
    wanted = scenario.event_share * incidents * _SIZES[kind] / _SIZES[kind].sum()
    n = len(kind)
    sites = np.array([e.sites for e in MASS_EVENTS])[kind]
    room = np.where(_LINE[kind] == Line.CRUISE, N_SHIPS, N_HOTELS) - sites + 1
    first = np.where(_LINE[kind] == Line.CRUISE, N_HOTELS, 0) + (rng.random(n) * room).astype(np.int64)
    start = season_day(rng.random(n), rng.random(n)) + (rng.random(n) * 24 * HOUR).astype(np.int64)
    return Events(
        kind=kind,
        size=np.round(wanted).astype(np.int64),
        start=np.minimum(start, END - 10 * 24 * HOUR),
        first_site=first.astype(np.int64),
        sites=sites,
        hours=np.array([e.hours for e in MASS_EVENTS], float)[kind],
        gravity=np.array([e.gravity for e in MASS_EVENTS], float)[kind],
        shock=scenario.event_shock * rng.standard_normal(n),
    )


def event_line(events: Events) -> Whole:
    """Line of business each event hits."""
    return _LINE[events.kind]


def category_weights(scenario: Scenario, line: Whole, event: Whole, events: Events) -> Floats:
    """Weights of each category per incident: the event's own, else what is left for single failures."""
    shares = _CATEGORY_WEIGHTS / _CATEGORY_WEIGHTS.sum(axis=1, keepdims=True)
    of_line = np.array([GROUP.hotel_share, 1 - GROUP.hotel_share])
    by_event = scenario.event_share * _SIZES / _SIZES.sum()
    taken = np.stack([(by_event * (k == _LINE)) @ _KIND_WEIGHTS for k in Line]) / of_line[:, None]
    alone = np.where(shares > 0, np.maximum(shares - taken, 0.1 * shares), 0.0)
    kind = events.kind[event]
    return np.where((event >= 0)[:, None], _KIND_WEIGHTS[kind], alone[line])
