"""The matured cohort: its horizon has passed. Beside customers who never met a failure; dated, never last week."""

from dashboard.cells import share_cell
from dashboard.effects import Aim, headline_row
from dashboard.speech import speech_of
from dashboard.words import cell, measure_label, target_cell
from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run

NEVER_FAILED = "population=never_failed"


def matured(run: Run) -> tuple[Measured, ...]:
    """Measures over everyone that are known only once a horizon has passed."""
    shown = (Verdict.ESTIMATED, Verdict.SUPPRESSED)
    return tuple(r for r in _matured(run) if r.segment == "" and r.verdict in shown)


def _matured(run: Run) -> tuple[Measured, ...]:
    return tuple(r for r in run.measures if r.topic is Topic.STANDARDS and r.clock is Clock.MATURED)


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
            "Cases": "–" if r.n is None else speech.count(r.n),
            "Failures of": speech.days_between(r.period),
            "Owner": r.owner or "none",
        }
        for r in matured(run)
    ]


def never_failed(run: Run, measure: str) -> str:
    """The same share of customers who never met a failure, as shown."""
    rows = [m for m in run.descriptive if (m.measure, m.segment, m.period) == (measure, NEVER_FAILED, "")]
    return share_cell(rows[0], speech_of(run)) if rows else "–"


def _difference(run: Run, measure: str) -> str:
    """The effect of the failure itself, per 100, with its grade."""
    speech = speech_of(run)
    outcome, _, tail = measure.partition("_")
    days = int(digits) if (digits := tail.removeprefix("within_").removesuffix("d")).isdigit() else None
    row = headline_row(run, Aim("failure", outcome, days))
    if row is None or row.estimate is None:
        return "–"
    grade = f", grade {row.grade}" if row.grade else ""
    said = f"{speech.signed(row.estimate)} per 100 ({speech.span(told(row.ci_low), told(row.ci_high))}){grade}"
    return f"{said}; from all of the data, {speech.count(told(row.n_incidents))} failed and never failed"


def refused_matured(run: Run) -> str:
    """Why no matured cohort can be shown, and what to add; empty when one can."""
    if matured(run):
        return ""
    rows = _matured(run)
    return (rows[0]["reason"] if rows else "") or "This run didn't ask. Publish a new one."
