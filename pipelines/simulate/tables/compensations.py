"""What was given, when, by whom and what it cost."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.life import Life
from pipelines.simulate.randomness import Flags, Floats, Whole, stream
from pipelines.simulate.recovery import CREDIT, GESTURE, KINDS
from pipelines.simulate.tables.contacts import AGENTS_PER_SITE
from pipelines.simulate.tables.incidents import incident_numbers
from pipelines.simulate.tables.values import FIRST_AGENT, FIRST_INCIDENT, labels, money, numbered, times
from pipelines.simulate.timeline import NEVER, Timeline
from pipelines.simulate.world import CRUISE, DAY, END

ROLES = ("desk", "ship_services", "duty_manager", "general_manager", "head_office")
LIMITS = (50.0, 100.0, 250.0, 1_000.0, 10_000.0)
UNIT_COST = np.array([1.0, 0.4, 0.55, 0.25, 0.7, 0.9, 0.0])
FUTURE = np.isin(np.arange(len(KINDS)), [KINDS.index(k) for k in ("points", "credit", "gift_card")])


@dataclass(frozen=True)
class Given:
    """One entry per thing given: for which incident (position), what, its share of the loss, and when (seconds)."""

    case: Whole
    kind: Whole
    share: Floats
    issued: Whole


def given(life: Life, steps: Timeline, seed: int) -> Given:
    """Everything given by the data cut: the usual, a second thing, the experiment's credit."""
    recovery, rng = life.told.recovery, stream(seed, "payouts")
    n = life.told.cases.n
    tested = np.where(recovery.test_share > 0, CREDIT, -1)
    kind = np.concatenate([recovery.kind, recovery.extra_kind, tested])
    share = np.concatenate([recovery.share, recovery.extra_share, recovery.test_share])
    late = (rng.random(n) * 3 * DAY).astype(np.int64)
    issued = np.concatenate([steps.paid, steps.paid + late, steps.contacted])
    chosen = np.flatnonzero((kind >= 0) & (issued < END))
    return Given(chosen % n, kind[chosen], share[chosen], issued[chosen])


def redemptions(life: Life, gifts: Given, seed: int) -> tuple[Whole, Flags]:
    """When future credit was used (``NEVER`` when not), and whether on the guest's next booking."""
    rng = stream(seed, "redemptions")
    returned = life.told.returned[gifts.case]
    future = FUTURE[gifts.kind]
    with_booking = future & (returned > gifts.issued) & (returned < END) & (rng.random(len(future)) < 0.75)
    on_site = gifts.issued + (DAY * 200 * rng.random(len(future))).astype(np.int64)
    spent = future & ~with_booking & (rng.random(len(future)) < 0.34) & (on_site < END)
    return np.where(with_booking, returned, np.where(spent, on_site, NEVER)), with_booking


def compensations(life: Life, gifts: Given, seed: int) -> pd.DataFrame:
    """One row per thing given, by incident and time; a gesture has no face amount."""
    rng, cases = stream(seed, "payout records"), life.told.cases
    amount = gifts.share * cases.loss[gifts.case]
    redeemed, _ = redemptions(life, gifts, seed)
    role = _role(rng, amount, cases.line[gifts.case])
    issuer = cases.site[gifts.case] * AGENTS_PER_SITE + role
    blank = rng.random(len(role)) < 0.08
    gesture = gifts.kind == GESTURE
    frame = pd.DataFrame({
        "incident_id": numbered(incident_numbers(life)[gifts.case], FIRST_INCIDENT),
        "issued_at": times(gifts.issued),
        "kind": labels(gifts.kind, KINDS),
        "face_amount": money(amount, ~gesture),
        "currency": "EUR",
        "unit_cost": money(np.where(gesture, 4.0, amount * UNIT_COST[gifts.kind])),
        "redeemed_at": times(redeemed),
        "issued_by": numbered(issuer, FIRST_AGENT, ~blank),
        "issuer_role": labels(role, ROLES, ~blank),
    })  # fmt: skip
    return frame.sort_values(["incident_id", "issued_at", "kind"], kind="stable", ignore_index=True)


def _role(rng: np.random.Generator, amount: Floats, line: Whole) -> Whole:
    """The lowest role that may give the amount, sometimes a higher one; one in eight gives beyond the limit."""
    role = np.searchsorted(np.asarray(LIMITS), amount)
    role = np.where((line == CRUISE) & (role == 0), 1, np.where((line != CRUISE) & (role == 1), 2, role))
    step = np.where(rng.random(len(role)) < 0.12, 1, 0) - np.where(rng.random(len(role)) < 0.12, 1, 0)
    return np.asarray(np.clip(role + step, 0, len(ROLES) - 1), np.int64)
