"""Why return rates differ from page to page: who each counts, whom it leaves out and how many, so that they add up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.counting import ReturnStep, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.thresholds import MINIMUM_CELL, USUAL_WEEKS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col, HorizonCol
from pipelines.contracts.message import Population
from pipelines.contracts.messages.caveats import YoungCountAsWaiting
from pipelines.contracts.messages.counted import NobodyOldEnough
from pipelines.contracts.messages.populations import (
    AllIncidents,
    LatestWeeksFollowed,
    LossOrGivingUnknown,
    NeverAnswered,
    NotOnFile,
    OfTheseAnswered,
    OfThesePriced,
    OnFileFollowed,
    OnFileYoungToo,
    OpenedOutsideWeeks,
    OpenedTooLately,
    ReturnUnknowable,
)
from pipelines.contracts.tables.measure import Measured
from pipelines.models.ask.handling import reached as answered_by_a_person
from pipelines.models.ask.handling import shares_given
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import reached, share
from pipelines.policy.mart import is_true, lacking_return, number, return_column, return_outcome


@dataclass(frozen=True)
class Gate:
    """Whom a step leaves out, and the flags of those who stay."""

    leaves_out: Population
    stays: pd.Series


@dataclass(frozen=True)
class Counted:
    """Incidents counted at one step: all of the step before that pass every gate. ``undecided``: young cases stay."""

    step: ReturnStep
    population: Population
    gates: tuple[Gate, ...]
    period: str = ""
    undecided: bool = False


def return_rate_rows(mart: pd.DataFrame, company: Company) -> list[Measured]:
    """Per step its rate (``return_rate``) and, per gate that leaves anybody out, how many (``left_out``).

    Left out + kept = the cases before: ``n`` of a row of ``left_out`` is what there was before it, its ``estimate``
    how many go; the first steps start from all incidents. Intervals as everywhere: clustered, Wilson's.
    """
    days = main_horizon(company.facts)
    came_back = number(mart, return_column(company.facts, days))
    rate = Measured(
        Topic.RETURNS,
        Measure.RETURN_RATE,
        within_days=float(days),
        population=AllIncidents(),
        unit=Unit.SHARE_OF_INCIDENTS,
    )
    if not came_back.notna().any():
        return [refused(rate, lacking_return(company.facts) or NobodyOldEnough())]
    kept = {"": pd.Series(True, index=mart.index)}
    rows: list[Measured] = []
    for counted in _steps(mart, came_back, days, company):
        inside = kept[counted.step.before]
        row = replace(rate, level=counted.step)
        for gate in counted.gates:
            rows += _left_out(row, gate, inside)
            inside = inside & gate.stays
        kept[counted.step] = inside
        rows.append(_rate(row, mart, came_back, counted, inside))
    return rows


def _left_out(row: Measured, gate: Gate, inside: pd.Series) -> Iterator[Measured]:
    gone = int((inside & ~gate.stays).sum())
    if gone:
        yield shown(
            replace(
                row,
                measure=Measure.LEFT_OUT,
                population=gate.leaves_out,
                unit=Unit.INCIDENTS,
                estimate=float(gone),
                n=int(inside.sum()),
                verdict=Verdict.COUNTED,
            )
        )


def _rate(row: Measured, mart: pd.DataFrame, came_back: pd.Series, counted: Counted, inside: pd.Series) -> Measured:
    clusters, days = mart[Col.CLUSTER_KEY][inside], row.within_days or 0.0
    if counted.undecided:
        waited = number(mart, Col.DAYS_TO_RETURN)[inside]
        found = reached(waited, mart[Col.FOLLOW_UP_DAYS][inside], clusters, days, MINIMUM_CELL)
    else:
        found = share(came_back[inside], clusters)
    caveats = (YoungCountAsWaiting(),) if counted.undecided else ()
    return with_estimate(replace(row, population=counted.population, period=counted.period, caveats=caveats), found)


def _steps(mart: pd.DataFrame, came_back: pd.Series, days: int, company: Company) -> Iterator[Counted]:
    """Every step in the order shown; each comes after the one it starts from."""
    known, age = came_back.notna(), float(days)
    young = ~known & (number(mart, HorizonCol.FOLLOWED.at(days)) == 0)
    followed = Gate(OpenedTooLately(age), ~young), Gate(ReturnUnknowable(), known)
    yield Counted(ReturnStep.FOLLOWED, OnFileFollowed(age), followed)
    answered = Gate(NeverAnswered(), pd.Series(answered_by_a_person(mart), index=mart.index))
    yield Counted(ReturnStep.ANSWERED, OfTheseAnswered(), (answered,))
    priced = number(mart, Col.LOSS_AMOUNT).notna() & np.isfinite(shares_given(mart))
    if priced.any():
        yield Counted(ReturnStep.PRICED, OfThesePriced(), (Gate(LossOrGivingUnknown(), priced),))
    week = np.ceil((mart[Col.FOLLOW_UP_DAYS] - days) / 7.0)
    latest = Gate(OpenedOutsideWeeks(USUAL_WEEKS), (week >= 1) & (week <= USUAL_WEEKS))
    window = company.days(age, age + 7.0 * USUAL_WEEKS)
    yield Counted(ReturnStep.WINDOW, LatestWeeksFollowed(USUAL_WEEKS, age), (latest,), window)
    if return_outcome(company.facts) == RETURNED and mart[Col.DAYS_TO_RETURN].notna().any():
        on_file = Gate(NotOnFile(), is_true(mart, Col.CUSTOMER_ON_FILE))
        yield Counted(ReturnStep.ON_FILE, OnFileYoungToo(), (on_file,), undecided=True)
