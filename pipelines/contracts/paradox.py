"""Sentences on what recovery wins back, from one row of ``decisions``. Pure: text and number can't disagree."""

from collections.abc import Mapping
from typing import Any

from pipelines.contracts.catalog import OUTCOMES

Row = Mapping[str, Any]

SHARE = "won_back_share"
# Only with these may the interval be called a paradox.
PARADOX_GRADES = ("A", "B")
MINUS = "−"


def paradox_sentence(row: Row, who: str = "customers") -> str:
    """What share of the loss recovery wins back, and whether recovered ``who`` end up better than never-failed ones.

    The word paradox is used where the row's standing allows it, and nowhere else.
    """
    outcome = OUTCOMES[row["level"]].label.lower() if row["level"] in OUTCOMES else str(row["level"]).replace("_", " ")
    if row["estimate"] is None:
        return f"What recovery wins back in '{outcome}' isn't known. {row['reason']}"
    if row["grade"] == "D":
        return f"No conclusion on what recovery wins back in '{outcome}'. Keep the current standard and test."
    share = f"{_per_cent(row['estimate'])} % of what a failure costs in '{outcome}'"
    between = f"({_per_cent(row['ci_low'])} to {_per_cent(row['ci_high'])} %)"
    return f"Recovered {who} win back {share} {between}{_ENDING[row['standing']].format(who=who)}"


_ENDING = {
    "paradox": ": they end up better than {who} whom nothing befell, a recovery paradox.",
    "more_than_all": ", after adjustment; too weak a comparison to say that failing well beats not failing.",
    "not_all": ": better than leaving it, worse than not failing.",
    "cannot_say": ": whether all of it comes back, we cannot say yet.",
}


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}".replace("-", MINUS)
