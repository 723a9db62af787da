"""The decision layer: what the mart and the effects say about steps, silence, standards, events, causes and money."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.policy.company import Company
from pipelines.policy.counted.front_line import front_line_rows
from pipelines.policy.counted.funnel import funnel_rows
from pipelines.policy.counted.lately import week_rows
from pipelines.policy.counted.return_rates import return_rate_rows
from pipelines.policy.counted.silence import void_rows
from pipelines.policy.counted.standards import standards_rows
from pipelines.policy.counted.word_of_mouth import story_rows
from pipelines.policy.decided.reviews import decided_rows
from pipelines.policy.events.mass_events import event_rows
from pipelines.policy.learning.fixes import learning_rows
from pipelines.policy.money.amounts import money_rows
from pipelines.policy.money.recovery_paradox import paradox_rows
from pipelines.policy.plans.plans import plan_rows
from pipelines.policy.worklist import worklist_rows

Row = dict[str, Any]


def decide(
    mart: pd.DataFrame, never_failed: pd.DataFrame, effects: Sequence[Row], company: Company
) -> dict[str, list[Row]]:
    """Rows of ``decisions``, ``events``, ``worklist``, policies and scenarios; refusals say why and what to add.

    ``mart`` has one row per incident, ``never_failed`` one per never-failed customer (it may be empty), ``effects``
    are the published estimates. Arguments are not changed; the order of the mart's rows doesn't matter.
    """
    ordered = mart.sort_values(Col.INCIDENT_ID, kind="stable").reset_index(drop=True)
    plans = plan_rows(ordered, effects, company)
    return plans | {
        "decisions": [
            *funnel_rows(ordered, company),
            *return_rate_rows(ordered, company),
            *void_rows(ordered, company),
            *standards_rows(ordered, company),
            *learning_rows(ordered, company),
            *story_rows(ordered, never_failed, company),
            *money_rows(ordered, effects, company),
            *week_rows(ordered, company),
            *front_line_rows(ordered, effects, company),
            *paradox_rows(effects, company),
            *plans["decisions"],
            *decided_rows(ordered, company),
        ],
        "events": event_rows(ordered, company),
        "worklist": worklist_rows(ordered, company),
    }
