"""Standards and promises: last week as known now, and sites over 26 weeks with their case mix held equal."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.contracts.manifest import Target
from pipelines.contracts.mart import Col
from pipelines.measures import MINIMUM_CELL
from pipelines.policy.company import Company
from pipelines.policy.counted.expected import FEWEST_UNITS, Z95, Comparison, compare, shrink, strata
from pipelines.policy.counted.shares import Estimate, share
from pipelines.policy.counted.yardsticks import WEEKS, Yardstick, yardsticks
from pipelines.policy.mart import is_true, missing
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "standards"
CASE_MIX = (Col.SEVERITY, Col.CHANNEL, Col.CATEGORY)
FEWEST_WEEKS = 8
USUAL = (0.1, 0.9)
SHARE = "share of incidents"
BROKEN = "promises_broken"
# What sites are held against: their cases together, mass incidents left out as they are for each site.
SINGLE = "mass_event=false"
ASSUMPTION = "This assumes that nothing but severity, channel and type of failure makes one site's cases harder."


def standards_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Per yardstick: last week where it is known by now, the last 26 weeks, and each site against target.

    Matured yardsticks take the 26 weeks that ended one horizon before the data cut. Grain: one row per yardstick,
    period and site.
    """
    rows = [row for yardstick in yardsticks(mart, company) for row in yardstick_rows(mart, yardstick, company)]
    return [*rows, broken_last_week(mart, company)]


def broken_last_week(mart: pd.DataFrame, company: Company) -> Row:
    """How many incidents had a promise due last week that was not kept."""
    where = {"population": "incidents whose promise was due last week", "unit": "incidents", "clock": "known_now",
             "period": company.days(0.0, 7.0), **company.bar(BROKEN)}  # fmt: skip
    due = pd.to_datetime(mart[Col.PROMISE_DUE_AT], utc=True)
    last = (due < company.cut) & (due >= company.cut - pd.Timedelta(days=7))
    if reason := missing(company, "promises"):
        return refused(PART, BROKEN, reason, **where)
    if not last.any():
        return refused(PART, BROKEN, "No promise was due last week.", n=0, **where)
    broken = mart.loc[last, Col.COMMITMENT_KEPT].astype("float64") == 0
    return decision_row(PART, BROKEN, estimate=float(broken.sum()), n=int(last.sum()), verdict="counted", **where)


def yardstick_rows(mart: pd.DataFrame, y: Yardstick, company: Company) -> Iterator[Row]:
    """One yardstick: last week where it is known by now, its window, and its sites."""
    target = company.target(y.measure)
    where = {
        "clock": y.clock, "unit": SHARE, "within_days": y.follow_up_days or None, **company.bar(y.measure),
    }  # fmt: skip
    reason = y.missing or ("" if y.values.notna().any() else "It isn't known for any incident.")
    if reason:
        yield refused(PART, y.measure, reason, population=y.population, **where)
        return
    week = np.ceil((y.age - y.follow_up_days) / 7.0)
    if y.weekly:
        yield _last_week(mart, y, week, company, where)
    window = (week >= 1) & (week <= WEEKS)
    where["period"] = company.days(y.follow_up_days, y.follow_up_days + 7.0 * WEEKS)
    found = share(y.values[window], mart[Col.CLUSTER_KEY][window])
    standing = _standing(found, target)
    yield decision_row(PART, y.measure, population=y.population, standing=standing, **where, **numbers(found))
    if reason := missing(company, "sites"):
        yield refused(PART, y.measure, reason, segment="site_id", population=y.population, **where)
        return
    yield from _sites(mart, y, window, where)


def _last_week(mart: pd.DataFrame, y: Yardstick, week: pd.Series, company: Company, where: Row) -> Row:
    """The week before the data cut beside the range in which eight of ten of the 26 weeks before it lie."""
    found = share(y.values[week == 1], mart[Col.CLUSTER_KEY][week == 1])
    before = y.values[(week >= 2) & (week <= WEEKS + 1)].groupby(week).agg(["mean", "count"])
    usual = before.loc[before["count"] >= MINIMUM_CELL, "mean"]
    low, high = (float(q) for q in usual.quantile(USUAL)) if len(usual) >= FEWEST_WEEKS else (None, None)
    return decision_row(
        PART, y.measure, period=company.days(0.0, 7.0), population=y.population, usual_low=low, usual_high=high,
        standing=_standing(found, company.target(y.measure)), **where, **numbers(found),
    )  # fmt: skip


def _standing(found: Estimate, target: Target | None) -> str | None:
    """Where the interval lies against the target."""
    if found.low is None or found.high is None or target is None:
        return None
    return "above" if found.low > target.value else "below" if found.high < target.value else "unclear"


def _sites(mart: pd.DataFrame, y: Yardstick, window: pd.Series, where: Row) -> Iterator[Row]:
    """Sites on single incidents: a mass incident is nobody's usual week, and one shock to all its cases."""
    chosen = window & ~is_true(mart, Col.MASS_EVENT) & y.values.notna() & mart[Col.SITE_ID].notna()
    cases = mart[chosen]
    population = f"{y.population}, mass incidents left out"
    if cases.empty:
        yield decision_row(PART, y.measure, segment="site_id", population=population, n=0, verdict="not_estimable",
                           reason="No single incident in this window.", **where)  # fmt: skip
        return
    yield decision_row(PART, y.measure, segment=SINGLE, population=population, **where,
                       **numbers(share(y.values[chosen], cases[Col.CLUSTER_KEY])))  # fmt: skip
    sites = compare(y.values[chosen], cases[Col.SITE_ID], strata(cases, CASE_MIX))
    overall = float(y.values[chosen].mean())
    bar = Target(y.measure, overall if where["target"] is None else where["target"], "")
    for site, row in site_numbers(sites, overall).items():
        standing = _standing(Estimate(row["estimate"], row["ci_low"], row["ci_high"], row["n"]), bar)
        yield decision_row(PART, y.measure, segment=f"site_id={site}", population=population, assumption=ASSUMPTION,
                           standing=standing, **where, **row)  # fmt: skip


def site_numbers(sites: dict[str, Comparison], overall: float) -> dict[str, Row]:
    """Per site: its share were its case mix everybody's, shrunk, and the range where chance alone would leave it.

    Sites under ten cases neither shape the shrinkage nor get a number.
    """
    shown = {site: c for site, c in sites.items() if c.n >= MINIMUM_CELL and c.tells}
    shrunk = _shrunk(shown)
    rows: dict[str, Row] = {}
    for site, c in sites.items():
        row: Row = {"n": c.n, "observed": c.observed / c.n, "expected": c.expected / c.n}
        if site in shown:
            ratio = shrunk[site]
            chance = Z95 * float(np.sqrt(c.variance))
            row |= {
                "estimate": _share(overall * (ratio.value or 0.0)), "ci_low": _share(overall * (ratio.low or 0.0)),
                "ci_high": _share(overall * (ratio.high or 0.0)), "usual_low": _share(overall * (1 - chance)),
                "usual_high": _share(overall * (1 + chance)),
            }  # fmt: skip
        else:
            row |= {"estimate": _share(c.observed / c.n), "ci_low": None, "ci_high": None}
            row |= {"reason": "Every case here is alike, so sites can't be told apart."}
        rows[site] = row
    return rows


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
