"""Where more compensation stops adding: the smallest share whose gain is within half a point of the best supported one.

Its interval is where curves drawn from the estimate's own error stop, widened to the jackknife's where that is wider:
the place of a maximum doesn't move smoothly with the data, and leaving clusters out alone comes out too short
(docs/validation.md). Still rising at the last supported share: not
reached. Where the band of the whole curve shows no gain anywhere, there is nothing that could stop.
"""

from dataclasses import replace

import numpy as np

from pipelines.contracts.catalog.estimation import At, ContrastKind, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import FEWEST_CURVE_POINTS, FEWEST_NEAR
from pipelines.contracts.catalog.thresholds import STOPPING_TOLERANCE_POINTS as TOLERANCE_POINTS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.messages.estimation import NoClearGain, StillRising, TooFewSharesGiven
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.interval import LEVEL, bands
from pipelines.models.fit.solve import Solved
from pipelines.models.question import Level
from pipelines.models.rows import asked, estimated, not_estimable

_DRAWS, _SEED = 4_000, 20_250_101
STOPPING = Level(ContrastKind.STOPPING_POINT, At.NO_SHARE, At.NOT_FIXED)


def stopping_point(solved: Solved, grade: Grade | None) -> Effect:
    """The row for a solved dose question with its curve after the contrasts; shares of the loss."""
    question = solved.question
    row = replace(asked(question.aim, STOPPING, Spec.STOPPING_POINT, solved.se_type), unit=Unit.SHARE_OF_THE_LOSS)
    places = np.array(
        [j for j, p in enumerate(question.curve) if p.n_near >= FEWEST_NEAR or p.x == 0.0], dtype=np.int64
    )
    first = 1 + len(question.contrasts)
    x = np.array([question.curve[j].x for j in places])
    if len(x) < FEWEST_CURVE_POINTS:
        return not_estimable(row, TooFewSharesGiven())
    sign = 1.0 if question.aim.outcome.higher_is_better else -1.0
    curves = [_gains(w, first + places, sign) for w in (solved.means.psi[None, :], *solved.without)]
    found = _stops(curves[0], x, question.aim.scale)[0]
    if bands(curves[0][0], curves[1]).low_everywhere.max() <= 0:
        return not_estimable(row, NoClearGain())
    if not np.isfinite(found):
        return not_estimable(row, StillRising(float(x[-1])))
    result = solved.combined(
        float(found), [np.nan_to_num(_stops(c, x, question.aim.scale), nan=x[-1]) for c in curves[1:]]
    )
    drawn = np.nan_to_num(_stops(_drawn(curves[0][0], curves[1]), x, question.aim.scale), nan=x[-1])
    low, high = (float(np.quantile(drawn, q)) for q in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    low, high = max(min(low, result.ci_low), 0.0), min(max(high, result.ci_high), float(x[-1]))
    return replace(
        estimated(row, result), ci_low=low, ci_high=high, p_value=None, n_incidents=len(question.sample.y),
        n_clusters=question.sample.clusters, grade=grade,
    )  # fmt: skip


def _gains(means: Floats, scenarios: Ints, sign: float) -> Floats:
    return np.asarray(sign * (means[:, scenarios] - means[:, [0]]))


def _drawn(gains: Floats, without: Floats) -> Floats:
    """Curves (draws, m) around ``gains`` (m,) that vary together as the jackknife says, with its degrees of freedom."""
    d = without[np.isfinite(without).all(axis=1)] - gains
    squares = (d * d).sum(axis=0)
    df = float(np.median(squares[squares > 0] ** 2 / (d**4).sum(axis=0)[squares > 0])) if squares.any() else 1.0
    values, vectors = np.linalg.eigh((len(d) - 1) / len(d) * d.T @ d)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    rng = np.random.default_rng(_SEED)
    spread = np.sqrt(max(df, 1.0) / rng.chisquare(max(df, 1.0), _DRAWS))
    return np.asarray(gains + spread[:, None] * (rng.standard_normal((_DRAWS, root.shape[1])) @ root.T))


def _stops(gains: Floats, x: Floats, scale: float) -> Floats:
    """First x, interpolated, where each curve (rows) comes within the tolerance of its best; NaN when still rising."""
    best = gains.max(axis=1, keepdims=True)
    wanted = best[:, 0] - TOLERANCE_POINTS / scale
    first = np.argmax(gains >= wanted[:, None], axis=1)
    before = np.maximum(first - 1, 0)
    rows = np.arange(len(gains))
    rise = gains[rows, first] - gains[rows, before]
    part = np.where(rise > 0, (wanted - gains[rows, before]) / np.where(rise > 0, rise, 1.0), 0.0)
    stop = x[before] + np.clip(part, 0.0, 1.0) * (x[first] - x[before])
    return np.where(np.argmax(gains, axis=1) == len(x) - 1, np.nan, stop)
