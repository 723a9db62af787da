"""From the failure to the promoter: how many of all hit customers reached each step, by when."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.measures import MINIMUM_CELL
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import Estimate, reached, share
from pipelines.policy.mart import is_true, missing, missing_return, number, return_column, return_outcome
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "funnel"
DAYS_TO_PAY = (7.0, 30.0)
HOURS_TO_CONTACT = (1.0, 24.0)


@dataclass(frozen=True)
class Step:
    """One step: when it was reached (days), or only whether it was, among the cases where that is known."""

    measure: str
    population: str
    missing: str
    known: pd.Series
    days: pd.Series | None = None
    flags: pd.Series | None = None
    marks: tuple[float, ...] = ()


def funnel_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Each step over all incidents and by severity; then the steps reached together by one cohort.

    A timed step is the share reached within ``within_days``, young cases censored; other steps are the share at the
    data cut. Grain: one row per step, time and severity.
    """
    steps = _steps(mart, company)
    rows = [row for step in steps for row in _step_rows(mart, step)]
    return [*rows, *_together(mart, steps, company)]


def _steps(mart: pd.DataFrame, company: Company) -> list[Step]:
    everyone = pd.Series(True, index=mart.index)
    answered = number(mart, Col.FIRST_CONTACT_MINUTES) / 1440.0
    closed_or_unsaid = is_true(mart, Col.CLOSED) | mart[Col.CLOSED].isna()
    cap_days = company.facts.response_cap_minutes / 1440.0
    return [
        Step(
            "contacted", "incidents whose answers are recorded", missing(company, "speed"),
            mart[Col.RESPONSE_STATUS].notna(), days=answered, marks=(*(h / 24.0 for h in HOURS_TO_CONTACT), cap_days),
        ),
        Step(
            "fixed", "closed cases where the repair is known", missing(company, "repair"), closed_or_unsaid,
            flags=number(mart, Col.FIXED_FOR_CUSTOMER),
        ),
        _compensated(mart, company, everyone),
        _returned(mart, company),
        Step(
            "promoter", "customers who answered a survey", missing(company, "promoter"), everyone,
            flags=number(mart, Col.PROMOTER),
        ),
        Step(
            "restored", "customers with a later score and full follow-up", missing(company, "restored"), everyone,
            flags=number(mart, Col.RESTORED),
        ),
    ]  # fmt: skip


def _compensated(mart: pd.DataFrame, company: Company, everyone: pd.Series) -> Step:
    reason, flags = missing(company, "compensation_kind"), number(mart, Col.COMPENSATION_GIVEN)
    if company.facts.has("compensations", "issued_at"):
        dated = ~(is_true(mart, Col.COMPENSATION_GIVEN) & mart[Col.DAYS_TO_PAY].isna())
        return Step("compensated", "incidents, payouts without a date left out", reason, dated & flags.notna(),
                    days=number(mart, Col.DAYS_TO_PAY), marks=DAYS_TO_PAY)  # fmt: skip
    return Step("compensated", "incidents, whenever something was given", reason, everyone, flags=flags)


def _returned(mart: pd.DataFrame, company: Company) -> Step:
    outcome, reason = return_outcome(company), missing_return(company)
    horizons = company.facts.horizons_days
    if outcome == "returned" and mart[Col.DAYS_TO_RETURN].notna().any():
        on_file = is_true(mart, Col.CUSTOMER_ON_FILE)
        return Step(outcome, "customers on file", reason, on_file, days=number(mart, Col.DAYS_TO_RETURN),
                    marks=tuple(float(h) for h in horizons))  # fmt: skip
    flags = number(mart, return_column(company, main_horizon(company.facts)))
    if flags.notna().any():
        reason = ""
    return Step(outcome, "customers with full follow-up", reason, pd.Series(True, index=mart.index), flags=flags)


def _step_rows(mart: pd.DataFrame, step: Step) -> Iterator[Row]:
    where = {"population": step.population, "unit": "share of incidents"}
    if step.missing:
        yield refused(PART, step.measure, step.missing, **where)
        return
    for segment, chosen in _segments(mart, step.known):
        for mark in step.marks or (None,):
            row = numbers(_estimate(mart[chosen], step, mark))
            yield decision_row(PART, step.measure, segment=segment, within_days=mark, **where, **row)


def _segments(mart: pd.DataFrame, known: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    yield "", known
    for level in sorted(mart[Col.SEVERITY].dropna().unique()):
        yield f"severity={level}", known & (mart[Col.SEVERITY] == level)


def _estimate(mart: pd.DataFrame, step: Step, mark: float | None) -> Estimate:
    clusters = mart[Col.CLUSTER_KEY]
    if mark is not None and step.days is not None:
        return reached(step.days[mart.index], mart[Col.FOLLOW_UP_DAYS], clusters, mark, MINIMUM_CELL)
    assert step.flags is not None
    return share(step.flags[mart.index], clusters)


def _together(mart: pd.DataFrame, steps: list[Step], company: Company) -> Iterator[Row]:
    """Among incidents with full follow-up: the share that reached a step and all before it."""
    days = main_horizon(company.facts)
    came_back = number(mart, return_column(company, days))
    if steps[3].missing or not came_back.notna().any():
        return
    in_time = number(mart, Col.FIRST_CONTACT_MINUTES).le(company.facts.response_cap_minutes)
    marks = {"contacted": in_time.astype("float64").where(mart[Col.RESPONSE_STATUS].notna()),
             "fixed": number(mart, Col.FIXED_FOR_CUSTOMER), "compensated": number(mart, Col.COMPENSATION_GIVEN),
             steps[3].measure: came_back}  # fmt: skip
    usable = [step.measure for step in steps[:4] if not step.missing]
    cohort = came_back.notna() & pd.concat([marks[m] for m in usable], axis=1).notna().all(axis=1)
    so_far = pd.Series(1.0, index=mart.index)
    for place, measure in enumerate(usable, start=1):
        so_far = so_far * marks[measure]
        found = share(so_far[cohort], mart[Col.CLUSTER_KEY][cohort])
        yield decision_row(
            PART, "_and_".join(usable[:place]), clock="matured", within_days=float(days), unit="share of incidents",
            population=f"incidents older than {days} days of customers on file, every step known", **numbers(found),
        )  # fmt: skip
