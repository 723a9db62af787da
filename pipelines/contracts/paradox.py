"""Sentences on what recovery wins back, from one row of ``decisions``. Pure: text and number can't disagree."""

from typing import Any

from pipelines.contracts.catalog.outcomes import OUTCOMES

Row = Any

SHARE = "won_back_share"
# Only with these may the interval be called a paradox.
PARADOX_GRADES = ("A", "B")
MINUS = "−"
RECOVERED = "Recovered: a person answered, and it was put right or something was given. Not recovered: all others."


def paradox_sentence(row: Row, who: str = "customers") -> str:
    """How much of what a failure costs is there again among recovered ``who``, and whether they end up ahead.

    ``row`` is the share in ``decisions``: its ``level`` is the outcome. The verb follows the grade; the word paradox is
    used where the row's standing allows it, and nowhere else.
    """
    named = {**row, "outcome": row["level"]}
    if row["estimate"] is None:
        return f"How much recovery wins back isn't known. {row['reason']}"
    if row["grade"] == "D":
        return (
            f"No conclusion on {_noun(named, who)}: whether recovery wins any back. Keep the current standard and test."
        )
    return f"{won_back_headline(named, who)}{_ENDING[row['standing']] if row['ci_low'] > 0 else '.'}"


def won_back_headline(row: Row, who: str = "customers") -> str:
    """The share of what a failure costs in an ``outcome`` that recovery makes up for, with its interval."""
    low, high = _per_cent(row["ci_low"]), _per_cent(row["ci_high"])
    loss = _loss(row, who)
    if row["ci_low"] <= 0:
        return f"We cannot say yet whether recovery makes up for any of {loss}: between {low} and {high} %"
    return f"{_CLAIM[row['grade']].format(share=_per_cent(row['estimate']), loss=loss)} ({low} to {high} %)"


_CLAIM = {
    "A": "Recovery makes up for {share} % of {loss}",
    "B": "Recovery is estimated to make up for {share} % of {loss}",
    "C": "Recovery goes with making up for {share} % of {loss}, after adjustment",
}
_ENDING = {
    "paradox": ": more than all of it, a recovery paradox.",
    "more_than_all": ": too weak a comparison to say that failing well beats not failing.",
    "not_all": ": part of it, not all.",
    "cannot_say": ": whether all of it, we cannot say yet.",
}


def _loss(row: Row, who: str) -> str:
    known = OUTCOMES.get(row["outcome"])
    if known is not None and known.direction == "lower_is_better":
        return f"the added {_noun(row, who)} that a failure brings"
    return f"the {_noun(row, who)} that a failure costs"


def _noun(row: Row, who: str) -> str:
    words = OUTCOMES[row["outcome"]].per_100 if row["outcome"] in OUTCOMES else str(row["outcome"]).replace("_", " ")
    return words.replace("customers", who).removeprefix("of ")


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}".replace("-", MINUS)
