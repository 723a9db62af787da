"""Who came back, by horizon, and what became of bookings already held: counted, beside the never-failed."""

from dashboard.cells import NOTHING, cases, share_cell
from dashboard.lookup import answered, contrasts_of, described_as, measures_of
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import Measure, MeasureFamily, NeverFailing
from pipelines.contracts.segments import NEVER_FAILED
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.measure import Measured
from pipelines.publish.store import Run
from words.paradox import paradox_sentence
from words.speech import Speech

RETURNS = (Measure.RETURNED, Measure.RETAINED)


def horizon_table(run: Run) -> list[dict[str, str]]:
    """One line per horizon, as shown: came back after a failure, young cases censored, and without one."""
    speech = speech_of(run)
    rows = [r for m in RETURNS for r in measures_of(run, m) if r.topic is Topic.FUNNEL and not r.segment]
    return [
        {
            "Within": f"{r.within_days:.0f} days",
            "After a failure": cell(r, speech),
            "Never failed": _never(run, r, speech),
            "Cases": cases(r.n, speech),
        }
        for r in rows
        if answered(r) and r.within_days is not None
    ]


def _never(run: Run, row: Measured, speech: Speech) -> str:
    found = came_back_untouched(run, round(row.within_days or 0))
    return NOTHING if found is None else share_cell(found, speech)


def came_back_untouched(run: Run, days: int) -> Measured | None:
    """How many of those whom nothing befell came back, or stayed, within so many days; None where nobody counted."""
    families = (MeasureFamily.RETURNED_WITHIN, MeasureFamily.RETAINED_FOR)
    return described_as(run, *(family.at(days) for family in families), segment=NEVER_FAILED)


def held_sentence(run: Run) -> str:
    """What became of bookings held when the failure happened; empty where none is known."""
    speech = speech_of(run)
    row = described_as(run, Measure.HELD_BOOKING_CANCELLED)
    if row is None or row.estimate is None:
        return ""
    return (
        f"{share_cell(row, speech)} of the {cases(row.n, speech)} bookings "
        "already held when something failed were cancelled."
    )


def paradox_words(run: Run) -> tuple[str, Contrasted | None]:
    """Whether recovery makes up for the failure, in one sentence and its row; for returns before anything else."""
    rows = [r for r in contrasts_of(run, NeverFailing.WON_BACK_SHARE) if r.estimate is not None]
    rows.sort(key=lambda r: (r.level not in RETURNS, r.within_days or 0))
    if not rows:
        return "", None
    return paradox_sentence(rows[0], speech_of(run)), rows[0]
