"""Columns of the mart as numbers, and reasons why what they hold can't be known."""

import pandas as pd

from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.estimation import OutcomeId, TreatmentId
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETAINED, RETURNED
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.mart import ColumnName
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.lacking import (
    NoAuthority,
    NoCauses,
    NoClosing,
    NoDeparture,
    NoExposure,
    NoFixes,
    NoMassEvents,
    NoPromises,
    NoSites,
    NoStandards,
    NoVouchers,
    NoWordOfMouth,
)
from pipelines.models.facts import Facts


def number(mart: pd.DataFrame, column: ColumnName) -> pd.Series:
    """The column as float, flags as 0 and 1, missing where unknown or not there."""
    if column not in mart:
        return pd.Series(float("nan"), index=mart.index)
    return mart[column].astype("float64")


def is_true(mart: pd.DataFrame, column: ColumnName) -> pd.Series:
    """Where the flag is known to hold."""
    return number(mart, column) == 1


def return_outcome(facts: Facts) -> OutcomeId:
    """The outcome that means the customer came back: subscriptions stay, customers return."""
    return RETAINED if facts.retention is Retention.CONTRACTUAL else RETURNED


def return_column(facts: Facts, days: int) -> ColumnName:
    """The mart's column of that outcome."""
    return OUTCOMES[return_outcome(facts)].column_at(days)


def lacking_return(facts: Facts) -> Reason | None:
    """Why nobody can be seen to come back, if so."""
    return lacking(facts, return_outcome(facts))


def lacking(facts: Facts, need: str) -> Reason | None:
    """Why a part can't be computed and what to add to the profile, or None when it can.

    ``need`` is a treatment or an outcome of the catalog, or one of the tables and columns below.
    """
    if need in _TABLES:
        table, columns, reason = _TABLES[need]
        return None if facts.has(table, *columns) else facts.waits(table, *columns) or reason
    if need in OUTCOMES:
        return OUTCOMES[OutcomeId(need)].lacking(facts)
    return TREATMENTS[TreatmentId(need)].lacking(facts)


_TABLES: dict[str, tuple[str, tuple[str, ...], Reason]] = {
    "standards": ("standards", ("promised_minutes",), NoStandards()),
    "promises": ("promises", ("due_at", "kept_at"), NoPromises()),
    "authority": ("authority_limits", ("role", "limit_amount"), NoAuthority()),
    "sites": ("incidents", ("site_id",), NoSites()),
    "departure": ("incidents", ("service_end",), NoDeparture()),
    "causes": ("incidents", ("root_cause",), NoCauses()),
    "events": ("incidents", ("event_id",), NoMassEvents()),
    "fixes": ("fixes", (), NoFixes()),
    "exposure": ("exposure", ("units",), NoExposure()),
    "closing": ("incidents", ("closed_at",), NoClosing()),
    "vouchers": ("orders", ("voucher_amount",), NoVouchers()),
    "words": ("word_of_mouth", ("kind",), NoWordOfMouth()),
}
