"""Curves: the points of a dose or speed curve."""

from dataclasses import dataclass

from pipelines.contracts.catalog.estimation import Band, Series
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class CurvePoint(Published):
    """One point of one series of an effect's curve, with one kind of band.

    ``effect_id``: the effect the curve hangs on, whose unit the estimates carry. ``n_near``: incidents treated about
    so. ``x2`` is the second axis of a surface.
    """

    TABLE = "curves"

    effect_id: str
    series: Series
    x: float
    x_unit: Unit
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    band: Band
    supported: bool
    n_near: int | None
    x2: float | None = None
    x2_unit: Unit | None = None
    grade: Grade | None = None
