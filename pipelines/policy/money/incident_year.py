"""A year of incidents: how many open in one, so that what an estimate brings for each becomes what it brings a year."""

from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.contracts.message import Caveat
from pipelines.contracts.messages.caveats import ScaledYear, SteadyYear
from pipelines.policy.company import Company

YEAR_DAYS = 365.0


@dataclass(frozen=True)
class Year:
    """``incidents`` a year, scaled to 365 days from ``counted`` over ``period``, and what that takes for granted."""

    incidents: float
    counted: int
    period: str
    caveats: tuple[Caveat, ...]


def a_year_of(mart: pd.DataFrame, chosen: pd.Series, company: Company) -> Year:
    """Those of ``chosen`` that opened in the year before the data cut; a shorter record is scaled to 365 days.

    None where nothing says when: a snapshot has no clock.
    """
    opened = pd.to_datetime(mart[Col.OPENED_AT], utc=True)
    if not opened.notna().any():
        return Year(0.0, 0, "", ())
    days = min(float((company.cut - opened.min()) / pd.Timedelta(days=1)), YEAR_DAYS)
    recent = (opened >= company.cut - pd.Timedelta(days=days)) & (opened < company.cut)
    counted = int((recent & chosen).sum())
    scaled = (ScaledYear(round(days)),) if days < YEAR_DAYS else ()
    return Year(counted * YEAR_DAYS / days, counted, company.days(0.0, round(days)), (SteadyYear(), *scaled))
