"""Where a file comes from and what its words mean: the lines that every export carries."""

from collections.abc import Iterable

from dashboard.exports.review import Finding
from dashboard.speech import speech_of
from pipelines.contracts.catalog.grades import Grade
from pipelines.publish.store import Run
from words.effects import grade_meaning
from words.speech import Speech

INTERVAL = "Where the true value lies 95 times in 100, if the assumptions hold. It always stands beside its number."
TERMS = (
    ("Adjusted", "Made comparable in what was known before the answer, such as severity, channel, place and history."),
    ("Unadjusted", "Cases compared as they are. Easy cases are answered first, so such comparisons often mislead."),
    ("Interval", INTERVAL),
    ("As much as so many independent ones", "Cases that share an event or a customer tell less than their number."),
    ("Masked or too few", "Fewer than ten cases, or no comparable ones: no number is shown rather than a poor one."),
)


def facts(run: Run, filters: str) -> tuple[str, ...]:
    """Run, company, data cut, size and filters, one line each."""
    speech = speech_of(run)
    simulated = ("Simulated data, no real customers.",) if run.profile.simulated else ()
    return (
        f"Amends run {run.run_id}, published {speech.day(run.created_at)}",
        run.profile.title,
        *simulated,
        f"Data to {speech.day(run.data_cut)}",
        f"{speech.count(run.manifest.incidents)} incidents",
        f"Filters: {filters}",
    )


def definitions(findings: Iterable[Finding], speech: Speech) -> tuple[tuple[str, str], ...]:
    """Terms with their meaning: grades, the words of every chart, and what exactly each chart measures."""
    grades = tuple((f"Grade {g}", grade_meaning(g, speech)) for g in Grade)
    return (*grades, *TERMS, *((f.headline, f.definition) for f in findings))
