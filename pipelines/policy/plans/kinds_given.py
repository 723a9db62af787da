"""Which of the declared kinds of compensation the data holds, so that nobody wonders about one that can't be judged."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.treatments import COMPENSATION_KIND
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import COMPENSATION_KINDS, UNSPECIFIED_KINDS
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.plans import KindUnseen
from pipelines.contracts.messages.populations import IncidentsGivenKind
from pipelines.contracts.tables.measure import Measured
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.mart import lacking

_ROW = Measured(
    Topic.FORMS, Measure.KIND_GIVEN, unit=Unit.INCIDENTS, population=IncidentsGivenKind(), clock=Clock.KNOWN_NOW
)


def kind_rows(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """One row per kind of the vocabulary (``level``): incidents given it, or how to have it judged where none was.

    Kinds that name no form of their own are there only if the data has them. Without compensations one row says so.
    """
    if reason := lacking(company.facts, COMPENSATION_KIND):
        yield refused(_ROW, reason)
        return
    given = _given(mart, company)
    for kind in COMPENSATION_KINDS:
        row = replace(_ROW, level=kind, n=given.get(kind, 0))
        if row.n:
            yield shown(replace(row, estimate=float(row.n), verdict=Verdict.COUNTED))
        elif kind not in UNSPECIFIED_KINDS:
            yield refused(row, KindUnseen(kind))


def _given(mart: pd.DataFrame, company: Company) -> dict[str, int]:
    """Incidents of the mart by kind; an incident given two kinds counts in both."""
    paid = company.compensations
    if paid.empty:
        return {}
    inside = paid["incident_id"].isin(mart[Col.INCIDENT_ID])
    if "issued_at" in paid:
        issued = pd.to_datetime(paid["issued_at"], utc=True)
        inside &= issued.isna() | (issued < company.cut)
    counted = paid[inside].groupby("kind")["incident_id"].nunique()
    return {str(kind): int(n) for kind, n in counted.items()}
