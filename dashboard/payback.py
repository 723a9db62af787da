"""What a unit of money comes back as: spent on a faster promise, on a larger offer, on recovery as a whole."""

from dashboard.decisions import answered, decided, rows_of, why_not
from dashboard.formats import count, duration, money, money_span, percent, plain, span
from pipelines.publish.store import Row, Run

PROMISE, SPEED = "cost_of_promise", "margin_per_1_of_speed"
NEXT, RECOVERY = "marginal_margin_per_1_of_compensation", "margin_per_1_of_recovery"
EARNED = "Earned per 1 spent"
Lines = tuple[list[dict[str, str]], str]


def speed_table(run: Run) -> Lines:
    """One line per promise, as shown: what it costs, and what one unit spent so earns; else why there is none."""
    rows = {(r.measure, r.level): r for m in (PROMISE, SPEED) for r in rows_of(run, m)}
    told = [level for measure, level in rows if measure == PROMISE and answered(rows[measure, level])]
    if not told:
        return [], why_not(next(iter(rows.values()), None))
    currency = run.profile.currency
    return [
        {
            "Promise": duration(float(level)),
            "Costs per incident": _cost(rows[PROMISE, level], currency),
            EARNED: _ratio(rows.get((SPEED, level))),
            "Cases": count(rows[PROMISE, level].n),
            "Grade": _grade(rows.get((SPEED, level))),
        }
        for level in sorted(told, key=float)
    ], ""


def next_step_table(run: Run) -> Lines:
    """One line per step from one share of the loss to the next, as shown: what the added unit earns."""
    rows = rows_of(run, NEXT)
    told = sorted((r for r in rows if answered(r)), key=lambda r: _shares(r)[0])
    if not told:
        return [], why_not(rows[0] if rows else None)
    return [
        {
            "From … to, of the loss": " to ".join(map(percent, _shares(r))),
            EARNED: _ratio(r),
            "Cases": count(r.n),
            "Grade": _grade(r),
        }
        for r in told
    ], ""


def recovery_sentence(run: Run) -> str:
    """What one unit spent on recovery earns, over all; else why nobody can tell."""
    row = decided(run, RECOVERY)
    if row is None or row.estimate is None:
        return f"What recovery as a whole earns isn't known. {why_not(row)}"
    when = "" if row.within_days is None else f" within {plain(row.within_days)} days"
    spent = money(1, run.profile.currency, whole=True)
    beside = f"{_limits(row)}, {count(row.n)} cases" + (f", grade {row.grade}" if row.grade else "")
    text = f"Each {spent} spent on recovery goes with {plain(row.estimate, 2)} of margin{when} ({beside})."
    return f"{text} {row['reason'] or ''}".strip()


def _shares(row: Row) -> tuple[float, float]:
    low, _, high = str(row.level).partition("-")
    return float(low), float(high)


def _ratio(row: Row | None) -> str:
    if row is None or row.estimate is None:
        return "not known"
    return f"{plain(row.estimate, 2)} ({_limits(row)})"


def _limits(row: Row) -> str:
    return span(row.ci_low, row.ci_high, 2)


def _cost(row: Row, currency: str) -> str:
    limits = "" if row.ci_low is None else f" ({money_span(row.ci_low, row.ci_high, currency)})"
    return f"{money(row.estimate, currency)}{limits}"


def _grade(row: Row | None) -> str:
    return "–" if row is None else row.grade or "–"
