"""Do failures come back? Rates by root cause, what changed after a fix, and commitments kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from statsmodels.stats.contingency_tables import Table2x2

from pipelines.contracts.mart import Col
from pipelines.measures import MINIMUM_CELL
from pipelines.models.arrays import Floats
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import share
from pipelines.policy.learning.commitments import commitment_rows
from pipelines.policy.learning.rates import PER_UNITS, Calendar, calendar, dispersion, rate_limits, rate_ratio
from pipelines.policy.mart import is_true, missing, number
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "learning"
RATE, RATIO, AGAINST = "occasions_per_10000_units", "rate_ratio_after_fix", "rate_ratio_after_fix_against_other_causes"
OCCASIONS = "occasions: single incidents, a mass incident counted once"
UNIT = "occasions per 10,000 units of exposure"
NOTHING_ELSE = "Assumes that nothing but the fix changed at that time: season and other measures are not held equal."
SAME_TREND = "Without the fix this cause would have moved as the causes without a fix did."


def learning_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Recurrence by cause, before and after each fix, and commitments.

    Grain: one row per cause and measure; a rate before and after comes with ``level`` "before" or "after".
    """
    rows = [*_recurrence(mart, company)] if not (reason := missing(company, "causes")) else [
        refused(PART, RATE, reason, population=OCCASIONS, unit=UNIT)
    ]  # fmt: skip
    return [*rows, *_commitments(mart, company), *commitment_rows(mart, company)]


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


def _recurrence(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    occasions = _occasions(mart)
    where = {"population": OCCASIONS, "unit": UNIT}
    unexposed = missing(company, "exposure") or ("" if len(company.exposure) else "The table exposure is empty.")
    if unexposed:
        yield refused(PART, RATE, unexposed, **where)
        clock = _even_calendar(occasions, company)
    else:
        clock = calendar(company.exposure, company.cut)
    days = ((occasions[Col.OPENED_AT] - clock.origin) / pd.Timedelta(days=1)).astype("float64")
    seen = occasions.assign(day=days)[(days >= 0) & (days < clock.end)]
    by_cause = {str(c): g["day"].to_numpy() for c, g in seen.groupby(Col.ROOT_CAUSE)}
    if not unexposed:
        yield from (_rate(cause, at, clock, 0.0, clock.end, "") for cause, at in sorted(by_cause.items()))
    if reason := missing(company, "fixes") or ("" if len(company.fixes) else "The table fixes is empty."):
        yield refused(PART, RATIO, reason, population=OCCASIONS, unit="ratio")
        return
    yield from _fixes(by_cause, clock, company, unexposed)


def _even_calendar(occasions: pd.DataFrame, company: Company) -> Calendar:
    """Without exposure only causes can be compared with each other: periods of 30 days, one unit a day."""
    first = occasions[Col.OPENED_AT].min() if len(occasions) else company.cut - pd.Timedelta(days=1)
    length = float((company.cut - first) / pd.Timedelta(days=1))
    starts = np.arange(0.0, length, 30.0)
    return Calendar(first, starts, length, np.diff(np.append(starts, length)))


def _rate(cause: str, at: Floats, clock: Calendar, first: float, last: float, level: str) -> Row:
    count, units = int(((at >= first) & (at < last)).sum()), clock.between(first, last)
    low, high = rate_limits(count, units)
    return decision_row(
        PART, RATE, segment=f"root_cause={cause}", level=level, population=OCCASIONS, unit=UNIT, n=count,
        estimate=PER_UNITS * count / units, ci_low=PER_UNITS * low, ci_high=PER_UNITS * high,
    )  # fmt: skip


def _fixes(by_cause: dict[str, Floats], clock: Calendar, company: Company, unexposed: str) -> Iterator[Row]:
    deployed = pd.to_datetime(company.fixes["fix_deployed_at"], utc=True).groupby(company.fixes["root_cause"]).min()
    others = [at for cause, at in by_cause.items() if cause not in deployed.index]
    unfixed = np.concatenate(others) if others else np.array([])
    for cause, when in deployed.sort_index().items():
        fix = Fixed(str(cause), clock.day(when), by_cause.get(str(cause), np.array([])))
        where = {"segment": f"root_cause={cause}", "population": OCCASIONS, "unit": "ratio"}
        if not 0 < fix.fixed < clock.end or len(fix.days) < MINIMUM_CELL:
            reason = f"The fix lies outside the records, or fewer than {MINIMUM_CELL} occasions are recorded."
            yield refused(PART, RATIO, reason, n=len(fix.days), **where)
            continue
        if not unexposed:
            yield _rate(fix.cause, fix.days, clock, 0.0, fix.fixed, "before")
            yield _rate(fix.cause, fix.days, clock, fix.fixed, clock.end, "after")
            yield _before_after(fix, clock, where)
        yield _against_others(fix, unfixed, clock, where)


def _before_after(fix: Fixed, clock: Calendar, where: Row) -> Row:
    after, before = _split(fix.days, fix.fixed)
    units = clock.between(fix.fixed, clock.end), clock.between(0.0, fix.fixed)
    spread = cell_dispersion(fix.days, fix.fixed, clock)
    ratio, low, high = rate_ratio(after / spread, before / spread, *units)
    return decision_row(PART, RATIO, n=int(after + before), assumption=NOTHING_ELSE,
                        **_finite(ratio, low, high), **where)  # fmt: skip


def _against_others(fix: Fixed, others: Floats, clock: Calendar, where: Row) -> Row:
    """The change of this cause ÷ the change of all causes without a fix: an odds ratio, Woolf's limits on its log."""
    spread = max(cell_dispersion(fix.days, fix.fixed, clock), cell_dispersion(others, fix.fixed, clock))
    if len(others) < MINIMUM_CELL:
        return refused(PART, AGAINST, "Too few occasions of causes without a fix to compare with.", **where)
    table = np.array([_split(fix.days, fix.fixed), _split(others, fix.fixed)]) / spread
    found = Table2x2(table, shift_zeros=True)
    low, high = found.oddsratio_confint()
    return decision_row(PART, AGAINST, n=len(fix.days), assumption=SAME_TREND,
                        **_finite(float(found.oddsratio), float(low), float(high)), **where)  # fmt: skip


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


def _finite(ratio: float, low: float, high: float) -> Row:
    """A ratio's numbers; what is infinite is left open."""
    names = {"estimate": ratio, "ci_low": low, "ci_high": high}
    row: Row = {name: value if np.isfinite(value) else None for name, value in names.items()}
    return row if np.isfinite(high) else row | {"reason": "None before the fix, so the ratio has no upper limit."}


def _commitments(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Incidents with a promise due: kept, broken, and the share kept."""
    where = {"population": "incidents with a promise due by the data cut", "clock": "known_now"}
    if reason := missing(company, "promises"):
        yield refused(PART, "commitments_kept", reason, unit="incidents", **where)
        return
    kept = number(mart, Col.COMMITMENT_KEPT)
    due = int(kept.notna().sum())
    for measure, value in (("commitments_kept", 1.0), ("commitments_broken", 0.0)):
        yield decision_row(PART, measure, unit="incidents", estimate=float((kept == value).sum()), n=due,
                           verdict="counted", **where)  # fmt: skip
    yield decision_row(PART, "commitments_kept_share", unit="share of incidents", **where,
                       **numbers(share(kept, mart[Col.CLUSTER_KEY])))  # fmt: skip
