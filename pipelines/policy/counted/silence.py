"""Where nobody spoke: cases left silent or closed unheard, and customers closed in the books but not won back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Topic, Waited
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.thresholds import (
    FEWEST_USUAL_WEEKS,
    MINIMUM_CELL,
    SILENT_DAYS,
    USUAL_QUANTILES,
    USUAL_WEEKS,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.counted import NoCaseSaysClosed, NoSpendAtStake
from pipelines.contracts.messages.populations import (
    AnsweredClosedOrPastCap,
    CasesOpen,
    CasesSilent,
    ClosedCases,
    LostCustomers,
    PromisedSilences,
)
from pipelines.contracts.segments import EVERYONE, segment
from pipelines.contracts.tables.measure import Measured
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean, share
from pipelines.policy.mart import is_true, lacking, lacking_return, number

DIMENSIONS = (Col.CHANNEL, Col.SITE_ID, Col.SEVERITY)
# Closed cases by what became of them: how many, and their share.
LOST = {
    Measure.CLOSED_NOT_RESTORED: Measure.CLOSED_NOT_RESTORED_SHARE,
    Measure.CLOSED_KNOWN_NOT_RESTORED: Measure.CLOSED_KNOWN_NOT_RESTORED_SHARE,
    Measure.CLOSED_WITHOUT_NEW_ORDER: Measure.CLOSED_WITHOUT_NEW_ORDER_SHARE,
    Measure.CLOSED_RETURN_UNKNOWN: Measure.CLOSED_RETURN_UNKNOWN_SHARE,
}
OTHERS = {
    Measure.CLOSED_NO_ORDER_HORIZON_PAST: Measure.CLOSED_NO_ORDER_HORIZON_PAST_SHARE,
    Measure.CLOSED_NO_ORDER_HORIZON_OPEN: Measure.CLOSED_NO_ORDER_HORIZON_OPEN_SHARE,
    Measure.CLOSED_RESTORED: Measure.CLOSED_RESTORED_SHARE,
    Measure.CLOSED_ORDERED_AGAIN: Measure.CLOSED_ORDERED_AGAIN_SHARE,
}
TIMED = (Measure.CLOSED_NO_ORDER_HORIZON_PAST, Measure.CLOSED_NO_ORDER_HORIZON_OPEN)


def silence_rows(mart: pd.DataFrame, company: Company) -> list[Measured]:
    """Under the rug, silence beyond the promise, silent right now, and closed but not restored."""
    return [
        *_under_the_rug(mart, company),
        *_silence(mart, company),
        *_silent_now(mart, company),
        *_closed_unheard(mart, company),
        *_closed_not_restored(mart, company),
    ]


def _under_the_rug(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Never answered by the cap, or closed before anybody answered; cases younger than the cap are left out.

    Beside the whole its usual range: where eight of ten of the latest 26 weeks past the cap lie.
    """
    row = Measured(
        Topic.SILENCE,
        Measure.UNDER_THE_RUG,
        within_days=company.facts.response_cap_minutes / 1440.0,
        population=AnsweredClosedOrPastCap(),
        unit=Unit.SHARE_OF_INCIDENTS,
    )
    if reason := lacking(company.facts, "speed"):
        yield refused(row, reason)
        return
    unheard = is_true(mart, Col.CLOSED_WITHOUT_CONTACT)
    swept = ((mart[Col.RESPONSE_STATUS] == "unanswered") | unheard).astype("float64")
    decided = mart[Col.RESPONSE_STATUS].isin(["answered", "unanswered"]) | unheard
    for name, chosen in _segments(mart):
        found = share(swept[decided & chosen], mart[Col.CLUSTER_KEY][decided & chosen])
        here = replace(row, segment=name)
        if name == EVERYONE:
            here = _usually(company.with_target(here), _weekly_swept(mart, swept[decided], company))
        yield with_estimate(here, found)


def _weekly_swept(mart: pd.DataFrame, swept: pd.Series, company: Company) -> pd.Series:
    """Each week's share past the cap; empty where too few weeks hold enough cases."""
    past_cap = mart[Col.FOLLOW_UP_DAYS][swept.index] - company.facts.response_cap_minutes / 1440.0
    week = np.ceil(past_cap / 7.0)
    weeks = swept[(week >= 1) & (week <= USUAL_WEEKS)].groupby(week).agg(["mean", "count"])
    shares = pd.Series(weeks.loc[weeks["count"] >= MINIMUM_CELL, "mean"])
    return shares if len(shares) >= FEWEST_USUAL_WEEKS else shares.iloc[:0]


def _usually(row: Measured, weekly: pd.Series) -> Measured:
    """The row with the range in which eight of ten weeks lie."""
    if weekly.empty:
        return row
    low, high = (float(q) for q in weekly.quantile(list(USUAL_QUANTILES)))
    return replace(row, usual_low=low, usual_high=high)


def _segments(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield EVERYONE, pd.Series(True, index=mart.index)
    for dimension in DIMENSIONS:
        for level in sorted(mart[dimension].dropna().unique()):
            yield segment(dimension, level), mart[dimension] == level


def _silence(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Longest silence, capped, above the promised time: how often, and hours per incident; open cases so far."""
    often, long = (
        Measured(Topic.SILENCE, measure, population=PromisedSilences(), unit=measure.unit)
        for measure in (Measure.SILENT_BEYOND_PROMISE, Measure.SILENT_HOURS_ABOVE_PROMISE)
    )
    if reason := lacking(company.facts, "speed") or lacking(company.facts, "standards"):
        yield from (refused(row, reason) for row in (often, long))
        return
    silent = number(mart, Col.LONGEST_SILENCE_HOURS).clip(upper=company.facts.response_cap_minutes / 60.0)
    hours = silent - number(mart, Col.STANDARD_MINUTES) / 60.0
    hours = hours.clip(lower=0.0).where(mart[Col.RESPONSE_STATUS].notna())
    beyond = (hours > 0).astype("float64").where(hours.notna())
    for name, chosen in _segments(mart):
        clusters = mart[Col.CLUSTER_KEY][chosen]
        yield with_estimate(replace(often, segment=name), share(beyond[chosen], clusters))
        yield with_estimate(replace(long, segment=name), mean(hours[chosen], clusters))


def _silent_now(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Cases open at the data cut that no person has answered for a week, by channel and site.

    Beside the whole its usual range: where eight of ten of the 26 weeks before ended.
    """
    row = Measured(
        Topic.SILENCE,
        Measure.SILENT_FOR_A_WEEK_NOW,
        clock=Clock.KNOWN_NOW,
        population=CasesOpen(),
        unit=Unit.CASES,
    )
    unclosed = None if mart[Col.CLOSED].notna().any() else lacking(company.facts, "closing")
    if reason := lacking(company.facts, "speed") or unclosed:
        yield refused(row, reason)
        return
    row = replace(row, within_days=SILENT_DAYS, verdict=Verdict.COUNTED)
    still_open = mart[Col.RESPONSE_STATUS].notna() & ends_known(mart) & ~is_true(mart, Col.CLOSED)
    silent = silent_at(mart, 0.0)
    for name, chosen in _segments(mart):
        n = int((still_open & chosen).sum())
        if n or name == EVERYONE:
            here = replace(row, segment=name, estimate=float((silent & chosen).sum()), n=n)
            if name == EVERYONE:
                here = _usually(company.with_target(here), _weekly_silent(mart))
            yield shown(here)
            yield from _days_waited(mart[Col.FOLLOW_UP_DAYS][silent & chosen], name)


def _days_waited(waited: pd.Series, name: str) -> Iterator[Measured]:
    """How long those silent now have waited so far, in days since they opened: the median and the longest."""
    row = Measured(
        Topic.SILENCE,
        Measure.DAYS_SILENT_NOW,
        segment=name,
        clock=Clock.KNOWN_NOW,
        population=CasesSilent(),
        unit=Unit.DAYS,
        verdict=Verdict.COUNTED,
        n=len(waited),
    )
    for level, days in ((Waited.MEDIAN, waited.median()), (Waited.LONGEST, waited.max())) if len(waited) else ():
        yield shown(replace(row, level=level, estimate=float(days)))


def _closed_unheard(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Cases closed before any person answered, over all of the data; nothing where that can't be known."""
    closed = is_true(mart, Col.CLOSED)
    if closed.any() and not lacking(company.facts, "speed"):
        unheard = closed & is_true(mart, Col.CLOSED_WITHOUT_CONTACT)
        yield shown(_count_of(Measure.CLOSED_UNHEARD, unheard.sum(), closed.sum()))


def _count_of(measure: Measure, count: float, closed: float) -> Measured:
    return Measured(
        Topic.SILENCE,
        measure,
        clock=Clock.KNOWN_NOW,
        population=ClosedCases(),
        unit=Unit.CASES,
        estimate=float(count),
        n=int(closed),
        verdict=Verdict.COUNTED,
    )


def silent_at(mart: pd.DataFrame, days_before: float) -> pd.Series:
    """Which cases lay open and unanswered for a week or more, so many days before the data cut."""
    age = mart[Col.FOLLOW_UP_DAYS] - days_before
    heard = number(mart, Col.FIRST_CONTACT_MINUTES) / 1440.0 <= age
    closed = is_true(mart, Col.CLOSED) & ~(number(mart, Col.CLOSED_HOURS) / 24.0 > age)
    return mart[Col.RESPONSE_STATUS].notna() & ends_known(mart) & (age >= SILENT_DAYS) & ~heard & ~closed


def ends_known(mart: pd.DataFrame) -> pd.Series:
    """Of which cases it is known whether they are closed; of all where the export tells of none."""
    told = mart[Col.CLOSED].notna()
    return told | (not told.any())


def _weekly_silent(mart: pd.DataFrame) -> pd.Series:
    """That count a week ago, two weeks ago …; empty where closings aren't dated or the record is too short."""
    dated = number(mart, Col.CLOSED_HOURS).notna() | ~is_true(mart, Col.CLOSED)
    if not dated.all() or mart[Col.FOLLOW_UP_DAYS].max() < 7.0 * (USUAL_WEEKS + 1):
        return pd.Series(dtype="float64")
    return pd.Series([float(silent_at(mart, 7.0 * week).sum()) for week in range(1, USUAL_WEEKS + 1)])


def _closed_not_restored(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    """Closed cases by what became of them, and the yearly spend at stake, each customer counted once."""
    if not mart[Col.CLOSED].notna().any():
        row = Measured(
            Topic.SILENCE,
            Measure.CLOSED_NOT_RESTORED,
            clock=Clock.KNOWN_NOW,
            population=ClosedCases(),
            unit=Unit.CASES,
        )
        yield refused(row, lacking(company.facts, "closing") or NoCaseSaysClosed())
        return
    closed = is_true(mart, Col.CLOSED)
    days = main_horizon(company.facts)
    shares = LOST | OTHERS
    for measure, lost in {**lost_cases(mart), **other_closed_cases(mart, days)}.items():
        flags = lost.astype("float64")[closed]
        counted = _count_of(measure, flags.sum(), len(flags))
        yield shown(company.with_target(replace(counted, within_days=float(days) if measure in TIMED else None)))
        row = Measured(
            Topic.SILENCE,
            shares[measure],
            clock=Clock.KNOWN_NOW,
            population=ClosedCases(),
            unit=Unit.SHARE_OF_CLOSED_CASES,
        )
        yield with_estimate(row, share(flags, mart[Col.CLUSTER_KEY][closed]))
    yield _value_at_stake(mart, company)


def lost_cases(mart: pd.DataFrame) -> Mapping[Measure, pd.Series]:
    """Closed but not restored, all and by reason: the score or the orders say so, no order yet, nobody can tell."""
    closed, restored = is_true(mart, Col.CLOSED), number(mart, Col.RESTORED)
    no_order = closed & restored.isna() & mart[Col.DAYS_TO_RETURN].isna()
    on_file = is_true(mart, Col.CUSTOMER_ON_FILE)
    said_so = closed & (restored == 0)
    return {
        Measure.CLOSED_NOT_RESTORED: said_so | no_order,
        Measure.CLOSED_KNOWN_NOT_RESTORED: said_so,
        Measure.CLOSED_WITHOUT_NEW_ORDER: no_order & on_file,
        Measure.CLOSED_RETURN_UNKNOWN: no_order & ~on_file,
    }


def other_closed_cases(mart: pd.DataFrame, days: int) -> Mapping[Measure, pd.Series]:
    """What became of the rest, and of those without an order whose ``days`` since opening are or aren't up.

    With those known not to be won back and those nobody can tell they add up to all closed cases.
    """
    closed, restored = is_true(mart, Col.CLOSED), number(mart, Col.RESTORED)
    waiting, young = lost_cases(mart)[Measure.CLOSED_WITHOUT_NEW_ORDER], mart[Col.FOLLOW_UP_DAYS] < days
    return {
        Measure.CLOSED_NO_ORDER_HORIZON_PAST: waiting & ~young,
        Measure.CLOSED_NO_ORDER_HORIZON_OPEN: waiting & young,
        Measure.CLOSED_RESTORED: closed & (restored == 1),
        Measure.CLOSED_ORDERED_AGAIN: closed & restored.isna() & mart[Col.DAYS_TO_RETURN].notna(),
    }


def _value_at_stake(mart: pd.DataFrame, company: Company) -> Measured:
    row = Measured(
        Topic.SILENCE,
        Measure.VALUE_AT_STAKE,
        clock=Clock.KNOWN_NOW,
        population=LostCustomers(),
        unit=Unit.MONEY_SPENT_THE_YEAR_BEFORE,
    )
    lost = lost_cases(mart)[Measure.CLOSED_NOT_RESTORED] & mart[Col.CUSTOMER_KEY].notna()
    spend = number(mart, Col.EARLIER_SPEND_365D)[lost].groupby(mart[Col.CUSTOMER_KEY][lost]).max().dropna()
    if spend.empty:
        return refused(row, lacking_return(company.facts) or NoSpendAtStake())
    return shown(replace(row, estimate=float(spend.sum()), n=len(spend), verdict=Verdict.COUNTED))
