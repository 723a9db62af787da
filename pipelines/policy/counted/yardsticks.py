"""What sites and weeks are measured by: shares of incidents, when each is known, and what they need of the profile."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.measures import incident_measures
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.mart import missing, missing_return, number, return_column

Clock = Literal["known_now", "matured"]
WEEKS = 26
ANSWERED_WITHIN = ("answered_within_60_minutes", "answered_within_1440_minutes")


@dataclass(frozen=True)
class Yardstick:
    """A share: one value per incident (0, 1, missing while undecided) and its age in days at the data cut.

    ``age`` counts from the moment that puts an incident into a week: the opening, for departures the end of the stay.
    ``weekly``: last week's value is as final as any other week's.
    """

    measure: str
    clock: Clock
    values: pd.Series
    age: pd.Series
    missing: str
    population: str
    weekly: bool = False
    follow_up_days: float = 0.0


def yardsticks(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    """The company's own standards and promises, the declared targets that are shares, and what matured."""
    return [*_standards(mart, company), *_targets(mart, company), *_matured(mart, company)]


def _standards(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    opened = mart[Col.FOLLOW_UP_DAYS]
    departed = (opened - number(mart, Col.DAYS_TO_DEPARTURE)).where(lambda age: age >= 0)
    speed, incidents = missing(company, "speed"), "incidents old enough to tell"
    hour, day = (_measured(mart, company, m) for m in ANSWERED_WITHIN)
    repair = missing(company, "repair") or missing(company, "departure")
    return [
        Yardstick("standard_met", "known_now", number(mart, Col.STANDARD_MET), opened,
                  speed or missing(company, "standards"), "incidents with a promised time, old enough to tell", True),
        Yardstick(ANSWERED_WITHIN[0], "known_now", hour, opened, speed, incidents, True),
        Yardstick(ANSWERED_WITHIN[1], "known_now", day, opened, speed, incidents, True),
        Yardstick("silent_over_24_hours", "known_now", _measured(mart, company, "silent_over_24_hours"), opened, speed,
                  incidents, True),
        Yardstick("fixed_before_departure", "known_now", number(mart, Col.FIXED_BEFORE_DEPARTURE), departed, repair,
                  "incidents whose service has ended", True),
        Yardstick("commitment_kept", "known_now", number(mart, Col.COMMITMENT_KEPT), _since_due(mart, company),
                  missing(company, "promises"), "incidents, in the week their promise was due", True),
        Yardstick("within_authority", "known_now", number(mart, Col.WITHIN_AUTHORITY), opened,
                  missing(company, "compensation_kind") or missing(company, "authority"),
                  "incidents in which something was given under a limit"),
    ]  # fmt: skip


def _since_due(mart: pd.DataFrame, company: Company) -> pd.Series:
    """Days from the due time of an incident's promises to the data cut."""
    due = pd.to_datetime(mart[Col.PROMISE_DUE_AT], utc=True)
    return (company.cut - due) / pd.Timedelta(days=1)


def _measured(mart: pd.DataFrame, company: Company, measure: str) -> pd.Series:
    """A share as the descriptive measures define it."""
    known = {m.id: m for m in incident_measures(company.facts.horizons_days)}
    if not mart[known[measure].needs].notna().any():
        return pd.Series(float("nan"), index=mart.index)
    return known[measure].values(mart).where(mart[known[measure].needs].notna())


def _targets(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    """Declared targets on a time to answer that the standard list doesn't hold."""
    shares = {f"answered_within_{m}_minutes" for m in (15, 240, 4320)}
    return [
        Yardstick(t.measure, "known_now", _measured(mart, company, t.measure), mart[Col.FOLLOW_UP_DAYS],
                  missing(company, "speed"), "incidents old enough to tell", True)
        for t in company.targets if t.measure in shares
    ]  # fmt: skip


def _matured(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    days, longest = main_horizon(company.facts), float(max(company.facts.horizons_days))
    column = return_column(company, days)
    came_back = number(mart, column)
    return [
        Yardstick(column, "matured", came_back, mart[Col.FOLLOW_UP_DAYS],
                  "" if came_back.notna().any() else missing_return(company),
                  f"customers on file, {days} days after the failure", follow_up_days=float(days)),
        Yardstick("restored", "matured", number(mart, Col.RESTORED), mart[Col.FOLLOW_UP_DAYS],
                  missing(company, "restored"),
                  f"customers with a later score, {longest:.0f} days after the failure", follow_up_days=longest),
    ]  # fmt: skip
