"""What an estimate stands on and what would overturn it, in plain sentences from its checks. Pure: rows in, words."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipelines.contracts.wording import change, limits

Row = Any


class Weighed(NamedTuple):
    """Sentences on one estimate: what speaks for it, and what would or does speak against it."""

    stands_on: tuple[str, ...]
    would_overturn: tuple[str, ...]


Said = tuple[bool, str] | None


def weighed(row: Row, checks: Iterable[Row], specifications: Mapping[str, Row], who: str = "customers") -> Weighed:
    """One sentence per check that was made, on the side its verdict puts it.

    ``checks`` are the diagnostics of the effect in ``row``, ``specifications`` the same effect asked in other ways by
    name, ``who`` the profile's word for customers. Checks that could not be made are left out.
    """
    made = {(c["check"], c["subject"]): c for c in checks if c["value"] is not None and c["stage"] == "after"}
    first = {check: c for (check, _), c in reversed(made.items())}
    found = [
        _hidden_cause(first.get("bound_1x")),
        _strong_enough(made.get(("robustness_value", "point"))),
        _earlier_purchases(first.get("negative_control_p"), first.get("negative_control_power")),
        _without_pressure(row, specifications.get("without_threatened"), who),
        _unadjusted(row, specifications.get("raw"), who),
    ]
    told = [one for one in found if one is not None]
    return Weighed(tuple(text for holds, text in told if holds), tuple(text for holds, text in told if not holds))


def doubts(row: Row, checks: Iterable[Row], specifications: Mapping[str, Row], who: str = "customers") -> list[str]:
    """What would overturn the estimate in ``row``, and nothing that speaks for it."""
    return list(weighed(row, checks, specifications, who).would_overturn)


def _hidden_cause(check: Row | None) -> Said:
    if check is None:
        return None
    left = f"{min(check['value'], 1.0) * 100:.0f} % of the change" if check["value"] > 0 else "none of the change"
    cause = f"Had something nobody recorded mattered as much as {covariate_words(check['subject'])}"
    return bool(check["passed"]), f"{cause}, {left} would remain."


def _strong_enough(check: Row | None) -> Said:
    if check is None:
        return None
    share = f"{check['value'] * 100:.0f} % of what is still unexplained"
    return False, f"Something nobody recorded that explained {share}, in who got it and in the outcome, would undo it."


def _earlier_purchases(check: Row | None, power: Row | None) -> Said:
    """A clean control counts for the estimate only where it could have seen a difference."""
    if check is None:
        return None
    if not check["passed"]:
        return False, "Purchases before the failure already differ, which they should not."
    text = "Purchases before the failure show no clear difference, as they should"
    if power is None or power["passed"]:
        return True, f"{text}."
    return False, f"{text}; but one as large as the effect would be seen only {power['value'] * 100:.0f} % of the time."


def _without_pressure(row: Row, other: Row | None, who: str) -> Said:
    if other is None or other["estimate"] is None:
        return None
    whom = f"Without {who} who threatened to leave or whose case was passed up"
    return _agrees(row, other), f"{whom}, it is {change(other, who)} ({limits(other)})."


def _unadjusted(row: Row, raw: Row | None, who: str) -> Said:
    if raw is None or raw["estimate"] is None:
        return None
    turned = "the other way: " if raw["estimate"] * row["estimate"] < 0 else ""
    return _agrees(row, raw), f"Unadjusted, the comparison says {turned}{change(raw, who)} ({limits(raw)})."


def _agrees(row: Row, other: Row) -> bool:
    """Whether the other way of asking shows a change clear of zero, on the side of the estimate."""
    if other["ci_low"] is None or other["ci_high"] is None:
        return False
    return bool(other["ci_low"] > 0 if row["estimate"] > 0 else other["ci_high"] < 0)


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
