"""The incidents, customers and promises as recorded."""

import numpy as np
import pandas as pd

from pipelines.simulate.bookings import OnFile
from pipelines.simulate.life import Life
from pipelines.simulate.randomness import Floats, Whole, stream
from pipelines.simulate.tables.values import FIRST_GUEST, FIRST_INCIDENT, flags, labels, money, numbered, times
from pipelines.simulate.timeline import NEVER, Timeline
from pipelines.simulate.world import (
    BRANDS,
    CATEGORIES,
    CHANNELS,
    DAY,
    DETECTED,
    END,
    EVENTS,
    FAULTS,
    REGIONS,
    ROOT_CAUSES,
    SEGMENTS,
    SEVERITIES,
    SITE_BRAND,
    SITES,
    START,
    TIERS,
)

# Root causes that were fixed during the three years, and on which day; most of what they caused stops.
FIXED_AFTER_DAYS = {"checkin_system": 610, "boiler": 480, "housekeeping_rota": 760, "deposit_handling": 830}
FIX_WORKS = 0.7


def incident_numbers(life: Life) -> Whole:
    """Position of each incident in the order of opening: the running number in its id."""
    order = np.lexsort((life.told.cases.guest, life.told.cases.opened))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return number


def event_names(life: Life) -> list[str]:
    """Names such as ``storm-2024-10``, numbered where a month saw two."""
    names: list[str] = []
    for kind, start in zip(life.events.kind, life.events.start, strict=True):
        name = f"{EVENTS[kind].name}-{np.datetime64(int(start), 's').astype('datetime64[M]')}"
        names.append(f"{name}-{names.count(name) + 1}" if name in names else name)
    return names


def incidents(life: Life, steps: Timeline, seed: int) -> pd.DataFrame:
    """One row per incident, in the order of their ids."""
    c, guests = life.told.cases, life.guests
    rng = stream(seed, "incident records")
    repaired, answered = life.told.recovery.repaired, steps.contacted < NEVER
    reviewed = np.where(
        rng.random(c.n) < 0.35, c.opened + (DAY * 12 * np.exp(rng.standard_normal(c.n))).astype(np.int64), NEVER
    )
    frame = pd.DataFrame({
        "incident_id": numbered(incident_numbers(life), FIRST_INCIDENT),
        "customer_id": numbered(c.guest, FIRST_GUEST, c.linked),
        "opened_at": times(c.opened),
        "occurred_at": times(c.occurred),
        "detected_by": labels(c.detected, DETECTED),
        "channel": labels(c.channel, [ch.name for ch in CHANNELS]),
        "category": labels(c.category, CATEGORIES),
        "root_cause": _root_causes(c.category, c.opened, rng.random(c.n), rng.random(c.n)),
        "severity": labels(c.severity, SEVERITIES, c.severity_known),
        "loss_amount": money(c.loss, c.loss_known),
        "currency": "EUR",
        "fault": labels(c.fault, FAULTS),
        "event_id": labels(c.event, event_names(life)),
        "site_id": labels(c.site, SITES),
        "brand": labels(SITE_BRAND[c.site], BRANDS),
        "region": labels(guests.region[c.guest], REGIONS),
        "segment": labels(c.segment, SEGMENTS),
        "loyalty_tier": labels(c.tier, TIERS),
        "service_start": times(c.start),
        "service_end": times(c.end),
        "public_complaint": pd.array(c.public, dtype="boolean"),
        "threatened_to_leave_at": times(steps.threatened),
        "resolved_at": times(steps.resolved),
        "closed_at": times(steps.closed),
        "reopened_at": times(steps.reopened),
        "fixed_for_customer": flags(repaired, rng.random(c.n) >= 0.06),
        "fix_communicated": flags(rng.random(c.n) < 0.8, repaired & answered),
        "company_publicised": pd.array(rng.random(c.n) < 0.004, dtype="boolean"),
        "cause_reviewed_at": times(np.where(reviewed < END, reviewed, NEVER)),
        "assignment": labels(c.arm, ("usual", "credit_offer")),
        "x_nights": c.nights,
    })  # fmt: skip
    return frame.sort_values("incident_id", ignore_index=True)


def _root_causes(category: Whole, opened: Whole, u: Floats, v: Floats) -> pd.Series:
    """The cause named by the company, blank for one in seven; after a fix most such failures have another cause."""
    names = np.full(len(category), None, dtype=object)
    for index, label in enumerate(CATEGORIES):
        causes = np.asarray(ROOT_CAUSES.get(label, (label,)), dtype=object)
        inside = category == index
        names[inside] = causes[(u[inside] * len(causes)).astype(int)]
    for cause, day in FIXED_AFTER_DAYS.items():
        gone = (names == cause) & (opened > START + day * DAY) & (v < FIX_WORKS)
        names[gone] = "other"
    names[u * 7 % 1 < 1 / 7] = None
    return pd.Series(names, dtype="str")


def customers(file: OnFile) -> pd.DataFrame:
    """One row per guest on file."""
    guests = file.guests
    frame = pd.DataFrame({
        "customer_id": numbered(np.arange(guests.n), FIRST_GUEST),
        "joined_at": times(file.joined),
        "segment": labels(guests.segment, SEGMENTS),
        "region": labels(guests.region, REGIONS),
        "loyalty_tier": labels(guests.tier, TIERS),
    })  # fmt: skip
    return frame[file.known].reset_index(drop=True)


def promises(life: Life, steps: Timeline, seed: int) -> pd.DataFrame:
    """One row per promise: made at the first contact, due within a month, kept in time or late or never."""
    rng, recovery = stream(seed, "promises"), life.told.recovery
    made = np.flatnonzero(recovery.committed & (steps.contacted < NEVER))
    n, promised = len(made), steps.contacted[made]
    due = promised + (DAY * (3 + 25 * rng.random(n))).astype(np.int64)
    in_time = promised + ((due - promised) * rng.random(n)).astype(np.int64)
    late = np.where(rng.random(n) < 0.5, due + (DAY * 10 * rng.exponential(1.0, n)).astype(np.int64) + DAY, NEVER)
    kept = np.where(recovery.kept[made], in_time, late)
    frame = pd.DataFrame({
        "incident_id": numbered(incident_numbers(life)[made], FIRST_INCIDENT),
        "promised_at": times(promised),
        "due_at": times(due),
        "kept_at": times(np.where(kept < END, kept, NEVER)),
    })  # fmt: skip
    return frame.sort_values(["incident_id", "promised_at"], ignore_index=True)
