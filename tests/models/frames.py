"""Small marts with a known truth, for tests of the models."""

import numpy as np
import pandas as pd
from scipy.special import expit

from pipelines.contracts.mart import incident_columns
from pipelines.models.facts import Facts

CAP_MINUTES = 14 * 1440.0
EVERYTHING = {
    "incidents": frozenset(
        {"incident_id", "customer_id", "opened_at", "loss_amount", "severity", "fixed_for_customer"}
    ),
    "interactions": frozenset({"incident_id", "contacted_at", "actor", "action"}),
    "compensations": frozenset({"incident_id", "kind", "face_amount", "issued_at"}),
    "orders": frozenset({"customer_id", "order_id", "ordered_at", "amount", "currency", "service_date"}),
    "word_of_mouth": frozenset({"incident_id", "posted_at", "kind", "score"}),
}


def facts(**changes) -> Facts:
    values = {"horizons_days": (365,), "response_cap_minutes": CAP_MINUTES, "supplied": EVERYTHING} | changes
    return Facts(**values)


def empty_mart(rows: int) -> pd.DataFrame:
    """Every column of the mart, all missing but the keys."""
    frame = pd.DataFrame({c.name: pd.Series([None] * rows, dtype="object") for c in incident_columns((365,))})
    frame["incident_id"] = [f"i{j:06d}" for j in range(rows)]
    frame["customer_key"] = [f"c{j:06d}" for j in range(rows)]
    frame["cluster_key"] = frame["customer_key"]
    frame["response_status"] = "answered"
    return frame


def confounded(
    rows: int, seed: int, speed_effect: float = -0.25, event_share: float = 0.2, silence_effect: float = -1.0
) -> tuple[pd.DataFrame, dict]:
    """Severe cases are answered later and return less; valued customers are answered sooner and return more.

    Returns the mart and the true gain per 100 of each promise, by brute force over the same rows.
    """
    rng = np.random.default_rng(seed)
    mart = empty_mart(rows)
    severity, value = rng.integers(1, 5, rows), rng.gamma(2.0, 150.0, rows)
    channel = rng.choice(["desk", "phone", "email"], rows)
    in_event = rng.random(rows) < event_share
    event = rng.integers(0, 12, rows)
    shock = np.where(in_event, rng.normal(0, 0.3, 12)[event], 0.0)
    spread = {"desk": 3.0, "phone": 4.0, "email": 6.5}
    log_minutes = (
        np.vectorize(spread.get)(channel)
        + 0.5 * (severity - 2.5)
        - 0.4 * (np.log1p(value) - 5.4)
        + rng.normal(0, 1.3, rows)
    )
    minutes = np.clip(np.expm1(np.maximum(log_minutes, 0.1)), 0.5, CAP_MINUTES - 1)
    unanswered = rng.random(rows) < 0.03
    lost = rng.gamma(2.0, 80.0, rows) * severity
    share = _shares(rng, severity, minutes)
    eta = -0.4 - 0.45 * (severity - 2.5) + 0.35 * (np.log1p(value) - 5.4) + shock

    def chance(at: np.ndarray, silent: np.ndarray) -> np.ndarray:
        return expit(eta + speed_effect * np.log1p(at / 60.0) + silence_effect * silent + 0.5 * np.minimum(share, 1.0))

    returned = rng.random(rows) < chance(np.where(unanswered, CAP_MINUTES, minutes), unanswered)
    mart["severity"], mart["channel"] = np.char.add("s", severity.astype(str)), channel
    mart["earlier_spend_365d"], mart["loss_amount"] = value, lost
    mart["cluster_key"] = np.where(in_event, np.char.add("e", event.astype(str)), mart["customer_key"])
    mart["mass_event"] = in_event
    mart["response_status"] = np.where(unanswered, "unanswered", "answered")
    mart["first_contact_minutes"] = np.where(unanswered, np.nan, minutes)
    mart["compensation_given"], mart["compensation_share"] = share > 0, share
    mart["returned_within_365d"] = returned
    mart["returned_before_contact"] = False
    today = chance(np.where(unanswered, CAP_MINUTES, minutes), unanswered).mean()
    moved = {
        tau: 100 * (chance(np.minimum(np.where(unanswered, CAP_MINUTES, minutes), tau), np.zeros(rows)).mean() - today)
        for tau in (15, 60, 240, 1440, 4320)
    }
    return mart, moved


def _shares(rng: np.random.Generator, severity: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    given = rng.random(len(severity)) < expit(-0.9 + 0.5 * (severity - 2.5) + 0.1 * np.log1p(minutes / 60))
    return np.where(given, rng.choice([0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5], len(severity)), 0.0)
