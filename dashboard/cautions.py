"""What the checks of the exports found: diagnostics that belong to no effect, in plain words."""

from collections.abc import Iterable

from dashboard.formats import count, percent, plain
from dashboard.store import Row

CHECKS: dict[str, str] = {
    "match_rate": "Identities that could be matched to a customer",
}


def caution_table(diagnostics: Iterable[Row]) -> list[dict[str, str]]:
    """One line per check of the data that was not passed or only counted, as shown; failures first."""
    rows = [row for row in diagnostics if not row["effect_id"] and row["passed"] is not True]
    rows.sort(key=lambda row: (row["passed"] is not False, row["check"], row["subject"] or ""))
    return [
        {
            "Check": CHECKS.get(row["check"], row["check"].replace("_", " ").capitalize()),
            "Where": (row["subject"] or "–").replace("=", ": "),
            "Found": measured(row["value"], row["unit"]),
            "Expected": "" if row["threshold"] is None else f"at least {measured(row['threshold'], row['unit'])}",
        }
        for row in rows
    ]


def measured(value: float | None, unit: str | None) -> str:
    """A diagnostic's value with its unit; shares of 1 as percent."""
    if value is None:
        return "–"
    if unit == "share":
        return percent(value)
    number = count(int(value)) if value == int(value) else plain(value, 2)
    return f"{number} {unit}" if unit else number
