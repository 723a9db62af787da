"""Rows of ``decisions`` and ``events``: every column present, small cells hidden, refusals with their reason."""

from typing import Any

from pipelines.contracts.results import DECISIONS, EVENTS, Columns
from pipelines.measures import MINIMUM_CELL
from pipelines.policy.counted.shares import Estimate

Row = dict[str, Any]
NUMBERS = (
    "estimate", "ci_low", "ci_high", "observed", "expected", "ratio", "ratio_low", "ratio_high", "usual_low",
    "usual_high", "standing",
)  # fmt: skip
NO_CONCLUSION = "No conclusion: keep the current standard and test."
TOO_FEW = f"Fewer than {MINIMUM_CELL} cases: too few to show."


def decision_row(part: str, measure: str, **values: Any) -> Row:
    """One row of ``decisions``; unknown names raise ``TypeError``."""
    return _row(
        DECISIONS, {"segment": "", "level": "", "period": "", "clock": "", "part": part, "measure": measure} | values
    )


def event_row(event_id: str, measure: str, **values: Any) -> Row:
    """One row of ``events``; unknown names raise ``TypeError``."""
    return _row(EVENTS, {"event_id": event_id, "measure": measure} | values)


def refused(part: str, measure: str, reason: str, **values: Any) -> Row:
    """A row of ``decisions`` that says why there is no number and what to add."""
    return decision_row(part, measure, verdict="not_estimable", reason=reason, **values)


def numbers(estimate: Estimate) -> Row:
    """The columns of an estimate; a missing value comes with its reason."""
    if estimate.value is None:
        return {"n": estimate.n, "verdict": "not_estimable", "reason": estimate.reason}
    return {
        "estimate": estimate.value, "ci_low": estimate.low, "ci_high": estimate.high, "n": estimate.n,
        "reason": estimate.reason or None,
    }  # fmt: skip


def _row(columns: Columns, values: Row) -> Row:
    names = [name for name, _ in columns]
    if unknown := sorted(set(values) - set(names)):
        raise TypeError(f"not columns of the table: {unknown}")
    row: Row = dict.fromkeys(names) | {"verdict": "estimated", "suppressed": False} | values
    small = row["n"] is not None and row["n"] < MINIMUM_CELL
    if small and row["verdict"] in ("estimated", "counted"):
        hidden = dict.fromkeys(name for name in NUMBERS if name in row)
        return row | hidden | {"verdict": "suppressed", "suppressed": True, "reason": TOO_FEW}
    return row
