"""Counted numbers that rest on what can't be believed aren't told: the reason stands in their place."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.contracts.catalog.checks import Check, Touch
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import MEASURES, Measure, MeasureFamily
from pipelines.contracts.catalog.outcomes import RETAINED, RETURNED
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.measure import Measured

_RETURNS = (Measure.RETURN_RATE, Measure.RETURNED, Measure.RESTORED, Measure.HELD_BOOKING_CANCELLED)
_HOUR_MINUTES, _DAY_MINUTES = 60, 1440
# Minutes that a clock of days, or of full hours, can't tell from none.
_BLIND_BELOW = {Check.DAYS_WITHOUT_CLOCK: _DAY_MINUTES, Check.FULL_HOURS_ALONE: _HOUR_MINUTES}


def told(rows: Sequence[Measured], doubts: Sequence[Diagnostic]) -> tuple[Measured, ...]:
    """The rows, each that a failed check undermines as one that says why it isn't told."""
    return tuple(_told(row, doubts) for row in rows)


def _told(row: Measured, doubts: Sequence[Diagnostic]) -> Measured:
    reasons = tuple(dict.fromkeys(r for doubt in doubts if _rests_on(row.measure, doubt) for r in doubt.reasons))
    return _untold(row, reasons) if reasons and row.estimate is not None else row


def _untold(row: Measured, reasons: tuple[Reason, ...]) -> Measured:
    return replace(
        row, estimate=None, ci_low=None, ci_high=None, observed=None, expected=None, usual_low=None, usual_high=None,
        standing=None, verdict=Verdict.NOT_ESTIMABLE, reasons=reasons,
    )  # fmt: skip


def _rests_on(measure: str, doubt: Diagnostic) -> bool:
    if doubt.touches is Touch.RETURNS:
        return _is_return(measure)
    if doubt.touches is Touch.OUTCOME:
        return _is_of(measure, doubt.subject)
    if doubt.touches is Touch.ANSWERS and doubt.check in _BLIND_BELOW:
        within = MeasureFamily.ANSWERED_WITHIN.number_in(measure)
        least = _BLIND_BELOW[Check(doubt.check)]
        return measure == Measure.STANDARD_MET or (within is not None and within <= least)
    return False


def _is_return(measure: str) -> bool:
    families = (MeasureFamily.RETURNED_WITHIN, MeasureFamily.SPEND)
    return measure in _RETURNS or any(f.number_in(measure) is not None for f in families)


def _is_of(measure: str, outcome: str) -> bool:
    """Whether a measure is the share of cases with an outcome."""
    family = {RETURNED: MeasureFamily.RETURNED_WITHIN, RETAINED: MeasureFamily.RETAINED_FOR}.get(outcome)  # type: ignore[call-overload]
    if family is not None and family.number_in(measure) is not None:
        return True
    return measure == f"outcome_{outcome}" or (measure in MEASURES and measure == outcome)
