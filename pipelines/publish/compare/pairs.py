"""The effects of two runs side by side, and the grades that rose and fell between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.tables.effect import Effect


@dataclass(frozen=True)
class Regraded:
    """What became of the grades: effects that rose, fell, are new with an estimate, and have none any more."""

    rose: tuple[tuple[Effect, Effect], ...]
    fell: tuple[tuple[Effect, Effect], ...]
    new: tuple[Effect, ...]
    gone: tuple[Effect, ...]


def headlines(effects: Iterable[Effect]) -> Mapping[str, Effect]:
    """The adjusted effects on everyone that have an estimate with limits, by id."""
    rows = (row for row in effects if row.spec is Spec.ADJUSTED and not row.segment)
    return {row.effect_id: row for row in rows if row.estimate is not None and row.ci_low is not None}


def regraded(before: Iterable[Effect], after: Iterable[Effect]) -> Regraded:
    """The effects whose grade is another in the later run; an effect without grade stands below D."""
    past, now = headlines(before), headlines(after)
    pairs = [(past[name], now[name]) for name in now if name in past]
    return Regraded(
        rose=tuple(pair for pair in pairs if _rank(pair[1]) < _rank(pair[0])),
        fell=tuple(pair for pair in pairs if _rank(pair[1]) > _rank(pair[0])),
        new=tuple(row for name, row in now.items() if name not in past),
        gone=tuple(row for name, row in past.items() if name not in now),
    )


def _rank(row: Effect) -> str:
    return row.grade or "E"
