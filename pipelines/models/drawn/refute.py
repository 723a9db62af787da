"""Whether a declared draw can be believed: several looks at what it must have left alike, one family at 1 %.

A look gives the chance that the draw, as declared, leaves arms so unlike. None of them proves a draw; each can refute
it: another group that was added as an arm, another unit than was said, shares that are others, arms that came one after
the other. What left no trace in the records passes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from pipelines.contracts.catalog.thresholds import DRAW_LEVEL
from pipelines.contracts.experiments.draw import Sign
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.drawn.draws import Draws, Units, counts
from pipelines.models.drawn.exchange import DOUBTED_P, DOUBTED_UNITS, concordance, exchanged
from pipelines.models.drawn.family import holm

_TIMES, _FEWEST_A_TIME, _FEWEST_A_LEVEL, _MOST_LEVELS = 10, 20, 5, 40
_REDRAWS, _SEED = 20_000, 20_261_204


@dataclass(frozen=True)
class Before:
    """What of the N rows was there before the lots: numbers (N, q) by name, label codes, days, and coarser groups.

    ``groups``: what several units have in common and might have been drawn by instead, codes with −1 for none.
    """

    numbers: Floats
    names: tuple[str, ...]
    labels: Mapping[str, Ints]
    day: Ints
    groups: Mapping[str, Ints]


@dataclass(frozen=True)
class Look:
    """One look: the chance of what it saw under the declared draw; ``subject``: the column, arm or group it was."""

    sign: Sign
    p_value: float
    subject: str = ""


@dataclass(frozen=True)
class Trust:
    """All looks at a draw, with p-values that count all of them, most telling first."""

    looks: tuple[Look, ...]

    @property
    def adjusted(self) -> tuple[float, ...]:
        """p-values that count all looks, in their order."""
        return tuple(holm([look.p_value for look in self.looks]))

    @property
    def against(self) -> tuple[Look, ...]:
        """Looks that refute it, most telling first."""
        found = [(p, place) for place, p in enumerate(self.adjusted) if p < DRAW_LEVEL]
        return tuple(self.looks[place] for _, place in sorted(found))

    @property
    def refuted(self) -> bool:
        """Whether some look refutes it."""
        return bool(self.against)


def look_at(draws: Draws, before: Before, arms: Sequence[str], *, spread: bool = False) -> Trust:
    """Every look that can be taken before outcomes are known; ``arms`` names them.

    ``spread``: arms are so many values of a dose that their thirds are looked at in their place.
    """
    if spread:
        edges = np.quantile(draws.units.arm, (1 / 3, 2 / 3))
        thirds = np.searchsorted(edges, draws.arm, side="left").astype(np.int64)
        draws = Draws(thirds, draws.unit, draws.stratum, np.full((len(draws.shares), 3), np.nan))
    return Trust((
        *_ratios(draws.units, draws.shares, arms),
        *_over_time(draws, before.day),
        *_places(draws, before.labels),
        *_balance(draws, before),
        *_together(draws, before.groups),
    ))  # fmt: skip


def with_outcome(trust: Trust, draws: Draws, known: Flags) -> Trust:
    """With a look at whose outcome is known: one more in the family."""
    if draws.arms > _MOST_LEVELS:
        return trust
    found = exchanged(draws.per_unit(known.astype(float))[:, None], draws.units.arm, draws.units.stratum)
    return trust if found is None else Trust((*trust.looks, Look(Sign.KNOWN_OUTCOMES, found.p_value)))


def _ratios(units: Units, shares: Floats, arms: Sequence[str]) -> Iterator[Look]:
    table = counts(units, len(shares), len(arms))
    said = np.isfinite(shares).all(axis=1) & (table.sum(axis=1) > 0)
    if not said.any():
        return
    table, shares = table[said], shares[said] / shares[said].sum(axis=1, keepdims=True)
    if (table[shares <= 0] > 0).any():
        worst = int(np.argmax((table * (shares <= 0)).sum(axis=0)))
        yield Look(Sign.RATIO, 0.0, arms[worst])
        return
    size = table.sum(axis=1)
    found = _sizes(table[None], shares, size)
    chances = [float(stats.chi2.sf(v[0], df)) for v, df in zip(found, _freedom(shares), strict=True)]
    if min(chances) < DOUBTED_P and size.sum() < DOUBTED_UNITS:
        rng = np.random.default_rng(_SEED)
        again = np.stack([rng.multinomial(n, p, _REDRAWS) for n, p in zip(size, shares, strict=True)], axis=1)
        drawn = _sizes(again, shares, size)
        chances = [float((1 + (a >= v[0] - 1e-9).sum()) / (1 + _REDRAWS)) for a, v in zip(drawn, found, strict=True)]
    total, expected = table.sum(axis=0), size @ shares
    most = int(np.argmax(np.abs(total - expected) / np.sqrt(np.maximum(expected, 1e-9))))
    yield Look(Sign.RATIO, chances[0], arms[most])
    if len(table) > 1:
        yield Look(Sign.RATIO_BY_STRATUM, chances[1])


def _sizes(tables: Ints, shares: Floats, size: Ints) -> tuple[Floats, Floats]:
    """How far R tables (R, S, K) lie from the shares, all strata summed and stratum by stratum."""
    gaps = tables - size[:, None] * shares
    moving = shares > 0
    by_stratum = (gaps**2 / np.where(moving, size[:, None] * shares, np.inf)).sum(axis=(1, 2))
    covariance = sum((n * (np.diag(p) - np.outer(p, p)) for n, p in zip(size, shares, strict=True)), np.zeros(1))
    inverse = np.linalg.pinv(covariance, hermitian=True)
    total = gaps.sum(axis=1)
    return np.einsum("rk,kl,rl->r", total, inverse, total), by_stratum


def _freedom(shares: Floats) -> tuple[int, int]:
    moving = shares > 0
    return max(1, int(moving.any(axis=0).sum()) - 1), max(1, int((moving.sum(axis=1) - 1).sum()))


def _over_time(draws: Draws, day: Ints) -> Iterator[Look]:
    units = draws.units
    when = draws.per_unit(day.astype(float))
    rank = stats.rankdata(when)
    times = int(min(_TIMES, len(when) // _FEWEST_A_TIME))
    edges = np.unique(np.quantile(when, np.linspace(0, 1, times + 1)[1:-1])) if times > 1 else np.zeros(0)
    place = np.searchsorted(edges, when, side="right")
    dummies = (place[:, None] == np.arange(1, len(edges) + 1)).astype(float)
    found = exchanged(np.column_stack([rank, dummies]), units.arm, units.stratum)
    if found is not None:
        yield Look(Sign.OVER_TIME, min(1.0, 2 * min(found.p_value, found.p_largest)))


def _places(draws: Draws, labels: Mapping[str, Ints]) -> Iterator[Look]:
    chances: dict[str, float] = {}
    for name, codes in labels.items():
        dummies = _dummies(draws, codes)
        found = None if dummies is None else exchanged(dummies, draws.units.arm, draws.units.stratum)
        if found is not None:
            chances[name] = min(1.0, 2 * min(found.p_value, found.p_largest))
    if chances:
        subject = min(chances, key=lambda name: chances[name])
        yield Look(Sign.PLACES, min(1.0, len(chances) * chances[subject]), subject)


def _dummies(draws: Draws, codes: Ints) -> Floats | None:
    """Shares of each unit's rows with a label, of the labels that several units have; None where labels are units."""
    size = np.bincount(codes)
    often = np.flatnonzero(size >= _FEWEST_A_LEVEL)
    often = often[np.argsort(-size[often], kind="stable")][:_MOST_LEVELS]
    per_unit = draws.per_unit((codes[:, None] == often).astype(float))
    shared = (per_unit > 0).sum(axis=0) >= _FEWEST_A_LEVEL
    return per_unit[:, shared] if shared.any() else None


def _balance(draws: Draws, before: Before) -> Iterator[Look]:
    """Ranks of what was known before, earlier outcomes among them: all together, and the one that differs most."""
    if not before.numbers.shape[1]:
        return
    ranks = stats.rankdata(draws.per_unit(before.numbers), axis=0)
    found = exchanged(ranks, draws.units.arm, draws.units.stratum)
    if found is not None:
        yield Look(Sign.BALANCE, found.p_value, before.names[found.largest])
        yield Look(Sign.LARGEST_DIFFERENCE, found.p_largest, before.names[found.largest])


def _together(draws: Draws, groups: Mapping[str, Ints]) -> Iterator[Look]:
    """Whether units of a customer, a site or a day share an arm more often than lots drawn one by one would."""
    units = draws.units
    chances: dict[str, float] = {}
    for name, codes in groups.items():
        of_unit = _group_of_unit(draws, codes)
        found = None if of_unit is None else concordance(of_unit, units.arm, units.stratum, draws.arms)
        if found is not None:
            chances[name] = found
    if chances:
        subject = min(chances, key=lambda name: chances[name])
        yield Look(Sign.DRAWN_TOGETHER, min(1.0, len(chances) * chances[subject]), subject)


def _group_of_unit(draws: Draws, codes: Ints) -> Ints | None:
    """The group of each unit; −1 where its rows are in several; None where most are, so that it is no coarser group."""
    size = len(draws.units.rows)
    low, high = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
    np.minimum.at(low, draws.unit, codes)
    np.maximum.at(high, draws.unit, codes)
    found = np.where(low == high, low, -1)
    return found if (found >= 0).mean() > 0.5 else None
