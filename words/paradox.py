"""Sentences on what recovery wins back of what a failure costs. Pure: text and number can't disagree.

Only with good evidence may the interval be called a paradox: the row's standing says whether.
"""

from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import OUTCOMES, Direction
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.effect import Effect
from words.changes import outcome_counted, told
from words.speech import Speech

_MAKES_UP = {
    Grade.A: "finding.won_back.makes_up",
    Grade.B: "finding.won_back.estimated",
    Grade.C: "finding.won_back.associated",
}
_ENDING = {
    Standing.PARADOX: "finding.won_back.paradox",
    Standing.MORE_THAN_ALL: "finding.won_back.more_than_all",
    Standing.NOT_ALL: "finding.won_back.not_all",
    Standing.CANNOT_SAY: "finding.won_back.whether_all",
}


def paradox_sentence(row: Contrasted, speech: Speech) -> str:
    """How much of what a failure costs is there again among the recovered, and whether they end up ahead.

    ``row`` is the share won back: its ``level`` is the outcome. The verb follows the grade; the word paradox is used
    where the row's standing allows it, and nowhere else.
    """
    if row.estimate is None:
        return speech.text("finding.won_back.not_known", reasons=speech.all(row.reasons))
    if row.grade is Grade.D:
        return speech.text("finding.won_back.no_conclusion", counted=outcome_counted(row.level, speech))
    claim = _won_back(row, row.level, speech)
    if told(row.ci_low) <= 0 or row.standing not in _ENDING:
        return speech.sentence(claim)
    return speech.text(_ENDING[row.standing], claim=claim)


def recovered_means(speech: Speech) -> str:
    """Who counts as recovered."""
    return speech.text("finding.won_back.recovered")


def won_back_headline(row: Effect, speech: Speech) -> str:
    """The share of what a failure costs in an outcome that recovery makes up for, with its interval."""
    return _won_back(row, row.outcome, speech)


def _won_back(row: Effect | Contrasted, outcome: str, speech: Speech) -> str:
    loss, low, high = _loss(outcome, speech), speech.of_100(told(row.ci_low)), speech.percent(told(row.ci_high))
    if told(row.ci_low) <= 0 or row.grade is None:
        return speech.text("finding.won_back.cannot_say", loss=loss, low=low, high=high)
    share = speech.percent(told(row.estimate))
    return speech.text(_MAKES_UP[row.grade], share=share, loss=loss, low=low, high=high)


def _loss(outcome: str, speech: Speech) -> str:
    known = OUTCOMES.get(OutcomeId(outcome))
    worse = known is not None and known.direction is Direction.LOWER_IS_BETTER
    code = "finding.won_back.added" if worse else "finding.won_back.lost"
    return speech.text(code, counted=outcome_counted(outcome, speech))
