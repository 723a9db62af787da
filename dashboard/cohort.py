"""The matured cohort: its horizon has passed. Beside customers who never met a failure; dated, never last week."""

from dashboard.cells import NOTHING, cases, graded, share_cell
from dashboard.effects import Aim, headline_row
from dashboard.lookup import described_as, why_not
from dashboard.speech import speech_of
from dashboard.words import cell, measure_label, target_cell
from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import MeasureFamily, MeasureName
from pipelines.contracts.catalog.outcomes import RETAINED, RETURNED
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.segments import NEVER_FAILED
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run

OUTCOMES_OF = {MeasureFamily.RETURNED_WITHIN: RETURNED, MeasureFamily.RETAINED_FOR: RETAINED}


def matured(run: Run) -> tuple[Measured, ...]:
    """Measures over everyone that are known only once a horizon has passed."""
    shown = (Verdict.ESTIMATED, Verdict.SUPPRESSED)
    return tuple(r for r in _of_standards(run) if r.segment == "" and r.verdict in shown)


def _of_standards(run: Run) -> tuple[Measured, ...]:
    key = (Topic.STANDARDS, Clock.MATURED)
    return tuple(r for r in run.measures if (r.topic, r.clock) == key)


def cohort_table(run: Run) -> list[dict[str, str]]:
    """One line per matured measure, as shown, with the days on which its failures happened."""
    speech = speech_of(run)
    return [
        {
            "": measure_label(r.measure),
            "After a failure": cell(r, speech),
            "Never failed": never_failed(run, r.measure),
            "Difference, adjusted": _difference(run, r.measure),
            "Target": target_cell(r.measure, r.target, speech),
            "Cases": cases(r.n, speech),
            "Failures of": speech.days_between(r.period),
            "Owner": r.owner or "none",
        }
        for r in matured(run)
    ]


def never_failed(run: Run, measure: str) -> str:
    """The same share of customers who never met a failure, as shown."""
    row = described_as(run, MeasureName(measure), segment=NEVER_FAILED)
    return NOTHING if row is None else share_cell(row, speech_of(run))


def _difference(run: Run, measure: str) -> str:
    """The effect of the failure itself, per 100, with its grade."""
    speech = speech_of(run)
    found = ((outcome, family.number_in(measure)) for family, outcome in OUTCOMES_OF.items())
    outcome, days = next(((o, n) for o, n in found if n is not None), (OutcomeId(measure), None))
    row = headline_row(run, Aim(FAILURE, outcome, days))
    if row is None or row.estimate is None:
        return NOTHING
    limits = speech.span(told(row.ci_low), told(row.ci_high))
    difference = f"{speech.signed(row.estimate)} per 100 ({limits}){graded(row.grade)}"
    return f"{difference}; from all of the data, {cases(row.n_incidents, speech)} failed and never failed"


def refused_matured(run: Run) -> str:
    """Why no matured cohort can be shown, and what to add; empty when one can."""
    if matured(run):
        return ""
    return why_not(next(iter(_of_standards(run)), None), speech_of(run))
