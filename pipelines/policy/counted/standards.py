"""Standards and promises: last week as known now, and sites over 26 weeks with their case mix held equal."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Standing, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.thresholds import (
    FEWEST_UNITS,
    FEWEST_USUAL_WEEKS,
    MINIMUM_CELL,
    USUAL_QUANTILES,
    USUAL_WEEKS,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import SitesAlike
from pipelines.contracts.messages.counted import NeverKnown, NoPromiseDue, NoSingleIncident, SitesCantBeTold
from pipelines.contracts.messages.populations import PromiseDueLastWeek, WithoutMassIncidents
from pipelines.contracts.segments import SINGLE, segment
from pipelines.contracts.tables.measure import Measured
from pipelines.policy.cells import refused, shown, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.expected import Z95, Comparison, compare, shrink, strata
from pipelines.policy.counted.shares import Estimate, share
from pipelines.policy.counted.yardsticks import Yardstick, yardsticks
from pipelines.policy.mart import is_true, lacking

CASE_MIX = (Col.SEVERITY, Col.CHANNEL, Col.CATEGORY)


def standards_rows(mart: pd.DataFrame, company: Company) -> list[Measured]:
    """Per yardstick: last week where it is known by now, the last 26 weeks, and each site against target.

    Matured yardsticks take the 26 weeks that ended one horizon before the data cut. Grain: one row per yardstick,
    period and site.
    """
    rows = [row for yardstick in yardsticks(mart, company) for row in yardstick_rows(mart, yardstick, company)]
    return [*rows, broken_last_week(mart, company)]


def broken_last_week(mart: pd.DataFrame, company: Company) -> Measured:
    """How many incidents had a promise due last week that was not kept."""
    row = Measured(
        Topic.STANDARDS,
        Measure.PROMISES_BROKEN,
        period=company.days(0.0, 7.0),
        clock=Clock.KNOWN_NOW,
        population=PromiseDueLastWeek(),
        unit=Unit.INCIDENTS,
    )
    row = company.with_target(row)
    due = pd.to_datetime(mart[Col.PROMISE_DUE_AT], utc=True)
    last = (due < company.cut) & (due >= company.cut - pd.Timedelta(days=7))
    if reason := lacking(company.facts, "promises"):
        return refused(row, reason)
    if not last.any():
        return refused(replace(row, n=0), NoPromiseDue())
    broken = mart.loc[last, Col.COMMITMENT_KEPT].astype("float64") == 0
    return shown(replace(row, estimate=float(broken.sum()), n=int(last.sum()), verdict=Verdict.COUNTED))


def yardstick_rows(mart: pd.DataFrame, y: Yardstick, company: Company) -> Iterator[Measured]:
    """One yardstick: last week where it is known by now, its window, and its sites."""
    row = Measured(
        Topic.STANDARDS,
        y.measure,
        clock=y.clock,
        within_days=y.follow_up_days or None,
        population=y.population,
        unit=Unit.SHARE_OF_INCIDENTS,
    )
    row = company.with_target(row)
    reason = y.lacking or (None if y.values.notna().any() else NeverKnown())
    if reason is not None:
        yield refused(row, reason)
        return
    week = np.ceil((y.age - y.follow_up_days) / 7.0)
    if y.weekly:
        yield _last_week(mart, y, week, replace(row, period=company.days(0.0, 7.0)))
    window = (week >= 1) & (week <= USUAL_WEEKS)
    row = replace(row, period=company.days(y.follow_up_days, y.follow_up_days + 7.0 * USUAL_WEEKS))
    yield _against_target(row, share(y.values[window], mart[Col.CLUSTER_KEY][window]))
    if reason := lacking(company.facts, "sites"):
        yield refused(replace(row, segment=Col.SITE_ID), reason)
        return
    yield from _sites(mart, y, window, row)


def _last_week(mart: pd.DataFrame, y: Yardstick, week: pd.Series, row: Measured) -> Measured:
    """The week before the data cut beside the range in which eight of ten of the 26 weeks before it lie."""
    found = share(y.values[week == 1], mart[Col.CLUSTER_KEY][week == 1])
    before = y.values[(week >= 2) & (week <= USUAL_WEEKS + 1)].groupby(week).agg(["mean", "count"])
    usual = before.loc[before["count"] >= MINIMUM_CELL, "mean"]
    if len(usual) >= FEWEST_USUAL_WEEKS:
        low, high = (float(q) for q in usual.quantile(list(USUAL_QUANTILES)))
        row = replace(row, usual_low=low, usual_high=high)
    return _against_target(row, found)


def _against_target(row: Measured, found: Estimate) -> Measured:
    return with_estimate(replace(row, standing=_standing(found.low, found.high, row.target)), found)


def _standing(low: float | None, high: float | None, target: float | None) -> Standing | None:
    """Where the interval lies against the target."""
    if low is None or high is None or target is None:
        return None
    return Standing.ABOVE if low > target else Standing.BELOW if high < target else Standing.UNCLEAR


def _sites(mart: pd.DataFrame, y: Yardstick, window: pd.Series, row: Measured) -> Iterator[Measured]:
    """Sites on single incidents: a mass incident is nobody's usual week, and one shock to all its cases."""
    chosen = window & ~is_true(mart, Col.MASS_EVENT) & y.values.notna() & mart[Col.SITE_ID].notna()
    cases = mart[chosen]
    row = replace(row, population=WithoutMassIncidents(y.population))
    if cases.empty:
        yield refused(replace(row, segment=Col.SITE_ID, n=0), NoSingleIncident())
        return
    yield with_estimate(replace(row, segment=SINGLE), share(y.values[chosen], cases[Col.CLUSTER_KEY]))
    sites = compare(y.values[chosen], cases[Col.SITE_ID], strata(cases, CASE_MIX))
    overall = float(y.values[chosen].mean())
    bar = overall if row.target is None else row.target
    for name, site in site_numbers(sites, overall).items():
        yield shown(
            replace(
                row,
                segment=segment(Col.SITE_ID, name),
                estimate=site.share,
                ci_low=site.low,
                ci_high=site.high,
                n=site.n,
                observed=site.observed,
                expected=site.expected,
                usual_low=site.chance_low,
                usual_high=site.chance_high,
                standing=_standing(site.low, site.high, bar),
                caveats=(SitesAlike(),),
                reasons=site.reasons,
            )
        )


@dataclass(frozen=True)
class Site:
    """A site's share were its case mix everybody's, shrunk, and the range where chance alone would leave it.

    Limits are missing where ``reasons`` say why.
    """

    n: int
    observed: float
    expected: float
    share: float
    low: float | None = None
    high: float | None = None
    chance_low: float | None = None
    chance_high: float | None = None
    reasons: tuple[Reason, ...] = ()


def site_numbers(sites: dict[str, Comparison], overall: float) -> dict[str, Site]:
    """Each site by name. Sites under ten cases neither shape the shrinkage nor get a number of their own."""
    shown_ = {site: c for site, c in sites.items() if c.n >= MINIMUM_CELL and c.tells}
    shrunk = _shrunk(shown_)
    return {
        site: _site(c, shrunk[site], overall)
        if site in shown_
        else Site(c.n, c.observed / c.n, c.expected / c.n, _share(c.observed / c.n), reasons=(SitesCantBeTold(),))
        for site, c in sites.items()
    }


def _site(c: Comparison, ratio: Estimate, overall: float) -> Site:
    chance = Z95 * float(np.sqrt(c.variance))
    share_, low, high = (_share(overall * (limit or 0.0)) for limit in (ratio.value, ratio.low, ratio.high))
    chance_low, chance_high = _share(overall * (1 - chance)), _share(overall * (1 + chance))
    return Site(c.n, c.observed / c.n, c.expected / c.n, share_, low, high, chance_low, chance_high)


def _shrunk(shown: dict[str, Comparison]) -> dict[str, Estimate]:
    """Shrunk ratios; with fewer than four sites each keeps its own ratio and limits."""
    if len(shown) < FEWEST_UNITS:
        return {site: Estimate(c.ratio, *c.limits(), c.n) for site, c in shown.items()}
    drawn = shrink(np.array([c.ratio for c in shown.values()]), np.array([c.variance for c in shown.values()]))
    return {
        site: Estimate(float(drawn.ratio[j]), float(drawn.low[j]), float(drawn.high[j]), c.n)
        for j, (site, c) in enumerate(shown.items())
    }


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
