"""What sites and weeks are measured by: shares of incidents, when each is known, and what they need of the profile."""

from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog.counting import Clock
from pipelines.contracts.catalog.measures import BY_HORIZON, Measure, MeasureFamily, MeasureId, answered_within
from pipelines.contracts.catalog.treatments import SPEED_LADDER_MINUTES
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Population, Reason
from pipelines.contracts.messages.populations import (
    GivenUnderLimit,
    InWeekOfPromise,
    OldEnough,
    OnFileMatured,
    PromisedOldEnough,
    ScoredMatured,
    ServiceEnded,
)
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.descriptive import values_of
from pipelines.policy.mart import lacking, lacking_return, number, return_column

# Promises that are asked of every company, whatever its own standards are.
ALWAYS_MINUTES = (60, 1440)


@dataclass(frozen=True)
class Yardstick:
    """A share: one value per incident (0, 1, missing while undecided) and its age in days at the data cut.

    ``age`` counts from the moment that puts an incident into a week: the opening, for departures the end of the stay.
    ``weekly``: last week's value is as final as any other week's.
    """

    measure: MeasureId
    clock: Clock
    values: pd.Series
    age: pd.Series
    lacking: Reason | None
    population: Population
    weekly: bool = False
    follow_up_days: float = 0.0


def yardsticks(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    """The company's own standards and promises, the declared targets that are shares, and what matured."""
    return [*_standards(mart, company), *_targets(mart, company), *_matured(mart, company)]


def _standards(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    opened, now = mart[Col.FOLLOW_UP_DAYS], Clock.KNOWN_NOW
    departed = (opened - number(mart, Col.DAYS_TO_DEPARTURE)).where(lambda age: age >= 0)
    speed = lacking(company.facts, "speed")
    silent = values_of(Measure.SILENT_OVER_24_HOURS, mart)
    kept, fixed = number(mart, Col.COMMITMENT_KEPT), number(mart, Col.FIXED_BEFORE_DEPARTURE)
    promised = speed or lacking(company.facts, "standards")
    repair = lacking(company.facts, "repair") or lacking(company.facts, "departure")
    promises = lacking(company.facts, "promises")
    limits = lacking(company.facts, "compensation_kind") or lacking(company.facts, "authority")
    within = number(mart, Col.WITHIN_AUTHORITY)
    return [
        Yardstick(
            Measure.STANDARD_MET, now, number(mart, Col.STANDARD_MET), opened, promised, PromisedOldEnough(), True
        ),
        *(_answered(minutes, mart, company) for minutes in ALWAYS_MINUTES),
        Yardstick(Measure.SILENT_OVER_24_HOURS, now, silent, opened, speed, OldEnough(), True),
        Yardstick(Measure.FIXED_BEFORE_DEPARTURE, now, fixed, departed, repair, ServiceEnded(), True),
        Yardstick(Measure.COMMITMENT_KEPT, now, kept, _since_due(mart, company), promises, InWeekOfPromise(), True),
        Yardstick(Measure.WITHIN_AUTHORITY, now, within, opened, limits, GivenUnderLimit()),
    ]


def _answered(minutes: int, mart: pd.DataFrame, company: Company) -> Yardstick:
    measure, speed = answered_within(minutes), lacking(company.facts, "speed")
    values, opened = values_of(measure, mart), mart[Col.FOLLOW_UP_DAYS]
    return Yardstick(measure, Clock.KNOWN_NOW, values, opened, speed, OldEnough(), True)


def _since_due(mart: pd.DataFrame, company: Company) -> pd.Series:
    """Days from the due time of an incident's promises to the data cut."""
    due = pd.to_datetime(mart[Col.PROMISE_DUE_AT], utc=True)
    return (company.cut - due) / pd.Timedelta(days=1)


def _targets(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    """Declared targets on a time to answer that isn't always asked."""
    declared = (MeasureFamily.ANSWERED_WITHIN.number_in(target.measure) for target in company.targets)
    asked = [m for m in declared if m in SPEED_LADDER_MINUTES and m not in ALWAYS_MINUTES]
    return [_answered(minutes, mart, company) for minutes in asked if minutes is not None]


def _matured(mart: pd.DataFrame, company: Company) -> list[Yardstick]:
    days, longest = main_horizon(company.facts), float(max(company.facts.horizons_days))
    column, opened = return_column(company.facts, days), mart[Col.FOLLOW_UP_DAYS]
    came_back, restored = number(mart, column), number(mart, Col.RESTORED)
    unseen = None if came_back.notna().any() else lacking_return(company.facts)
    (returned,) = (f.at(days) for f, by_horizon in BY_HORIZON.items() if by_horizon.at(days) == column)
    whom, scored = OnFileMatured(float(days)), ScoredMatured(longest)
    return [
        Yardstick(returned, Clock.MATURED, came_back, opened, unseen, whom, follow_up_days=float(days)),
        Yardstick(
            Measure.RESTORED,
            Clock.MATURED,
            restored,
            opened,
            lacking(company.facts, "restored"),
            scored,
            follow_up_days=longest,
        ),
    ]
