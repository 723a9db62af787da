"""How many incidents a year scenarios speak of, so that what they bring per incident becomes what they bring a year."""

from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.populations import AskedOfEffect
from pipelines.contracts.tables.measure import Measured
from pipelines.models.ask.handling import shares_given
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.learnt.joint import Joint
from pipelines.policy.learnt.offer_segments import Segments
from pipelines.policy.mart import number
from pipelines.policy.money.incident_year import a_year_of
from pipelines.policy.population import population_of

_ROW = Measured(
    Topic.FORMS, Measure.INCIDENTS_A_YEAR, unit=Unit.INCIDENTS_A_YEAR, population=AskedOfEffect(AskedOf.ANSWERED)
)


def incidents_a_year(mart: pd.DataFrame, joint: Joint, company: Company) -> Measured:
    """One row: incidents opened in the year before the data cut that the scenarios' segments hold.

    Answered, loss and share given known, customers on file; a shorter record is scaled to 365 days.
    """
    year = a_year_of(mart, _asked_about(mart, joint, company), company)
    return shown(
        replace(
            _ROW, estimate=year.incidents, n=year.counted, period=year.period, clock=Clock.KNOWN_NOW,
            verdict=Verdict.COUNTED, caveats=year.caveats,
        )
    )  # fmt: skip


def refused_year(*reasons: Reason) -> Measured:
    """The row that says why scenarios speak of no incident."""
    return refused(_ROW, *reasons)


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
