"""A made-up company whose offers have known effects: mart, company, and what any offer would truly do."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from cases import company_of, effect_row, mart_of
from scipy.special import expit

SEVERITIES = ("mild", "middling", "grave")
SHARES = np.array([0.0, 0.1, 0.25, 0.5, 1.0])


@dataclass(frozen=True)
class Offered:
    """``chance(share)`` gives every incident's true chance of coming back when given this share (scalar or array)."""

    mart: pd.DataFrame
    company: object
    eta: np.ndarray
    worth: np.ndarray
    given: np.ndarray

    def chance(self, share):
        return expit(self.eta + self.worth * np.minimum(np.asarray(share, dtype=float), 1.0))


def offered(rows, seed, money_effect=1.0, brands=2, event_share=0.15, repeat=False):
    """Graver cases and better customers are given more; money wins back grave cases and wastes itself on mild ones."""
    rng = np.random.default_rng(seed)
    rank, brand = rng.choice(3, rows, p=[0.45, 0.35, 0.2]) + 1, rng.integers(0, brands, rows)
    orders, minutes = rng.poisson(1.5, rows), np.exp(rng.normal(4.0 + 0.3 * (rank == 3), 1.4, rows))
    loss = rng.gamma(4.0, np.array([8.0, 15.0, 25.0])[rank - 1])
    lean = -0.3 + 0.45 * (rank - 2) + 0.25 * (np.log1p(orders) - 0.8) + rng.normal(0, 0.9, rows)
    share = SHARES[np.searchsorted([0.0, 0.3, 0.65, 1.15], lean)]
    event = np.where(rng.random(rows) < event_share, rng.integers(0, 12, rows), -1)
    shock = np.where(event >= 0, rng.normal(0, 0.3, 12)[event], 0.0)
    eta = -0.9 - 0.35 * (rank - 2) + 0.45 * (np.log1p(orders) - 0.8) - 0.12 * (np.log1p(minutes) - 4) + shock
    worth = money_effect * np.array([0.1, 0.6, 1.6])[rank - 1]
    back = rng.random(rows) < expit(eta + worth * np.minimum(share, 1.0))
    spend = np.where(back, rng.gamma(8.0, 100.0, rows), 0.0)
    customer = np.char.add("c", np.arange(rows).astype(str))
    mart = mart_of(
        rows, severity=np.array(SEVERITIES)[rank - 1], severity_rank=rank, brand=np.array(["one", "two", "six"])[brand],
        orders_365d=orders, loss_amount=loss, response_status="answered", first_contact_minutes=minutes,
        compensation_given=share > 0, compensation_share=share, compensation_amount=share * loss, days_to_pay=1.0,
        compensation_kind=np.where(share > 0, "cash", "none"), returned_within_365d=back, returned_before_contact=False,
        days_to_return=np.where(back, 100.0, np.nan), spend_365d=spend, spend_without_voucher_365d=spend,
        mass_event=event >= 0, customer_key=customer,
        cluster_key=np.where(event >= 0, np.char.add("e", event.astype(str)), customer),
    )  # fmt: skip
    paid = pd.DataFrame({
        "incident_id": mart["incident_id"], "kind": "refund", "face_amount": share * loss, "unit_cost": None,
        "redeemed_at": None, "issued_at": pd.Timestamp("2025-01-01"),
    })[share > 0]  # fmt: skip
    return Offered(mart, company_of(compensations=paid), eta, worth, share)


def graded(letter="B"):
    """The published effects that policies and scenarios take their grades from."""
    common = {"outcome": "returned", "horizon_days": 365, "spec": "adjusted", "grade": letter, "estimate": 1.0}
    money = [("compensation", "share", f"{s:g}") for s in (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)]
    speed = [("speed", "within", str(m)) for m in (15, 60, 240, 1440, 4320)]
    return [
        effect_row(**common, treatment=treatment, contrast=contrast, level_to=level)
        for treatment, contrast, level in (*money, *speed)
    ]
