"""What people say after an incident beside customers who never had one: counted, not adjusted."""

from collections.abc import Iterable

from dashboard.cells import TOO_FEW, share_cell
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.measures import Measure
from pipelines.publish.store import Row, Run
from words.speech import Speech

NEVER_FAILED = "population=never_failed"
SHARES = {
    "survey_answered": "Answered a survey",
    "promoter": "Promoters, of those who answered",
    "negative_post": "Wrote a negative post or review",
    "positive_story": "Told a positive story",
    "praises_staff": "Praised staff",
}
MEANS = {"review_stars": "Review stars, of those who wrote one", "referrals": "Referrals per customer"}

STORIES = {
    Measure.NET_WORD_OF_MOUTH: "Good less bad stories per 100",
    Measure.CAPPED_REACH_OF_GOOD_STORIES: "People reached by a good story",
    Measure.CAPPED_REACH_OF_BAD_STORIES: "People reached by a bad story",
    Measure.NET_PROMOTER_SCORE: "Promoters less detractors per 100 answers",
}


def voices_table(measures: Iterable[Row], speech: Speech) -> list[dict[str, str]]:
    """One line per way of speaking that the run counted, as shown: after an incident, and without one."""
    cells = {(r.measure, r.segment): r for r in measures if r.period == ""}
    return [
        {
            "Within 90 days": label,
            "After an incident": say(cells.get((name, "")), speech),
            "Never failed": _beside(cells, name, speech),
        }
        for names, say in ((SHARES, share_cell), (MEANS, _mean))
        for name, label in names.items()
        if (name, "") in cells
    ]


def reach_table(run: Run) -> list[dict[str, str]]:
    """Net stories, their reach and the net promoter score, as shown: after an incident and without one."""
    speech = speech_of(run)
    found = {(r.measure, r.segment == NEVER_FAILED): r for r in run.decisions if _of_stories(r)}
    return [
        {
            "": label,
            "After an incident": cell(found.get((name, False)), speech),
            "Never failed": cell(found.get((name, True)), speech),
            "Cases": speech.count(found[name, False].n or 0),
        }
        for name, label in STORIES.items()
        if (name, False) in found
    ]


def _of_stories(row: Row) -> bool:
    return row.measure in STORIES and row.segment in ("", NEVER_FAILED)


def _beside(cells: dict[tuple[str, str], Row], name: str, speech: Speech) -> str:
    row = cells.get((name, NEVER_FAILED))
    if row is None:
        return "–"
    return share_cell(row, speech) if name in SHARES else _mean(row, speech)


def _mean(row: Row | None, speech: Speech) -> str:
    if row is None or row.suppressed or row.estimate is None:
        return TOO_FEW
    text = speech.decimal(row.estimate, 2)
    return text if row.ci_low is None else f"{text} ({speech.span(row.ci_low, row.ci_high, 2)})"
