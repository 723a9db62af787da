"""The matured cohort: its horizon has passed. Beside customers who never met a failure; dated, never last week."""

from dashboard.cells import share_cell
from dashboard.effects import Aim, headline_row
from dashboard.speech import speech_of
from dashboard.words import cell, measure_label, target_cell
from pipelines.publish.store import Row, Run

NEVER_FAILED = "population=never_failed"


def matured(run: Run) -> tuple[Row, ...]:
    """Measures over everyone that are known only once a horizon has passed."""
    rows = (r for r in run.decisions if r["part"] == "standards" and r.clock == "matured" and r.segment == "")
    return tuple(r for r in rows if r.verdict in ("estimated", "suppressed"))


def cohort_table(run: Run) -> list[dict[str, str]]:
    """One line per matured measure, as shown, with the days on which its failures happened."""
    speech = speech_of(run)
    return [
        {
            "": measure_label(r.measure),
            "After a failure": cell(r, speech),
            "Never failed": _never_failed(run, r.measure),
            "Difference, adjusted": _difference(run, r.measure),
            "Target": target_cell(r.measure, r.target, speech),
            "Cases": "–" if r.n is None else speech.count(r.n),
            "Failures of": speech.days_between(r.period),
            "Owner": r.owner or "none",
        }
        for r in matured(run)
    ]


def _never_failed(run: Run, measure: str) -> str:
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
    told = f"{speech.signed(row.estimate)} per 100 ({speech.span(row.ci_low, row.ci_high)}){grade}"
    return f"{told}; from all of the data, {speech.count(row.n_incidents)} failed and never failed"


def refused_matured(run: Run) -> str:
    """Why no matured cohort can be shown, and what to add; empty when one can."""
    if matured(run):
        return ""
    rows = [r for r in run.decisions if r["part"] == "standards" and r.clock == "matured"]
    return (rows[0]["reason"] if rows else "") or "This run didn't ask. Publish a new one."
