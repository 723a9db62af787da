"""Descriptive measures: what happened, counted. No adjustment, no claim about causes, no grade."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.contracts.mart import Col, ColumnName, HorizonCol, Named
from pipelines.policy.counted.shares import share_limits

MINIMUM_CELL = 10
DIMENSIONS = (
    Col.BRAND, Col.SITE_ID, Col.REGION, Col.CHANNEL, Col.CATEGORY, Col.SEVERITY, Col.SEGMENT, Col.LOYALTY_TIER,
    Col.COMPENSATION_KIND, Col.RESPONSE_STATUS,
)  # fmt: skip
# Nothing given has no form, so its missing isn't unknown.
MISSING_IS_KNOWN = (Col.COMPENSATION_KIND,)
UNKNOWN = "unknown"
Values = Callable[[pd.DataFrame], pd.Series]
Row = dict[str, Any]
Z95 = float(stats.norm.ppf(0.975))


@dataclass(frozen=True)
class Measure:
    """A mean or share: ``values`` gives one number per row, missing outside the measure's population."""

    id: str
    needs: ColumnName
    values: Values


def _number(column: ColumnName) -> Values:
    return lambda mart: mart[column].astype("float64")


def _given(column: ColumnName) -> Values:
    """1 where the column holds a value, 0 where it is missing."""
    return lambda mart: mart[column].notna().astype("float64")


def _words_only(mart: pd.DataFrame) -> pd.Series:
    """1 where an answered customer got words alone; missing for those nobody answered."""
    answered = (mart[Col.RESPONSE_STATUS] == "answered").to_numpy(dtype=bool, na_value=False)
    return mart[Col.WORDS_ONLY].astype("float64").where(answered)


def _silent_over_24_hours(mart: pd.DataFrame) -> pd.Series:
    """1 where the longest silence passed a day; missing while an open case may still get there."""
    hours = mart[Col.LONGEST_SILENCE_HOURS].astype("float64")
    may_grow = (mart[Col.SILENCE_CENSORED].astype("float64") == 1) & (hours <= 24)
    return (hours > 24).astype("float64").where(hours.notna() & ~may_grow)


def _within(minutes: int) -> Values:
    """1 where a person answered within ``minutes``; missing while the case is too young to tell."""

    def values(mart: pd.DataFrame) -> pd.Series:
        old_enough = mart[Col.FOLLOW_UP_DAYS] * 1440 >= minutes
        return (mart[Col.FIRST_CONTACT_MINUTES] <= minutes).astype("float64").where(old_enough)

    return values


_SHARES = (
    Col.STANDARD_MET, Col.RESPONDED_ON_TIME, Col.CLOSED_WITHOUT_CONTACT, Col.RESOLVED_AT_FIRST_CONTACT, Col.ESCALATED,
    Col.THREATENED, Col.REOPENED, Col.APOLOGY_GIVEN, Col.APOLOGY_PERSONAL, Col.APOLOGY_BEFORE_DEMAND, Col.EMPATHY_SHOWN,
    Col.ACCOUNTABILITY_ACCEPTED, Col.EXPLANATION_GIVEN, Col.COMMITMENT_MADE, Col.COMMITMENT_KEPT, Col.OLIVE_BRANCH,
    Col.FIXED_FOR_CUSTOMER, Col.FIXED_BEFORE_DEPARTURE, Col.WITHIN_AUTHORITY, Col.COMPENSATION_GIVEN, Col.REDEEMED,
    Col.CAUSE_REVIEWED, Col.PUBLIC_COMPLAINT,
)  # fmt: skip
_MEANS = (
    Col.COMPENSATION_AMOUNT, Col.COMPENSATION_SHARE, Col.DAYS_TO_PAY, Col.LOSS_AMOUNT,
)  # fmt: skip
_OUTCOMES = (
    Col.HELD_BOOKING_CANCELLED, Col.SURVEY_ANSWERED, Col.PROMOTER, Col.REVIEW_STARS, Col.REFERRALS, Col.NEGATIVE_POST,
    Col.POSITIVE_STORY, Col.PRAISES_STAFF, Col.RESTORED,
)  # fmt: skip


def incident_measures(horizons_days: Sequence[int], declared: Sequence[Named] = ()) -> tuple[Measure, ...]:
    """Every mean and share over incidents; ``declared`` are outcome columns of the profile."""
    columns: tuple[ColumnName, ...] = (*_SHARES, *_MEANS, *_OUTCOMES, *_by_horizon(horizons_days), *declared)
    return (
        Measure("answered_share", Col.RESPONSE_STATUS, _given(Col.FIRST_CONTACT_MINUTES)),
        Measure("words_only", Col.WORDS_ONLY, _words_only),
        Measure("silent_over_24_hours", Col.LONGEST_SILENCE_HOURS, _silent_over_24_hours),
        *(Measure(f"answered_within_{m}_minutes", Col.RESPONSE_STATUS, _within(m)) for m in (15, 60, 240, 1440, 4320)),
        *(Measure(column, column, _number(column)) for column in columns),
    )


def never_failed_measures(horizons_days: Sequence[int]) -> tuple[Measure, ...]:
    """The outcomes of customers who never met a failure, at their index dates."""
    names: tuple[ColumnName, ...] = (*_OUTCOMES, *_by_horizon(horizons_days))
    return tuple(Measure(column, column, _number(column)) for column in names)


def _by_horizon(horizons_days: Sequence[int]) -> list[Named]:
    return [c.at(h) for h in horizons_days for c in (HorizonCol.RETURNED, HorizonCol.SPEND, HorizonCol.RETAINED)]


def measure(mart: pd.DataFrame, never_failed: pd.DataFrame, horizons_days: Sequence[int]) -> list[Row]:
    """Rows of ``measures``: each measure overall, one-way by dimension and by month of opening.

    A measure whose column the exports don't supply gives no row; a cell under ``MINIMUM_CELL`` is suppressed.
    Incidents whose level the exports don't give are a level of their own, so that levels add up to everyone.
    Grain: one row per measure, segment and period.
    """
    declared = [Named(c) for c in mart.columns if c.startswith("outcome_")]
    rows = [row for m in incident_measures(horizons_days, declared) for row in _rows(m, mart, mart[Col.CLUSTER_KEY])]
    rows += _waiting_times(mart)
    for m in never_failed_measures(horizons_days):
        if m.needs in never_failed and never_failed[m.needs].notna().any():
            values = m.values(never_failed)
            rows.append(_row(m.id, "population=never_failed", "", _summaries(values, never_failed[Col.CUSTOMER_KEY])))
    return rows


def _rows(m: Measure, mart: pd.DataFrame, clusters: pd.Series) -> Iterator[Row]:
    if m.needs not in mart or not mart[m.needs].notna().any():
        return
    values = m.values(mart)
    yield _row(m.id, "", "", _summaries(values, clusters))
    for dimension in (*(d for d in DIMENSIONS if d in mart), Col.OPENED_MONTH):
        for level, summary in _by_level(values, clusters, _levels(mart, dimension)).iterrows():
            segment, period = ("", level) if dimension is Col.OPENED_MONTH else (f"{dimension}={level}", "")
            yield _row(m.id, segment, str(period), summary)


def _levels(mart: pd.DataFrame, dimension: Col) -> pd.Series:
    """The level of each incident; where the exports give it for some, the others are ``UNKNOWN``."""
    levels = mart[dimension].astype("object")
    known = levels.notna()
    return levels.where(known, UNKNOWN) if known.any() and dimension not in MISSING_IS_KNOWN else levels


def _summaries(values: pd.Series, clusters: pd.Series) -> pd.Series:
    return _by_level(values, clusters, pd.Series("all", index=values.index)).iloc[0]


def _by_level(values: pd.Series, clusters: pd.Series, levels: pd.Series) -> pd.DataFrame:
    """Per level: n, mean and its cluster-robust standard error (linearised mean, clusters as primary units)."""
    frame = pd.DataFrame({"y": values, "g": clusters, "level": levels}).dropna()
    if frame.empty:
        return pd.DataFrame([{"n": 0, "mean": np.nan, "std_error": np.nan, "clusters": 0, "share": False}])
    grouped = frame.groupby("level", observed=True)["y"]
    residual = frame["y"] - grouped.transform("mean")
    sums = residual.groupby([frame["level"], frame["g"]], observed=True).sum()
    n, g = grouped.size(), sums.groupby(level=0).size()
    squares = (sums**2).groupby(level=0).sum() * g / (g - 1).clip(lower=1)
    return pd.DataFrame({
        "n": n,
        "mean": grouped.mean(),
        "std_error": np.sqrt(squares) / n,
        "clusters": g,
        "share": bool(frame["y"].isin([0.0, 1.0]).all()),
    })  # fmt: skip


def _row(measure_id: str, segment: str, period: str, summary: pd.Series) -> Row:
    n = int(summary["n"])
    row: Row = {
        "measure": measure_id,
        "segment": segment,
        "period": str(period),
        "n": n,
        "suppressed": n < MINIMUM_CELL,
    }
    if row["suppressed"]:
        return row
    mean, low, high = _interval(summary)
    return row | {"estimate": mean, "ci_low": low, "ci_high": high}


def _interval(summary: pd.Series) -> tuple[float, float | None, float | None]:
    """95 % interval: Wilson's at the clustered error for shares, t with clusters − 1 for means; none on one cluster."""
    mean, std_error, n, clusters = (float(summary[k]) for k in ("mean", "std_error", "n", "clusters"))
    if clusters < 2:
        return mean, None, None
    if summary["share"]:
        return (mean, *share_limits(mean, std_error, int(n), int(clusters)))
    half = float(stats.t.ppf(0.975, clusters - 1)) * std_error
    return mean, mean - half, mean + half


def _waiting_times(mart: pd.DataFrame) -> list[Row]:
    """Median hours to the first human contact: among the answered, and with the unanswered censored at the cut.

    The second is the Kaplan–Meier median; it is missing when fewer than half are answered within follow-up.
    """
    mart = mart[mart[Col.RESPONSE_STATUS].notna()]
    if mart.empty:
        return []
    answered = mart[Col.FIRST_CONTACT_MINUTES].notna()
    hours = (mart[Col.FIRST_CONTACT_MINUTES] / 60).astype("float64").where(answered, mart[Col.FOLLOW_UP_DAYS] * 24)
    waits = pd.DataFrame({"hours": hours.astype("float64"), "answered": answered, "cluster": mart[Col.CLUSTER_KEY]})
    rows = []
    for segment, chosen in _segments(mart):
        rows.append(_median_row("median_first_contact_hours_answered", segment, waits[chosen & answered]))
        rows.append(_median_row("median_first_contact_hours", segment, waits[chosen]))
    return rows


def _segments(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield "", pd.Series(True, index=mart.index)
    for dimension in (Col.BRAND, Col.SITE_ID, Col.CHANNEL, Col.SEVERITY):
        levels = _levels(mart, dimension)
        for level in sorted(levels.dropna().unique()):
            yield f"{dimension}={level}", levels == level


def _median_row(measure_id: str, segment: str, waits: pd.DataFrame) -> Row:
    n = len(waits)
    row: Row = {"measure": measure_id, "segment": segment, "period": "", "n": n, "suppressed": n < MINIMUM_CELL}
    if row["suppressed"] or not waits["answered"].any():
        return row
    curve = SurvfuncRight(waits["hours"].to_numpy(), waits["answered"].to_numpy(dtype="float64"))
    median = float(waits["hours"].median() if waits["answered"].all() else curve.quantile(0.5))
    if not np.isfinite(median):
        return row
    low, high = _median_interval(curve, _design_effect((waits["hours"] <= median), waits["cluster"]))
    return row | {"estimate": median, "ci_low": low, "ci_high": high}


def _median_interval(curve: SurvfuncRight, design_effect: float) -> tuple[float | None, float | None]:
    """Times at which a survival of one half is not rejected (Brookmeyer and Crowley 1982); an open end is missing."""
    half = Z95 * curve.surv_prob_se * np.sqrt(design_effect)
    inside = np.abs(curve.surv_prob - 0.5) <= half
    if not inside.any():
        return float(curve.quantile(0.5)), float(curve.quantile(0.5))
    low = float(curve.surv_times[inside][0])
    beyond = curve.surv_times[curve.surv_prob + half < 0.5]
    return low, float(beyond[0]) if len(beyond) else None


def _design_effect(early: pd.Series, clusters: pd.Series) -> float:
    """Variance of a share under clustering over its variance without, at least 1."""
    summary = _summaries(early.astype("float64"), clusters)
    independent = float(summary["mean"] * (1 - summary["mean"]) / summary["n"])
    return max(1.0, float(summary["std_error"]) ** 2 / independent) if independent > 0 else 1.0
