"""Answers to "reach so many of these within so long and give so much", by arithmetic on published cells alone.

Whoever is reached is drawn at random within the segment, so a scenario is a weighted sum of cells and its error follows
from their loadings. numpy only: pages import this and nothing else of the estimation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipelines.contracts.answers import Answer
from pipelines.contracts.catalog.plans import Held
from pipelines.contracts.messages.plans import PartsLeftAsTheyAre, Untried
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor

Floats = NDArray[np.float64]

# 97.5 % quantiles of Student's t where the expansion below is too coarse, by degrees of freedom.
_FEW_DF = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
_FEW_T = (12.7062, 8.6488, 6.0167, 4.3027, 3.5747, 3.1824, 2.7764, 2.5706)
_Z = 1.959963985
# What is held as it is today, by whether a promise and an offer are set.
HELD = {
    (False, False): Held.EVERYTHING,
    (True, False): Held.COMPENSATION,
    (False, True): Held.SPEED,
    (True, True): Held.NOTHING,
}


class NoSuchCellError(ValueError):
    """No published cell has the segments, minutes and share that were asked about."""


@dataclass(frozen=True)
class Request:
    """Everyone answered within ``minutes`` and given ``share`` of the loss (None: as today), for a share of incidents.

    ``segments`` by name (None: all); ``reached`` from 0 to 1: the part of each segment that it is done for.
    """

    segments: frozenset[str] | None = None
    minutes: float | None = None
    share: float | None = None
    reached: float = 1.0

    def __post_init__(self) -> None:
        """Raise ValueError for a part of each segment that is none."""
        if not 0.0 <= self.reached <= 1.0:
            raise ValueError(f"reached: {self.reached}")


@dataclass(frozen=True)
class Choices:
    """What can be asked: the published segments, promises in minutes and shares of the loss."""

    segments: tuple[str, ...]
    minutes: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Factors:
    """Loadings (r, m) of the gains of cells 0…m−1; ``common`` (r,) marks those shared by the smaller clusters."""

    loadings: Floats
    common: NDArray[np.bool_]


def choices(cells: Sequence[ScenarioCell]) -> Choices:
    """The levels that were asked of the data, inside support or not."""
    asked = asked_cells(cells)
    return Choices(
        segments=tuple(dict.fromkeys(c.segment for c in asked)),
        minutes=tuple(sorted({c.minutes for c in asked if c.minutes is not None})),
        shares=tuple(sorted({c.share for c in asked if c.share is not None})),
    )


def asked_cells(cells: Iterable[ScenarioCell]) -> list[ScenarioCell]:
    """Rows that are a cell at all, and not the one that says why there are none."""
    return [c for c in cells if c.n is not None]


def factors_of(rows: Iterable[ScenarioFactor], cells: int) -> Factors:
    """The loadings as a matrix, from rows of ``scenario_factors`` and the number of cells."""
    table = list(rows)
    number = 1 + max((row.factor for row in table), default=-1)
    loadings, common = np.zeros((number, cells)), np.zeros(number, dtype=bool)
    for row in table:
        loadings[row.factor, row.cell] = row.loading
        common[row.factor] = row.common
    return Factors(loadings, common)


@dataclass(frozen=True)
class _Changed:
    """A segment's cell as requested, beside the same segment left as it is."""

    to: ScenarioCell
    today: ScenarioCell

    @property
    def segment(self) -> str:
        return self.to.segment

    @property
    def supported(self) -> bool:
        return bool(self.to.supported)

    @property
    def n(self) -> int:
        return self.today.n or 0

    @property
    def n_near(self) -> int:
        return self.to.n_near or 0


def answer(cells: Sequence[ScenarioCell], factors: Factors, request: Request) -> Answer:
    """The scenario's gain, cost and money with 95 % intervals; what lies outside support is left as it is.

    Raises :class:`NoSuchCellError` for segments, minutes or a share that no cell was published for.
    """
    changed = _changed(cells, request)
    if not changed:
        raise NoSuchCellError(request)
    inside, total = [c for c in changed if c.supported], sum(c.n for c in changed)
    unknown = _unanswered(changed, inside, request, total)
    if not inside:
        return unknown
    reasoned = replace(unknown, reasons=() if unknown.supported else (PartsLeftAsTheyAre(),))
    return _summed(reasoned, _terms(inside, request, total), factors, changed[0].to.df_common or 1.0)


def _changed(cells: Sequence[ScenarioCell], request: Request) -> list[_Changed]:
    asked = [c for c in asked_cells(cells) if request.segments is None or c.segment in request.segments]
    today = {c.segment: c for c in asked if c.minutes is None and c.share is None}
    return [
        _Changed(c, today[c.segment]) for c in asked if (c.minutes, c.share) == (request.minutes, request.share)
    ]  # fmt: skip


def compare(cells: Sequence[ScenarioCell], factors: Factors, one: Request, other: Request) -> Answer:
    """What ``one`` brings more than ``other``, over the segments in which both lie inside support.

    Both must ask about the same segments; raises :class:`NoSuchCellError` as :func:`answer` does.
    """
    first, second = _changed(cells, one), _changed(cells, other)
    if not first or len(first) != len(second):
        raise NoSuchCellError(one, other)
    both = {c.segment for c in first if c.supported} & {c.segment for c in second if c.supported}
    mine, theirs = ([c for c in changed if c.segment in both] for changed in (first, second))
    total = sum(c.n for c in first)
    unknown = replace(
        _unanswered(first, mine, one, total), supported=len(mine) == len(first),
        outside=tuple(c.segment for c in first if c.segment not in both),
        n_near=min((c.n_near for c in (*mine, *theirs)), default=0), held=Held.COMPARED,
        grade=max((c.to.grade for c in (*mine, *theirs) if c.to.grade), default=None),
    )  # fmt: skip
    if not mine:
        return unknown
    terms = [*_terms(mine, one, total), *_negative(_terms(theirs, other, total))]
    return _summed(replace(unknown, reasons=()), terms, factors, first[0].to.df_common or 1.0)


@dataclass(frozen=True)
class _Term:
    """One cell's part of a sum: its gain and margin per customer, its weight, and what it costs more per incident."""

    cell: int
    gain: float
    margin: float
    weight: float
    cost: float


def _terms(inside: Sequence[_Changed], request: Request, total: int) -> list[_Term]:
    return [
        _Term(
            c.to.cell or 0, (c.to.estimate or 0.0) - (c.today.estimate or 0.0), c.to.margin or 0.0,
            request.reached * c.n / total, (c.to.cost or 0.0) - (c.today.cost or 0.0),
        )
        for c in inside
    ]  # fmt: skip


def _negative(terms: list[_Term]) -> list[_Term]:
    return [replace(term, weight=-term.weight) for term in terms]


def _summed(unknown: Answer, terms: list[_Term], factors: Factors, df_common: float) -> Answer:
    """The answer with its numbers; costs are known, gains are not."""
    cost = sum(t.weight * t.cost for t in terms)
    gain, half, df = _interval([(t.cell, t.weight, t.gain) for t in terms], factors, df_common)
    worth, half_worth, _ = _interval([(t.cell, t.weight * t.margin / 100.0, t.gain) for t in terms], factors, df_common)
    return replace(
        unknown, gain=gain, low=gain - half, high=gain + half, value=worth - cost, value_low=worth - cost - half_worth,
        value_high=worth - cost + half_worth, cost=cost, df=df,
    )  # fmt: skip


def _unanswered(changed: Sequence[_Changed], inside: Sequence[_Changed], request: Request, total: int) -> Answer:
    """The answer before any number: what was asked, of whom, and what lies outside support."""
    return Answer(
        gain=None, low=None, high=None, value=None, value_low=None, value_high=None, cost=None, n=total,
        n_near=min((c.n_near for c in inside), default=0), df=None, supported=len(inside) == len(changed),
        outside=tuple(c.segment for c in changed if not c.supported),
        held=HELD[request.minutes is not None, request.share is not None],
        grade=max((c.to.grade for c in inside if c.to.grade), default=None), caveats=changed[0].to.caveats,
        reasons=(Untried(),),
    )  # fmt: skip


def _interval(
    terms: Sequence[tuple[int, float, float]], factors: Factors, df_common: float
) -> tuple[float, float, float]:
    """Weighted sum of the gains of cells (cell, weight, gain), half the width of its 95 % interval, its df."""
    estimate = sum(weight * gain for _, weight, gain in terms)
    moves = factors.loadings[:, [cell for cell, *_ in terms]] @ np.array([weight for _, weight, _ in terms])
    shared = float((moves[factors.common] ** 2).sum())
    own = moves[~factors.common] ** 2
    variance = shared + float(own.sum())
    if variance <= 0.0:
        return estimate, 0.0, df_common
    df = max(variance**2 / (float((own**2).sum()) + shared**2 / df_common), 1.0)
    return estimate, t_quantile(df) * float(np.sqrt(variance)), df


def t_quantile(df: float) -> float:
    """97.5 % quantile of Student's t: Abramowitz & Stegun 26.7.5 from 5 degrees of freedom, a table below."""
    if df < _FEW_DF[-1]:
        return float(np.exp(np.interp(1.0 / df, 1.0 / np.array(_FEW_DF[::-1]), np.log(_FEW_T[::-1]))))
    z = _Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return float(z + sum(term / df ** (j + 1) for j, term in enumerate(terms)))
