"""What a kept and a broken promise go with: customers who came back, against cases without a promise and each other."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import PromiseSide
from pipelines.contracts.catalog.measures import Change
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.caveats import PromisesNoDifferent
from pipelines.contracts.messages.counted import NoneOldEnough
from pipelines.contracts.messages.populations import AnsweredFollowed
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, with_difference
from pipelines.policy.company import Company
from pipelines.policy.counted.stratified import difference
from pipelines.policy.mart import lacking, lacking_return, number, return_column

CASE_MIX = (Col.SEVERITY, Col.CATEGORY, Col.CHANNEL)


def commitment_rows(mart: pd.DataFrame, company: Company) -> Iterator[Contrasted]:
    """Returning customers per 100, by which promises are held against which."""
    days = main_horizon(company.facts)
    row = Contrasted(
        Change.PROMISED_AND_RETURNED,
        population=AnsweredFollowed(),
        unit=Unit.PER_100_CUSTOMERS,
        within_days=float(days),
    )
    came_back = 100.0 * number(mart, return_column(company.facts, days))
    reason = lacking(company.facts, "promises") or (None if came_back.notna().any() else lacking_return(company.facts))
    if reason or not came_back.notna().any():
        yield refused(row, reason or NoneOldEnough())
        return
    made, kept = number(mart, Col.PROMISES_MADE), number(mart, Col.COMMITMENT_KEPT)
    answered = mart[Col.RESPONSE_STATUS] == "answered"
    sides = {
        PromiseSide.KEPT: (kept == 1, made == 0),
        PromiseSide.BROKEN: (kept == 0, made == 0),
        PromiseSide.KEPT_AGAINST_BROKEN: (kept == 1, kept == 0),
    }
    for side, (one, other) in sides.items():
        holds = one.astype("float64").where(answered & (one | other))
        found = difference(came_back, holds, mart[Col.CLUSTER_KEY], mart, CASE_MIX)
        yield with_difference(replace(row, level=side, caveats=(PromisesNoDifferent(),)), found)
