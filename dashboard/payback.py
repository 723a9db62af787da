"""What a unit of money comes back as: spent on a faster promise, on a larger offer, on recovery as a whole."""

from dashboard.cells import NOTHING, cases, graded, letter
from dashboard.lookup import answered, valuations_of, valued, why_not
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.valuation import Valuation
from pipelines.publish.store import Run
from words.speech import Speech

PROMISE, SPEED = Worth.COST_OF_PROMISE, Worth.MARGIN_PER_1_OF_SPEED
NEXT, RECOVERY = Worth.MARGINAL_MARGIN_PER_1_OF_COMPENSATION, Worth.MARGIN_PER_1_OF_RECOVERY
EARNED = "Earned per 1 spent"
Lines = tuple[list[dict[str, str]], str]


def speed_table(run: Run) -> Lines:
    """One line per promise, as shown: what it costs, and what one unit spent so earns; else why there is none."""
    speech = speech_of(run)
    rows = {(r.measure, r.level): r for r in valuations_of(run, PROMISE, SPEED)}
    known = [level for measure, level in rows if measure == PROMISE and answered(rows[measure, level])]
    if not known:
        return [], why_not(next(iter(rows.values()), None), speech)
    return [
        {
            "Promise": speech.duration(float(level)),
            "Costs per incident": _cost(rows[PROMISE, level], speech),
            EARNED: _ratio(rows.get((SPEED, level)), speech),
            "Cases": cases(rows[PROMISE, level].n, speech),
            "Grade": _grade(rows.get((SPEED, level))),
        }
        for level in sorted(known, key=float)
    ], ""


def next_step_table(run: Run) -> Lines:
    """One line per step from one share of the loss to the next, as shown: what the added unit earns."""
    speech = speech_of(run)
    rows = valuations_of(run, NEXT)
    known = sorted((r for r in rows if answered(r)), key=lambda r: _shares(r)[0])
    if not known:
        return [], why_not(rows[0] if rows else None, speech)
    return [
        {
            "From … to, of the loss": " to ".join(map(speech.percent, _shares(r))),
            EARNED: _ratio(r, speech),
            "Cases": cases(r.n, speech),
            "Grade": _grade(r),
        }
        for r in known
    ], ""


def recovery_sentence(run: Run) -> str:
    """What one unit spent on recovery earns, over all; else why nobody can tell."""
    speech = speech_of(run)
    row = valued(run, RECOVERY)
    if row is None or row.estimate is None:
        return f"What recovery as a whole earns isn't known. {why_not(row, speech)}"
    when = "" if row.within_days is None else f" within {speech.decimal(row.within_days)} days"
    spent = speech.money(1, whole=True)
    beside = f"{_limits(row, speech)}, {cases(row.n, speech)} cases{graded(row.grade)}"
    text = f"Each {spent} spent on recovery goes with {speech.decimal(row.estimate, 2)} of margin{when} ({beside})."
    return speech.lines((text, speech.all(row.reasons)))


def _shares(row: Valuation) -> tuple[float, float]:
    low, _, high = row.level.partition("-")
    return float(low), float(high)


def _ratio(row: Valuation | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return "not known"
    return f"{speech.decimal(row.estimate, 2)} ({_limits(row, speech)})"


def _limits(row: Valuation, speech: Speech) -> str:
    return speech.span(told(row.ci_low), told(row.ci_high), 2)


def _cost(row: Valuation, speech: Speech) -> str:
    limits = "" if row.ci_low is None or row.ci_high is None else f" ({speech.money_span(row.ci_low, row.ci_high)})"
    return f"{speech.money(told(row.estimate))}{limits}"


def _grade(row: Valuation | None) -> str:
    return NOTHING if row is None else letter(row.grade)
