"""Net word of mouth: good stories less bad ones per 100 incidents, their reach, and who never answered."""

from collections.abc import Iterator

import pandas as pd

from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import Estimate, mean, share
from pipelines.policy.mart import is_true, missing, number
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "word_of_mouth"
REACH_CAP = 0.95
PER_100 = "per 100"
FOLLOWED = "incidents with 90 days of follow-up"


def story_rows(mart: pd.DataFrame, never_failed: pd.DataFrame, company: Company) -> list[Row]:
    """Per 100 incidents and, for comparison, per 100 never-failed customers; then by severity and mass or single.

    Grain: one row per measure, population and segment.
    """
    if reason := missing(company, "words"):
        return [refused(PART, "net_word_of_mouth", reason, population=FOLLOWED, unit=PER_100)]
    rows = [
        row for segment, chosen in _segments(mart) for row in _rows(mart[chosen], segment, FOLLOWED, Col.CLUSTER_KEY)
    ]
    if len(never_failed):
        rows += _rows(never_failed, "", "never-failed customers", Col.CUSTOMER_KEY)
    return rows


def _segments(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield "", pd.Series(True, index=mart.index)
    for level in sorted(mart[Col.SEVERITY].dropna().unique()):
        yield f"severity={level}", mart[Col.SEVERITY] == level
    if is_true(mart, Col.MASS_EVENT).any():
        yield "mass_event=true", is_true(mart, Col.MASS_EVENT)
        yield "mass_event=false", ~is_true(mart, Col.MASS_EVENT)


def _rows(frame: pd.DataFrame, segment: str, population: str, unit_of: str) -> Iterator[Row]:
    for measure, (values, unit) in _values(frame).items():
        where = {
            "segment": segment,
            "population": population,
            "unit": unit,
            "within_days": float(WORD_OF_MOUTH_WINDOW_DAYS),
        }
        if not values.notna().any():
            reason = "Nothing in word_of_mouth says it for these cases: map its kind, sentiment, score or reach."
            yield refused(PART, measure, reason, **where)
        else:
            yield decision_row(PART, measure, **where, **numbers(_summary(values, frame[unit_of])))


def _summary(values: pd.Series, clusters: pd.Series) -> Estimate:
    """A mean, or the share of what is all or nothing in the scale it comes in (1, or 100 for what is per 100)."""
    top = values.max()
    if not (top > 0 and values.dropna().isin([0.0, top]).all() and top in (1.0, 100.0)):
        return mean(values, clusters)
    found = share(values / top, clusters)
    low, high = (None if limit is None else top * limit for limit in (found.low, found.high))
    return Estimate(None if found.value is None else top * found.value, low, high, found.n, found.reason)


def _values(frame: pd.DataFrame) -> dict[str, tuple[pd.Series, str]]:
    good, bad = number(frame, Col.POSITIVE_STORY), number(frame, Col.NEGATIVE_POST)
    score = number(frame, Col.NPS_SCORE)
    net_promoter = ((score >= 9).astype("float64") - (score <= 6).astype("float64")).where(score.notna())
    return {
        "good_stories": (100 * good, PER_100),
        "bad_stories": (100 * bad, PER_100),
        "net_word_of_mouth": (100 * (good - bad), PER_100),
        "capped_reach_of_bad_stories": (_reach(frame, (bad == 1) & (good == 0)), "people reached per story"),
        "capped_reach_of_good_stories": (_reach(frame, (good == 1) & (bad == 0)), "people reached per story"),
        "referrals": (100 * number(frame, Col.REFERRALS), PER_100),
        "survey_answered": (number(frame, Col.SURVEY_ANSWERED), "share of incidents"),
        "net_promoter_score": (100 * net_promoter, "promoters less detractors per 100 answers"),
    }


def _reach(frame: pd.DataFrame, told: pd.Series) -> pd.Series:
    """Reach of customers who told stories of one kind only; the widest twentieth counts as the 95th percentile."""
    reach = number(frame, Col.REACH)
    heard = reach[reach > 0]
    return reach.clip(upper=float(heard.quantile(REACH_CAP)) if len(heard) else 0.0).where(told)
