"""What compensation cost by severity and form, and where the money showed no gain: counted, in the run's currency."""

from dashboard.decisions import answered, by_segment, decided, in_order, level_name, rows_of, why_not
from dashboard.formats import count, money, percent
from dashboard.store import Row, Run
from dashboard.words import cell
from pipelines.contracts.policy_wording import form_name

FACE, COST, ALL_REDEEMED = "compensation_face", "compensation_cost", "compensation_cost_if_all_redeemed"
SHOWED = {
    "pays": "earned more than it cost",
    "below_cost": "gain below its cost",
    "not_shown": "no gain shown",
    "cannot_say": "can't be told",
}
LEAKS = {
    "spent_without_shown_gain": "Where no gain was shown",
    "spent_below_its_cost": "Of that, gain below its cost",
    "spent_beyond_the_stopping_point": "Beyond the share where more stops adding",
}


def form_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """Everyone, then each severity and each form, as shown: face value, cost so far, cost if all credit is redeemed."""
    overall = decided(run, COST)
    if overall is None or not answered(overall):
        return [], why_not(overall)
    rows = {(r["measure"], r["segment"]): r for m in (FACE, COST, ALL_REDEEMED) for r in rows_of(run, m)}
    segments = ["", *in_order(run, (s for m, s in rows if m == COST and s))]
    currency = run.profile["currency"]
    return [
        {
            "Per incident": _who(rows[COST, s]),
            "Face value": cell(rows.get((FACE, s)), currency),
            "Cost so far": cell(rows[COST, s], currency),
            "If all is redeemed": cell(rows.get((ALL_REDEEMED, s)), currency),
            "Cases": count(rows[COST, s]["n"] or 0),
        }
        for s in segments
        if (COST, s) in rows
    ], ""


def _who(row: Row) -> str:
    """Everyone, a severity, or a form of compensation by the name it has everywhere."""
    dimension, _, level = str(row["segment"]).partition("=")
    return (form_name(level).capitalize() if dimension == "compensation_kind" else level_name(row)) or "Everyone"


def spent_table(run: Run) -> list[dict[str, str]]:
    """What each severity was given in all, and whether that showed a gain, as shown."""
    rows = {r["segment"]: r for r in by_segment(run, "compensation_spent", "severity") if answered(r)}
    lines = [_spent(rows[s], run.profile["currency"]) for s in in_order(run, rows)]
    return lines if any(line["Why"] for line in lines) else [_without(line, "Why") for line in lines]


def leak_table(run: Run) -> list[dict[str, str]]:
    """What was spent without a gain in all, below its cost, and beyond the stopping point, as shown, or why not."""
    currency = run.profile["currency"]
    return [_leak(label, row, currency) for measure, label in LEAKS.items() for row in rows_of(run, measure)]


def _leak(label: str, row: Row, currency: str) -> dict[str, str]:
    told = answered(row)
    return {
        "Money": label,
        "Spent": cell(row, currency) if told else "can't be told",
        "Of all": percent(row["observed"]) if told and row["observed"] is not None else "–",
        "Grade": row["grade"] or "–",
        "Note": row["reason"] or "",
    }


def _without(line: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in line.items() if key != name}


def _spent(row: Row, currency: str) -> dict[str, str]:
    return {
        "Severity": level_name(row).capitalize(),
        "Spent": money(row["estimate"], currency),
        "Of all": "–" if row["observed"] is None else percent(row["observed"]),
        "It showed": SHOWED[row["standing"] or "cannot_say"],
        "Why": row["reason"] or "",
        "Grade": row["grade"] or "–",
        "Cases": count(row["n"]),
    }
