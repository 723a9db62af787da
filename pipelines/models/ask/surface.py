"""Speed and compensation together: one joint surface of both, and what an hour is worth in money.

Joint interventions among answered incidents: everyone answered within τ and given the share c, against what was done.
The exchange rate is the extra share of the loss, given to everyone at today's times, that gains what a promise gains.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipelines.contracts.catalog.estimation import At, Band, ContrastKind, Series, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import FEWEST_NEAR
from pipelines.contracts.catalog.treatments import (
    COMPENSATION_LADDER_SHARE,
    SPEED_LADDER_MINUTES,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.messages.estimation import NoExchangeRate
from pipelines.contracts.messages.grounds import Limited, RatioOfObservations
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.handling import GRID, LARGEST_SHARE, LOG_MINUTES, NEAR_SHARE, SHARE
from pipelines.models.ask.plan import joint_aim
from pipelines.models.ask.speed import NEAR_LOG_MINUTES
from pipelines.models.fit.solve import Solved, solve
from pipelines.models.fit.terms import Linear, Product, Spline
from pipelines.models.question import Level, Question, unchanged
from pipelines.models.rows import Results, asked, estimated, not_estimable

EXTRA_SHARES = tuple(float(x) for x in np.arange(0.0, 1.0 + 1e-9, 0.1))
PROMISE_MINUTES = 60
EXCHANGE = Level(ContrastKind.EXCHANGE, At.TODAY, f"{PROMISE_MINUTES}")


def together(minutes: float, share: float) -> Callable[[Table], Table]:
    """Everyone answered within so many minutes and given this share."""
    return lambda table: {
        LOG_MINUTES: np.minimum(table[LOG_MINUTES], np.log1p(minutes)),
        SHARE: np.full_like(table[SHARE], share),
    }


def sooner(minutes: float) -> Callable[[Table], Table]:
    """Everyone answered within so many minutes, money as it was."""
    return lambda table: {LOG_MINUTES: np.minimum(table[LOG_MINUTES], np.log1p(minutes))}


def more(extra: float) -> Callable[[Table], Table]:
    """Everyone given so much more of the loss, times as they were."""
    return lambda table: {SHARE: np.minimum(table[SHARE] + extra, LARGEST_SHARE)}


def surface(question: Question) -> Results:
    """The surface of a compensation question: curve rows with x in minutes and x2 in shares, and the exchange rate."""
    joint = _joint(question)
    grid = [(float(tau), share) for tau in SPEED_LADDER_MINUTES for share in COMPENSATION_LADDER_SHARE]
    scenarios = [
        unchanged,
        *(together(*cell) for cell in grid),
        sooner(PROMISE_MINUTES),
        *(more(x) for x in EXTRA_SHARES),
    ]
    solved = solve(joint, scenarios)
    exchange = _exchange(solved, 1 + len(grid))
    return Results([exchange], [_cell(solved, j, cell, exchange) for j, cell in enumerate(grid, start=1)])


def _joint(question: Question) -> Question:
    """Speed moves from the covariates to the treatment, with its slope differing by share."""
    speed = tuple(t for t in question.covariates if isinstance(t, Spline | Linear) and t.source == LOG_MINUTES)
    rest = tuple(t for t in question.covariates if t not in speed)
    product = Product(Linear(LOG_MINUTES), Linear(SHARE))
    treatment = (*speed, *question.treatment, product)
    return replace(question, aim=joint_aim(question.aim), covariates=rest, treatment=treatment)


def _cell(solved: Solved, scenario: int, cell: tuple[float, float], parent: Effect) -> CurvePoint:
    question, scale = solved.question, solved.question.aim.scale
    found, table = solved.contrast(scenario), question.sample.table
    near = np.abs(table[LOG_MINUTES] - np.log1p(cell[0])) <= 2 * NEAR_LOG_MINUTES
    near &= np.abs(table[SHARE] - cell[1]) <= max(NEAR_SHARE, GRID)
    return CurvePoint(
        parent.effect_id, Series.SURFACE, cell[0], Unit.MINUTES, estimate=scale * found.estimate,
        ci_low=scale * found.ci_low, ci_high=scale * found.ci_high, band=Band.POINTWISE,
        supported=bool(near.sum() >= FEWEST_NEAR), n_near=int(near.sum()), x2=cell[1], x2_unit=Unit.SHARE_OF_THE_LOSS,
    )  # fmt: skip


def _exchange(solved: Solved, first: int) -> Effect:
    """Extra share of the loss that gains as much as answering everyone within the promise."""
    row = replace(asked(solved.question.aim, EXCHANGE, Spec.ADJUSTED, solved.se_type), unit=Unit.SHARE_OF_THE_LOSS)
    everything = (solved.means.psi[None, :], *solved.without)
    rates = [_rate(means[:, first] - means[:, 0], means[:, first + 1 :] - means[:, [0]]) for means in everything]
    if not np.isfinite(rates[0][0]):
        return not_estimable(row, NoExchangeRate())
    top = EXTRA_SHARES[-1]
    found = solved.combined(float(rates[0][0]), [np.nan_to_num(r, nan=top) for r in rates[1:]])
    return replace(
        estimated(row, found),
        ci_low=max(found.ci_low, 0.0),
        ci_high=min(found.ci_high, top),
        p_value=None,
        n_incidents=len(solved.question.sample.y),
        n_clusters=solved.question.sample.clusters,
        grade=Grade.C,
        reasons=(Limited((RatioOfObservations(),)),),
    )


def _rate(gain: Floats, by_extra: Floats) -> Floats:
    """Per row, the extra share at which its curve first reaches the gain; NaN when it doesn't or the gain isn't one."""
    x = np.array(EXTRA_SHARES)
    reaches = by_extra >= gain[:, None]
    first = np.argmax(reaches, axis=1)
    before, rows = np.maximum(first - 1, 0), np.arange(len(gain))
    rise = by_extra[rows, first] - by_extra[rows, before]
    part = np.where(rise > 0, (gain - by_extra[rows, before]) / np.where(rise > 0, rise, 1.0), 0.0)
    rate = x[before] + part * (x[first] - x[before])
    return np.where(reaches.any(axis=1) & (gain > 0), rate, np.nan)
