"""What every published mix of speed and offer would come to in every segment, and how these estimates move together.

Gains against today are published with loadings of their CV3 covariance: one factor per large cluster, and few
directions shared by all smaller ones (principal axes of the gains without each cluster). Any mix of cells then gets its
interval by arithmetic.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from scipy import stats

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.thresholds import FEWEST_IN_CELL, FEWEST_NEAR, LARGEST_UNEXPLAINED_SHARE
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import UnmeasuredScenario
from pipelines.contracts.messages.plans import FreeSpeed, OneClusterSegment, Untried
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.models.arrays import Flags, Floats
from pipelines.models.ask.handling import NEAR_SHARE
from pipelines.models.fit.newton import Fit
from pipelines.policy.company import Company
from pipelines.policy.learnt.joint import POPULATION, Joint, at
from pipelines.policy.plans.grades import Grades
from pipelines.policy.plans.grid import Grid, solve_grid

MINUTES: tuple[float | None, ...] = (None, 15.0, 60.0, 240.0, 1440.0)
SHARES: tuple[float | None, ...] = (None, 0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
SETTINGS = tuple((minutes, share) for minutes in MINUTES for share in SHARES)
MOST_LARGE_CLUSTERS = 20


@dataclass(frozen=True)
class Scenarios:
    """Every mix of promise and offer, and how their gains move together."""

    cells: tuple[ScenarioCell, ...]
    factors: tuple[ScenarioFactor, ...] = ()


def scenarios_of(joint: Joint, fit: Fit, company: Company, grades: Grades) -> Scenarios:
    """Rows of ``scenario_cells`` and ``scenario_factors``; only supported cells carry numbers and loadings."""
    grid = solve_grid(joint, fit, [at(*setting) for setting in SETTINGS])
    levels = _levels(grid)
    rows = list(_cells(joint, company.speed_cost_per_hour))
    alone: Flags = np.asarray(np.isnan(grid.without).any(axis=(0, 2)))
    cells = [_with_level(row, levels[j], bool(alone[j // len(SETTINGS)]), grades) for j, row in enumerate(rows)]
    moves = deviations(grid)
    moves[:, [not cell.supported for cell in cells]] = 0.0
    own, shared, df = factors(moves)
    return Scenarios(
        tuple(replace(cell, df_common=df) for cell in cells),
        (*_loadings(own, 0, common=False), *_loadings(shared, len(own), common=True)),
    )


@dataclass(frozen=True)
class _Level:
    """Customers per 100 under a cell's setting, with error, limits and degrees of freedom."""

    estimate: float
    std_error: float
    ci_low: float
    ci_high: float
    df: float


def _with_level(row: ScenarioCell, level: _Level, alone: bool, grades: Grades) -> ScenarioCell:
    """What a cell's row says: numbers and grade inside support, else only why not."""
    if not row.supported or alone:
        why = OneClusterSegment() if alone else Untried()
        return replace(row, supported=False, verdict=Verdict.NOT_ESTIMABLE, reasons=(why,))
    return replace(
        row, estimate=level.estimate, std_error=level.std_error, ci_low=level.ci_low, ci_high=level.ci_high,
        df=level.df, grade=grades.of(row.minutes, row.share),
    )  # fmt: skip


def _levels(grid: Grid) -> list[_Level]:
    """Estimate and interval of every cell, per 100; cells of a segment together, today's setting first."""
    psi = 100.0 * grid.psi.ravel()
    d, clusters = _moves(100.0 * grid.without.reshape(len(grid.without), -1) - psi)
    squares = (d**2).sum(axis=0)
    error = np.sqrt((clusters - 1) / clusters * squares)
    df = np.maximum(squares**2 / np.maximum((d**4).sum(axis=0), 1e-300), 1.0)
    half = stats.t.ppf(0.975, df) * error
    columns = zip(psi, error, psi - half, psi + half, df, strict=True)
    return [_Level(*map(float, values)) for values in columns]


def _moves(d: Floats) -> tuple[Floats, Floats]:
    """Moves of every cell without each cluster, 0 where it is all of the cell's segment, and clusters that count."""
    known = np.isfinite(d)
    return np.where(known, d, 0.0), np.maximum(known.sum(axis=0), 1).astype(float)


def _cells(joint: Joint, hourly: float | None) -> Iterator[ScenarioCell]:
    """Every setting in every segment before its numbers: whom it speaks of, what it costs, how many were treated so."""
    aim, free = joint.question.aim, () if hourly is not None else (FreeSpeed(),)
    cells = count()
    for code, segment in enumerate(joint.segments.names):
        rank, service = joint.segments.parts(code)
        tier = joint.segments.tiers[rank]
        inside, alike = joint.segments.code == code, joint.segments.tier == rank
        loss, cost, margin = (float(v[inside].mean()) for v in (joint.whole_loss, joint.cost, joint.margin))
        for minutes, share in SETTINGS:
            close = _close(joint, minutes, share)
            near, hours = int((close & inside).sum()), _hours_saved(joint, inside, minutes)
            yield ScenarioCell(
                segment, cell=next(cells), severity=tier.mildest, severity_to=tier.gravest, or_graver=tier.or_graver,
                severity_rank=rank + 1, service=joint.segments.services[service], minutes=minutes, share=share,
                outcome=aim.outcome.id, horizon_days=aim.horizon_days, population=POPULATION,
                unit=Unit.PER_100_CUSTOMERS, hours_sooner=hours,
                cost=(hourly or 0.0) * hours + (cost if share is None else share * loss),
                price_per_hour=hourly, margin=margin, n=int(inside.sum()), n_near=near,
                supported=near >= FEWEST_IN_CELL and int((close & alike).sum()) >= FEWEST_NEAR,
                caveats=(UnmeasuredScenario(), *joint.caveats), reasons=free,
            )  # fmt: skip


def _hours_saved(joint: Joint, inside: Flags, minutes: float | None) -> float:
    """Mean hours sooner than today, per incident."""
    waited = np.expm1(joint.log_minutes[inside])
    return 0.0 if minutes is None else float(np.maximum(waited - minutes, 0.0).mean()) / 60.0


def _close(joint: Joint, minutes: float | None, share: float | None) -> Flags:
    """Who was answered within so many minutes and given about so much."""
    close = np.ones(len(joint.y), dtype=bool)
    if minutes is not None:
        close &= joint.log_minutes <= np.log1p(minutes) + 1e-9
    if share is not None:
        close &= (joint.share == 0.0) if share == 0.0 else (np.abs(joint.share - share) <= NEAR_SHARE)
    return close


def deviations(grid: Grid) -> Floats:
    """Gains against today without each cluster, less the estimates, per 100; squares add up to variances (G, m)."""
    gains = grid.psi - grid.psi[:, [0]]
    d, clusters = _moves(100.0 * (grid.without - grid.without[:, :, [0]] - gains).reshape(len(grid.without), -1))
    return np.asarray(d * np.sqrt(1.0 - 1.0 / clusters))


def factors(d: Floats) -> tuple[Floats, Floats, float]:
    """Loadings of the clusters that move most, shared loadings of all others, and the degrees of freedom of these.

    Shared ones are as few as leave ``LARGEST_UNEXPLAINED_SHARE`` of no cell's variance out.
    """
    variance = np.maximum((d**2).sum(axis=0), 1e-300)
    order = np.argsort(-((d**2) / variance).sum(axis=1), kind="stable")
    own, rest = d[order[:MOST_LARGE_CLUSTERS]], d[order[MOST_LARGE_CLUSTERS:]]
    squares: Floats = np.asarray((rest**2).sum(axis=0))
    moving = np.flatnonzero(squares > 0)
    if len(moving) == 0:
        return own, np.zeros((0, d.shape[1])), float(len(d))
    df = float(np.median(squares[moving] ** 2 / (rest[:, moving] ** 4).sum(axis=0)))
    return own, _axes(rest, variance), df


def _axes(rest: Floats, variance: Floats) -> Floats:
    """Principal axes of the smaller clusters' deviations, in units of each cell's own error."""
    unit = rest / np.sqrt(variance)
    values, vectors = np.linalg.eigh(unit.T @ unit)
    loadings = (vectors * np.sqrt(np.maximum(values, 0.0))).T[::-1]
    left = (unit**2).sum(axis=0) - np.cumsum(loadings**2, axis=0)
    enough = int(np.argmax((left <= LARGEST_UNEXPLAINED_SHARE).all(axis=1))) + 1
    return np.asarray(loadings[:enough] * np.sqrt(variance))


def _loadings(loadings: Floats, first: int, *, common: bool) -> Iterator[ScenarioFactor]:
    for factor, loading in enumerate(loadings, start=first):
        for cell in np.flatnonzero(loading):
            yield ScenarioFactor(int(cell), factor, common, float(loading[cell]))


def no_scenarios(*reasons: Reason) -> Scenarios:
    """The one row of ``scenario_cells`` that says why there is none and what to add."""
    row = ScenarioCell(
        "", cell=0, population=POPULATION, unit=Unit.PER_100_CUSTOMERS, supported=False, verdict=Verdict.NOT_ESTIMABLE,
        reasons=reasons,
    )  # fmt: skip
    return Scenarios((row,))
