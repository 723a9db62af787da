"""Which of the declared kinds of compensation the data holds, so that nobody wonders about one that can't be judged."""

from collections.abc import Iterator

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.contracts.vocabulary import COMPENSATION_KINDS, UNSPECIFIED_KINDS
from pipelines.policy.company import Company
from pipelines.policy.mart import missing
from pipelines.policy.rows import Row, decision_row, refused

PART, MEASURE = "choice", "kind_given"
WHERE = {
    "unit": "incidents",
    "population": "incidents given something of this kind by the data cut",
    "clock": "known_now",
}
UNSEEN = 'Not in this data. To have it judged, map kind "{kind}" in compensations.'


def kind_rows(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """One row per kind of the vocabulary (``level``): incidents given it, or how to have it judged where none was.

    Kinds that name no form of their own are there only if the data has them. Without compensations one row says so.
    """
    if reason := missing(company, "compensation_kind"):
        yield refused(PART, MEASURE, reason, **WHERE)
        return
    given = _given(mart, company)
    for kind in COMPENSATION_KINDS:
        if n := given.get(kind, 0):
            yield decision_row(PART, MEASURE, level=kind, estimate=float(n), n=n, verdict="counted", **WHERE)
        elif kind not in UNSPECIFIED_KINDS:
            yield refused(PART, MEASURE, UNSEEN.format(kind=kind), level=kind, n=0, **WHERE)


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
