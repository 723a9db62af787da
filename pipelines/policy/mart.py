"""Columns of the mart as numbers, and reasons why what they hold can't be known."""

import pandas as pd

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.mart import ColumnName
from pipelines.models.ask.needs import missing_for_outcome, missing_for_treatment
from pipelines.policy.company import Company


def number(mart: pd.DataFrame, column: ColumnName) -> pd.Series:
    """The column as float, flags as 0 and 1, missing where unknown or not there."""
    if column not in mart:
        return pd.Series(float("nan"), index=mart.index)
    return mart[column].astype("float64")


def is_true(mart: pd.DataFrame, column: ColumnName) -> pd.Series:
    """Where the flag is known to hold."""
    return number(mart, column) == 1


def return_outcome(company: Company) -> str:
    """The outcome that means the customer came back: subscriptions stay, customers return."""
    return "retained" if company.facts.retention == "contractual" else "returned"


def return_column(company: Company, days: int) -> ColumnName:
    """The mart's column of that outcome."""
    return OUTCOMES[return_outcome(company)].column_at(days)


def missing_return(company: Company) -> str:
    """Why nobody can be seen to come back, or ""."""
    return missing_for_outcome(company.facts, OUTCOMES[return_outcome(company)])


def missing(company: Company, need: str) -> str:
    """Why a part can't be computed and what to add to the profile, or "" when it can.

    ``need`` is a treatment or an outcome of the catalog, or one of the tables and columns below.
    """
    if need in _TABLES:
        table, columns, reason = _TABLES[need]
        return "" if company.facts.has(table, *columns) else reason
    if need in OUTCOMES:
        return missing_for_outcome(company.facts, OUTCOMES[need])
    return missing_for_treatment(company.facts, need)


_TABLES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "standards": (
        "standards", ("promised_minutes",),
        "The profile holds no recovery standards. Add standards (category, severity, promised_minutes).",
    ),
    "promises": (
        "promises", ("due_at", "kept_at"),
        "The profile doesn't say whether promises were kept. Add promises (incident_id, promised_at, due_at, kept_at).",
    ),
    "authority": (
        "authority_limits", ("role", "limit_amount"),
        "The profile doesn't say what staff may give. Add authority_limits (role, limit_amount, currency).",
    ),
    "sites": ("incidents", ("site_id",), "Incidents name no site. Map site_id in incidents."),
    "departure": ("incidents", ("service_end",), "The end of the service isn't known. Map service_end in incidents."),
    "causes": ("incidents", ("root_cause",), "Incidents name no cause. Map root_cause in incidents."),
    "events": ("incidents", ("event_id",), "Incidents name no mass event. Map event_id in incidents."),
    "fixes": ("fixes", (), "The profile records no fixes. Add fixes (root_cause, fix_deployed_at)."),
    "exposure": (
        "exposure", ("units",),
        "Nothing says what the failures are a rate of. Add exposure (site_id, period_start, units), such as nights.",
    ),
    "closing": (
        "incidents", ("closed_at",),
        "The profile doesn't say which cases are closed. Map resolved_at or closed_at in incidents.",
    ),
    "vouchers": (
        "orders", ("voucher_amount",), "Orders don't say what was paid by voucher. Map voucher_amount in orders.",
    ),
    "words": (
        "word_of_mouth", ("kind",),
        "The profile supplies no scores, reviews or posts. Add the word_of_mouth table.",
    ),
}  # fmt: skip
