"""What cases share with others: the week of their site, who answered, and how much arrived when they did.

Sites go through bad weeks, agents differ, and crowded days slow everyone; all of it moves speed, money and returns
together and stands in no column of a case. Questions are therefore asked within cells – site by week, agent – with
arrivals held (docs/adr/0017). Cells are of the cases that can answer a question; arrivals are of all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy.special import expit

from pipelines.contracts.catalog.checks import Subject
from pipelines.contracts.catalog.thresholds import FEWEST_OF_A_KIND, FEWEST_ROWS_PER_COLUMN, LEAST_RECORDED_SHARE
from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.grounds import AgentsUnknown, DaysUnknown, SitesUnknown
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.fit.patterns import Cells
from pipelines.models.fit.terms import Linear, spline_or_line
from pipelines.models.question import Question, numbers

ARRIVALS = ("arrivals_today", "arrivals_yesterday", "arrivals_at_site_today", "arrivals_at_site_yesterday")
BENT = ARRIVALS[:2]
LOAD_KNOTS = 4
CROSSED = (
    Col.SEVERITY, Col.CHANNEL, Col.CATEGORY, Col.LOYALTY_TIER, Col.FAULT, Col.SEGMENT, Col.DETECTED_BY,
    Col.OPENED_AT_NIGHT,
)  # fmt: skip
DAYS_A_WEEK = 7


class Period(StrEnum):
    """How long cases of a site are taken to share what nobody recorded."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


_DAYS: Mapping[Period, int] = {Period.WEEK: 7, Period.FORTNIGHT: 14, Period.MONTH: 28}


@dataclass(frozen=True)
class Circumstances:
    """Per row of a mart: calendar ``day`` and ``site`` (−1 unknown), ``agent`` (−1 unanswered or unknown), arrivals.

    ``lacking`` says what isn't recorded well enough, so that nobody can hold it.
    """

    day: Ints
    site: Ints
    agent: Ints
    load: Table
    lacking: tuple[Reason, ...]

    def period(self, period: Period) -> Ints:
        """Site by period per row; rows without a day are in none, those without a site share the company's."""
        span = (self.day - self.day.min(initial=0)) // _DAYS[period]
        code = (self.site + 1) * (int(span.max(initial=0)) + 1) + span
        return np.where(self.day < 0, -1, code).astype(np.int64)


def circumstances(mart: pd.DataFrame) -> Circumstances:
    """The circumstances of all cases of a mart."""
    day = np.nan_to_num(numbers(mart, Col.OPENED_DAY), nan=-1.0).astype(np.int64)
    site = _codes(mart, Col.SITE_ID)
    answered = (mart[Col.RESPONSE_STATUS].astype("object") == ResponseStatus.ANSWERED).to_numpy()
    agent = np.where(answered, _codes(mart, Col.FIRST_AGENT), -1)
    unknown: tuple[tuple[Flags, Reason], ...] = (
        (day < 0, DaysUnknown()),
        (site < 0, SitesUnknown()),
        ((agent < 0)[answered], AgentsUnknown()),
    )
    lacking = tuple(why for missing, why in unknown if not missing.size or missing.mean() > 1 - LEAST_RECORDED_SHARE)
    return Circumstances(day, site, agent, _load(day, site), lacking)


def _codes(mart: pd.DataFrame, column: Col) -> Ints:
    if column not in mart:
        return np.full(len(mart), -1, dtype=np.int64)
    return pd.factorize(mart[column].astype("object"), sort=True)[0].astype(np.int64)


def _load(day: Ints, site: Ints) -> Table:
    """Logarithms of cases that arrived in the company and at the site on the day of opening and the day before."""
    if (day < 0).all():
        return {}
    first = int(day[day >= 0].min())
    at = np.where(day < 0, 0, day - first + 1)
    whole = np.bincount(at[day >= 0], minlength=int(at.max()) + 1).astype(float)
    by_site = np.zeros((int(site.max(initial=-1)) + 2, len(whole)))
    np.add.at(by_site, (site[day >= 0], at[day >= 0]), 1.0)
    counts = (whole[at], whole[at - 1], by_site[site, at], by_site[site, at - 1])
    return {name: np.where(day < 0, 0.0, np.log1p(n)) for name, n in zip(ARRIVALS, counts, strict=True)}


def within(question: Question, around: Circumstances, period: Period | None = Period.WEEK) -> Question:
    """The question among cases that share circumstances: site by period (None: not), agent, arrivals held."""
    rows = question.rows
    load = {name: values[rows] for name, values in around.load.items() if np.ptp(values[rows]) > 0}
    terms = tuple(
        spline_or_line(name, values, LOAD_KNOTS) if name in BENT else Linear(name) for name, values in load.items()
    )
    asked = replace(question, covariates=(*question.covariates, *terms))
    sample = replace(
        question.sample,
        table=question.sample.table | load,
        within=tuple(_cells(asked, around, period)),
        cell=_shared(around.period(period or Period.WEEK)[rows]),
    )
    return replace(asked, sample=sample)


def _cells(question: Question, around: Circumstances, period: Period | None) -> Iterator[Cells]:
    """Agents and a site's periods where they are known, with means of everything; kinds of case, of the treatment."""
    rows, alone = question.rows, _too_wide(question)
    if (around.agent[rows] >= 0).any():
        yield Cells("agent", around.agent, alone).of(rows)
    if period is not None and (around.day[rows] >= 0).any():
        yield Cells(f"site_{period}", around.period(period), alone).of(rows)
    kind = _kinds(question)
    if kind.any():
        yield Cells("kind", kind, of_treatment=True)


def _too_wide(question: Question) -> bool:
    """Whether means of everything would leave too few rows a column, so that only the treatment's are held."""
    width = sum(len(t.names) for t in (*question.covariates, *question.treatment))
    return len(question.rows) < FEWEST_ROWS_PER_COLUMN * width * 3


def _kinds(question: Question) -> Ints:
    """Kinds of case: labels of failure, channel and customer crossed while their kinds stay large enough on average.

    What is held adds up over labels; a grave case by e-mail may be more than grave and by e-mail.
    """
    code = np.zeros(len(question.rows), dtype=np.int64)
    for column in CROSSED:
        if column in question.sample.table:
            label = np.unique(question.sample.table[column], return_inverse=True)[1]
            crossed = np.unique(code * (int(label.max()) + 1) + label, return_inverse=True)[1]
            if len(crossed) >= FEWEST_OF_A_KIND * (int(crossed.max()) + 1):
                code = crossed.astype(np.int64)
    return code


def _shared(code: Ints) -> Ints | None:
    """Cells as clusters; rows in none are one each."""
    if (code < 0).all():
        return None
    own = np.where(code < 0, code.max() + 1 + np.arange(len(code)), code)
    return np.unique(own, return_inverse=True)[1].astype(np.int64)


@dataclass(frozen=True)
class Others:
    """How other cases were treated: one column per control over a question's rows, NaN where there is no other case."""

    columns: Mapping[Subject, Floats]


NEAR_DAYS, AROUND_DAYS, AGENT_DAYS = 3, 10, 14
SPELL_QUANTILE, SPELL_SLOPE = 0.88, 0.25


def others(question: Question, around: Circumstances, dose: Floats) -> Others:
    """Mean ``dose`` (N,) of other cases nearby in place and time, each case's own left out."""
    rows = question.rows
    day, site, agent = around.day[rows], around.site[rows], around.agent[rows]
    known = day >= 0
    if not known.any():
        return Others({})
    start = int(day[known].min())
    span = int(day.max()) - start + 1
    at = np.where(known, day - start, 0)
    company = _Sums(np.zeros(len(at), dtype=np.int64), at, dose, known, span)
    places = _Sums(site, at, dose, known & (site >= 0), span)
    people = _Sums(agent, at, dose, known & (agent >= 0), span)
    about = places.mean(-AROUND_DAYS, AROUND_DAYS, less=dose)
    columns = {
        Subject.SAME_SITE_NEAR: places.mean(-NEAR_DAYS, NEAR_DAYS, less=dose),
        Subject.SAME_SITE_AROUND: about,
        Subject.SAME_SITE_SPELL: _spell(about),
        Subject.OTHER_SITES_SAME_DAY: company.mean(0, 0, without=places),
        Subject.SAME_SITE_NEXT_WEEK: places.mean(DAYS_A_WEEK, 2 * DAYS_A_WEEK - 1),
        Subject.SAME_AGENT_AROUND: people.mean(-AGENT_DAYS, AGENT_DAYS, less=dose),
    }
    return Others({name: values for name, values in columns.items() if np.isfinite(values).any()})


def _spell(about: Floats) -> Floats:
    """How surely a site is in one of its stretches of the largest doses, 0 to 1: such stretches are rare and large."""
    known = about[np.isfinite(about)]
    if len(known) == 0 or float(known.std()) == 0.0:
        return np.full(len(about), np.nan)
    return np.asarray(expit((about - np.quantile(known, SPELL_QUANTILE)) / (SPELL_SLOPE * known.std())))


class _Sums:
    """Running sums of a dose and of cases, in order of place and day."""

    def __init__(self, place: Ints, day: Ints, dose: Floats, inside: Flags, span: int) -> None:
        self.day, self.inside, self.span = day, inside, span
        self.start = np.maximum(place, 0) * (span + 1)
        order = np.argsort((self.start + day)[inside], kind="stable")
        self.at = (self.start + day)[inside][order]
        self.total = np.concatenate([[0.0], dose[inside][order].cumsum()])

    def between(self, first: int, last: int) -> tuple[Floats, Floats]:
        """Sums of dose and cases of the same place from ``first`` to ``last`` days after each row's."""
        low, high = (
            np.searchsorted(self.at, self.start + np.clip(self.day + days, 0, self.span)) for days in (first, last + 1)
        )
        return np.where(self.inside, self.total[high] - self.total[low], 0.0), np.where(self.inside, high - low, 0.0)

    def mean(self, first: int, last: int, less: Floats | None = None, without: "_Sums | None" = None) -> Floats:
        """Means over those days, less each row's own dose, or without another grouping's cases."""
        total, count = self.between(first, last)
        if less is not None:
            total, count = total - less * self.inside, count - self.inside
        if without is not None:
            there = without.between(first, last)
            total, count = total - there[0], np.where(without.inside, count - there[1], 0.0)
        return np.where(count > 0.5, total / np.where(count > 0.5, count, 1.0), np.nan)
