"""What staff say they may decide: how many may fix it on the spot, and if more is settled at once where more may."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import MonthsDifferInNothingElse
from pipelines.contracts.messages.lacking import EmptyTable, NoStaffPulse
from pipelines.contracts.messages.populations import OpenedWhereStaffWereAsked, StaffAsked
from pipelines.contracts.segments import segment
from pipelines.contracts.sources import StaffPulse
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.measure import Measured
from pipelines.policy.cells import refused, with_difference, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import weighted_share
from pipelines.policy.counted.stratified import difference
from pipelines.policy.mart import lacking, number

# Each site is held against itself first, so that better houses don't stand against worse ones.
CASE_MIX = (Col.SITE_ID, Col.SEVERITY, Col.CATEGORY, Col.CHANNEL)


def staff_rows(company: Company) -> Iterator[Measured]:
    """Share of staff who say that they may fix it on the spot, weighed by how many were asked.

    Grain: one row overall, per month and per site. The same people answer month after month, so that months of a site
    and sites of a month are what is independent.
    """
    measure = Measure.MAY_FIX_ON_THE_SPOT
    row = Measured(Topic.FRONT_LINE, measure, population=StaffAsked(), unit=measure.unit)
    if reason := _lacking(company):
        yield refused(row, reason)
        return
    pulse = _by_month(company)
    yield with_estimate(row, weighted_share(pulse["share"], pulse["n"], pulse["site"]))
    for month, asked in pulse.groupby("month"):
        yield with_estimate(replace(row, period=str(month)), weighted_share(asked["share"], asked["n"], asked["site"]))
    for site, asked in pulse.groupby("site"):
        here = replace(row, segment=segment(Col.SITE_ID, site))
        yield with_estimate(here, weighted_share(asked["share"], asked["n"], asked["month"]))


def spot_row(mart: pd.DataFrame, company: Company) -> Contrasted:
    """Cases settled at the first contact in months in which more of a site's staff may decide than usual, and others.

    More than usual is above the site's own median. Site, severity, type and channel are held equal; sites are the
    clusters.
    """
    row = Contrasted(
        Change.SETTLED_WHERE_STAFF_MAY_FIX,
        population=OpenedWhereStaffWereAsked(),
        unit=Unit.DIFFERENCE_IN_SHARE,
        caveats=(MonthsDifferInNothingElse(),),
    )
    settled = number(mart, Col.RESOLVED_AT_FIRST_CONTACT)
    closing = None if settled.notna().any() else lacking(company.facts, "closing")
    if reason := _lacking(company) or lacking(company.facts, "sites") or lacking(company.facts, "speed") or closing:
        return refused(row, reason)
    more = _more_than_usual(mart, _by_month(company))
    return with_difference(row, difference(settled, more, mart[Col.SITE_ID], mart, CASE_MIX))


def _lacking(company: Company) -> Reason | None:
    if not company.facts.has(StaffPulse.NAME, StaffPulse.may_fix_share):
        return NoStaffPulse()
    return None if len(company.staff_pulse) else EmptyTable(StaffPulse.NAME)


def _by_month(company: Company) -> pd.DataFrame:
    """One row per site and month (YYYY-MM): share and how many were asked."""
    pulse = company.staff_pulse
    return pd.DataFrame(
        {
            "site": pulse[StaffPulse.site_id].astype("object"),
            "month": pd.to_datetime(pulse[StaffPulse.month]).dt.strftime("%Y-%m"),
            "share": pulse[StaffPulse.may_fix_share].astype("float64"),
            "n": pulse[StaffPulse.n].astype("float64"),
        }
    )


def _more_than_usual(mart: pd.DataFrame, pulse: pd.DataFrame) -> pd.Series:
    """1 where more of the site's staff may decide than in its median month, else 0; missing where nobody was asked."""
    above = (pulse["share"] > pulse.groupby("site")["share"].transform("median")).astype("float64")
    known = above.set_axis(pd.MultiIndex.from_frame(pulse[["site", "month"]]))
    asked = pd.MultiIndex.from_arrays([mart[Col.SITE_ID].astype("object"), mart[Col.OPENED_MONTH].astype("object")])
    return pd.Series(known.reindex(asked).to_numpy(), index=mart.index)
