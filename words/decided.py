"""Remembered decisions in words: what was expected of each, and what became of it."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.measures import Reviewed
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.decided import Decision
from pipelines.contracts.tables.decision_review import DecisionReview
from words.changes import change, limits, told
from words.speech import Speech

_SINCE = {
    Standing.AS_EXPECTED: "finding.decided.as_expected",
    Standing.LESS_THAN_EXPECTED: "finding.decided.less_than_expected",
    Standing.MORE_THAN_EXPECTED: "finding.decided.more_than_expected",
}


def expected_in_words(decision: Decision, speech: Speech) -> str:
    """ "3.1 more returning guests per 100 within a year (1.0 to 5.2)"."""
    if decision.effect is None:
        return speech.text("finding.decided.nothing_expected")
    effect = decision.effect
    return speech.text("finding.decided.expected", change=change(effect, speech), limits=limits(effect, speech))


def outcome_so_far(decision: Decision, rows: Sequence[DecisionReview], speech: Speech) -> str:
    """What became of it, from the reviews of a run: the verdict and its numbers, or when it matures."""
    row = next((r for r in rows if r.measure is Reviewed.CHANGE_SINCE and r.decision == decision.sequence), None)
    if decision.effect is None and row is None:
        return speech.text("finding.decided.no_effect")
    if row is None:
        return speech.text("finding.decided.not_yet", day=decision.matures_on.isoformat())
    if row.estimate is None or decision.effect is None:
        return speech.all(row.reasons)
    effect = replace(decision.effect, estimate=row.estimate, ci_low=row.ci_low, ci_high=row.ci_high)
    said = {"change": change(effect, speech), "limits": limits(effect, speech)}
    if row.standing in _SINCE:
        return speech.text(_SINCE[row.standing], **said)
    return speech.lines((speech.text("finding.decided.cannot_say", **said), speech.all(row.reasons)))


def carried_out(decision: Decision, rows: Sequence[DecisionReview], speech: Speech) -> str:
    """Whether it is done more often since, from the reviews of a run; "" where nobody can tell."""
    row = next((r for r in rows if r.measure is Reviewed.PRACTICE_CHANGE and r.decision == decision.sequence), None)
    if row is None or row.estimate is None or row.unit is not Unit.SHARE_OF_INCIDENTS:
        return ""
    low, high = told(row.ci_low), told(row.ci_high)
    if low <= 0 <= high:
        return speech.text("finding.decided.not_clearly_done", low=speech.of_100(-low), high=speech.of_100(high))
    code = "finding.decided.done_in_more" if row.estimate > 0 else "finding.decided.done_in_fewer"
    first, last = sorted((100 * abs(low), 100 * abs(high)))
    return speech.text(code, points=speech.of_100(abs(row.estimate)), limits=speech.span(first, last))
