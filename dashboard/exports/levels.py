"""The rows behind a chart as a table to read: every level with its change, interval, cases and grade."""

from collections.abc import Sequence

from dashboard.exports.listing import Listing
from dashboard.lookup import level_name
from dashboard.words import cell, measure_label, outcome_label
from pipelines.contracts.catalog.estimation import Band, Series, Stage
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import Published, told
from words.changes import digits, noun
from words.doubts import covariate_words
from words.effects import deed
from words.speech import Speech

SHOWN_POINTS = 9
NONE = "–"
OF_EFFECTS = ("What is done", "Asked as", "Measure", "Change", "95 % interval", "Incidents", "Grade")
OF_COUNTED = ("Measure", "Where", "Value", "Unit", "Cases", "Counted over")
OF_CHECKS = ("Characteristic", "Before weighting", "After weighting")
BANDS = {Band.POINTWISE: "95 % interval", Band.SIMULTANEOUS: "Band of the whole curve"}


def levels_listing(rows: Sequence[Published], speech: Speech) -> Listing:
    """One line per row as shown; of a curve some points evenly spaced, first and last among them."""
    if effects := [r for r in rows if isinstance(r, Effect)]:
        return Listing(OF_EFFECTS, tuple(_effect(r, speech) for r in effects))
    if points := [r for r in rows if isinstance(r, CurvePoint)]:
        return _of_curves([p for p in points if p.supported and p.x2 is None], speech)
    if counted := [r for r in rows if isinstance(r, Measured | Contrasted)]:
        return Listing(OF_COUNTED, tuple(_counted(r, speech) for r in counted))
    return _of_checks([r for r in rows if isinstance(r, Diagnostic)], speech)


def _effect(row: Effect, speech: Speech) -> tuple[str, ...]:
    grade, incidents = row.grade or NONE, _count(row.n_incidents, speech)
    asked = (deed(row, speech), speech.label(row.spec))
    if row.estimate is None:
        return (*asked, outcome_label(row.outcome, speech), "no estimate", speech.all(row.reasons), incidents, grade)
    places = digits(row)
    limits = speech.span(told(row.ci_low), told(row.ci_high), places)
    return (*asked, noun(row, speech), speech.signed(row.estimate, places), limits, incidents, grade)


def _of_curves(points: Sequence[CurvePoint], speech: Speech) -> Listing:
    """Lines are told apart by a column of their own where there are several."""
    lines: dict[tuple[str, Series], list[CurvePoint]] = {}
    for point in points:
        lines.setdefault((point.effect_id, point.series), []).append(point)
    if not lines:
        return Listing()
    head = ("At", "Estimate", BANDS[points[0].band], "Incidents near")
    cells = [(speech.label(p.series), _point(p, speech)) for line in lines.values() for p in _spread(line)]
    if len(lines) == 1:
        return Listing(head, tuple(point for _, point in cells))
    return Listing(("Line", *head), tuple((series, *point) for series, point in cells))


def _spread(points: Sequence[CurvePoint]) -> Sequence[CurvePoint]:
    if len(points) <= SHOWN_POINTS:
        return points
    step = (len(points) - 1) / (SHOWN_POINTS - 1)
    return [points[round(i * step)] for i in range(SHOWN_POINTS)]


def _point(row: CurvePoint, speech: Speech) -> tuple[str, ...]:
    limits = NONE if row.ci_low is None else speech.span(row.ci_low, told(row.ci_high), 1)
    return _place(row, speech), speech.decimal(told(row.estimate), 1), limits, _count(row.n_near, speech)


def _place(row: CurvePoint, speech: Speech) -> str:
    if row.x_unit is Unit.MINUTES:
        return speech.duration(row.x)
    return speech.percent(row.x) if row.x_unit.is_share else f"{speech.decimal(row.x)} {speech.label(row.x_unit)}"


def _counted(row: Measured | Contrasted, speech: Speech) -> tuple[str, ...]:
    return (
        measure_label(row.measure),
        " ".join(filter(None, (level_name(row), row.level))) or "everyone",
        cell(row, speech),
        speech.label(row.unit) if row.unit else "",
        _count(row.n, speech),
        speech.days_between(row.period) if row.period else "all of the data",
    )


def _of_checks(checks: Sequence[Diagnostic], speech: Speech) -> Listing:
    value = {(d.subject, d.stage): d.value for d in checks}
    sides = (Stage.BEFORE, Stage.AFTER)
    lines = (
        (covariate_words(subject, speech), *(_value(value.get((subject, side)), speech) for side in sides))
        for subject in dict.fromkeys(d.subject for d in checks)
    )
    return Listing(OF_CHECKS, tuple(lines))


def _value(value: float | None, speech: Speech) -> str:
    return NONE if value is None else speech.decimal(value, 2)


def _count(number: int | None, speech: Speech) -> str:
    return NONE if number is None else speech.count(number)
