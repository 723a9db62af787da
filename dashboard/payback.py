"""What a unit of money comes back as: spent on a faster promise, on a larger offer, on recovery as a whole."""

from dashboard.decisions import answered, decided, rows_of, why_not
from dashboard.speech import speech_of
from pipelines.publish.store import Row, Run
from words.speech import Speech

PROMISE, SPEED = "cost_of_promise", "margin_per_1_of_speed"
NEXT, RECOVERY = "marginal_margin_per_1_of_compensation", "margin_per_1_of_recovery"
EARNED = "Earned per 1 spent"
Lines = tuple[list[dict[str, str]], str]


def speed_table(run: Run) -> Lines:
    """One line per promise, as shown: what it costs, and what one unit spent so earns; else why there is none."""
    speech = speech_of(run)
    rows = {(r.measure, r.level): r for m in (PROMISE, SPEED) for r in rows_of(run, m)}
    told = [level for measure, level in rows if measure == PROMISE and answered(rows[measure, level])]
    if not told:
        return [], why_not(next(iter(rows.values()), None))
    return [
        {
            "Promise": speech.duration(float(level)),
            "Costs per incident": _cost(rows[PROMISE, level], speech),
            EARNED: _ratio(rows.get((SPEED, level)), speech),
            "Cases": speech.count(rows[PROMISE, level].n),
            "Grade": _grade(rows.get((SPEED, level))),
        }
        for level in sorted(told, key=float)
    ], ""


def next_step_table(run: Run) -> Lines:
    """One line per step from one share of the loss to the next, as shown: what the added unit earns."""
    speech = speech_of(run)
    rows = rows_of(run, NEXT)
    told = sorted((r for r in rows if answered(r)), key=lambda r: _shares(r)[0])
    if not told:
        return [], why_not(rows[0] if rows else None)
    return [
        {
            "From … to, of the loss": " to ".join(map(speech.percent, _shares(r))),
            EARNED: _ratio(r, speech),
            "Cases": speech.count(r.n),
            "Grade": _grade(r),
        }
        for r in told
    ], ""


def recovery_sentence(run: Run) -> str:
    """What one unit spent on recovery earns, over all; else why nobody can tell."""
    speech = speech_of(run)
    row = decided(run, RECOVERY)
    if row is None or row.estimate is None:
        return f"What recovery as a whole earns isn't known. {why_not(row)}"
    when = "" if row.within_days is None else f" within {speech.decimal(row.within_days)} days"
    spent = speech.money(1, whole=True)
    beside = f"{_limits(row, speech)}, {speech.count(row.n)} cases" + (f", grade {row.grade}" if row.grade else "")
    text = f"Each {spent} spent on recovery goes with {speech.decimal(row.estimate, 2)} of margin{when} ({beside})."
    return f"{text} {row['reason'] or ''}".strip()


def _shares(row: Row) -> tuple[float, float]:
    low, _, high = str(row.level).partition("-")
    return float(low), float(high)


def _ratio(row: Row | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return "not known"
    return f"{speech.decimal(row.estimate, 2)} ({_limits(row, speech)})"


def _limits(row: Row, speech: Speech) -> str:
    return speech.span(row.ci_low, row.ci_high, 2)


def _cost(row: Row, speech: Speech) -> str:
    limits = "" if row.ci_low is None else f" ({speech.money_span(row.ci_low, row.ci_high)})"
    return f"{speech.money(row.estimate)}{limits}"


def _grade(row: Row | None) -> str:
    return "–" if row is None else row.grade or "–"
