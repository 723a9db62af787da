"""From the failure to the promoter: how many of all hit customers reached each step, by when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.measures import MEASURES, Measure, together
from pipelines.contracts.catalog.thresholds import MINIMUM_CELL
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Population, Reason
from pipelines.contracts.messages.populations import (
    AnswersRecorded,
    ClosedWithRepairKnown,
    CustomersFollowed,
    CustomersOnFile,
    EveryStepKnown,
    GivenWhenever,
    PayoutsDated,
    ScoredAndFollowed,
    SurveyAnswers,
)
from pipelines.contracts.segments import EVERYONE, segment
from pipelines.contracts.tables.measure import Measured
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import Estimate, reached, share
from pipelines.policy.mart import is_true, lacking, lacking_return, number, return_column, return_outcome

DAYS_TO_PAY = (7.0, 30.0)
HOURS_TO_CONTACT = (1.0, 24.0)


@dataclass(frozen=True)
class FunnelStep:
    """One step: when it was reached (days), or only whether it was, among the cases where that is known."""

    measure: Measure
    population: Population
    lacking: Reason | None
    known: pd.Series
    days: pd.Series | None = None
    flags: pd.Series | None = None
    marks: tuple[float, ...] = ()

    @property
    def row(self) -> Measured:
        """A row of this step, without its numbers."""
        return Measured(Topic.FUNNEL, self.measure, population=self.population, unit=Unit.SHARE_OF_INCIDENTS)


def funnel_rows(mart: pd.DataFrame, company: Company) -> list[Measured]:
    """Each step over all incidents and by severity; then the steps reached together by one cohort.

    A timed step is the share reached within ``within_days``, young cases censored; other steps are the share at the
    data cut. Promoters and the restored are counted with everything else that is told by label and month: here they
    only say why they can't be. Grain: one row per step, time and severity.
    """
    steps = _steps(mart, company)
    rows = [row for step in steps for row in _step_rows(mart, step)]
    later = [refused(step.row, step.lacking) for step in _later(mart, company) if step.lacking is not None]
    return [*rows, *later, *_together(mart, steps, company)]


def _steps(mart: pd.DataFrame, company: Company) -> list[FunnelStep]:
    answered = number(mart, Col.FIRST_CONTACT_MINUTES) / 1440.0
    cap_days = company.facts.response_cap_minutes / 1440.0
    return [
        FunnelStep(
            Measure.CONTACTED,
            AnswersRecorded(),
            lacking(company.facts, "speed"),
            mart[Col.RESPONSE_STATUS].notna(),
            days=answered,
            marks=(*(h / 24.0 for h in HOURS_TO_CONTACT), cap_days),
        ),
        FunnelStep(
            Measure.FIXED,
            ClosedWithRepairKnown(),
            lacking(company.facts, "repair"),
            is_true(mart, Col.CLOSED) | mart[Col.CLOSED].isna(),
            flags=number(mart, Col.FIXED_FOR_CUSTOMER),
        ),
        _compensated(mart, company),
        _returned(mart, company),
    ]


def _later(mart: pd.DataFrame, company: Company) -> list[FunnelStep]:
    everyone = _everyone(mart)
    return [
        FunnelStep(Measure.PROMOTER, SurveyAnswers(), lacking(company.facts, "promoter"), everyone),
        FunnelStep(Measure.RESTORED, ScoredAndFollowed(), lacking(company.facts, "restored"), everyone),
    ]


def _compensated(mart: pd.DataFrame, company: Company) -> FunnelStep:
    reason, flags = lacking(company.facts, "compensation_kind"), number(mart, Col.COMPENSATION_GIVEN)
    if company.facts.has("compensations", "issued_at"):
        dated = ~(is_true(mart, Col.COMPENSATION_GIVEN) & mart[Col.DAYS_TO_PAY].isna())
        days = number(mart, Col.DAYS_TO_PAY)
        known = dated & flags.notna()
        return FunnelStep(Measure.COMPENSATED, PayoutsDated(), reason, known, days=days, marks=DAYS_TO_PAY)
    return FunnelStep(Measure.COMPENSATED, GivenWhenever(), reason, _everyone(mart), flags=flags)


def _returned(mart: pd.DataFrame, company: Company) -> FunnelStep:
    outcome, reason = MEASURES[return_outcome(company.facts)], lacking_return(company.facts)
    if outcome is Measure.RETURNED and mart[Col.DAYS_TO_RETURN].notna().any():
        marks = tuple(float(h) for h in company.facts.horizons_days)
        on_file, days = is_true(mart, Col.CUSTOMER_ON_FILE), number(mart, Col.DAYS_TO_RETURN)
        return FunnelStep(outcome, CustomersOnFile(), reason, on_file, days=days, marks=marks)
    flags = number(mart, return_column(company.facts, main_horizon(company.facts)))
    if flags.notna().any():
        reason = None
    return FunnelStep(outcome, CustomersFollowed(), reason, _everyone(mart), flags=flags)


def _everyone(mart: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=mart.index)


def _step_rows(mart: pd.DataFrame, step: FunnelStep) -> Iterator[Measured]:
    if step.lacking is not None:
        yield refused(step.row, step.lacking)
        return
    for name, chosen in _segments(mart, step.known):
        for mark in step.marks or (None,):
            row = replace(step.row, segment=name, within_days=mark)
            yield with_estimate(row, _estimate(mart[chosen], step, mark))


def _segments(mart: pd.DataFrame, known: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    yield EVERYONE, known
    for level in sorted(mart[Col.SEVERITY].dropna().unique()):
        yield segment(Col.SEVERITY, level), known & (mart[Col.SEVERITY] == level)


def _estimate(mart: pd.DataFrame, step: FunnelStep, mark: float | None) -> Estimate:
    clusters = mart[Col.CLUSTER_KEY]
    if mark is not None and step.days is not None:
        return reached(step.days[mart.index], mart[Col.FOLLOW_UP_DAYS], clusters, mark, MINIMUM_CELL)
    assert step.flags is not None
    return share(step.flags[mart.index], clusters)


def _together(mart: pd.DataFrame, steps: list[FunnelStep], company: Company) -> Iterator[Measured]:
    """Among incidents with full follow-up: the share that reached a step and all before it."""
    days, last = main_horizon(company.facts), steps[-1]
    came_back = number(mart, return_column(company.facts, days))
    if last.lacking is not None or not came_back.notna().any():
        return
    in_time = number(mart, Col.FIRST_CONTACT_MINUTES).le(company.facts.response_cap_minutes)
    marks = {
        Measure.CONTACTED: in_time.astype("float64").where(mart[Col.RESPONSE_STATUS].notna()),
        Measure.FIXED: number(mart, Col.FIXED_FOR_CUSTOMER),
        Measure.COMPENSATED: number(mart, Col.COMPENSATION_GIVEN),
        last.measure: came_back,
    }
    usable = [step.measure for step in steps if step.lacking is None]
    cohort = came_back.notna() & pd.concat([marks[m] for m in usable], axis=1).notna().all(axis=1)
    row = replace(last.row, clock=Clock.MATURED, within_days=float(days), population=EveryStepKnown(float(days)))
    so_far = pd.Series(1.0, index=mart.index)
    for place, measure in enumerate(usable, start=1):
        so_far = so_far * marks[measure]
        found = share(so_far[cohort], mart[Col.CLUSTER_KEY][cohort])
        yield with_estimate(replace(row, measure=together(usable[:place])), found)
