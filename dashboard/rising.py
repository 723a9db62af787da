"""Kinds of failure that rise: the last four weeks beside the year before."""

from dashboard.decisions import answered, level_name, rows_of, why_not
from dashboard.speech import speech_of
from pipelines.publish.store import Run

RISING = "rate_against_the_year_before"


def rising_assumption(run: Run) -> str:
    """What the comparison takes for granted, as published; empty where nothing was compared."""
    return next((r["assumption"] for r in rows_of(run, RISING) if answered(r) and r["assumption"]), "")


def rising_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per kind that clearly rises, as shown, the steepest first; else a sentence that says why none is."""
    speech = speech_of(run)
    rows = rows_of(run, RISING)
    told = [r for r in rows if answered(r)]
    if not told:
        return [], why_not(rows[0] if rows else None)
    rising = sorted((r for r in told if r.standing == "above"), key=lambda r: -float(r.estimate))
    if not rising:
        when = speech.days_between(told[0].period)
        what = f"None of {speech.count(len(told))} kinds" if len(told) > 1 else "The only kind told apart has not"
        return [], f"{what} {'came' if len(told) > 1 else 'come'} clearly more often than usual ({when})."
    return [
        {
            "Kind of failure": level_name(r).capitalize(),
            "Now": speech.count(round(r.observed)),
            "Usual in four weeks": speech.span(r.usual_low, r.usual_high),
            "Times as often": f"{speech.decimal(r.estimate, 1)} ({speech.span(r.ci_low, r.ci_high, 1)})",
            "Counted over": speech.days_between(r.period),
            "Owner": r.owner or "none",
        }
        for r in rising
    ], ""
