"""What compensation cost by severity and form, and where the money showed no gain: counted, in the run's currency."""

from dashboard.cells import cases, letter, share_or_nothing
from dashboard.lookup import (
    answered,
    by_dimension,
    in_order,
    level_name,
    measured,
    valuations_of,
    why_not,
)
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.valuation import Valuation
from pipelines.publish.store import Run
from words.effects import form_name
from words.speech import Speech

FACE, COST = Measure.COMPENSATION_AMOUNT, Measure.COMPENSATION_COST
ALL_REDEEMED = Measure.COMPENSATION_COST_IF_ALL_REDEEMED
CANT_BE_TOLD = "can't be told"
SHOWED = {
    Standing.PAYS: "earned more than it cost",
    Standing.BELOW_COST: "gain below its cost",
    Standing.NOT_SHOWN: "no gain shown",
    Standing.CANNOT_SAY: CANT_BE_TOLD,
}
SPENT, UNSHOWN, BELOW = Worth.COMPENSATION_SPENT, Worth.SPENT_WITHOUT_SHOWN_GAIN, Worth.SPENT_BELOW_ITS_COST
COUNTED = {UNSHOWN: (Standing.NOT_SHOWN, Standing.BELOW_COST), BELOW: (Standing.BELOW_COST,)}
LEAKS = {
    UNSHOWN: "Where no gain above its cost was shown",
    BELOW: "Of that, gain below its cost",
    Worth.SPENT_BEYOND_THE_STOPPING_POINT: "Beyond the share where more stops adding",
}


def form_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """Everyone, then each severity and each form, as shown: face value, cost so far, cost if all credit is redeemed."""
    speech = speech_of(run)
    overall = measured(run, COST)
    if not answered(overall):
        return [], why_not(overall, speech)
    asked = (FACE, COST, ALL_REDEEMED)
    rows = {(r.measure, r.segment): r for r in run.measures if r.measure in asked and not r.period}
    segments = ["", *in_order(run, (s for m, s in rows if m == COST and s))]
    return [
        {
            "Per incident": _who(rows[COST, s], speech),
            "Face value": cell(rows.get((FACE, s)), speech),
            "Cost so far": cell(rows[COST, s], speech),
            "If all is redeemed": cell(rows.get((ALL_REDEEMED, s)), speech),
            "Cases": cases(rows[COST, s].n, speech),
        }
        for s in segments
        if (COST, s) in rows
    ], ""


def _who(row: Measured, speech: Speech) -> str:
    """Everyone, a severity, or a form of compensation by the name it has everywhere."""
    dimension, _, level = row.segment.partition("=")
    name = form_name(level, speech) if dimension == Col.COMPENSATION_KIND else level_name(row) or "everyone"
    return name[:1].upper() + name[1:]


def spent_table(run: Run) -> list[dict[str, str]]:
    """What each severity was given in all, and whether that showed a gain, as shown."""
    rows = {r.segment: r for r in by_dimension(valuations_of(run, SPENT), Col.SEVERITY) if answered(r)}
    lines = [_spent(rows[s], speech_of(run)) for s in in_order(run, rows)]
    return lines if any(line["Why"] for line in lines) else [_without(line, "Why") for line in lines]


def leak_table(run: Run) -> list[dict[str, str]]:
    """What was spent without a gain in all, below its cost, and beyond the stopping point, as shown, or why not."""
    return [_leak(run, label, row) for measure, label in LEAKS.items() for row in valuations_of(run, measure)]


def grade_of_sum(run: Run, measure: Worth) -> Grade | None:
    """The worst grade of the effects that a sum over severities rests on; None where none is graded."""
    counted = (r for r in valuations_of(run, SPENT) if r.standing in COUNTED.get(measure, ()))
    return max((r.grade for r in counted if r.grade), default=None)


def _leak(run: Run, label: str, row: Valuation) -> dict[str, str]:
    speech = speech_of(run)
    known = answered(row)
    return {
        "Money": label,
        "Spent": cell(row, speech) if known else CANT_BE_TOLD,
        "Of all": share_or_nothing(row.observed if known else None, speech),
        "Grade": letter(row.grade or grade_of_sum(run, row.measure)),
        "Note": speech.all(row.reasons),
    }


def _without(line: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in line.items() if key != name}


def _spent(row: Valuation, speech: Speech) -> dict[str, str]:
    return {
        "Severity": level_name(row).capitalize(),
        "Spent": speech.money(told(row.estimate)),
        "Of all": share_or_nothing(row.observed, speech),
        "It showed": SHOWED[row.standing or Standing.CANNOT_SAY],
        "Why": speech.all(row.reasons),
        "Grade": letter(row.grade),
        "Cases": cases(row.n, speech),
    }
