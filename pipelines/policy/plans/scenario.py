"""Answers to "reach so many of these within so long and give so much", by arithmetic on published cells alone.

Whoever is reached is drawn at random within the segment, so a scenario is a weighted sum of cells and its error follows
from their loadings. numpy only: pages import this and nothing else of the estimation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.contracts.answers import Answer

Row = Any
Floats = NDArray[np.float64]

# 97.5 % quantiles of Student's t where the expansion below is too coarse, by degrees of freedom.
_FEW_DF = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
_FEW_T = (12.7062, 8.6488, 6.0167, 4.3027, 3.5747, 3.1824, 2.7764, 2.5706)
_Z = 1.959963985
HELD = {
    (False, False): "nothing is changed",
    (True, False): "compensation held as it is today",
    (False, True): "speed held as it is today",
    (True, True): "speed and compensation both set",
}


@dataclass(frozen=True)
class Request:
    """Everyone answered within ``minutes`` and given ``share`` of the loss (None: as today), for a share of incidents.

    ``segments`` by name (None: all); ``reached`` from 0 to 1: the part of each segment that it is done for.
    """

    segments: frozenset[str] | None = None
    minutes: float | None = None
    share: float | None = None
    reached: float = 1.0


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


def choices(cells: Sequence[Row]) -> Choices:
    """The levels that were asked of the data, inside support or not."""
    asked = [c for c in cells if _asked(c)]
    return Choices(
        segments=tuple(dict.fromkeys(c["segment"] for c in asked)),
        minutes=tuple(sorted({c["minutes"] for c in asked if c["minutes"] is not None})),
        shares=tuple(sorted({c["share"] for c in asked if c["share"] is not None})),
    )


def _asked(cell: Row) -> bool:
    """Whether a row is a cell at all, and not the one that says why there are none."""
    return cell["n"] is not None


def factors_of(rows: Iterable[Row], cells: int) -> Factors:
    """The loadings as a matrix, from rows of ``scenario_factors`` and the number of cells."""
    table = [(r["factor"], r["cell"], r["loading"], r["common"]) for r in rows]
    number = 1 + max((factor for factor, *_ in table), default=-1)
    loadings, common = np.zeros((number, cells)), np.zeros(number, dtype=bool)
    for factor, cell, loading, shared in table:
        loadings[factor, cell] = loading
        common[factor] = shared
    return Factors(loadings, common)


def answer(cells: Sequence[Row], factors: Factors, request: Request) -> Answer:
    """The scenario's gain, cost and money with 95 % intervals; ValueError for levels that aren't published."""
    if not 0.0 <= request.reached <= 1.0:
        raise ValueError("reached is a share from 0 to 1")
    pairs = _pairs(cells, request)
    if not pairs:
        raise ValueError("no published cell has these segments, minutes and share")
    inside = [(cell, today) for cell, today in pairs if cell["supported"]]
    return _answer(pairs, inside, factors, request)


def _pairs(cells: Sequence[Row], request: Request) -> list[tuple[Row, Row]]:
    """Each segment's cell with the same segment left as it is."""
    asked = [
        c for c in cells
        if _asked(c) and (request.segments is None or c["segment"] in request.segments)
    ]  # fmt: skip
    today = {c["segment"]: c for c in asked if c["minutes"] is None and c["share"] is None}
    return [(c, today[c["segment"]]) for c in asked if (c["minutes"], c["share"]) == (request.minutes, request.share)]


def _answer(pairs: list[tuple[Row, Row]], inside: list[tuple[Row, Row]], factors: Factors, request: Request) -> Answer:
    total = sum(today["n"] for _, today in pairs)
    unknown = _unanswered(pairs, inside, request, total)
    if not inside:
        return unknown
    reason = "" if unknown.supported else "Parts with too few similar cases are left as they are."
    return _summed(replace(unknown, reason=reason), _terms(inside, request, total), factors, pairs[0][0]["df_common"])


def compare(cells: Sequence[Row], factors: Factors, one: Request, other: Request) -> Answer:
    """What ``one`` brings more than ``other``, over the segments in which both lie inside support.

    Both must ask about the same segments; ValueError as in :func:`answer`.
    """
    first, second = _pairs(cells, one), _pairs(cells, other)
    if not first or len(first) != len(second):
        raise ValueError("no published cell has these segments, minutes and share")
    both = {c["segment"] for c, _ in first if c["supported"]} & {c["segment"] for c, _ in second if c["supported"]}
    mine, theirs = ([(c, today) for c, today in pairs if c["segment"] in both] for pairs in (first, second))
    total = sum(today["n"] for _, today in first)
    unknown = _unanswered(first, mine, one, total)
    unknown = replace(
        unknown, supported=len(mine) == len(first),
        outside=tuple(c["segment"] for c, _ in first if c["segment"] not in both),
        n_near=min((c["n_near"] for c, _ in (*mine, *theirs)), default=0), held="one compared with the other",
        grade=max((c["grade"] for c, _ in (*mine, *theirs) if c["grade"]), default=None),
    )  # fmt: skip
    if not mine:
        return unknown
    terms = [*_terms(mine, one, total), *_negative(_terms(theirs, other, total))]
    return _summed(replace(unknown, reason=""), terms, factors, first[0][0]["df_common"])


@dataclass(frozen=True)
class _Term:
    """One cell's part of a sum: its gain and margin per customer, its weight, and what it costs more per incident."""

    cell: int
    gain: float
    margin: float
    weight: float
    cost: float


def _terms(inside: list[tuple[Row, Row]], request: Request, total: int) -> list[_Term]:
    return [
        _Term(
            c["cell"], c["estimate"] - today["estimate"], c["margin"], request.reached * today["n"] / total,
            c["cost"] - today["cost"],
        )
        for c, today in inside
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


def _unanswered(pairs: list[tuple[Row, Row]], inside: list[tuple[Row, Row]], request: Request, total: int) -> Answer:
    """The answer before any number: what was asked, of whom, and what lies outside support."""
    first = pairs[0][0]
    return Answer(
        gain=None, low=None, high=None, value=None, value_low=None, value_high=None, cost=None, n=total,
        n_near=min((c["n_near"] for c, _ in inside), default=0), df=None, supported=len(inside) == len(pairs),
        outside=tuple(c["segment"] for c, _ in pairs if not c["supported"]),
        held=HELD[request.minutes is not None, request.share is not None], unit=first["currency"] or "",
        grade=max((c["grade"] for c, _ in inside if c["grade"]), default=None), assumption=first["assumption"] or "",
        reason="Too few incidents were ever treated so: outside what the data can tell. Test it first.",
    )  # fmt: skip


def _interval(
    terms: Sequence[tuple[int, float, float]], factors: Factors, df_common: float
) -> tuple[float, float, float]:
    """Weighted sum of the gains of cells (cell, weight, gain), half the width of its 95 % interval, its df."""
    estimate = sum(weight * gain for _, weight, gain in terms)
    moved = factors.loadings[:, [cell for cell, *_ in terms]] @ np.array([weight for _, weight, _ in terms])
    shared = float((moved[factors.common] ** 2).sum())
    own = moved[~factors.common] ** 2
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
