"""A small world in which failures strike stays at random, some guests stay more often, and a failure costs.

Whoever comes back runs the risk again: guests whom nothing ever failed are those who stayed little.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
from builders import a_profile, customer_row, incident_row, memory_engine, order_row, put_tables
from scipy.special import expit, logit

from pipelines.handover import frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table

FIRST = datetime(2021, 1, 1)
CUT = date(2025, 12, 31)
YEARS, FAILING_YEARS = 5.0, (1.5, 4.0)
LATEST_STAYS = 40
TIERS = ("none", "silver", "gold")


def stays(guests: int, seed: int, failure_loss: float, share_failed: float = 0.15) -> pd.DataFrame:
    """One row per stay: guest, tier, days since ``FIRST``, whether it failed, chances of a return in a year without
    and with the failure."""
    rng = np.random.default_rng(seed)
    tier = rng.integers(0, 3, guests)
    at = rng.uniform(0, YEARS * 365, guests)
    past = np.full((guests, LATEST_STAYS), -np.inf)
    found = []
    for number in range(LATEST_STAYS):
        past[:, number] = at
        recent = (past > (at - 365)[:, None]).sum(axis=1)
        odds = -1.0 + 0.8 * (np.log1p(np.minimum(recent, 4)) - 0.9) + 0.6 * tier
        inside = at < YEARS * 365
        failed = inside & (rng.random(guests) < share_failed)
        failed &= (at > FAILING_YEARS[0] * 365) & (at < FAILING_YEARS[1] * 365)
        found.append(
            pd.DataFrame(
                {"guest": np.arange(guests), "tier": tier, "at": at, "failed": failed, "standing": expit(odds),
                 "after": expit(odds - failure_loss)}
            )[inside]
        )  # fmt: skip
        at = at + np.clip(365 * np.exp((logit(rng.random(guests)) - odds + failure_loss * failed) / 1.1), 2.0, 1e5)
    return pd.concat(found, ignore_index=True)


def truth_per_100(world: pd.DataFrame) -> float:
    """What the failures changed, over the failed stays."""
    failed = world[world["failed"]]
    return float(100 * (failed["after"] - failed["standing"]).mean())


def marts(world: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The incidents and what they are compared with, through the join."""
    rows = list(world.itertuples())
    orders = [
        order_row(order_id=f"o{n}", customer_id=f"g{r.guest}", ordered_at=FIRST + timedelta(days=r.at),
                  amount=Decimal(100))
        for n, r in enumerate(rows)
    ]  # fmt: skip
    incidents = [
        incident_row(incident_id=f"i{n}", customer_id=f"g{r.guest}", opened_at=FIRST + timedelta(days=r.at + 0.5),
                     loyalty_tier=TIERS[r.tier])
        for n, r in enumerate(rows)
        if r.failed
    ]  # fmt: skip
    guests = world.drop_duplicates("guest").itertuples()
    customers = [customer_row(customer_id=f"g{r.guest}", joined_at=None, loyalty_tier=TIERS[r.tier]) for r in guests]
    engine, profile = memory_engine(), a_profile(horizons_days=(365,))
    build_marts(
        engine, profile, put_tables(engine, {"incidents": incidents, "orders": orders, "customers": customers}), CUT
    )
    found = {name: frame_of(mart_table(engine, name, columns)) for name, columns in mart_columns(profile).items()}
    return found["incident_mart"], found["baseline_mart"]
