"""The incidents and the promises made in them, as recorded."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.cases.life import Life, incident_numbers
from pipelines.simulate.cases.timeline import Timeline
from pipelines.simulate.tables.values import (
    CURRENCY,
    FIRST_GUEST,
    FIRST_INCIDENT,
    Counts,
    Numbers,
    Texts,
    Times,
    YesNo,
    flags,
    labels,
    money,
    numbered,
    same,
    times,
)
from pipelines.simulate.world.calendar import DAY, END, NEVER, START
from pipelines.simulate.world.codes import Arm, Fault, Noticed, Segment, Severity, Tier
from pipelines.simulate.world.group import BRANDS, CATEGORIES, CHANNELS, GROUP, MASS_EVENTS, REGIONS, SITE_BRAND, SITES
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Floats, Whole, in_order

# Share of what a root cause brought about that stops once it is fixed.
FIX_WORKS = 0.7


@dataclass(frozen=True)
class Incidents:
    """One row per incident, in the order of their ids."""

    incident_id: Texts
    customer_id: Texts
    opened_at: Times
    occurred_at: Times
    detected_by: Texts
    channel: Texts
    category: Texts
    root_cause: Texts
    severity: Texts
    loss_amount: Numbers
    currency: Texts
    fault: Texts
    event_id: Texts
    site_id: Texts
    brand: Texts
    region: Texts
    segment: Texts
    loyalty_tier: Texts
    service_start: Times
    service_end: Times
    public_complaint: YesNo
    threatened_to_leave_at: Times
    resolved_at: Times
    closed_at: Times
    reopened_at: Times
    fixed_for_customer: YesNo
    fix_communicated: YesNo
    company_publicised: YesNo
    cause_reviewed_at: Times
    assignment: Texts
    x_nights: Counts


@dataclass(frozen=True)
class Promises:
    """One row per promise: made at the first contact, due within a month, kept in time or late or never."""

    incident_id: Texts
    promised_at: Times
    due_at: Times
    kept_at: Times


def event_names(life: Life) -> list[str]:
    """Names such as ``storm-2024-10``, numbered where a month saw two."""
    names: list[str] = []
    for kind, start in zip(life.events.kind, life.events.start, strict=True):
        name = f"{MASS_EVENTS[kind].name}-{np.datetime64(int(start), 's').astype('datetime64[M]')}"
        names.append(f"{name}-{names.count(name) + 1}" if name in names else name)
    return names


def incidents(life: Life, steps: Timeline, seed: int) -> Incidents:
    """The incidents with what became of them by the data cut."""
    c = life.told.cases
    rng = stream(seed, "incident records")
    repaired, answered = life.told.recovery.repaired, steps.contacted < NEVER
    reviewed = np.where(
        rng.random(c.n) < 0.35, c.opened + (DAY * 12 * np.exp(rng.standard_normal(c.n))).astype(np.int64), NEVER
    )
    found = Incidents(
        incident_id=numbered(incident_numbers(life), FIRST_INCIDENT),
        customer_id=numbered(c.guest, FIRST_GUEST, c.linked),
        opened_at=times(c.opened),
        occurred_at=times(c.occurred),
        detected_by=labels(c.noticed, Noticed.labels()),
        channel=labels(c.channel, CHANNELS.name),
        category=labels(c.category, CATEGORIES.name),
        root_cause=_root_causes(c.category, c.opened, rng.random(c.n), rng.random(c.n)),
        severity=labels(c.severity, Severity.labels(), c.severity_known),
        loss_amount=money(c.loss, c.loss_known),
        currency=same(CURRENCY, c.n),
        fault=labels(c.fault, Fault.labels()),
        event_id=labels(c.event, event_names(life)),
        site_id=labels(c.site, SITES),
        brand=labels(SITE_BRAND[c.site], BRANDS),
        region=labels(c.who.region, REGIONS),
        segment=labels(c.who.segment, Segment.labels()),
        loyalty_tier=labels(c.who.tier, Tier.labels()),
        service_start=times(c.stay.start),
        service_end=times(c.stay.end),
        public_complaint=flags(c.public),
        threatened_to_leave_at=times(steps.threatened),
        resolved_at=times(steps.resolved),
        closed_at=times(steps.closed),
        reopened_at=times(steps.reopened),
        fixed_for_customer=flags(repaired, rng.random(c.n) >= 0.06),
        fix_communicated=flags(rng.random(c.n) < 0.8, repaired & answered),
        company_publicised=flags(rng.random(c.n) < 0.004),
        cause_reviewed_at=times(np.where(reviewed < END, reviewed, NEVER)),
        assignment=labels(c.arm, Arm.labels()),
        x_nights=pd.Series(c.stay.nights),
    )
    return in_order(found, found.incident_id)


def _root_causes(category: Whole, opened: Whole, u: Floats, v: Floats) -> Texts:
    """The cause named by the company, blank for one in seven; after a fix most such failures have another cause."""
    names = np.full(len(category), None, dtype=object)
    for index, possible in enumerate(CATEGORIES.causes):
        causes = np.asarray(possible, dtype=object)
        inside = category == index
        names[inside] = causes[(u[inside] * len(causes)).astype(int)]
    for cause, day in GROUP.fixed_after_days.items():
        gone = (names == cause) & (opened > START + day * DAY) & (v < FIX_WORKS)
        names[gone] = "other"
    names[u * 7 % 1 < 1 / 7] = None
    return pd.Series(names, dtype="str")


def promises(life: Life, steps: Timeline, seed: int) -> Promises:
    """The promises by incident and time."""
    rng, recovery = stream(seed, "promises"), life.told.recovery
    made = np.flatnonzero(recovery.committed & (steps.contacted < NEVER))
    n, promised = len(made), steps.contacted[made]
    due = promised + (DAY * (3 + 25 * rng.random(n))).astype(np.int64)
    in_time = promised + ((due - promised) * rng.random(n)).astype(np.int64)
    late = np.where(rng.random(n) < 0.5, due + (DAY * 10 * rng.exponential(1.0, n)).astype(np.int64) + DAY, NEVER)
    kept = np.where(recovery.kept[made], in_time, late)
    found = Promises(
        incident_id=numbered(incident_numbers(life)[made], FIRST_INCIDENT),
        promised_at=times(promised),
        due_at=times(due),
        kept_at=times(np.where(kept < END, kept, NEVER)),
    )
    return in_order(found, found.incident_id, found.promised_at)
