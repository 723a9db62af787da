"""Scenario cells and factors: every mix of promise and offer gets its interval from them by arithmetic."""

from dataclasses import dataclass

from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Caveat, Population, Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class ScenarioCell(Published):
    """Customers per 100 if everyone in a segment were answered within ``minutes`` and given ``share`` of the loss.

    ``severity`` to ``severity_to`` as in offers. Null minutes or share: as today. ``cost``: compensation and declared
    cost of speed per incident, of which speed is ``hours_sooner`` (per incident) times the declared ``price_per_hour``
    (null: none is, and speed counts as free); ``margin``: of one customer. A row without ``n`` says why there are no
    cells.
    """

    TABLE = "scenario_cells"

    segment: str
    cell: int | None = None
    severity: str | None = None
    severity_to: str | None = None
    or_graver: bool = False
    severity_rank: int | None = None
    service: str | None = None
    minutes: float | None = None
    share: float | None = None
    outcome: str | None = None
    horizon_days: int | None = None
    population: Population | None = None
    estimate: float | None = None
    std_error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    df: float | None = None
    unit: Unit | None = None
    cost: float | None = None
    hours_sooner: float | None = None
    price_per_hour: float | None = None
    margin: float | None = None
    n: int | None = None
    n_near: int | None = None
    supported: bool | None = None
    df_common: float | None = None
    grade: Grade | None = None
    caveats: tuple[Caveat, ...] = ()
    verdict: Verdict = Verdict.ESTIMATED
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioFactor(Published):
    """How one cell moves with one factor: the covariance of two cells is the sum of products of their loadings.

    A factor is one large cluster of incidents, or (``common``) a direction shared by all the smaller ones.
    """

    TABLE = "scenario_factors"

    cell: int
    factor: int
    common: bool
    loading: float
