"""Where nobody spoke: cases left silent or closed unheard, and customers closed in the books but not won back."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.contracts.worklist import SILENT_DAYS
from pipelines.measures import MINIMUM_CELL
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean, share
from pipelines.policy.mart import is_true, missing, missing_return, number
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "void"
DIMENSIONS = (Col.CHANNEL, Col.SITE_ID, Col.SEVERITY)
WEEKS, FEWEST_WEEKS = 26, 8
USUAL = (0.1, 0.9)


def void_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Under the rug, silence beyond the promise, silent right now, and closed but not restored."""
    return [
        *_under_the_rug(mart, company),
        *_silence(mart, company),
        *_silent_now(mart, company),
        *_closed_unheard(mart, company),
        *_closed_not_restored(mart, company),
    ]


def _under_the_rug(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Never answered by the cap, or closed before anybody answered; cases younger than the cap are left out.

    Beside the whole its usual range: where eight of ten of the latest 26 weeks past the cap lie.
    """
    cap_days = company.facts.response_cap_minutes / 1440.0
    where = {"population": "incidents answered, closed or older than the response cap", "unit": "share of incidents",
             "within_days": cap_days}  # fmt: skip
    if reason := missing(company, "speed"):
        yield refused(PART, "under_the_rug", reason, **where)
        return
    unheard = is_true(mart, Col.CLOSED_WITHOUT_CONTACT)
    swept = ((mart[Col.RESPONSE_STATUS] == "unanswered") | unheard).astype("float64")
    decided = mart[Col.RESPONSE_STATUS].isin(["answered", "unanswered"]) | unheard
    for segment, chosen in _segments(mart):
        found = share(swept[decided & chosen], mart[Col.CLUSTER_KEY][decided & chosen])
        bar = {} if segment else company.bar("under_the_rug") | _usually_swept(mart, swept[decided], company)
        yield decision_row(PART, "under_the_rug", segment=segment, **bar, **where, **numbers(found))


def _usually_swept(mart: pd.DataFrame, swept: pd.Series, company: Company) -> Row:
    """The usual range of a week's share; nothing where too few weeks hold enough cases."""
    past_cap = mart[Col.FOLLOW_UP_DAYS][swept.index] - company.facts.response_cap_minutes / 1440.0
    week = np.ceil(past_cap / 7.0)
    weeks = swept[(week >= 1) & (week <= WEEKS)].groupby(week).agg(["mean", "count"])
    shares = weeks.loc[weeks["count"] >= MINIMUM_CELL, "mean"]
    return _usual(shares) if len(shares) >= FEWEST_WEEKS else {}


def _usual(weekly: pd.Series) -> Row:
    low, high = (float(q) for q in weekly.quantile(USUAL))
    return {"usual_low": low, "usual_high": high}


def _segments(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield "", pd.Series(True, index=mart.index)
    for dimension in DIMENSIONS:
        for level in sorted(mart[dimension].dropna().unique()):
            yield f"{dimension}={level}", mart[dimension] == level


def _silence(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Longest silence, capped, above the promised time: how often, and hours per incident; open cases so far."""
    measures = {"silent_beyond_promise": "share of incidents", "silent_hours_above_promise": "hours per incident"}
    population = "incidents with a promised time, silences up to the response cap, those of open cases so far"
    if reason := missing(company, "speed") or missing(company, "standards"):
        yield from (refused(PART, m, reason, population=population, unit=unit) for m, unit in measures.items())
        return
    silent = number(mart, Col.LONGEST_SILENCE_HOURS).clip(upper=company.facts.response_cap_minutes / 60.0)
    hours = silent - number(mart, Col.STANDARD_MINUTES) / 60.0
    hours = hours.clip(lower=0.0).where(mart[Col.RESPONSE_STATUS].notna())
    values = {
        "silent_beyond_promise": (hours > 0).astype("float64").where(hours.notna()),
        "silent_hours_above_promise": hours,
    }
    for segment, chosen in _segments(mart):
        for measure, unit in measures.items():
            summary = share if measure == "silent_beyond_promise" else mean
            found = summary(values[measure][chosen], mart[Col.CLUSTER_KEY][chosen])
            yield decision_row(PART, measure, segment=segment, population=population, unit=unit, **numbers(found))


def _silent_now(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Cases open at the data cut that no person has answered for a week, by channel and site.

    Beside the whole its usual range: where eight of ten of the 26 weeks before ended.
    """
    where = {"population": "cases open at the data cut", "unit": "cases", "clock": "known_now"}
    if reason := missing(company, "speed") or ("" if mart[Col.CLOSED].notna().any() else missing(company, "closing")):
        yield refused(PART, "silent_for_a_week_now", reason, **where)
        return
    still_open = mart[Col.RESPONSE_STATUS].notna() & ~is_true(mart, Col.CLOSED)
    silent = silent_at(mart, 0.0)
    whole = company.bar("silent_for_a_week_now") | _usually_silent(mart)
    for segment, chosen in _segments(mart):
        n = int((still_open & chosen).sum())
        if n or not segment:
            bar = {} if segment else whole
            yield decision_row(PART, "silent_for_a_week_now", segment=segment, within_days=SILENT_DAYS, n=n, **bar,
                               estimate=float((silent & chosen).sum()), verdict="counted", **where)  # fmt: skip
            yield from _days_waited(mart[Col.FOLLOW_UP_DAYS][silent & chosen], segment)


def _days_waited(waited: pd.Series, segment: str) -> Iterator[Row]:
    """How long those silent now have waited so far, in days since they opened: the median and the longest."""
    where = {"population": "cases silent for a week at the data cut", "unit": "days", "clock": "known_now"}
    for level, days in (("median", waited.median()), ("longest", waited.max())) if len(waited) else ():
        yield decision_row(PART, "days_silent_now", segment=segment, level=level, estimate=float(days), n=len(waited),
                           verdict="counted", **where)  # fmt: skip


def _closed_unheard(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Cases closed before any person answered, over all of the data; nothing where that can't be known."""
    closed = is_true(mart, Col.CLOSED)
    if closed.any() and not missing(company, "speed"):
        unheard = closed & is_true(mart, Col.CLOSED_WITHOUT_CONTACT)
        yield decision_row(PART, "closed_unheard", unit="cases", population="closed cases", clock="known_now",
                           estimate=float(unheard.sum()), n=int(closed.sum()), verdict="counted")  # fmt: skip


def silent_at(mart: pd.DataFrame, days_before: float) -> pd.Series:
    """Which cases lay open and unanswered for a week or more, so many days before the data cut."""
    age = mart[Col.FOLLOW_UP_DAYS] - days_before
    heard = number(mart, Col.FIRST_CONTACT_MINUTES) / 1440.0 <= age
    closed = is_true(mart, Col.CLOSED) & ~(number(mart, Col.CLOSED_HOURS) / 24.0 > age)
    return mart[Col.RESPONSE_STATUS].notna() & (age >= SILENT_DAYS) & ~heard & ~closed


def _usually_silent(mart: pd.DataFrame) -> Row:
    """The usual range of that count; nothing where closings aren't dated or the record is shorter than 27 weeks."""
    dated = number(mart, Col.CLOSED_HOURS).notna() | ~is_true(mart, Col.CLOSED)
    if not dated.all() or mart[Col.FOLLOW_UP_DAYS].max() < 7.0 * (WEEKS + 1):
        return {}
    return _usual(pd.Series([float(silent_at(mart, 7.0 * week).sum()) for week in range(1, WEEKS + 1)]))


def _closed_not_restored(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Closed cases by what became of them, and the yearly spend at stake, each customer counted once."""
    where = {"population": "closed cases", "clock": "known_now"}
    if not mart[Col.CLOSED].notna().any():
        reason = missing(company, "closing") or "No case says whether it is closed."
        yield refused(PART, "closed_not_restored", reason, unit="cases", **where)
        return
    closed = is_true(mart, Col.CLOSED)
    days = main_horizon(company.facts)
    timed = dict.fromkeys(("closed_no_order_horizon_past", "closed_no_order_horizon_open"), float(days))
    for measure, lost in (lost_cases(mart) | other_closed_cases(mart, days)).items():
        flags = lost.astype("float64")[closed]
        counted = {"estimate": float(flags.sum()), "n": len(flags), "verdict": "counted", **company.bar(measure)}
        counted |= {"within_days": timed.get(measure)}
        yield decision_row(PART, measure, unit="cases", **where, **counted)
        found = share(flags, mart[Col.CLUSTER_KEY][closed])
        yield decision_row(PART, f"{measure}_share", unit="share of closed cases", **where, **numbers(found))
    yield _value_at_stake(mart, company)


def lost_cases(mart: pd.DataFrame) -> dict[str, pd.Series]:
    """Closed but not restored, all and by reason: the score or the orders say so, no order yet, nobody can tell."""
    closed, restored = is_true(mart, Col.CLOSED), number(mart, Col.RESTORED)
    no_order = closed & restored.isna() & mart[Col.DAYS_TO_RETURN].isna()
    on_file = is_true(mart, Col.CUSTOMER_ON_FILE)
    said_so = closed & (restored == 0)
    return {
        "closed_not_restored": said_so | no_order,
        "closed_known_not_restored": said_so,
        "closed_without_new_order": no_order & on_file,
        "closed_return_unknown": no_order & ~on_file,
    }


def other_closed_cases(mart: pd.DataFrame, days: int) -> dict[str, pd.Series]:
    """What became of the rest, and of those without an order whose ``days`` since opening are or aren't up.

    With those known not to be won back and those nobody can tell they add up to all closed cases.
    """
    closed, restored = is_true(mart, Col.CLOSED), number(mart, Col.RESTORED)
    waiting, young = lost_cases(mart)["closed_without_new_order"], mart[Col.FOLLOW_UP_DAYS] < days
    return {
        "closed_no_order_horizon_past": waiting & ~young,
        "closed_no_order_horizon_open": waiting & young,
        "closed_restored": closed & (restored == 1),
        "closed_ordered_again": closed & restored.isna() & mart[Col.DAYS_TO_RETURN].notna(),
    }


def _value_at_stake(mart: pd.DataFrame, company: Company) -> Row:
    where = {
        "population": "customers with a case closed but not restored",
        "unit": f"{company.currency} spent in the year before".strip(),
        "clock": "known_now",
    }
    lost = lost_cases(mart)["closed_not_restored"] & mart[Col.CUSTOMER_KEY].notna()
    spend = number(mart, Col.EARLIER_SPEND_365D)[lost].groupby(mart[Col.CUSTOMER_KEY][lost]).max().dropna()
    if spend.empty:
        reason = missing_return(company) or "No such customer's spend is known."
        return refused(PART, "value_at_stake", reason, **where)
    return decision_row(PART, "value_at_stake", estimate=float(spend.sum()), n=len(spend), verdict="counted", **where)
