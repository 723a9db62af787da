"""What compensation cost by severity and form, and where the money showed no gain: counted, in the run's currency."""

from dashboard.decisions import answered, by_segment, decided, in_order, level_name, rows_of, why_not
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.measures import Measure
from pipelines.publish.store import Row, Run
from words.effects import form_name
from words.speech import Speech

FACE, COST = Measure.COMPENSATION_AMOUNT, Measure.COMPENSATION_COST
ALL_REDEEMED = Measure.COMPENSATION_COST_IF_ALL_REDEEMED
SHOWED = {
    "pays": "earned more than it cost",
    "below_cost": "gain below its cost",
    "not_shown": "no gain shown",
    "cannot_say": "can't be told",
}
SPENT, UNSHOWN, BELOW = "compensation_spent", "spent_without_shown_gain", "spent_below_its_cost"
COUNTED = {UNSHOWN: ("not_shown", "below_cost"), BELOW: ("below_cost",)}
LEAKS = {
    UNSHOWN: "Where no gain above its cost was shown",
    BELOW: "Of that, gain below its cost",
    "spent_beyond_the_stopping_point": "Beyond the share where more stops adding",
}


def form_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """Everyone, then each severity and each form, as shown: face value, cost so far, cost if all credit is redeemed."""
    speech = speech_of(run)
    overall = decided(run, COST)
    if overall is None or not answered(overall):
        return [], why_not(overall)
    asked = (FACE, COST, ALL_REDEEMED)
    rows = {(r.measure, r.segment): r for r in run.measures if r.measure in asked and not r.period}
    segments = ["", *in_order(run, (s for m, s in rows if m == COST and s))]
    return [
        {
            "Per incident": _who(rows[COST, s], speech),
            "Face value": cell(rows.get((FACE, s)), speech),
            "Cost so far": cell(rows[COST, s], speech),
            "If all is redeemed": cell(rows.get((ALL_REDEEMED, s)), speech),
            "Cases": speech.count(rows[COST, s].n or 0),
        }
        for s in segments
        if (COST, s) in rows
    ], ""


def _who(row: Row, speech: Speech) -> str:
    """Everyone, a severity, or a form of compensation by the name it has everywhere."""
    dimension, _, level = str(row.segment).partition("=")
    name = form_name(level, speech) if dimension == "compensation_kind" else level_name(row) or "everyone"
    return name[:1].upper() + name[1:]


def spent_table(run: Run) -> list[dict[str, str]]:
    """What each severity was given in all, and whether that showed a gain, as shown."""
    rows = {r.segment: r for r in by_segment(run, SPENT, "severity") if answered(r)}
    lines = [_spent(rows[s], speech_of(run)) for s in in_order(run, rows)]
    return lines if any(line["Why"] for line in lines) else [_without(line, "Why") for line in lines]


def leak_table(run: Run) -> list[dict[str, str]]:
    """What was spent without a gain in all, below its cost, and beyond the stopping point, as shown, or why not."""
    return [_leak(run, label, row) for measure, label in LEAKS.items() for row in rows_of(run, measure)]


def grade_of_sum(run: Run, measure: str) -> str:
    """The worst grade of the effects that a sum over severities rests on, or ""."""
    counted = (r for r in rows_of(run, SPENT) if r.standing in COUNTED.get(measure, ()))
    return max((r.grade for r in counted if r.grade), default="")


def _leak(run: Run, label: str, row: Row) -> dict[str, str]:
    speech = speech_of(run)
    told = answered(row)
    return {
        "Money": label,
        "Spent": cell(row, speech) if told else "can't be told",
        "Of all": speech.percent(row.observed) if told and row.observed is not None else "–",
        "Grade": row.grade or grade_of_sum(run, row.measure) or "–",
        "Note": row["reason"] or "",
    }


def _without(line: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in line.items() if key != name}


def _spent(row: Row, speech: Speech) -> dict[str, str]:
    return {
        "Severity": level_name(row).capitalize(),
        "Spent": speech.money(row.estimate),
        "Of all": "–" if row.observed is None else speech.percent(row.observed),
        "It showed": SHOWED[row.standing or "cannot_say"],
        "Why": row["reason"] or "",
        "Grade": row.grade or "–",
        "Cases": speech.count(row.n),
    }
