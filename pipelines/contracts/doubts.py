"""What would overturn an estimate, in plain sentences from its checks. Pure: rows in, words out."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.contracts.wording import change, limits

Row = Mapping[str, Any]


def doubts(row: Row, checks: Iterable[Row], specifications: Mapping[str, Row], who: str = "customers") -> list[str]:
    """One sentence per check that was made.

    ``checks`` are the diagnostics of the effect in ``row``, ``specifications`` the same effect asked in other ways by
    name, ``who`` the profile's word for customers. Checks that could not be made are left out.
    """
    made = {(c["check"], c["stage"]): c for c in checks if c["value"] is not None}
    found = [
        _hidden_cause(made.get(("bound_1x", "after"))),
        _earlier_purchases(made.get(("negative_control_p", "after"))),
        _without_pressure(specifications.get("without_threatened"), who),
        _unadjusted(row, specifications.get("raw"), who),
    ]
    return [sentence for sentence in found if sentence]


def _hidden_cause(check: Row | None) -> str:
    if check is None:
        return ""
    left = f"{min(check['value'], 1.0) * 100:.0f} % of the change" if check["value"] > 0 else "nothing of the change"
    return f"A hidden cause as strong as {covariate_words(check['subject'])} would leave {left}."


def _earlier_purchases(check: Row | None) -> str:
    if check is None:
        return ""
    if check["passed"]:
        return "Purchases before the failure show no clear difference, as they should."
    return "Purchases before the failure already differ, which they should not."


def _without_pressure(row: Row | None, who: str) -> str:
    if row is None or row["estimate"] is None:
        return ""
    return (
        f"Without {who} who threatened to leave or whose case was passed up, it is {change(row, who)} ({limits(row)})."
    )


def _unadjusted(row: Row, raw: Row | None, who: str) -> str:
    if raw is None or raw["estimate"] is None:
        return ""
    turned = "the other way: " if raw["estimate"] * row["estimate"] < 0 else ""
    return f"Unadjusted, the comparison says {turned}{change(raw, who)} ({limits(raw)})."


_COVARIATES = {
    "opened_month": "month of opening",
    "opened_month sin": "season, spring against autumn",
    "opened_month cos": "season, winter against summer",
    "log_minutes": "speed of the first answer",
    "orders_365d": "orders in the year before",
    "earlier_spend_365d": "spend in the year before",
    "site_load_24h": "cases at the site in the day before",
    "tenure_days": "time as a customer",
    "detected_by": "who noticed first",
    "site_id": "site",
    "opened_at_night": "opened at night",
    "threat": "a threat to leave",
    "mass_event": "part of a mass incident",
}


def covariate_words(name: str) -> str:
    """A covariate as words: ``loyalty_tier`` → ``loyalty tier``, ``severity=nuisance`` → ``severity: nuisance``."""
    known, unknown = name.removesuffix(" unknown"), name.endswith(" unknown")
    column, _, level = known.partition("=")
    words = _COVARIATES.get(column, column.removeprefix("x_").replace("_", " "))
    words += f": {level.replace('_', ' ')}" if level else ""
    return f"{words} not recorded" if unknown else words
