"""What the checks of the exports found, in words: diagnostics rows that belong to no effect."""

from collections.abc import Mapping
from typing import Any

from pipelines.contracts.numerals import local_number

CHECKS: dict[str, str] = {
    "ambiguous_link": "Identities that lead to more than one customer; left unlinked",
    "before_opening": "Times before their incident was opened",
    "clock_put_back": "Times in the hour that the clock repeats; taken as the first",
    "closed_without_contact": "Closed cases without a recorded answer; when they were answered counts as not known",
    "exact_duplicates": "Exact duplicates; kept",
    "lonely_data_cut": "Days between the data cut and when nearly all of the data ends",
    "long_labels": "Labels too long to name a group; bucketed",
    "match_rate": "Incidents matched to a customer",
    "not_yet_at_the_data_cut": "Times after the data cut; taken back",
    "ordered_before_joining": "Orders before their customer joined; kept",
    "rare_labels": "Labels too rare to name a group; bucketed as other",
    "sampled_by_order": "Customers with more than one order: so few suggest that orders were sampled",
    "set_aside_share": "Rows set aside: so many suggest a wrong mapping or format",
    "severity_without_rank": "Severities that the declared order doesn't name",
}


def check_words(check: str) -> str:
    """What a check of the exports counts; a profile's own checks are named by their code."""
    return CHECKS.get(check, check.replace("_", " ").capitalize())


def caution(row: Mapping[str, Any]) -> str:
    """One line for one check that didn't pass: what, where, how much."""
    where = f" ({row['subject']})" if row["subject"] else ""
    return f"{check_words(row['check'])}{where}: {_measured(row)}"


def _measured(row: Mapping[str, Any]) -> str:
    value, unit = row["value"], row["unit"] or ""
    if value is None:
        return "not known"
    if unit.startswith("share"):
        return f"{100 * value:.0f} %"
    return f"{local_number(f'{value:,.{0 if float(value).is_integer() else 2}f}')} {unit}".strip()
