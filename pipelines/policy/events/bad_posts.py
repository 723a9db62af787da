"""When bad stories began and ended: changes in the weekly number of negative posts and reviews, dated."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.arrays import Floats
from pipelines.policy.company import Company
from pipelines.policy.counted.changepoint import LEVEL, SHORTEST_WEEKS, Change, changepoints, strongest
from pipelines.policy.learning.rates import dispersion, rate_limits
from pipelines.policy.mart import missing
from pipelines.policy.rows import Row, event_row

WEEKLY, AROUND = "negative_posts_per_week", "negative_posts_around_event"
UNIT = "negative posts and reviews per week"
EVERYONE = "negative posts and reviews of all customers, by the week they were posted"
WEEKS_AROUND = 26
ASSUMPTION = "Without a change any week could have been any other: a slow trend or a season shows as a change too."
NO_POST = "No negative post or review is dated. Add word_of_mouth with kind post or review, posted_at and sentiment."
CHOSEN = "The day was found by looking for the largest change, so rates beside it run apart and get no interval."
TOO_SHORT = f"Fewer than {2 * SHORTEST_WEEKS} weeks of posts, so no change can be told."


def post_rows(mart: pd.DataFrame, large: list[str], company: Company) -> list[Row]:
    """Stretches of equal level over the whole record, then the strongest change in the half year around each event.

    Without a clear change around an event its row holds the rate of the whole time, and no ratio.
    """
    reason = missing(company, "words") or ("" if len(company.bad_posts) else NO_POST)
    weeks = _weekly(mart, company) if not reason else pd.Series(dtype="float64")
    if not reason and len(weeks) < 2 * SHORTEST_WEEKS:
        reason = TOO_SHORT
    if reason:
        return [_refused("", WEEKLY, reason), *(_refused(event, AROUND, reason) for event in large)]
    return [*_stretches(weeks), *(_around(event, weeks, mart) for event in large)]


def _refused(event: str, measure: str, reason: str) -> Row:
    return event_row(event, measure, population=EVERYONE, unit=UNIT, verdict="not_estimable", reason=reason)


def _weekly(mart: pd.DataFrame, company: Company) -> pd.Series:
    """Posts per whole week since the first incident, weeks without one included; the last week ends at the data cut."""
    posted = pd.to_datetime(company.bad_posts["posted_on"], utc=True)
    age = np.floor((company.cut - posted) / pd.Timedelta(days=7)).astype(int)
    counts = company.bad_posts["posts"].astype("float64").groupby(age).sum()
    whole = int(np.floor((company.cut - mart[Col.OPENED_AT].min()) / pd.Timedelta(days=7)))
    counts = counts.reindex(range(whole), fill_value=0.0)
    starts = company.cut - pd.to_timedelta(7 * (counts.index.to_numpy() + 1), unit="D")
    return pd.Series(counts.to_numpy(), index=starts).sort_index()


def _stretches(weeks: pd.Series) -> Iterator[Row]:
    """One row per stretch between changes: its rate, and how it compares with the stretch before."""
    counts = weeks.to_numpy("float64")
    changes = changepoints(counts)
    edges = [0, *(c.week for c in changes), len(counts)]
    for place, (first, last) in enumerate(pairwise(edges)):
        row = _rate(counts[first:last]) | {"period": _period(weeks, first, last), "level": _day(weeks, first)}
        if place:
            row |= _against(counts[edges[place - 1] : first], counts[first:last], changes[place - 1])
            row |= {"reason": CHOSEN}
        yield event_row("", WEEKLY, population=EVERYONE, unit=UNIT, assumption=ASSUMPTION, **row)


def _around(event: str, weeks: pd.Series, mart: pd.DataFrame) -> Row:
    """The strongest change from half a year before the event's first incident to half a year after its last."""
    opened = mart.loc[mart[Col.EVENT_ID] == event, Col.OPENED_AT]
    reach = pd.Timedelta(weeks=WEEKS_AROUND)
    near = weeks[(weeks.index >= opened.min() - reach) & (weeks.index <= opened.max() + reach)]
    counts = near.to_numpy("float64")
    change = strongest(counts)
    if change is None:
        return _refused(
            event, AROUND, TOO_SHORT if len(near) < 2 * SHORTEST_WEEKS else "No negative post in that time."
        )
    clear = change.p_value <= LEVEL
    against = _against(counts[: change.week], counts[change.week :], change)
    row = _rate(counts[change.week :]) | against if clear else _rate(counts) | {"p_value": change.p_value}
    told = CHOSEN if clear else f"No clear change: shuffled weeks split as well in {100 * change.p_value:.0f} %."
    return event_row(event, AROUND, population=EVERYONE, unit=UNIT, assumption=ASSUMPTION, reason=told,
                     level=_day(near, change.week) if clear else None, period=_period(near, 0, len(near)),
                     **row)  # fmt: skip


def _rate(counts: Floats) -> Row:
    """Posts per week with exact limits, widened by how much more weeks vary than chance."""
    spread = dispersion(counts, np.full(len(counts), counts.mean()), 1) if counts.sum() else 1.0
    low, high = rate_limits(counts.sum() / spread, len(counts) / spread)
    return {"estimate": float(counts.mean()), "ci_low": low, "ci_high": high, "n": int(counts.sum())}


def _against(before: Floats, after: Floats, change: Change) -> Row:
    """How the rate changed, without limits: the split was chosen because its sides differ most."""
    ratio = float(after.mean() / before.mean()) if before.sum() else None
    return {"ratio": ratio, "expected": float(before.mean()), "n_reference": int(before.sum()),
            "p_value": change.p_value}  # fmt: skip


def _day(weeks: pd.Series, place: int) -> str:
    return str(weeks.index[place].date().isoformat())


def _period(weeks: pd.Series, first: int, last: int) -> str:
    return f"{_day(weeks, first)}/{(weeks.index[last - 1] + pd.Timedelta(days=6)).date().isoformat()}"
