"""What the checks of the exports found: diagnostics that belong to no effect, in plain words."""

from collections.abc import Iterable

from dashboard.formats import count, percent, plain
from dashboard.store import Row

CHECKS: dict[str, str] = {
    "ambiguous_link": "Identities that lead to more than one customer; left unlinked",
    "before_opening": "Times before their incident was opened",
    "clock_put_back": "Times in the hour that the clock repeats; taken as the first",
    "exact_duplicates": "Exact duplicates; kept",
    "lonely_data_cut": "Days between the data cut and when nearly all of the data ends",
    "long_labels": "Labels too long to name a group; bucketed",
    "match_rate": "Incidents matched to a customer",
    "not_yet_at_the_data_cut": "Times after the data cut; taken back",
    "ordered_before_joining": "Orders before their customer joined; kept",
    "rare_labels": "Labels too rare to name a group; bucketed as other",
    "sampled_by_order": "Customers with more than one order: so few suggest that orders were sampled",
    "severity_without_rank": "Severities that the declared order doesn't name",
}


def caution_table(diagnostics: Iterable[Row]) -> list[dict[str, str]]:
    """One line per check of the exports that didn't pass, as shown.

    A profile's own checks describe themselves in their subject.
    """
    rows = [row for row in diagnostics if not row["effect_id"] and row["passed"] is False]
    rows.sort(key=lambda row: (row["check"], row["subject"] or ""))
    return [
        {
            "Check": CHECKS.get(row["check"], row["check"].replace("_", " ").capitalize()),
            "About": row["subject"] or "–",
            "Found": measured(row["value"], row["unit"]),
            "Limit": measured(row["threshold"], row["unit"]) if row["threshold"] else "",
        }
        for row in rows
    ]


def measured(value: float | None, unit: str | None) -> str:
    """A diagnostic's value with its unit; shares as percent."""
    if value is None:
        return "–"
    if unit and unit.startswith("share"):
        return percent(value)
    number = count(int(value)) if value == int(value) else plain(value, 2)
    return f"{number} {unit}" if unit else number
