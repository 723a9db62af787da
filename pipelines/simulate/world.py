"""The group: its houses, channels, failures and customs. Plausible judgement, not measured anywhere.

Order of severities: nuisance, disruption, stay spoiled, safety or cancelled. Amounts in EUR, times in minutes or days.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

HOUR, DAY = 3_600, 86_400
TIME_ZONE = "Europe/Madrid"
MONTHS = 36
START = int(datetime(2023, 7, 1, tzinfo=UTC).timestamp())
DATA_CUT = date(2026, 6, 30)
END = int(datetime(2026, 7, 1, tzinfo=UTC).timestamp())
ORDERS_START = START - 366 * DAY
HORIZONS_DAYS = (90, 365, 540)
RESPONSE_CAP_MINUTES = 14 * 1440.0

HOTEL, CRUISE = 0, 1
HOTEL_SHARE = 0.71
BRANDS = ("Alba", "Corso", "Marea", "Vela Cruises")
HOTELS_PER_BRAND = (18, 14, 10)
SITES = (*(f"H{i + 1:02d}" for i in range(sum(HOTELS_PER_BRAND))), "S1", "S2", "S3", "S4")
SITE_BRAND = np.repeat([0, 1, 2, 3], [*HOTELS_PER_BRAND, 4])
N_HOTELS = sum(HOTELS_PER_BRAND)

SEASON = (70, 75, 85, 100, 108, 125, 150, 148, 112, 92, 62, 73)
SEVERITIES = ("nuisance", "disruption", "stay_spoiled", "safety_or_cancelled")
TIERS = ("none", "silver", "gold", "platinum")
REGIONS = ("iberia", "france", "dach", "italy", "uk_ireland", "nordics", "americas", "other")
REGION_SHARE = (24, 17, 18, 11, 13, 6, 7, 4)
SEGMENTS = ("leisure", "family", "business", "group")
SEGMENT_SHARE = ((46, 24, 22, 8), (58, 30, 2, 10))
FAULTS = ("company", "customer", "third_party", "unclear")
DETECTED = ("customer", "company", "third_party")


@dataclass(frozen=True)
class Line:
    """A line of business. ``return_odds``: log-odds of a new order within 365 days for a guest never failed."""

    failures: dict[str, float]
    median_loss: tuple[float, float, float, float]
    median_fare: float
    return_odds: float


LINES = (
    Line(
        {
            "maintenance": 15, "room_not_ready": 14, "cleanliness": 13, "noise": 12, "billing": 11, "food": 10,
            "staff_attitude": 7, "wifi": 6, "walked": 3, "lost_booking": 3, "accessibility": 2, "safety": 2,
            "lost_property": 2,
        },
        (25, 90, 260, 620), 310.0, -0.47,
    ),
    Line(
        {
            "missed_port": 24, "cabin": 16, "embarkation": 12, "dining": 11, "excursion": 10, "billing": 9,
            "illness": 6, "staff_attitude": 4, "storm": 5, "luggage": 3,
        },
        (60, 240, 900, 2_400), 1_450.0, -0.95,
    ),
)  # fmt: skip
CATEGORIES = tuple(dict.fromkeys([*LINES[0].failures, *LINES[1].failures]))
CATEGORY_WEIGHTS = np.array([[line.failures.get(c, 0.0) for c in CATEGORIES] for line in LINES])


def by_category(default: float, **values: float) -> np.ndarray:
    """One number per category."""
    return np.array([values.get(c, default) for c in CATEGORIES], float)


# How grave a failure of each kind tends to be, in standard deviations of the hidden gravity.
CATEGORY_GRAVITY = by_category(
    0.0, walked=1.6, safety=1.7, lost_booking=0.9, missed_port=0.2, illness=0.9, storm=0.6, accessibility=0.5,
    wifi=-0.6, food=-0.3, dining=-0.3, billing=-0.3, noise=-0.1, lost_property=0.2, luggage=0.5,
)  # fmt: skip
GRAVITY_CUTS = (-0.03, 0.96, 2.06)
CATEGORY_RETURN = by_category(
    0.0, staff_attitude=-0.35, cleanliness=-0.2, safety=-0.15, wifi=0.35, noise=0.2, food=0.15, dining=0.15,
    billing=-0.05, storm=0.1, missed_port=0.08, lost_property=0.15,
)  # fmt: skip
CATEGORY_HURRY = by_category(
    0.0, safety=-0.8, walked=-0.5, illness=-0.5, staff_attitude=-0.4, cleanliness=-0.2, wifi=0.6, noise=0.4,
    food=0.3, dining=0.3, lost_property=0.4,
)  # fmt: skip
CATEGORY_GENEROSITY = by_category(
    0.0, billing=0.7, walked=0.8, lost_booking=0.6, room_not_ready=0.2, noise=-0.3, staff_attitude=-0.3, wifi=-0.2,
    storm=-0.6, missed_port=0.3, lost_property=-0.5,
)  # fmt: skip
CATEGORY_REPAIR = by_category(
    0.55, walked=0.35, storm=0.12, missed_port=0.1, noise=0.4, staff_attitude=0.3, billing=0.75, wifi=0.6, luggage=0.6
)
THIRD_PARTY = by_category(0.08, storm=0.95, missed_port=0.7, noise=0.35, luggage=0.4, illness=0.3, excursion=0.4)
ROOT_CAUSES: dict[str, tuple[str, ...]] = {
    "maintenance": ("boiler", "air_conditioning", "lift", "plumbing"),
    "room_not_ready": ("housekeeping_rota", "late_departures", "checkin_system"),
    "cleanliness": ("housekeeping_rota", "outsourced_cleaning"),
    "billing": ("tariff_error", "checkin_system", "deposit_handling"),
    "food": ("buffet_supply", "kitchen_staffing"),
    "cabin": ("plumbing", "air_conditioning", "noise_engine"),
    "embarkation": ("checkin_system", "terminal_queue"),
}


@dataclass(frozen=True)
class Channel:
    """How a complaint arrives. ``gravity``: pull of graver failures towards it. ``in_stay``: share raised on site."""

    name: str
    share: float
    never_answered: float
    median_minutes: float
    gravity: float
    in_stay: float
    return_shift: float
    bot: float


CHANNELS = (
    Channel("desk", 41, 0.02, 9, 0.30, 1.0, -0.2, 0.0),
    Channel("phone", 18, 0.04, 15, 0.35, 0.75, -0.18, 0.0),
    Channel("email", 14, 0.09, 19 * 60, -0.20, 0.12, 0.4, 0.75),
    Channel("app", 12, 0.05, 22, -0.15, 0.8, 0.0, 0.6),
    Channel("survey_web", 8, 0.21, 31 * 60, -0.75, 0.05, 0.55, 0.5),
    Channel("reviews_social", 5, 0.17, 180, 0.0, 0.1, 0.3, 0.0),
    Channel("travel_agent", 2, 0.10, 26 * 60, 0.0, 0.3, 0.3, 0.0),
)


@dataclass(frozen=True)
class Event:
    """A failure that hits many at once. ``size``: incidents among 8,000; ``hours``: how long complaints come in."""

    name: str
    size: int
    line: int
    sites: int
    hours: float
    gravity: float
    failures: dict[str, float]


EVENTS = (
    Event("missed_port", 480, CRUISE, 1, 14, 0.1, {"missed_port": 1}),
    Event("storm", 410, HOTEL, 8, 40, 0.2, {"maintenance": 60, "room_not_ready": 15, "food": 15, "wifi": 10}),
    Event("checkin_outage", 360, HOTEL, 12, 9, -0.2, {"room_not_ready": 60, "lost_booking": 15, "billing": 25}),
    Event("hurricane", 170, HOTEL, 3, 48, 0.9, {"maintenance": 40, "safety": 30, "walked": 30}),
    Event("power_cut", 140, HOTEL, 1, 10, 0.2, {"maintenance": 60, "wifi": 20, "food": 20}),
    Event("norovirus", 120, CRUISE, 1, 60, 0.5, {"illness": 1}),
    Event("strike", 80, HOTEL, 2, 30, 0.0, {"room_not_ready": 40, "cleanliness": 30, "food": 30}),
)
