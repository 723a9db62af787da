"""Promises to mend a cause, kept and broken: how many, and what keeping or breaking them goes with."""

from collections.abc import Mapping

from dashboard.cells import NOTHING, cases, letter, share_with_limits
from dashboard.lookup import answered, contrasts_of, described_as, measured, why_not
from dashboard.speech import speech_of
from pipelines.contracts.catalog.counting import PromiseSide
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

EFFECT = Change.PROMISED_AND_RETURNED
CHANGE = "More came back, per 100"
LEVELS: Mapping[str, str] = {
    PromiseSide.KEPT: "Kept, against none made",
    PromiseSide.BROKEN: "Broken, against none made",
    PromiseSide.KEPT_AGAINST_BROKEN: "Kept, against broken",
}


def promise_sentence(run: Run) -> str:
    """How many promises were kept; else why nobody can tell."""
    speech = speech_of(run)
    share, broken = described_as(run, Measure.COMMITMENT_KEPT), measured(run, Measure.COMMITMENTS_BROKEN)
    if not answered(share):
        return why_not(measured(run, Measure.COMMITMENTS_KEPT), speech)
    kept = share_with_limits(told(share.estimate), share.ci_low, share.ci_high, speech)
    text = f"{kept} of {cases(share.n, speech)} promises to mend a cause were kept"
    return f"{text}; {speech.count(round(told(broken.estimate)))} were broken." if answered(broken) else f"{text}."


def promise_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per comparison, as shown, adjusted beside raw; else why there is none."""
    rows = {r.level: r for r in contrasts_of(run, EFFECT)}
    speech = speech_of(run)
    known = [rows[level] for level in LEVELS if answered(rows.get(level))]
    if not known:
        return [], why_not(next(iter(rows.values()), None), speech)
    return [_line(r, speech) for r in known], ""


def promise_assumption(run: Run) -> str:
    """What the comparison takes for granted."""
    caveats = (r.caveats for r in contrasts_of(run, EFFECT) if answered(r) and r.caveats)
    return speech_of(run).all(next(caveats, ()))


def _line(row: Contrasted, speech: Speech) -> dict[str, str]:
    return {
        "Promise": LEVELS[row.level],
        CHANGE: f"{speech.signed(told(row.estimate), 1)} ({speech.span(told(row.ci_low), told(row.ci_high), 1)})",
        "Not adjusted": NOTHING if row.observed is None else speech.signed(row.observed, 1),
        "Cases": cases(row.n, speech),
        "Within": NOTHING if row.within_days is None else f"{speech.decimal(row.within_days)} days",
        "Grade": letter(row.grade),
        "What limits it": speech.all(row.reasons),
    }
