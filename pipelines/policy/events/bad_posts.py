"""When bad stories began and ended: changes in the weekly number of negative posts and reviews, dated."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.measures import OfEvent
from pipelines.contracts.catalog.thresholds import CHANGE_P, SHORTEST_STRETCH_WEEKS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.caveats import AnyWeekAnyOther
from pipelines.contracts.messages.counted import FewWeeksOfPosts, FoundByLooking, NoClearChange, NoDatedPost, NoPostThen
from pipelines.contracts.messages.populations import BadPosts
from pipelines.contracts.tables.event import EventMeasure
from pipelines.models.arrays import Floats
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.counted.changepoint import Change, changepoints, strongest
from pipelines.policy.counted.rates import dispersion, rate_limits
from pipelines.policy.mart import lacking

WEEKS_AROUND = 26
FEWEST_WEEKS = 2 * SHORTEST_STRETCH_WEEKS


def post_rows(mart: pd.DataFrame, large: list[str], company: Company) -> list[EventMeasure]:
    """Stretches of equal level over the whole record, then the strongest change in the half year around each event.

    Without a clear change around an event its row holds the rate of the whole time, and no ratio.
    """
    weekly = EventMeasure("", OfEvent.BAD_POSTS_PER_WEEK, population=BadPosts(), unit=Unit.BAD_STORIES_PER_WEEK)
    around = [replace(weekly, event_id=event, measure=OfEvent.BAD_POSTS_AROUND_EVENT) for event in large]
    reason = lacking(company.facts, "words") or (None if len(company.bad_posts) else NoDatedPost())
    weeks = pd.Series(dtype="float64") if reason else _weekly(mart, company)
    if not reason and len(weeks) < FEWEST_WEEKS:
        reason = FewWeeksOfPosts(FEWEST_WEEKS)
    if reason:
        return [refused(row, reason) for row in (weekly, *around)]
    return [*_stretches(weekly, weeks), *(_around(row, weeks, mart) for row in around)]


def _weekly(mart: pd.DataFrame, company: Company) -> pd.Series:
    """Posts per whole week since the first incident, weeks without one included; the last week ends at the data cut."""
    posted = pd.to_datetime(company.bad_posts["posted_on"], utc=True)
    age = np.floor((company.cut - posted) / pd.Timedelta(days=7)).astype(int)
    counts = company.bad_posts["posts"].astype("float64").groupby(age).sum()
    whole = int(np.floor((company.cut - mart[Col.OPENED_AT].min()) / pd.Timedelta(days=7)))
    counts = counts.reindex(range(whole), fill_value=0.0)
    starts = company.cut - pd.to_timedelta(7 * (counts.index.to_numpy() + 1), unit="D")
    return pd.Series(counts.to_numpy(), index=starts).sort_index()


def _stretches(row: EventMeasure, weeks: pd.Series) -> Iterator[EventMeasure]:
    """One row per stretch between changes: its rate, and how it compares with the stretch before."""
    counts = weeks.to_numpy("float64")
    changes = changepoints(counts)
    edges = [0, *(c.week for c in changes), len(counts)]
    for place, (first, last) in enumerate(pairwise(edges)):
        here = replace(row, period=_period(weeks, first, last), level=_day(weeks, first), caveats=(AnyWeekAnyOther(),))
        here = _with_rate(here, counts[first:last])
        if place:
            here = _against(here, counts[edges[place - 1] : first], counts[first:last], changes[place - 1])
            here = replace(here, reasons=(FoundByLooking(),))
        yield shown(here)


def _around(row: EventMeasure, weeks: pd.Series, mart: pd.DataFrame) -> EventMeasure:
    """The strongest change from half a year before the event's first incident to half a year after its last."""
    opened = mart.loc[mart[Col.EVENT_ID] == row.event_id, Col.OPENED_AT]
    reach = pd.Timedelta(weeks=WEEKS_AROUND)
    near = weeks[(weeks.index >= opened.min() - reach) & (weeks.index <= opened.max() + reach)]
    counts = near.to_numpy("float64")
    change = strongest(counts)
    if change is None:
        return refused(row, FewWeeksOfPosts(FEWEST_WEEKS) if len(near) < FEWEST_WEEKS else NoPostThen())
    row = replace(row, period=_period(near, 0, len(near)), caveats=(AnyWeekAnyOther(),))
    if change.p_value > CHANGE_P:
        row = replace(_with_rate(row, counts), p_value=change.p_value, reasons=(NoClearChange(change.p_value),))
        return shown(row)
    row = _with_rate(row, counts[change.week :])
    row = _against(row, counts[: change.week], counts[change.week :], change)
    return shown(replace(row, level=_day(near, change.week), reasons=(FoundByLooking(),)))


def _with_rate(row: EventMeasure, counts: Floats) -> EventMeasure:
    """With posts per week and exact limits, widened by how much more weeks vary than chance."""
    spread = dispersion(counts, np.full(len(counts), counts.mean()), 1) if counts.sum() else 1.0
    low, high = rate_limits(counts.sum() / spread, len(counts) / spread)
    return replace(row, estimate=float(counts.mean()), ci_low=low, ci_high=high, n=int(counts.sum()))


def _against(row: EventMeasure, before: Floats, after: Floats, change: Change) -> EventMeasure:
    """With how the rate changed, without limits: the split was chosen because its sides differ most."""
    ratio = float(after.mean() / before.mean()) if before.sum() else None
    return replace(
        row, ratio=ratio, expected=float(before.mean()), n_reference=int(before.sum()), p_value=change.p_value
    )


def _day(weeks: pd.Series, place: int) -> str:
    return str(weeks.index[place].date().isoformat())


def _period(weeks: pd.Series, first: int, last: int) -> str:
    return f"{_day(weeks, first)}/{(weeks.index[last - 1] + pd.Timedelta(days=6)).date().isoformat()}"
