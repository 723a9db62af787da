"""Why return rates differ from page to page: who each counts, whom it leaves out and how many, so that they add up."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col, HorizonCol
from pipelines.measures import MINIMUM_CELL
from pipelines.models.ask.compensation import shares_given
from pipelines.models.ask.held_equal import reached as answered_by_a_person
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import reached, share
from pipelines.policy.counted.yardsticks import WEEKS
from pipelines.policy.mart import is_true, missing_return, number, return_column, return_outcome
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "returns"
RATE, LEFT_OUT = "return_rate", "left_out"
SHARE, COUNT = "share of incidents", "incidents"
WAITING = "Those still too young to be judged count as waiting."


@dataclass(frozen=True)
class Step:
    """Incidents counted at one step: all of the step before (``level`` up to its last "/") that pass every gate.

    A gate is whom it leaves out, in words, and the flags of those who stay. ``undecided``: young cases stay.
    """

    level: str
    population: str
    gates: tuple[tuple[str, pd.Series], ...]
    period: str = ""
    undecided: bool = False


def return_rate_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Per step its rate (``return_rate``) and, per gate that leaves anybody out, how many (``left_out``).

    Left out + kept = the cases before: ``n`` of a row of ``left_out`` is what there was before it, its ``estimate``
    how many go; the first steps start from all incidents. Intervals as everywhere: clustered, Wilson's.
    """
    days = main_horizon(company.facts)
    came_back = number(mart, return_column(company, days))
    if not came_back.notna().any():
        reason = missing_return(company) or "No incident is old enough to tell who came back."
        return [refused(PART, RATE, reason, unit=SHARE, population="all incidents", within_days=float(days))]
    kept = {"": pd.Series(True, index=mart.index)}
    rows: list[Row] = []
    for step in _steps(mart, came_back, days, company):
        inside = kept[step.level.rpartition("/")[0]]
        for words, stays in step.gates:
            rows += _left_out(step, words, inside, stays, days)
            inside = inside & stays
        kept[step.level] = inside
        rows.append(_rate(mart, came_back, step, inside, days))
    return rows


def _left_out(step: Step, words: str, inside: pd.Series, stays: pd.Series, days: int) -> Iterator[Row]:
    gone = int((inside & ~stays).sum())
    if gone:
        yield decision_row(
            PART, LEFT_OUT, level=step.level, population=words, unit=COUNT, within_days=float(days),
            estimate=float(gone), n=int(inside.sum()), verdict="counted",
        )  # fmt: skip


def _rate(mart: pd.DataFrame, came_back: pd.Series, step: Step, inside: pd.Series, days: int) -> Row:
    clusters = mart[Col.CLUSTER_KEY][inside]
    if step.undecided:
        waited = number(mart, Col.DAYS_TO_RETURN)[inside]
        found = reached(waited, mart[Col.FOLLOW_UP_DAYS][inside], clusters, float(days), MINIMUM_CELL)
    else:
        found = share(came_back[inside], clusters)
    return decision_row(
        PART, RATE, level=step.level, population=step.population, unit=SHARE, within_days=float(days),
        period=step.period, assumption=WAITING if step.undecided else None, **numbers(found),
    )  # fmt: skip


def _steps(mart: pd.DataFrame, came_back: pd.Series, days: int, company: Company) -> Iterator[Step]:
    """Every step in the order shown; each comes after the one it starts from."""
    known = came_back.notna()
    young = ~known & (number(mart, HorizonCol.FOLLOWED.at(days)) == 0)
    yield Step("followed", f"incidents {days} days old or more, of customers on file", (
        (f"opened less than {days} days before the data cut", ~young),
        ("whose return can't be known, as of customers not on file", known),
    ))  # fmt: skip
    yield Step("followed/answered", "of these, answered by a person", (
        ("never answered by a person", pd.Series(answered_by_a_person(mart), index=mart.index)),
    ))  # fmt: skip
    priced = number(mart, Col.LOSS_AMOUNT).notna() & np.isfinite(shares_given(mart))
    if priced.any():
        yield Step("followed/answered/priced", "of these, with a known loss and a known amount given", (
            ("whose loss, or what was given, isn't known", priced),
        ))  # fmt: skip
    week = np.ceil((mart[Col.FOLLOW_UP_DAYS] - days) / 7.0)
    window = company.days(float(days), days + 7.0 * WEEKS)
    yield Step("followed/window", f"the latest {WEEKS} weeks that are {days} days old", (
        (f"opened outside these {WEEKS} weeks", (week >= 1) & (week <= WEEKS)),
    ), window)  # fmt: skip
    if return_outcome(company) == "returned" and mart[Col.DAYS_TO_RETURN].notna().any():
        yield Step("on_file", "every incident of customers on file, young ones too", (
            ("of customers not on file", is_true(mart, Col.CUSTOMER_ON_FILE)),
        ), undecided=True)  # fmt: skip
