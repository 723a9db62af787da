"""How many incidents a year scenarios speak of, so that what they bring per incident becomes what they bring a year."""

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.compensation import shares_given
from pipelines.policy.company import Company
from pipelines.policy.learnt.joint_question import POPULATION, Joint
from pipelines.policy.learnt.offer_segments import Segments
from pipelines.policy.mart import number
from pipelines.policy.money.incident_year import a_year_of
from pipelines.policy.plans.population import population_of
from pipelines.policy.rows import Row, decision_row, refused

PART, MEASURE, UNIT = "choice", "incidents_a_year", "incidents a year"


def incidents_a_year(mart: pd.DataFrame, joint: Joint, company: Company) -> Row:
    """One row: incidents opened in the year before the data cut that the scenarios' segments hold.

    Answered, loss and share given known, customers on file; a shorter record is scaled to 365 days.
    """
    year = a_year_of(mart, _asked_about(mart, joint, company), company)
    return decision_row(
        PART, MEASURE, estimate=year.incidents, n=year.counted, unit=UNIT, population=POPULATION, period=year.period,
        clock="known_now", verdict="counted", assumption=year.assumption,
    )  # fmt: skip


def refused_year(reason: str) -> Row:
    """The row that says why scenarios speak of no incident."""
    return refused(PART, MEASURE, reason, unit=UNIT, population=POPULATION)


def _asked_about(mart: pd.DataFrame, joint: Joint, company: Company) -> pd.Series:
    known = number(mart, Col.LOSS_AMOUNT).notna() & pd.Series(shares_given(mart), index=mart.index).notna()
    known &= number(mart, Col.CUSTOMER_ON_FILE) != 0
    inside = population_of(mart, joint.question.aim.population, company.facts)
    return known & _in_segments(mart, joint.segments) & (True if inside is None else inside)


def _in_segments(mart: pd.DataFrame, segments: Segments) -> pd.Series:
    """Where severity and service are known, as far as segments tell by them."""
    found = pd.Series(True, index=mart.index)
    if len(segments.tiers) > 1:
        found &= mart[Col.SEVERITY_RANK].notna()
    if segments.column:
        found &= mart[segments.column].notna()
    return found
