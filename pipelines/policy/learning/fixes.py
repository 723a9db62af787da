"""Do failures come back? Rates by root cause, what changed after a fix, and commitments kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from statsmodels.stats.contingency_tables import Table2x2

from pipelines.contracts.catalog.counting import Clock, FixSide, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.catalog.thresholds import MINIMUM_CELL
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import NothingButTheFix, SameTrendAsUnfixed
from pipelines.contracts.messages.counted import FewUnfixedOccasions, FixOutsideRecords, NoneBeforeFix
from pipelines.contracts.messages.lacking import EmptyTable
from pipelines.contracts.messages.populations import Occasions, PromiseDue
from pipelines.contracts.segments import segment
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.measure import Measured
from pipelines.models.arrays import Floats
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.counted.rates import PER_UNITS, Calendar, calendar, dispersion, rate_limits, rate_ratio
from pipelines.policy.mart import is_true, lacking, number


@dataclass(frozen=True)
class Recurrence:
    """How often each cause fails, and what changed when it was fixed."""

    rates: tuple[Measured, ...]
    changes: tuple[Contrasted, ...]


def recurrence(mart: pd.DataFrame, company: Company) -> Recurrence:
    """Recurrence by cause, and before and after each fix.

    Grain: one row per cause and measure; a rate before and after a fix comes with its side as ``level``.
    """
    rate, change = _rate_row(), _change_row()
    if reason := lacking(company.facts, "causes"):
        return Recurrence((refused(rate, reason),), ())
    occasions = _occasions(mart)
    unexposed = lacking(company.facts, "exposure") or (None if len(company.exposure) else EmptyTable("exposure"))
    clock = calendar(company.exposure, company.cut) if unexposed is None else _even_calendar(occasions, company)
    days = ((occasions[Col.OPENED_AT] - clock.origin) / pd.Timedelta(days=1)).astype("float64")
    seen = occasions.assign(day=days)[(days >= 0) & (days < clock.end)]
    by_cause = {str(c): g["day"].to_numpy() for c, g in seen.groupby(Col.ROOT_CAUSE)}
    rates = (
        [refused(rate, unexposed)]
        if unexposed is not None
        else [_rate(c, at, clock) for c, at in sorted(by_cause.items())]
    )
    if reason := lacking(company.facts, "fixes") or (None if len(company.fixes) else EmptyTable("fixes")):
        return Recurrence(tuple(rates), (refused(change, reason),))
    fixes = list(_fixes(by_cause, clock, company))
    unfixed = _unfixed(by_cause, fixes)
    if unexposed is None:
        rates += [row for fix in fixes if _is_judged(fix, clock) for row in _both_sides(fix, clock)]
    changes = [row for fix in fixes for row in _changes(fix, unfixed, clock, exposed=unexposed is None)]
    return Recurrence(tuple(rates), tuple(changes))


def _rate_row() -> Measured:
    measure = Measure.OCCASIONS_PER_10000_UNITS
    return Measured(Topic.LEARNING, measure, population=Occasions(), unit=measure.unit)


def _change_row() -> Contrasted:
    return Contrasted(Change.RATE_AFTER_FIX, population=Occasions(), unit=Unit.RATIO)


@dataclass(frozen=True)
class Fixed:
    """A cause, when its first fix was deployed, and when its occasions began (days on the calendar)."""

    cause: str
    fixed: float
    days: Floats


def _occasions(mart: pd.DataFrame) -> pd.DataFrame:
    """One row per single incident and per mass event and cause: root_cause, opened_at (its first)."""
    named = mart[mart[Col.ROOT_CAUSE].notna()]
    what = named[Col.EVENT_ID].where(is_true(named, Col.MASS_EVENT))
    keys = ("event " + what.astype("object")).where(what.notna(), "incident " + named[Col.INCIDENT_ID].astype("object"))
    return named.groupby([Col.ROOT_CAUSE, keys.rename("occasion")])[Col.OPENED_AT].min().reset_index()


def _even_calendar(occasions: pd.DataFrame, company: Company) -> Calendar:
    """Without exposure only causes can be compared with each other: periods of 30 days, one unit a day."""
    first = occasions[Col.OPENED_AT].min() if len(occasions) else company.cut - pd.Timedelta(days=1)
    length = float((company.cut - first) / pd.Timedelta(days=1))
    starts = np.arange(0.0, length, 30.0)
    return Calendar(first, starts, length, np.diff(np.append(starts, length)))


def _rate(cause: str, at: Floats, clock: Calendar, side: FixSide | None = None, edge: float = 0.0) -> Measured:
    """Occasions of a cause per 10,000 units of exposure; with ``side`` before or after day ``edge`` alone."""
    first = edge if side is FixSide.AFTER else 0.0
    last = edge if side is FixSide.BEFORE else clock.end
    count, units = int(((at >= first) & (at < last)).sum()), clock.between(first, last)
    low, high = rate_limits(count, units)
    return shown(
        replace(
            _rate_row(),
            segment=segment(Col.ROOT_CAUSE, cause),
            level=side or "",
            n=count,
            estimate=PER_UNITS * count / units,
            ci_low=PER_UNITS * low,
            ci_high=PER_UNITS * high,
        )
    )


def _both_sides(fix: Fixed, clock: Calendar) -> Iterator[Measured]:
    return (_rate(fix.cause, fix.days, clock, side, fix.fixed) for side in FixSide)


def _fixes(by_cause: dict[str, Floats], clock: Calendar, company: Company) -> Iterator[Fixed]:
    deployed = pd.to_datetime(company.fixes["fix_deployed_at"], utc=True).groupby(company.fixes["root_cause"]).min()
    for cause, when in deployed.sort_index().items():
        yield Fixed(str(cause), clock.day(when), by_cause.get(str(cause), np.array([])))


def _unfixed(by_cause: dict[str, Floats], fixes: list[Fixed]) -> Floats:
    """Days of the occasions of causes without a fix."""
    fixed = {fix.cause for fix in fixes}
    others = [at for cause, at in by_cause.items() if cause not in fixed]
    return np.concatenate(others) if others else np.array([])


def _is_judged(fix: Fixed, clock: Calendar) -> bool:
    return 0 < fix.fixed < clock.end and len(fix.days) >= MINIMUM_CELL


def _changes(fix: Fixed, unfixed: Floats, clock: Calendar, *, exposed: bool) -> Iterator[Contrasted]:
    row = replace(_change_row(), segment=segment(Col.ROOT_CAUSE, fix.cause), n=len(fix.days))
    if not _is_judged(fix, clock):
        yield refused(row, FixOutsideRecords(MINIMUM_CELL))
        return
    if exposed:
        yield _before_after(row, fix, clock)
    yield _against_others(replace(row, measure=Change.RATE_AFTER_FIX_AGAINST_OTHERS), fix, unfixed, clock)


def _before_after(row: Contrasted, fix: Fixed, clock: Calendar) -> Contrasted:
    after, before = _split(fix.days, fix.fixed)
    units = clock.between(fix.fixed, clock.end), clock.between(0.0, fix.fixed)
    spread = cell_dispersion(fix.days, fix.fixed, clock)
    ratio, low, high = rate_ratio(after / spread, before / spread, *units)
    return _finite(replace(row, caveats=(NothingButTheFix(),)), ratio, low, high)


def _against_others(row: Contrasted, fix: Fixed, others: Floats, clock: Calendar) -> Contrasted:
    """The change of this cause ÷ the change of all causes without a fix: an odds ratio, Woolf's limits on its log."""
    spread = max(cell_dispersion(fix.days, fix.fixed, clock), cell_dispersion(others, fix.fixed, clock))
    if len(others) < MINIMUM_CELL:
        return refused(replace(row, n=None), FewUnfixedOccasions())
    table = np.array([_split(fix.days, fix.fixed), _split(others, fix.fixed)]) / spread
    found = Table2x2(table, shift_zeros=True)
    low, high = found.oddsratio_confint()
    return _finite(replace(row, caveats=(SameTrendAsUnfixed(),)), float(found.oddsratio), float(low), float(high))


def _split(days: Floats, fixed: float) -> tuple[float, float]:
    """Occasions after and before the fix."""
    after = float((days >= fixed).sum())
    return after, len(days) - after


def cell_dispersion(days: Floats, fixed: float, clock: Calendar) -> float:
    """How much more the periods' counts vary than chance, each side of the fix at its own rate."""
    edges = np.unique(np.append(np.append(clock.starts, clock.end), fixed))
    counts = np.histogram(days, edges)[0].astype("float64")
    units = np.array([clock.between(a, b) for a, b in pairwise(edges)])
    late = edges[:-1] >= fixed
    expected = np.zeros(len(counts))
    for side in (late, ~late):
        total = units[side].sum()
        expected[side] = counts[side].sum() * units[side] / total if total > 0 else 0.0
    return dispersion(counts, expected, 2)


def _finite(row: Contrasted, ratio: float, low: float, high: float) -> Contrasted:
    """With a ratio's numbers; what is infinite is left open."""
    estimate, ci_low, ci_high = (value if np.isfinite(value) else None for value in (ratio, low, high))
    reasons: tuple[Reason, ...] = () if np.isfinite(high) else (NoneBeforeFix(),)
    return shown(replace(row, estimate=estimate, ci_low=ci_low, ci_high=ci_high, reasons=reasons))


def promise_counts(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Incidents with a promise due: how many kept, how many broken; their share is counted with everything else."""
    row = Measured(
        Topic.LEARNING,
        Measure.COMMITMENTS_KEPT,
        clock=Clock.KNOWN_NOW,
        population=PromiseDue(),
        unit=Unit.INCIDENTS,
    )
    if reason := lacking(company.facts, "promises"):
        yield refused(row, reason)
        return
    kept = number(mart, Col.COMMITMENT_KEPT)
    row = replace(row, n=int(kept.notna().sum()), verdict=Verdict.COUNTED)
    yield shown(replace(row, estimate=float((kept == 1).sum())))
    yield shown(replace(row, measure=Measure.COMMITMENTS_BROKEN, estimate=float((kept == 0).sum())))
