"""Who to turn to next: cases closed but not won back, the most valuable first, each with its next step."""

from typing import Any

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.contracts.worklist import MOST_CASES, NEEDED, next_step, standard_offer, won_back
from pipelines.policy.company import Company
from pipelines.policy.counted.silence import lost_cases
from pipelines.policy.mart import number

Row = dict[str, Any]
_KEPT = (Col.INCIDENT_ID, Col.SITE_ID, Col.CATEGORY, Col.SEVERITY, Col.OPENED_AT, Col.STANDARD_APPROVER)


def worklist_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Rows of ``worklist``; one per case, at most :data:`MOST_CASES`. Value at stake: spend in the 365 days before."""
    lost = mart[lost_cases(mart)["closed_not_restored"]]
    value = number(lost, Col.EARLIER_SPEND_365D)
    chosen = value.fillna(0.0).sort_values(ascending=False, kind="stable").index[:MOST_CASES]
    cases = lost.loc[chosen]
    closed = cases[Col.OPENED_AT] + pd.to_timedelta(number(cases, Col.CLOSED_HOURS), unit="h").dt.round("s")
    plain = cases[[*dict.fromkeys((*_KEPT, *NEEDED, Col.RESTORED, Col.CUSTOMER_ON_FILE))]].astype("object")
    names = [str(name) for name in plain.columns]
    rows: list[Row] = [dict(zip(names, case, strict=True)) for case in plain.where(plain.notna(), None).to_numpy()]
    return [
        {name: case[name] for name in _KEPT}
        | {
            "closed_at": None if pd.isna(end) else end, "value_at_stake": None if pd.isna(worth) else worth,
            "answered_in_time": case[Col.STANDARD_MET],
            "standard_offer": standard_offer(case, company.currency) or None,
            "next_step": next_step(case, company.currency), "won_back": won_back(case),
        }
        for case, end, worth in zip(rows, closed, value.loc[chosen], strict=True)
    ]  # fmt: skip
