"""Small marts and companies for tests of the decision layer. Name only what a test is about."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.company import Retention, SampledBy
from pipelines.contracts.mart import baseline_columns, incident_columns
from pipelines.contracts.sources import TABLES
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.plain import row_of
from pipelines.models.facts import Facts
from pipelines.policy.company import Company
from words.conventions import NARROW
from words.speech import Speech

SPEECH = Speech(currency="EUR")
HORIZONS = (365,)
CUT = date(2025, 12, 31)
CUT_INSTANT = pd.Timestamp("2026-01-01", tz="UTC")
EVERYTHING = {name: frozenset(table.by_name) for name, table in TABLES.items()}
NOTHING = {"incidents": frozenset({"incident_id", "opened_at"})}


def mart_of(n, **columns):
    """n incidents of as many customers, opened 400 days before the data cut; every other column missing."""
    age = np.broadcast_to(np.asarray(columns.pop("follow_up_days", 400.0), dtype=float), n)
    frame = {c.name: pd.Series([None] * n, dtype="object") for c in incident_columns(HORIZONS)}
    frame |= {
        "incident_id": pd.Series([f"i{j:05d}" for j in range(n)]),
        "customer_key": pd.Series([f"c{j:05d}" for j in range(n)]),
        "cluster_key": pd.Series([f"c{j:05d}" for j in range(n)]),
        "follow_up_days": pd.Series(age),
        "opened_at": pd.Series(CUT_INSTANT - pd.to_timedelta(age, unit="D")),
    }
    given = {
        name: pd.Series([values] * n if values is None or np.isscalar(values) else list(values))
        for name, values in columns.items()
    }
    return pd.DataFrame(frame | given)


def never_failed_of(n, **columns):
    """n never-failed customers; every other column missing."""
    frame = {c.name: pd.Series([None] * n, dtype="object") for c in baseline_columns(HORIZONS)}
    frame["customer_key"] = pd.Series([f"n{j:05d}" for j in range(n)])
    return pd.DataFrame(frame | {name: pd.Series(list(values)) for name, values in columns.items()})


def company_of(supplied=EVERYTHING, retention="transactional", sampled_by="customer", **changes):
    """A company that supplies every table, with a margin of a quarter and no targets."""
    facts = Facts(
        HORIZONS, 14 * 1440.0, supplied=supplied, retention=Retention(retention), sampled_by=SampledBy(sampled_by)
    )
    return Company(**{"facts": facts, "data_cut": CUT, "currency": "EUR", "margin_rate": 0.25, **changes})


def only(rows, **wanted):
    """The one row with these values."""
    found = [row for row in rows if all(_cell(row, name) == value for name, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} rows with {wanted}"
    return found[0]


def _cell(row, name):
    return row[name] if isinstance(row, dict) else getattr(row, name)


def effect_row(**values):
    """A published effect; codes by their values."""
    reasons = values.pop("reasons", ())
    return replace(row_of(Effect, values), reasons=reasons)


def given(*payouts):
    """Compensations as (incident, kind, face, unit cost, redeemed at)."""
    columns = ["incident_id", "kind", "face_amount", "unit_cost", "redeemed_at"]
    frame = pd.DataFrame(payouts, columns=columns)
    return frame.assign(issued_at=pd.Timestamp("2025-01-01"))


def why(row):
    """A row's reasons as its reader is told them; "" where it gives none."""
    return SPEECH.all(row.reasons).replace(NARROW, " ")


def assumed(row):
    """What a row takes for granted, in words."""
    return SPEECH.all(row.caveats).replace(NARROW, " ")


def whom(row):
    """Whom a row speaks of, in words."""
    return SPEECH.say(row.population)
