"""What it is worth in money: the hour, what is spent without a gain, and whether faster goes before more."""

from dashboard.cells import NOTHING, cases, letter
from dashboard.lookup import answered, measured, valuations_of, valued, why_not
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.valuation import Valuation
from pipelines.publish.store import Run
from words.speech import Speech

DELAY, HOURLY, YEARLY = Worth.COST_OF_DELAY, Worth.COST_OF_ONE_HOUR_OF_DELAY, Worth.COST_OF_DELAY_A_YEAR
ON_FILE = Measure.INCIDENTS_ON_FILE_A_YEAR
# The promise that pages speak of where none is chosen, in minutes.


def _limits(row: Valuation, speech: Speech) -> str:
    return speech.money_span(told(row.ci_low), told(row.ci_high))


def delay_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per promise, as shown: margin per incident and per hour of delay, with grade; else why there is none."""
    speech = speech_of(run)
    rows = {(r.measure, r.level): r for r in valuations_of(run, DELAY, HOURLY, YEARLY)}
    known = [level for measure, level in rows if measure == DELAY and answered(rows[measure, level])]
    if not known:
        return [], why_not(next(iter(rows.values()), None), speech)
    return [
        {
            "Promise": speech.duration(float(level)),
            "Per incident": _with_limits(rows[DELAY, level], speech),
            "Per hour and incident": _with_limits(rows.get((HOURLY, level)), speech),
            "Grade": letter(rows[DELAY, level].grade),
            "Cases": cases(rows[DELAY, level].n, speech),
        }
        for level in sorted(known, key=float)
    ], ""


def delay_notes(run: Run) -> tuple[str, ...]:
    """What the table of delay takes for granted a year, and why it holds no severity."""
    speech, year = speech_of(run), measured(run, ON_FILE)
    counted: tuple[str, ...] = ()
    if answered(year):
        many = speech.count(round(told(year.estimate)))
        counted = (f"A year: {many} {speech.maybe(year.population)}. {speech.all(year.caveats)}",)
    alone = valued(run, HOURLY, segment=Col.SEVERITY)
    return (*counted, *((speech.all(alone.reasons),) if alone is not None and alone.reasons else ()))


def _with_limits(row: Valuation | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return NOTHING
    return f"{speech.money(row.estimate)} ({_limits(row, speech)})"
