"""Rows of what was counted, compared and valued: their numbers put in, small cells hidden, refusals with reasons."""

from dataclasses import fields, replace
from typing import Any, TypeVar

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.thresholds import MINIMUM_CELL
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import TooFewToShow
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.valuation import Valuation
from pipelines.policy.counted.shares import Estimate
from pipelines.policy.counted.stratified import Difference

Cell = TypeVar("Cell", Measured, Contrasted, Valuation, DecisionReview, EventMeasure)
Compared = TypeVar("Compared", Contrasted, DecisionReview)
NUMBERS = frozenset({
    "estimate", "ci_low", "ci_high", "observed", "expected", "ratio", "ratio_low", "ratio_high", "usual_low",
    "usual_high", "standing",
})  # fmt: skip


def with_estimate(row: Cell, found: Estimate) -> Cell:
    """The row with an estimate, its limits and cases, as it may be shown; a missing value comes with its reason."""
    reasons = (*row.reasons, *((found.reason,) if found.reason is not None else ()))
    if found.value is None:
        return replace(row, n=found.n, verdict=Verdict.NOT_ESTIMABLE, reasons=reasons)
    return shown(replace(row, estimate=found.value, ci_low=found.low, ci_high=found.high, n=found.n, reasons=reasons))


def with_difference(row: Compared, found: Difference) -> Compared:
    """The row with a comparison of observed cases; graded C, never better."""
    if found.value is None:
        refusal = replace(row, n=found.n, observed=found.plain, reasons=(*row.reasons, *found.reasons))
        return replace(refusal, verdict=Verdict.NOT_ESTIMABLE)
    compared = replace(row, estimate=found.value, ci_low=found.low, ci_high=found.high, n=found.n, observed=found.plain)
    return shown(replace(compared, grade=found.grade, reasons=(*row.reasons, *found.reasons)))


def refused(row: Cell, *reasons: Reason) -> Cell:
    """The row as one that says why there is no number and what to add."""
    return replace(row, verdict=Verdict.NOT_ESTIMABLE, reasons=reasons)


def shown(row: Cell) -> Cell:
    """The row as it may be published: a cell of too few cases keeps its place and loses its numbers."""
    if row.n is None or row.n >= MINIMUM_CELL or row.verdict not in (Verdict.ESTIMATED, Verdict.COUNTED):
        return row
    hidden: dict[str, Any] = {f.name: None for f in fields(row) if f.name in NUMBERS}
    return replace(row, **hidden, verdict=Verdict.SUPPRESSED, suppressed=True, reasons=(TooFewToShow(MINIMUM_CELL),))
