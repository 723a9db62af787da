"""What this data can't answer: effects without an estimate, each reason once, with what to add."""

from collections.abc import Iterable

from dashboard.store import Row
from pipelines.contracts.catalog import OUTCOMES, TREATMENTS


def refusal_table(effects: Iterable[Row]) -> list[dict[str, str]]:
    """One line per reason and treatment, as shown: which outcomes and levels it stands in the way of.

    Only headline questions count; a reason under another specification of the same question is not repeated.
    """
    blocked: dict[tuple[str, str], list[str]] = {}
    for row in effects:
        if row["estimate"] is None and row["spec"] == "adjusted":
            blocked.setdefault((row["treatment"], row["reason"] or "No reason was published."), []).append(
                _outcome(row)
            )
    return [
        {
            "Question": TREATMENTS[treatment].label if treatment in TREATMENTS else treatment,
            "On": ", ".join(dict.fromkeys(outcomes)),
            "Why not, and what to add": reason,
        }
        for (treatment, reason), outcomes in blocked.items()
    ]


def _outcome(row: Row) -> str:
    label = OUTCOMES[row["outcome"]].label.lower() if row["outcome"] in OUTCOMES else row["outcome"].replace("_", " ")
    return label if row["horizon_days"] is None else f"{label} within {row['horizon_days']} days"
