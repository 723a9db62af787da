"""Who to turn to next: cases closed but not won back, the most valuable first, each with its next step."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import pandas as pd

from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.worklist import LostCase
from pipelines.contracts.worklist import MOST_CASES, Case, dropped_by, next_step, standard_offer, won_back
from pipelines.policy.counted.silence import lost_cases
from pipelines.policy.mart import number

_NAMES = (Col.INCIDENT_ID, Col.SITE_ID, Col.CATEGORY, Col.OPENED_AT)


def worklist_rows(mart: pd.DataFrame, findings: Iterable[Finding] = ()) -> list[LostCase]:
    """Rows of ``worklist``; one per case, at most :data:`MOST_CASES`. Value at stake: spend in the 365 days before.

    No step is advised that the ledger says not to take.
    """
    dropped = dropped_by(findings)
    lost = mart[lost_cases(mart)[Measure.CLOSED_NOT_RESTORED]]
    value = number(lost, Col.EARLIER_SPEND_365D)
    chosen = value.fillna(0.0).sort_values(ascending=False, kind="stable").index[:MOST_CASES]
    rows = lost.loc[chosen]
    closed = rows[Col.OPENED_AT] + pd.to_timedelta(number(rows, Col.CLOSED_HOURS), unit="h").dt.round("s")
    named = (_known(rows[column]) for column in _NAMES)
    cases = zip(_cases(rows), *named, _known(closed), _known(value.loc[chosen]), strict=True)
    return [
        LostCase(
            incident_id=incident,
            site_id=site,
            category=category,
            severity=case.severity,
            opened_at=opened,
            closed_at=end,
            value_at_stake=worth,
            answered_in_time=case.standard_met,
            standard_offer=standard_offer(case),
            standard_approver=case.standard_approver,
            next_step=next_step(case, dropped),
            won_back=won_back(case),
        )
        for case, incident, site, category, opened, end, worth in cases
    ]


def _cases(mart: pd.DataFrame) -> Iterator[Case]:
    names = [field.name for field in fields(Case)]
    columns = (_known(mart[name]) for name in names)
    return (Case(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True))


def _known(values: pd.Series) -> list[Any]:
    """Values as Python's own, None for what is missing."""
    plain = values.astype("object")
    return plain.where(plain.notna(), None).tolist()
