"""Measures week by week, by four weeks, by month and by quarter: what pages draw as lines, so that none has to count.

Outcomes that take time to be known stand at the steps in which everybody's is, so a line may end before the data do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.counting import Every
from pipelines.contracts.catalog.measures import Measure, MeasureFamily, MeasureId, answered_within
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, MINIMUM_CELL, SILENT_DAYS
from pipelines.contracts.catalog.treatments import SPEED_LADDER_MINUTES
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col
from pipelines.contracts.segments import EVERYONE, segment
from pipelines.contracts.tables.measure import SeriesPoint
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.descriptive import Groups, Summary, incident_means, interval, levels
from pipelines.policy.counted.silence import silent_at
from pipelines.policy.mart import is_true, lacking, number

# The latest steps that are published: a year of weeks, two of four weeks, three of months and quarters.
MOST_STEPS: Mapping[Every, int] = {Every.WEEK: 52, Every.FOUR_WEEKS: 26, Every.MONTH: 36, Every.QUARTER: 12}
DIMENSIONS = (Col.SITE_ID, Col.BRAND, Col.REGION, Col.CHANNEL)
WEEK_DAYS, FOUR_WEEKS_DAYS = 7, 28
# Values that settle within so many days leave out the cases of the last days; others wait for the whole step.
SETTLED_DAYS = 2.0
# Whatever is done for a customer is on record within the time in which an open case counts as silent; payments later.
DONE_DAYS, PAID_DAYS = SILENT_DAYS, 28.0
EPOCH = date(1970, 1, 1)

_AT_ONCE = (Measure.STANDARD_MET, Measure.ANSWERED_SHARE, Measure.RESPONDED_ON_TIME, Measure.COMMITMENT_KEPT)
_DONE = (
    Measure.APOLOGY_GIVEN, Measure.EMPATHY_SHOWN, Measure.ACCOUNTABILITY_ACCEPTED, Measure.EXPLANATION_GIVEN,
    Measure.COMMITMENT_MADE, Measure.OLIVE_BRANCH, Measure.FIXED_FOR_CUSTOMER, Measure.TOLD_FIRST,
)  # fmt: skip
_PAID = (Measure.COMPENSATION_GIVEN, Measure.COMPENSATION_SHARE)
_SAID = (Measure.NEGATIVE_POST, Measure.POSITIVE_STORY, Measure.PROMOTER)
# Counted within sites, brands, regions and channels as well.
IN_PARTS: tuple[MeasureId, ...] = (
    Measure.STANDARD_MET, answered_within(60), answered_within(1440), Measure.COMMITMENT_KEPT, Measure.RESTORED,
    Measure.NEGATIVE_POST,
)  # fmt: skip


def series_rows(mart: pd.DataFrame, company: Company) -> Iterator[SeriesPoint]:
    """Points of every series, oldest first. Grain: one row per measure, segment, length of step and step.

    Parts of the company have one length of step, the shortest whose usual step holds thirty cases.
    """
    if not mart[Col.OPENED_DAY].notna().any():
        return
    calendar = Calendar.of(mart, company)
    settles = _settles(mart, company)
    grouped: dict[tuple[bool, int], Grouped] = {}
    for mean in incident_means(company):
        if mean.measure not in settles or not mean.known_in(mart):
            continue
        by_promise, after = mean.measure is Measure.COMMITMENT_KEPT, settles[mean.measure]
        days = _due_days(mart) if by_promise else calendar.opened
        values = mean.values(mart).where(calendar.ages(days) >= after)
        known = calendar.ended(0.0 if after <= SETTLED_DAYS else after)
        row = _with_target(SeriesPoint(mean.measure, Every.WEEK, "", unit=mean.unit), company)
        at = grouped.setdefault((by_promise, known.last), Grouped.of(mart, days, known))
        yield from _means(row, values, at, parts=mean.measure in IN_PARTS)
    yield from _silences(mart, calendar, company)


def _settles(mart: pd.DataFrame, company: Company) -> Mapping[MeasureId, float]:
    """Days after opening until each measure of a case can be known."""
    promised = float(number(mart, Col.STANDARD_MINUTES).max()) / 1440.0
    main = main_horizon(company.facts)
    return {
        **dict.fromkeys(_AT_ONCE, 0.0),
        Measure.STANDARD_MET: 0.0 if np.isnan(promised) else promised,
        Measure.ANSWERED_SHARE: company.facts.response_cap_minutes / 1440.0,
        **{answered_within(minutes): minutes / 1440.0 for minutes in SPEED_LADDER_MINUTES},
        **dict.fromkeys(_DONE, DONE_DAYS),
        **dict.fromkeys(_PAID, PAID_DAYS),
        **dict.fromkeys(_SAID, float(WORD_OF_MOUTH_WINDOW_DAYS)),
        Measure.RESTORED: float(max(company.facts.horizons_days)),
        MeasureFamily.RETURNED_WITHIN.at(main): float(main),
        MeasureFamily.RETAINED_FOR.at(main): float(main),
    }


@dataclass(frozen=True)
class Calendar:
    """Days as whole numbers since 1970: when each case opened, the first day of the data and the last."""

    opened: pd.Series
    first: int
    last: int

    @classmethod
    def of(cls, mart: pd.DataFrame, company: Company) -> "Calendar":
        """The calendar of a mart that isn't empty."""
        opened = mart[Col.OPENED_DAY].astype("float64")
        return cls(opened, int(opened.min()), (company.data_cut - EPOCH).days)

    def ages(self, days: pd.Series) -> pd.Series:
        """Whole days from a day to the end of the data."""
        return self.last + 1 - days

    def ended(self, after: float) -> "Calendar":
        """The same, as if the data ended so many days earlier."""
        return Calendar(self.opened, self.first, self.last - int(np.ceil(after)))


def _due_days(mart: pd.DataFrame) -> pd.Series:
    due = pd.to_datetime(mart[Col.PROMISE_DUE_AT], utc=True)
    return ((due - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)).floordiv(1.0)


@dataclass(frozen=True)
class Steps:
    """Steps of one length: the number of each case's step, and first and last day of each, oldest first."""

    number: pd.Series
    spans: Mapping[int, tuple[int, int]]


def steps_of(days: pd.Series, every: Every, calendar: Calendar) -> Steps:
    """The latest whole steps between the first day of the data and the last."""
    spans = dict(list(_spans(every, calendar))[-MOST_STEPS[every] :])
    if every in (Every.WEEK, Every.FOUR_WEEKS):
        length = WEEK_DAYS if every is Every.WEEK else FOUR_WEEKS_DAYS
        found = -((calendar.last - days) // length)
    else:
        known = days.notna()
        when = pd.Series(pd.NaT, index=days.index, dtype="datetime64[s]")
        when[known] = pd.to_datetime(days[known].astype("int64") * 86_400, unit="s")
        months = when.dt.year * 12 + when.dt.month - 1
        found = months if every is Every.MONTH else months // 3
    return Steps(found.where(found.isin(list(spans))), spans)


def _spans(every: Every, calendar: Calendar) -> Iterator[tuple[int, tuple[int, int]]]:
    """Number, first and last day of each whole step, oldest first."""
    if every in (Every.WEEK, Every.FOUR_WEEKS):
        length = WEEK_DAYS if every is Every.WEEK else FOUR_WEEKS_DAYS
        for back in range(-((calendar.last - calendar.first + 1) // length) + 1, 1):
            yield back, (calendar.last + back * length - length + 1, calendar.last + back * length)
        return
    size = 1 if every is Every.MONTH else 3
    for number_ in range(_month_of(calendar.first) // size, _month_of(calendar.last) // size + 1):
        start, end = _first_day(number_ * size), _first_day((number_ + 1) * size) - 1
        if end <= calendar.last and start >= calendar.first - WEEK_DAYS:
            yield number_ + 1970 * 12 // size, (start, end)


def _month_of(day: int) -> int:
    """Months since January 1970."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype("int64"))


def _first_day(month: int) -> int:
    return int(np.datetime64(month, "M").astype("datetime64[D]").astype("int64"))


class Grouped:
    """Incidents by step of each length, of everyone and within each level of a dimension; made once for all measures.

    Where levels are told apart, a label is level and step with a line between.
    """

    def __init__(self, mart: pd.DataFrame, steps: Mapping[Every, Steps]) -> None:
        self.mart, self.steps = mart, steps
        self._made: dict[tuple[Every, Col | None], Groups] = {}

    @classmethod
    def of(cls, mart: pd.DataFrame, days: pd.Series, calendar: Calendar) -> "Grouped":
        """By these days, in the whole steps of a calendar."""
        return cls(mart, {every: steps_of(days, every, calendar) for every in Every})

    def groups(self, every: Every, dimension: Col | None) -> Groups:
        """The incidents of each step, or of each level and step."""
        key = every, dimension
        if key not in self._made:
            step = _named(self.steps[every].number)
            label = step if dimension is None else levels(self.mart, dimension).str.cat(step, sep="\n")
            self._made[key] = Groups.of(label, self.mart[Col.CLUSTER_KEY])
        return self._made[key]


def _means(row: SeriesPoint, values: pd.Series, at: Grouped, *, parts: bool) -> Iterator[SeriesPoint]:
    y = values.to_numpy(dtype="float64", na_value=np.nan)
    for every, step in at.steps.items():
        yield from _points(row, every, EVERYONE, at.groups(every, None).summaries(y), step)
    for dimension in DIMENSIONS if parts else ():
        if not at.mart[dimension].notna().any():
            continue
        cells: dict[str, tuple[Every, dict[str, Summary]]] = {}
        for every in at.steps:
            for name, found in _by_part(at.groups(every, dimension).summaries(y)).items():
                if name not in cells and (every is Every.QUARTER or _readable(found)):
                    cells[name] = every, found
        for name, (every, found) in sorted(cells.items()):
            yield from _points(row, every, segment(dimension, name), found, at.steps[every])


def _named(numbers: pd.Series) -> pd.Series:
    code, found = pd.factorize(numbers)
    names = np.array([*(str(int(n)) for n in found), None], dtype=object)
    return pd.Series(names[code], index=numbers.index, dtype="object")


def _by_part(cells: Mapping[str, Summary]) -> dict[str, dict[str, Summary]]:
    found: dict[str, dict[str, Summary]] = {}
    for both, summary in cells.items():
        name, _, step = both.rpartition("\n")
        found.setdefault(name, {})[step] = summary
    return found


def _readable(cells: Mapping[str, Summary]) -> bool:
    return float(np.median([summary.n for summary in cells.values()])) >= FEWEST_INCIDENTS


def _points(
    row: SeriesPoint, every: Every, where: str, found: Mapping[str, Summary], steps: Steps
) -> Iterator[SeriesPoint]:
    for number_, span in steps.spans.items():
        summary = found.get(str(number_))
        if summary is None or summary.n < MINIMUM_CELL:
            continue
        mean, low, high = interval(summary)
        yield _at(row, every, where, span, (mean, low, high), summary.n)


def _at(
    row: SeriesPoint, every: Every, where: str, span: tuple[int, int],
    found: tuple[float, float | None, float | None], n: int,
) -> SeriesPoint:  # fmt: skip
    first, last = (str(np.datetime64(day, "D")) for day in span)
    return SeriesPoint(row.measure, every, f"{first}/{last}", where, row.unit, *found, n, row.target, row.owner)


def _silences(mart: pd.DataFrame, calendar: Calendar, company: Company) -> Iterator[SeriesPoint]:
    """Cases that became silent in each step, and cases silent at its end; nothing where that can't be known."""
    closings = (
        mart[Col.CLOSED].notna().any() and (number(mart, Col.CLOSED_HOURS).notna() | ~is_true(mart, Col.CLOSED)).all()
    )
    if lacking(company.facts, "speed") or not closings:
        return
    recorded = mart[Col.RESPONSE_STATUS].notna() & (mart[Col.FOLLOW_UP_DAYS] >= SILENT_DAYS)
    turned = (calendar.opened + SILENT_DAYS).where(recorded)
    became = _unheard_after(mart, SILENT_DAYS)
    row = _with_target(SeriesPoint(Measure.NEWLY_SILENT, Every.WEEK, "", unit=Unit.CASES), company)
    stock = _with_target(SeriesPoint(Measure.SILENT_FOR_A_WEEK_NOW, Every.WEEK, "", unit=Unit.CASES), company)
    steps = {every: steps_of(turned, every, calendar) for every in Every}
    for every, step in steps.items():
        yield from _counts(row, every, EVERYONE, became, step)
        for span in step.spans.values():
            silent = silent_at(mart, float(calendar.last - span[1]))
            yield _at(stock, every, EVERYONE, span, (float(silent.sum()), None, None), int((turned <= span[1]).sum()))
    for dimension in DIMENSIONS:
        for name in sorted(mart[dimension].dropna().unique()):
            chosen = mart[dimension] == name
            for every, step in steps.items():
                if every in (Every.WEEK, Every.FOUR_WEEKS):
                    part = Steps(step.number.where(chosen), dict(list(step.spans.items())[-2:]))
                    yield from _counts(row, every, segment(dimension, name), became, part)


def _unheard_after(mart: pd.DataFrame, days: float) -> pd.Series:
    """Which cases were open without an answer when they were so many days old."""
    heard = number(mart, Col.FIRST_CONTACT_MINUTES) / 1440.0 <= days
    closed = is_true(mart, Col.CLOSED) & (number(mart, Col.CLOSED_HOURS) / 24.0 <= days)
    return ~heard & ~closed


def _counts(row: SeriesPoint, every: Every, where: str, flags: pd.Series, steps: Steps) -> Iterator[SeriesPoint]:
    asked, hit = steps.number.value_counts(), steps.number[flags].value_counts()
    for number_, span in steps.spans.items():
        n = int(asked.get(number_, 0))
        if n >= MINIMUM_CELL:
            count = float(hit.get(number_, 0))
            yield _at(row, every, where, span, (count, *poisson_limits(count)), n)


def poisson_limits(count: float) -> tuple[float, float]:
    """Exact 95 % limits of a count (Garwood 1936)."""
    low = float(stats.chi2.ppf(0.025, 2 * count)) / 2 if count > 0 else 0.0
    return low, float(stats.chi2.ppf(0.975, 2 * (count + 1))) / 2


def _with_target(row: SeriesPoint, company: Company) -> SeriesPoint:
    found = company.target(row.measure)
    if found is None:
        return row
    return SeriesPoint(row.measure, row.every, row.period, unit=row.unit, target=found.value, owner=found.owner or None)
