"""The group: its houses, people, channels and failures, and what is customary with each; read from the data beside."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.world.codes import Line
from pipelines.simulate.world.data import document, table
from pipelines.simulate.world.records import Flags, Floats

RESPONSE_CAP_MINUTES = 14 * 1440.0
HORIZONS_DAYS = (90, 365, 540)


@dataclass(frozen=True)
class Brand:
    """A brand of hotels or ships; ``struck``: how often a failure strikes one of its hotels, as a weight."""

    name: str
    line: Line
    houses: int
    struck: float


@dataclass(frozen=True)
class Business:
    """A line of business. ``median_loss`` by severity, in EUR; ``return_odds`` of a guest whom nothing failed."""

    median_loss: tuple[float, float, float, float]
    median_fare: float
    margin: float
    return_odds: float
    segment_share: tuple[float, float, float, float]


@dataclass(frozen=True)
class Group:
    """The group as a whole; shares are weights, ``fixed_after_days`` counts from the first day."""

    hotel_share: float
    season: tuple[float, ...]
    brands: tuple[Brand, ...]
    hotel: Business
    cruise: Business
    region_share: dict[str, float]
    fixed_after_days: dict[str, int]


@dataclass(frozen=True)
class Channels:
    """One entry per channel on which complaints arrive.

    ``gravity``: pull of graver failures towards it; ``crowd``: pull of mass events; ``in_stay``: share raised on site;
    ``return_shift``: log-odds that those who choose it come back; ``bot``: share that a machine answers first.
    """

    name: tuple[str, ...]
    share: Floats
    never_answered: Floats
    median_minutes: Floats
    gravity: Floats
    in_stay: Floats
    return_shift: Floats
    bot: Floats
    public: Flags
    crowd: Floats


@dataclass(frozen=True)
class Categories:
    """One entry per kind of failure; ``hotel`` and ``cruise`` are its weights there.

    ``gravity``: how grave it tends to be, in standard deviations; ``return_shift``: log-odds of a return; ``hurry``:
    log-minutes to the answer; ``generosity``: log-odds of being given something; ``repair``: share that can be
    repaired; ``third_party``: share that is another's fault; ``rebooked``: the stay may be replaced by another.
    """

    name: tuple[str, ...]
    hotel: Floats
    cruise: Floats
    gravity: Floats
    return_shift: Floats
    hurry: Floats
    generosity: Floats
    repair: Floats
    third_party: Floats
    rebooked: Flags
    causes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class MassEvent:
    """A failure that hits many at once. ``size``: incidents among 8,000; ``hours``: how long complaints come in."""

    name: str
    size: int
    line: Line
    sites: int
    hours: float
    gravity: float
    failures: dict[str, float]


@dataclass(frozen=True)
class _MassEvents:
    kinds: tuple[MassEvent, ...]


GROUP = document(__package__, "group.toml", Group)
CHANNELS = table(__package__, "channels.csv", Channels)
CATEGORIES = table(__package__, "categories.csv", Categories)
MASS_EVENTS = document(__package__, "mass_events.toml", _MassEvents).kinds

# By line of business; the houses are numbered through, ships after hotels.
BUSINESSES = (GROUP.hotel, GROUP.cruise)
BRANDS = tuple(brand.name for brand in GROUP.brands)
REGIONS = tuple(GROUP.region_share)
SITE_BRAND = np.repeat(np.arange(len(BRANDS)), [brand.houses for brand in GROUP.brands])
N_HOTELS = sum(brand.houses for brand in GROUP.brands if brand.line is Line.HOTEL)
N_SHIPS = len(SITE_BRAND) - N_HOTELS
SITES = (*(f"H{i:02d}" for i in range(1, N_HOTELS + 1)), *(f"S{i}" for i in range(1, N_SHIPS + 1)))
