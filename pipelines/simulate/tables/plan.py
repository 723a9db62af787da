"""The group's own plan and circumstances: standards, limits, fixes, nights sold, and what staff say they may do."""

import numpy as np
import pandas as pd

from pipelines.simulate.randomness import stream
from pipelines.simulate.tables.compensations import LIMITS, ROLES
from pipelines.simulate.tables.incidents import FIXED_AFTER_DAYS
from pipelines.simulate.tables.values import times
from pipelines.simulate.world import CATEGORIES, DAY, MONTHS, N_HOTELS, SEASON, SEVERITIES, SITES, START

_PROMISED = (240.0, 60.0, 30.0, 15.0)
_OFFER = ("gesture", "free_item", "refund", "refund")
_OFFER_SHARE = (0.0, 0.25, 0.5, 1.0)
_APPROVER = ("desk", "duty_manager", "duty_manager", "general_manager")


def standards() -> pd.DataFrame:
    """One row per category and severity: minutes promised, the usual offer, who approves."""
    rows = [
        (category, severity, _PROMISED[i], _OFFER[i], _OFFER_SHARE[i], _APPROVER[i])
        for category in CATEGORIES
        for i, severity in enumerate(SEVERITIES)
    ]
    names = ("category", "severity", "promised_minutes", "standard_offer_kind", "standard_offer_share", "approver")
    return pd.DataFrame(rows, columns=list(names))


def authority_limits() -> pd.DataFrame:
    """One row per role, the same at every house."""
    return pd.DataFrame({"role": ROLES, "limit_amount": LIMITS, "currency": "EUR"})


def fixes() -> pd.DataFrame:
    """One row per root cause that was fixed."""
    days = np.array(list(FIXED_AFTER_DAYS.values()))
    frame = pd.DataFrame({"root_cause": list(FIXED_AFTER_DAYS), "fix_deployed_at": times(START + days * DAY)})
    return frame.sort_values("root_cause", ignore_index=True)


def exposure(seed: int) -> pd.DataFrame:
    """One row per house and month: guest nights."""
    rng, months = stream(seed, "exposure"), _months()
    size = np.where(np.arange(len(SITES)) < N_HOTELS, 2_600, 24_000) * np.exp(0.35 * rng.standard_normal(len(SITES)))
    busy = np.array([SEASON[m.month - 1] for m in months]) / 100.0
    units = np.round(size[:, None] * busy[None, :] * np.exp(0.05 * rng.standard_normal((len(SITES), MONTHS))))
    return _by_month(months).assign(period_start=lambda f: f.pop("month"), units=units.ravel())


def staff_pulse(seed: int) -> pd.DataFrame:
    """One row per house and month: share of staff who say they may fix it on the spot, and how many answered."""
    rng, months = stream(seed, "staff pulse"), _months()
    trend = 0.42 + 0.006 * np.arange(MONTHS)[None, :] + 0.1 * rng.standard_normal((len(SITES), 1))
    share = np.clip(trend + 0.05 * rng.standard_normal((len(SITES), MONTHS)), 0.05, 0.95).round(3)
    n = 8 + (22 * rng.random((len(SITES), MONTHS))).astype(int)
    return _by_month(months).assign(may_fix_share=share.ravel(), n=n.ravel())


def _months() -> list[pd.Timestamp]:
    return list(pd.date_range("2023-07-01", periods=MONTHS, freq="MS"))


def _by_month(months: list[pd.Timestamp]) -> pd.DataFrame:
    dates = [m.date().isoformat() for m in months]
    return pd.DataFrame({"site_id": np.repeat(np.asarray(SITES, dtype=object), MONTHS), "month": dates * len(SITES)})
