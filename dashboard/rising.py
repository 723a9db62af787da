"""Kinds of failure that rise: the last four weeks beside the year before."""

from dashboard.lookup import answered, contrasts_of, level_name, why_not
from dashboard.speech import speech_of
from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.measures import Change
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run

RISING = Change.RATE_AGAINST_YEAR_BEFORE


def rising_assumption(run: Run) -> str:
    """What the comparison takes for granted, as published; empty where nothing was compared."""
    caveats = (r.caveats for r in contrasts_of(run, RISING) if answered(r) and r.caveats)
    return speech_of(run).all(next(caveats, ()))


def rising_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per kind that clearly rises, as shown, the steepest first; else a sentence that says why none is."""
    speech = speech_of(run)
    rows = contrasts_of(run, RISING)
    known = [r for r in rows if answered(r)]
    if not known:
        return [], why_not(rows[0] if rows else None, speech)
    rising = sorted((r for r in known if r.standing is Standing.ABOVE), key=_times, reverse=True)
    if not rising:
        when = speech.days_between(known[0].period)
        what = f"None of {speech.count(len(known))} kinds" if len(known) > 1 else "The only kind told apart has not"
        return [], f"{what} {'came' if len(known) > 1 else 'come'} clearly more often than usual ({when})."
    return [
        {
            "Kind of failure": level_name(r).capitalize(),
            "Now": speech.count(round(told(r.observed))),
            "Usual in four weeks": speech.span(told(r.usual_low), told(r.usual_high)),
            "Times as often": f"{speech.decimal(_times(r), 1)} ({speech.span(told(r.ci_low), told(r.ci_high), 1)})",
            "Counted over": speech.days_between(r.period),
            "Owner": r.owner or "none",
        }
        for r in rising
    ], ""


def _times(row: Contrasted) -> float:
    return told(row.estimate)
