"""Decisions taken, with owners: what was expected, and what became of each. The text comes from the journal."""

from collections.abc import Sequence

from dashboard.cells import NOTHING, letter
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.measures import Reviewed
from pipelines.contracts.catalog.plans import ReviewSide
from pipelines.contracts.decided import Decision
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.publish.store import Run
from words.decided import carried_out, expected_in_words, outcome_so_far
from words.speech import Speech


def decision_table(run: Run, decisions: Sequence[Decision]) -> list[dict[str, str]]:
    """One line per decision, the latest first, as shown."""
    speech = speech_of(run)
    rows = run.decision_reviews
    return [
        {
            "Decision": d.what,
            "Owner": d.owner,
            "Due": speech.day(d.due),
            "Expected": expected_in_words(d, speech),
            "So far": outcome_so_far(d, rows, speech),
        }
        for d in reversed(decisions)
    ]


def verdict_table(run: Run, decisions: Sequence[Decision]) -> list[dict[str, str]]:
    """One line per decision that a run has judged, the latest first, as shown: was it done, and did it work."""
    speech = speech_of(run)
    rows, waiting = run.decision_reviews, still_open(run, decisions)
    return [
        {
            "Decision": d.what,
            "Owner": d.owner,
            "In force from": speech.day(d.due),
            "Was it done?": carried_out(d, rows, speech) or "Not known from these exports.",
            "Expected": expected_in_words(d, speech),
            "What became of it": outcome_so_far(d, rows, speech),
            "Before → since": _before_and_since(d, rows, speech),
            "Grade": _grade(d, rows),
        }
        for d in reversed(decisions)
        if d not in waiting
    ]


def none_judged(run: Run, decisions: Sequence[Decision]) -> str:
    """Why no decision has a verdict yet, and when the first can have one."""
    if not decisions:
        return "Nothing was decided here yet, so nothing can be judged. A later run judges each decision on record."
    able = sorted(d.matures_on for d in decisions if d.effect is not None)
    if not able:
        return (
            "None of the decisions on record rests on an estimate, so no run can judge them. Name the effect next time."
        )
    return f"None is old enough to be judged. The first can be by a run with data to {speech_of(run).day(able[0])}."


def _grade(decision: Decision, rows: Sequence[DecisionReview]) -> str:
    row = _found(decision, rows, Reviewed.CHANGE_SINCE)
    return NOTHING if row is None else letter(row.grade)


def _before_and_since(decision: Decision, rows: Sequence[DecisionReview], speech: Speech) -> str:
    """The outcome as counted on either side, with its cases; not adjusted."""
    sides = [_found(decision, rows, Reviewed.OUTCOME, side) for side in ReviewSide]
    return " → ".join(
        f"{cell(r, speech)}, {speech.count(r.n)} cases" if r and r.n is not None else NOTHING for r in sides
    )


def _found(
    decision: Decision, rows: Sequence[DecisionReview], measure: Reviewed, side: ReviewSide | None = None
) -> DecisionReview | None:
    """One row of a decision."""
    mine = (r for r in rows if r.decision == decision.sequence and r.measure is measure)
    return next((r for r in mine if side is None or r.level == side), None)


def still_open(run: Run, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions that no run has judged yet."""
    judged = {r.decision for r in run.decision_reviews if _is_judged(r)}
    return tuple(d for d in decisions if d.sequence not in judged)


def _is_judged(row: DecisionReview) -> bool:
    return row.measure is Reviewed.CHANGE_SINCE and row.estimate is not None
