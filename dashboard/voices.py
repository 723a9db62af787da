"""What people say after an incident beside customers who never had one: counted, not adjusted."""

from collections.abc import Iterable, Mapping

from dashboard.cells import NOTHING, TOO_FEW, cases, share_cell
from dashboard.lookup import measures_of
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.measures import Measure, MeasureId
from pipelines.contracts.segments import NEVER_FAILED
from pipelines.contracts.tables.measure import Measured
from pipelines.publish.store import Run
from words.speech import Speech

SHARES = {
    Measure.SURVEY_ANSWERED: "Answered a survey",
    Measure.PROMOTER: "Promoters, of those who answered",
    Measure.NEGATIVE_POST: "Wrote a negative post or review",
    Measure.POSITIVE_STORY: "Told a positive story",
    Measure.PRAISES_STAFF: "Praised staff",
    Measure.SHOWS_PICTURES: "Showed pictures",
}
MEANS = {
    Measure.REVIEW_STARS: "Review stars, of those who wrote one",
    Measure.REFERRALS: "Referrals per customer",
}
STORIES = {
    Measure.NET_WORD_OF_MOUTH: "Good less bad stories per 100",
    Measure.CAPPED_REACH_OF_GOOD_STORIES: "People reached by a good story",
    Measure.CAPPED_REACH_OF_BAD_STORIES: "People reached by a bad story",
    Measure.NET_PROMOTER_SCORE: "Promoters less detractors per 100 answers",
}

WHOSE = ("", NEVER_FAILED)


def voices_table(measures: Iterable[Measured], speech: Speech) -> list[dict[str, str]]:
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
    found = {(r.measure, r.segment == NEVER_FAILED): r for r in measures_of(run, *STORIES) if r.segment in WHOSE}
    return [
        {
            "": label,
            "After an incident": cell(found.get((name, False)), speech),
            "Never failed": cell(found.get((name, True)), speech),
            "Cases": cases(found[name, False].n, speech),
        }
        for name, label in STORIES.items()
        if (name, False) in found
    ]


def _beside(cells: Mapping[tuple[MeasureId, str], Measured], name: Measure, speech: Speech) -> str:
    row = cells.get((name, NEVER_FAILED))
    if row is None:
        return NOTHING
    return share_cell(row, speech) if name in SHARES else _mean(row, speech)


def _mean(row: Measured | None, speech: Speech) -> str:
    if row is None or row.suppressed or row.estimate is None:
        return TOO_FEW
    text = speech.decimal(row.estimate, 2)
    if row.ci_low is None or row.ci_high is None:
        return text
    return f"{text} ({speech.span(row.ci_low, row.ci_high, 2)})"
