"""Plain words for measures and shares of 100: what the executive pages call what the tables count."""

from dashboard.cells import NOTHING, TOO_FEW, share_with_limits
from dashboard.lookup import Counted
from pipelines.contracts.catalog.estimation import OutcomeId, TreatmentId
from pipelines.contracts.catalog.measures import entry
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.targets import is_ceiling
from words.conventions import NARROW
from words.measures import measure_label as label_of
from words.speech import PLAIN, Speech


def measure_label(measure: str) -> str:
    """A measure as a reader calls it; an unknown one by its own name."""
    return label_of(measure, PLAIN)


def treatment_label(treatment: TreatmentId, speech: Speech) -> str:
    """A treatment as a heading; one of the company's own by its id."""
    return speech.label(f"treatment.{treatment}", treatment.replace("_", " ").capitalize())


def outcome_label(outcome: OutcomeId, speech: Speech) -> str:
    """An outcome as a heading; one of the company's own by its id."""
    return speech.label(f"outcome.{outcome}", outcome.replace("_", " ").capitalize())


def outcome_inside(outcome: OutcomeId, speech: Speech) -> str:
    """An outcome as it stands in a sentence; one of the company's own by its id."""
    return speech.label(f"outcome.{outcome}.inside", outcome.replace("_", " "))


def of_100(share: float | None, speech: Speech) -> str:
    """A share as so many of 100: ``81``."""
    return "" if share is None else speech.of_100(share)


def cell(row: Counted | None, speech: Speech) -> str:
    """A counted number as a cell: value with its limits in the row's own unit; what is not shown says why."""
    if row is None:
        return NOTHING
    if row.suppressed:
        return TOO_FEW
    if row.estimate is None:
        return "not known"
    value, low, high = row.estimate, row.ci_low, row.ci_high
    unit = row.unit if isinstance(row.unit, Unit) else Unit.OWN
    if unit.is_share:
        return share_with_limits(value, low, high, speech)
    if unit.is_money:
        limits = "" if low is None or high is None else f" ({speech.money_span(low, high)})"
        return f"{speech.money(value)}{limits}"
    if low is None or high is None:
        return speech.count(round(value))
    return f"{speech.decimal(value, 1)} ({speech.span(low, high, 1)})"


def target_cell(measure: str, target: float | None, speech: Speech) -> str:
    """A target on the scale of its measure: a share, a number of cases or a sum; a ceiling says so."""
    if target is None:
        return "none set"
    text = _in_unit(target, unit_of(measure), speech)
    return f"at most {text}" if is_ceiling(measure) and target else text


def unit_of(measure: str) -> Unit:
    """What a measure is counted in; one of the company's own as a share."""
    known = entry(measure)
    return Unit.SHARE if known is None else known.unit


def _in_unit(value: float, unit: Unit, speech: Speech) -> str:
    if unit.is_money:
        return speech.money(value)
    return speech.percent(value) if unit.is_share else speech.count(round(value))


def usual(row: Measured | None, speech: Speech) -> str:
    """The usual range of a share, a sum or a count, as published."""
    if row is None or row.usual_low is None or row.usual_high is None:
        return NOTHING
    unit = row.unit or unit_of(row.measure)
    if unit.is_money:
        return speech.money_span(row.usual_low, row.usual_high)
    if not unit.is_share:
        return speech.span(row.usual_low, row.usual_high)
    return f"{speech.span(100 * row.usual_low, 100 * row.usual_high)}{NARROW}%"
