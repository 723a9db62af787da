"""Net word of mouth: good stories less bad ones per 100 incidents, their reach, and what scores come to.

How many told a good story or a bad one is counted with everything that is told by label and month; here also by mass
and single incidents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.thresholds import REACH_CAP_QUANTILE
from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col
from pipelines.contracts.message import Population
from pipelines.contracts.messages.lacking import NothingOfStories
from pipelines.contracts.messages.populations import FollowedForStories, NeverFailed
from pipelines.contracts.segments import EVERYONE, NEVER_FAILED, segment
from pipelines.contracts.tables.measure import Measured
from pipelines.policy.cells import refused, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import Estimate, mean, share
from pipelines.policy.mart import is_true, lacking, number

WINDOW = float(WORD_OF_MOUTH_WINDOW_DAYS)
FOLLOWED = FollowedForStories(WINDOW)
# Counted by label and month as well, so here only where incidents are told apart otherwise.
TOLD = (Measure.POSITIVE_STORY, Measure.NEGATIVE_POST, Measure.REFERRALS, Measure.SURVEY_ANSWERED)


@dataclass(frozen=True)
class Group:
    """Some incidents, or never-failed customers, and the column whose equal keys share shocks."""

    segment: str
    frame: pd.DataFrame
    population: Population
    clusters: Col
    tells_all: bool = False


def story_rows(mart: pd.DataFrame, never_failed: pd.DataFrame, company: Company) -> list[Measured]:
    """Per 100 incidents and, for comparison, per 100 never-failed customers; then by severity and mass or single.

    Grain: one row per measure and segment.
    """
    if reason := lacking(company.facts, "words"):
        return [refused(replace(_row(Measure.NET_WORD_OF_MOUTH, FOLLOWED), within_days=None), reason)]
    return [row for group in _groups(mart, never_failed) for row in _rows(group)]


def _groups(mart: pd.DataFrame, never_failed: pd.DataFrame) -> Iterator[Group]:
    yield Group(EVERYONE, mart, FOLLOWED, Col.CLUSTER_KEY)
    for level in sorted(mart[Col.SEVERITY].dropna().unique()):
        chosen = mart[mart[Col.SEVERITY] == level]
        yield Group(segment(Col.SEVERITY, level), chosen, FOLLOWED, Col.CLUSTER_KEY)
    mass = is_true(mart, Col.MASS_EVENT)
    for together in (True, False) if mass.any() else ():
        name = segment(Col.MASS_EVENT, together)
        yield Group(name, mart[mass == together], FOLLOWED, Col.CLUSTER_KEY, tells_all=True)
    if len(never_failed):
        yield Group(NEVER_FAILED, never_failed, NeverFailed(), Col.CUSTOMER_KEY)


def _row(measure: Measure, population: Population) -> Measured:
    return Measured(Topic.WORD_OF_MOUTH, measure, within_days=WINDOW, population=population, unit=measure.unit)


def _rows(group: Group) -> Iterator[Measured]:
    for measure, values in _values(group).items():
        row = replace(_row(measure, group.population), segment=group.segment)
        if not values.notna().any():
            yield refused(row, NothingOfStories())
        else:
            yield with_estimate(row, _summary(values, group.frame[group.clusters]))


def _summary(values: pd.Series, clusters: pd.Series) -> Estimate:
    """A mean, or the share of what is all or nothing in the scale it comes in (1, or 100 for what is per 100)."""
    top = values.max()
    if not (top > 0 and values.dropna().isin([0.0, top]).all() and top in (1.0, 100.0)):
        return mean(values, clusters)
    found = share(values / top, clusters)
    value, low, high = (None if limit is None else top * limit for limit in (found.value, found.low, found.high))
    return replace(found, value=value, low=low, high=high)


def _values(group: Group) -> dict[Measure, pd.Series]:
    frame = group.frame
    good, bad = number(frame, Col.POSITIVE_STORY), number(frame, Col.NEGATIVE_POST)
    score = number(frame, Col.NPS_SCORE)
    net_promoter = ((score >= 9).astype("float64") - (score <= 6).astype("float64")).where(score.notna())
    told = {m: number(frame, m.column) for m in TOLD if m.column is not None} if group.tells_all else {}
    return {
        **told,
        Measure.NET_WORD_OF_MOUTH: 100 * (good - bad),
        Measure.CAPPED_REACH_OF_BAD_STORIES: _reach(frame, (bad == 1) & (good == 0)),
        Measure.CAPPED_REACH_OF_GOOD_STORIES: _reach(frame, (good == 1) & (bad == 0)),
        Measure.NET_PROMOTER_SCORE: 100 * net_promoter,
    }


def _reach(frame: pd.DataFrame, told: pd.Series) -> pd.Series:
    """Reach of customers who told stories of one kind only; the widest twentieth counts as the 95th percentile."""
    reach = number(frame, Col.REACH)
    heard = reach[reach > 0]
    return reach.clip(upper=float(heard.quantile(REACH_CAP_QUANTILE)) if len(heard) else 0.0).where(told)
