"""Decisions taken, with owners: what was expected, and what became of each. The text comes from the journal."""

from collections.abc import Sequence

from dashboard.formats import day
from dashboard.store import Row, Rows, Run
from pipelines.contracts.decided import CHANGE, Decision, expected_in_words, outcome_so_far

HOW_TO_DECIDE = 'amends decide --what "Answer within an hour" --owner "Head of guest relations" --due 2026-12-01'


def decision_table(run: Run, decisions: Sequence[Decision]) -> list[dict[str, str]]:
    """One line per decision, the latest first, as shown."""
    who, currency = run.profile["customers_word"], run.profile["currency"]
    rows = judged(run)
    return [
        {
            "Decision": d.what,
            "Owner": d.owner,
            "Due": day(d.due),
            "Expected": expected_in_words(d, who, currency),
            "So far": outcome_so_far(d, rows, who, currency),
        }
        for d in reversed(decisions)
    ]


def still_open(run: Run, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions that no run has judged yet."""
    told = {r["segment"] for r in judged(run) if _is_judged(r)}
    return tuple(d for d in decisions if d.segment not in told)


def judged(run: Run) -> Rows:
    """Rows on past decisions."""
    return tuple(r for r in run.decisions if r["part"] == "decided")


def _is_judged(row: Row) -> bool:
    return row["measure"] == CHANGE and row["estimate"] is not None
