"""The group's own plan and circumstances: standards, limits, fixes, nights sold, and what staff say they may do."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.tables.values import CURRENCY, Counts, Numbers, Texts, Times, labels, same, times
from pipelines.simulate.world.calendar import DAY, MONTH_STARTS, MONTHS, START
from pipelines.simulate.world.codes import Form, Role, Severity
from pipelines.simulate.world.data import document
from pipelines.simulate.world.group import CATEGORIES, GROUP, N_HOTELS, SITES
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import in_order
from pipelines.simulate.world.season import BUSY


@dataclass(frozen=True)
class Standard:
    """What is promised and offered for a failure, and who approves it."""

    promised_minutes: float
    offer: Form
    offer_share: float
    approver: Role


@dataclass(frozen=True)
class Plan:
    """The recovery plan, the same at every house; limits in EUR."""

    standards: dict[Severity, Standard]
    limits: dict[Role, float]


PLAN = document(__package__, "plan.toml", Plan)


@dataclass(frozen=True)
class Standards:
    """One row per category and severity."""

    category: Texts
    severity: Texts
    promised_minutes: Numbers
    standard_offer_kind: Texts
    standard_offer_share: Numbers
    approver: Texts


@dataclass(frozen=True)
class AuthorityLimits:
    """One row per role, the same at every house."""

    role: Texts
    limit_amount: Numbers
    currency: Texts


@dataclass(frozen=True)
class Fixes:
    """One row per root cause that was fixed."""

    root_cause: Texts
    fix_deployed_at: Times


@dataclass(frozen=True)
class Exposure:
    """One row per house and month: guest nights."""

    site_id: Texts
    period_start: Texts
    units: Numbers


@dataclass(frozen=True)
class StaffPulse:
    """One row per house and month: share of staff who say they may fix it on the spot, and how many answered."""

    site_id: Texts
    month: Texts
    may_fix_share: Numbers
    n: Counts


def standards() -> Standards:
    """The same standard for every category."""
    category, severity = np.indices((len(CATEGORIES.name), len(Severity))).reshape(2, -1)
    of = [PLAN.standards[Severity(i)] for i in severity]
    return Standards(
        category=labels(category, CATEGORIES.name),
        severity=labels(severity, Severity.labels()),
        promised_minutes=pd.Series([s.promised_minutes for s in of]),
        standard_offer_kind=pd.Series([s.offer.label for s in of]),
        standard_offer_share=pd.Series([s.offer_share for s in of]),
        approver=pd.Series([s.approver.label for s in of]),
    )


def authority_limits() -> AuthorityLimits:
    """What each role may give without asking."""
    role, limit = list(PLAN.limits), list(PLAN.limits.values())
    return AuthorityLimits(pd.Series([r.label for r in role]), pd.Series(limit), same(CURRENCY, len(role)))


def fixes() -> Fixes:
    """By root cause."""
    days = np.array(list(GROUP.fixed_after_days.values()))
    found = Fixes(pd.Series(list(GROUP.fixed_after_days)), times(START + days * DAY))
    return in_order(found, found.root_cause)


def exposure(seed: int) -> Exposure:
    """Busy months sell more; ships more than hotels."""
    rng = stream(seed, "exposure")
    size = np.where(np.arange(len(SITES)) < N_HOTELS, 2_600, 24_000) * np.exp(0.35 * rng.standard_normal(len(SITES)))
    busy = BUSY / 100.0
    units = np.round(size[:, None] * busy[None, :] * np.exp(0.05 * rng.standard_normal((len(SITES), MONTHS))))
    return Exposure(*_sites_by_month(), pd.Series(units.ravel()))


def staff_pulse(seed: int) -> StaffPulse:
    """Slowly rising, differing from house to house."""
    rng = stream(seed, "staff pulse")
    trend = 0.42 + 0.006 * np.arange(MONTHS)[None, :] + 0.1 * rng.standard_normal((len(SITES), 1))
    share = np.clip(trend + 0.05 * rng.standard_normal((len(SITES), MONTHS)), 0.05, 0.95).round(3)
    n = 8 + (22 * rng.random((len(SITES), MONTHS))).astype(int)
    return StaffPulse(*_sites_by_month(), pd.Series(share.ravel()), pd.Series(n.ravel()))


def _sites_by_month() -> tuple[Texts, Texts]:
    """Every house, each with every month's first day."""
    site, month = np.indices((len(SITES), MONTHS)).reshape(2, -1)
    return labels(site, SITES), labels(month, [first.date().isoformat() for first in MONTH_STARTS])
