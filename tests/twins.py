"""Made-up files of the shapes that more than a map makes tables of, and what is true of them.

What is true comes from the lives that were made up (or is counted by pandas from the file), never from the product.
"""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

FIRST_DAY = datetime(2025, 1, 6, 8)
STAMP = "%d/%m/%Y %H:%M"
CATEGORIES, CHANNELS, SITES = ("billing", "delivery", "access"), ("Phone", "Email", "Web"), ("North", "South")


class _Log:
    """The rows of one case, counted as they come."""

    def __init__(self, rows: list[dict[str, object]], same: dict[str, object]) -> None:
        self.rows, self.same, self.count = rows, same, 0

    def add(self, state: str, by: str, at: datetime, **other: object) -> None:
        told = {"incident_state": state, "sys_updated_by": by, "sys_updated_at": at.strftime(STAMP)}
        self.rows.append({**self.same, **told, "sys_mod_count": self.count, **other})
        self.count += 1


def event_log(cases: int, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A service desk's log with a row a change, and a row a case of what happened to it."""
    draw = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    lives: list[dict[str, object]] = []
    for number in range(cases):
        lives.append(_life(f"INC{number:07d}", draw, rows))
    return pd.DataFrame(rows), pd.DataFrame(lives).set_index("case")


def _life(case: str, draw: np.random.Generator, rows: list[dict[str, object]]) -> dict[str, object]:
    opened = FIRST_DAY + timedelta(minutes=int(draw.integers(0, 300 * 24 * 60)))
    caller, category = f"Caller {draw.integers(1, 4000)}", str(draw.choice(CATEGORIES))
    agent = f"Updated by {draw.integers(1, 40)}"
    same = {
        "number": case, "opened_at": opened.strftime(STAMP), "caller_id": caller, "category": category,
        "contact_type": str(draw.choice(CHANNELS)), "location": str(draw.choice(SITES)),
    }  # fmt: skip
    log, at = _Log(rows, same), opened + timedelta(minutes=int(draw.integers(0, 3)))
    log.add("New", "system", at)
    log.add("New", "system", at)
    life = {"case": case, "opened": opened, "caller": caller, "category": category, "channel": same["contact_type"]}
    life |= {"touched": pd.NaT, "resolved": pd.NaT, "closed": pd.NaT, "reopened": pd.NaT}
    if draw.random() < 0.05:
        return life
    at += timedelta(minutes=int(draw.exponential(180)) + 1)
    life["touched"] = at
    log.add("Active", agent, at, category="moved" if draw.random() < 0.2 else category)
    if draw.random() < 0.5:
        log.add("Awaiting User Info", agent, at + timedelta(minutes=5))
        at += timedelta(minutes=90)
        log.add("Active", agent, at)
    times = 1 + int(draw.random() < 0.12)
    for attempt in range(times):
        at += timedelta(minutes=int(draw.exponential(900)) + 1)
        life["resolved"] = at
        log.add("Resolved", agent, at)
        if attempt < times - 1:
            at += timedelta(minutes=int(draw.exponential(600)) + 1)
            life["reopened"] = at
            log.add("Active", agent, at)
    if draw.random() < 0.9:
        at += timedelta(days=5)
        life["closed"] = at
        log.add("Closed", "system", at)
    return life


def churn_table(customers: int, seed: int = 2) -> pd.DataFrame:
    """A telephone company's customers: contract, tenure, charges, complaints, and who has left."""
    draw = np.random.default_rng(seed)
    contract = draw.choice(["Month-to-month", "One year", "Two year"], customers, p=[0.55, 0.21, 0.24])
    fibre, tenure = draw.random(customers) < 0.45, draw.integers(0, 73, customers)
    complaints = draw.poisson(0.35 + 0.5 * fibre)
    pull = -1.2 - 0.03 * tenure + 1.1 * (contract == "Month-to-month") + 0.5 * fibre + 0.9 * (complaints > 0)
    return pd.DataFrame(
        {
            "customerID": [f"{i:04d}-{chr(65 + i % 26)}{i % 97:02d}" for i in range(customers)],
            "gender": draw.choice(["Female", "Male"], customers),
            "tenure": tenure,
            "Contract": contract,
            "InternetService": np.where(fibre, "Fiber optic", "DSL"),
            "MonthlyCharges": np.round(20 + 45 * fibre + draw.normal(0, 4, customers), 2),
            "Complaints": complaints,
            "Churn": np.where(draw.random(customers) < 1 / (1 + np.exp(-pull)), "Yes", "No"),
        }
    )


def campaign(customers: int, seed: int = 3) -> pd.DataFrame:
    """Customers of a shop, to some of whom e-mails were sent by lot: who visited, bought, and for how much."""
    draw = np.random.default_rng(seed)
    arm = draw.choice(["Mens E-Mail", "No E-Mail"], customers)
    recency = draw.integers(1, 13, customers)
    visit = draw.random(customers) < 0.1 + 0.03 * (recency < 4) + 0.07 * (arm == "Mens E-Mail")
    bought = visit & (draw.random(customers) < 0.1)
    return pd.DataFrame(
        {
            "recency": recency,
            "history": np.round(draw.lognormal(5, 1, customers), 2),
            "channel": draw.choice(["Web", "Phone", "Multichannel"], customers),
            "segment": arm,
            "visit": visit.astype(int),
            "conversion": bought.astype(int),
            "spend": np.where(bought, np.round(draw.lognormal(4.3, 0.5, customers), 2), 0.0),
        }
    )
