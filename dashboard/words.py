"""Plain words for measures and shares of 100: what the executive pages call what the tables count."""

from collections.abc import Callable

from dashboard.cells import TOO_FEW
from pipelines.contracts.targets import AMOUNTS, COUNTS, FEWER_IS_BETTER
from pipelines.publish.store import Row
from words.conventions import NARROW
from words.measures import measure_label as label_of
from words.speech import PLAIN, Speech

NONE = "–"


def measure_label(measure: str) -> str:
    """A measure as a reader calls it; an unknown one by its own name."""
    return label_of(measure, PLAIN)


def of_100(share: float | None, speech: Speech) -> str:
    """A share as so many of 100: ``81``."""
    return "" if share is None else speech.decimal(100 * share)


def cell(row: Row | None, speech: Speech) -> str:
    """A decision row as a cell: value with its limits in the row's own unit; what is not shown says why."""
    if row is None:
        return NONE
    if row.suppressed:
        return TOO_FEW
    if row.estimate is None:
        return "not known"
    if row.unit is not None and row.unit.is_money:
        return _limited(speech.money(row.estimate), row, lambda low, high: speech.money_span(low, high))
    if row.unit is not None and row.unit.is_share:
        return _limited(speech.percent(row.estimate), row, lambda low, high: speech.span(100 * low, 100 * high))
    if row.ci_low is None:
        return speech.count(round(row.estimate))
    return _limited(speech.decimal(row.estimate, 1), row, lambda low, high: speech.span(low, high, 1))


def _limited(text: str, row: Row, say: Callable[[float, float], str]) -> str:
    return text if row.ci_low is None or row.ci_high is None else f"{text} ({say(row.ci_low, row.ci_high)})"


def target_cell(measure: str, target: float | None, speech: Speech) -> str:
    """A target on the scale of its measure: a share, a number of cases or a sum; a ceiling says so."""
    if target is None:
        return "none set"
    text = speech.money(target) if measure in AMOUNTS else speech.percent(target)
    text = speech.count(round(target)) if measure in COUNTS else text
    return f"at most {text}" if measure in FEWER_IS_BETTER and target else text


def usual(row: Row | None, speech: Speech) -> str:
    """The usual range of a share, a sum or a count, as published."""
    if row is None or row.usual_low is None or row.usual_high is None:
        return NONE
    if row.unit is not None and row.unit.is_money:
        return speech.money_span(row.usual_low, row.usual_high)
    if row.measure in COUNTS:
        return speech.span(row.usual_low, row.usual_high)
    return f"{speech.span(100 * row.usual_low, 100 * row.usual_high)}{NARROW}%"
