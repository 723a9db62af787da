"""Promises to mend a cause, kept and broken: how many, and what keeping or breaking them goes with."""

from dashboard.decisions import answered, decided, rows_of, why_not
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.publish.store import Row, Run
from words.speech import Speech

EFFECT, BROKEN = Change.PROMISED_AND_RETURNED, Measure.COMMITMENTS_BROKEN
CHANGE = "More came back, per 100"
LEVELS = {
    "kept": "Kept, against none made",
    "broken": "Broken, against none made",
    "kept_against_broken": "Kept, against broken",
}


def promise_sentence(run: Run) -> str:
    """How many promises were kept; else why nobody can tell."""
    speech = speech_of(run)
    share, broken = _kept_share(run), decided(run, BROKEN)
    if share is None or not answered(share):
        return why_not(decided(run, Measure.COMMITMENTS_KEPT))
    limits = "" if share.ci_low is None else f" ({speech.span(100 * share.ci_low, 100 * share.ci_high)})"
    text = f"{speech.percent(share.estimate)}{limits} of {speech.count(share.n)} promises to mend a cause were kept"
    many = None if broken is None or not answered(broken) else round(broken.estimate)
    return f"{text}." if many is None else f"{text}; {speech.count(many)} were broken."


def _kept_share(run: Run) -> Row | None:
    """Of all incidents with a promise due, those whose every promise was kept."""
    key = (Measure.COMMITMENT_KEPT, "", "")
    return next((r for r in run.descriptive if (r.measure, r.segment, r.period) == key), None)


def promise_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per comparison, as shown, adjusted beside raw; else why there is none."""
    rows = {r.level: r for r in rows_of(run, EFFECT)}
    told = [rows[level] for level in LEVELS if answered(rows.get(level))]
    if not told:
        return [], why_not(next(iter(rows.values()), None))
    return [_line(r, speech_of(run)) for r in told], ""


def promise_assumption(run: Run) -> str:
    """What the comparison takes for granted."""
    return next((r["assumption"] for r in rows_of(run, EFFECT) if answered(r) and r["assumption"]), "")


def _line(row: Row, speech: Speech) -> dict[str, str]:
    return {
        "Promise": LEVELS[row.level],
        CHANGE: f"{speech.signed(row.estimate, 1)} ({speech.span(row.ci_low, row.ci_high, 1)})",
        "Not adjusted": "–" if row.observed is None else speech.signed(row.observed, 1),
        "Cases": speech.count(row.n),
        "Within": "–" if row.within_days is None else f"{speech.decimal(row.within_days)} days",
        "Grade": row.grade or "–",
        "What limits it": row["reason"] or "",
    }
