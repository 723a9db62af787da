"""What a kept and a broken promise go with: customers who came back, against cases without a promise and each other."""

from collections.abc import Iterator

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.stratified import difference
from pipelines.policy.mart import missing, missing_return, number, return_column
from pipelines.policy.rows import Row, decision_row, refused

PART = "learning"
EFFECT = "commitment_effect_on_return"
CASE_MIX = (Col.SEVERITY, Col.CATEGORY, Col.CHANNEL)
PER_100 = "per 100 customers"
POPULATION = "answered incidents with full follow-up"
ASSUMPTION = (
    "Compared within severity, type and channel. This assumes that cases with and without a promise, kept or broken, "
    "differ in nothing else."
)


def commitment_rows(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Returning customers per 100: ``level`` kept or broken against no promise, and kept_against_broken."""
    days = main_horizon(company.facts)
    where = {"population": POPULATION, "unit": PER_100, "within_days": float(days)}
    came_back = 100.0 * number(mart, return_column(company, days))
    reason = missing(company, "promises") or ("" if came_back.notna().any() else missing_return(company))
    if reason or not came_back.notna().any():
        reason = reason or "No incident is old enough to be judged."
        yield refused(PART, EFFECT, reason, **where)
        return
    made, kept = number(mart, Col.PROMISES_MADE), number(mart, Col.COMMITMENT_KEPT)
    answered = mart[Col.RESPONSE_STATUS] == "answered"
    sides = {
        "kept": (kept == 1, made == 0),
        "broken": (kept == 0, made == 0),
        "kept_against_broken": (kept == 1, kept == 0),
    }
    for level, (one, other) in sides.items():
        holds = one.astype("float64").where(answered & (one | other))
        found = difference(came_back, holds, mart[Col.CLUSTER_KEY], mart, CASE_MIX)
        yield decision_row(PART, EFFECT, level=level, assumption=ASSUMPTION, **where, **found.columns())
