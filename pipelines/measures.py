"""Descriptive measures: what happened, counted. No adjustment, no claim about causes, no grade."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.policy.counted.shares import share_limits

MINIMUM_CELL = 10
DIMENSIONS = (
    "brand", "site_id", "region", "channel", "category", "severity", "segment", "loyalty_tier", "compensation_kind",
    "response_status",
)  # fmt: skip
# Nothing given has no form, so its missing isn't unknown.
MISSING_IS_KNOWN = ("compensation_kind",)
UNKNOWN = "unknown"
Values = Callable[[pd.DataFrame], pd.Series]
Row = dict[str, Any]
Z95 = float(stats.norm.ppf(0.975))


@dataclass(frozen=True)
class Measure:
    """A mean or share: ``values`` gives one number per row, missing outside the measure's population."""

    id: str
    needs: str
    values: Values


def _number(column: str) -> Values:
    return lambda mart: mart[column].astype("float64")


def _given(column: str) -> Values:
    """1 where the column holds a value, 0 where it is missing."""
    return lambda mart: mart[column].notna().astype("float64")


def _words_only(mart: pd.DataFrame) -> pd.Series:
    """1 where an answered customer got words alone; missing for those nobody answered."""
    answered = (mart["response_status"] == "answered").to_numpy(dtype=bool, na_value=False)
    return mart["words_only"].astype("float64").where(answered)


def _silent_over_24_hours(mart: pd.DataFrame) -> pd.Series:
    """1 where the longest silence passed a day; missing while an open case may still get there."""
    hours = mart["longest_silence_hours"].astype("float64")
    may_grow = (mart["silence_censored"].astype("float64") == 1) & (hours <= 24)
    return (hours > 24).astype("float64").where(hours.notna() & ~may_grow)


def _within(minutes: int) -> Values:
    """1 where a person answered within ``minutes``; missing while the case is too young to tell."""

    def values(mart: pd.DataFrame) -> pd.Series:
        old_enough = mart["follow_up_days"] * 1440 >= minutes
        return (mart["first_contact_minutes"] <= minutes).astype("float64").where(old_enough)

    return values


_SHARES = (
    "standard_met", "responded_on_time", "closed_without_contact", "resolved_at_first_contact", "escalated",
    "threatened", "reopened", "apology_given", "apology_personal", "apology_before_demand", "empathy_shown",
    "accountability_accepted", "explanation_given", "commitment_made", "commitment_kept", "olive_branch",
    "fixed_for_customer", "fixed_before_departure", "within_authority", "compensation_given", "redeemed",
    "cause_reviewed", "public_complaint",
)  # fmt: skip
_MEANS = ("compensation_amount", "compensation_share", "days_to_pay", "loss_amount")
_OUTCOMES = (
    "held_booking_cancelled", "survey_answered", "promoter", "review_stars", "referrals", "negative_post",
    "positive_story", "praises_staff", "restored",
)  # fmt: skip


def incident_measures(horizons_days: Sequence[int], declared: Sequence[str] = ()) -> tuple[Measure, ...]:
    """Every mean and share over incidents; ``declared`` are outcome columns of the profile."""
    by_horizon = [f"{stem}_{h}d" for h in horizons_days for stem in ("returned_within", "spend", "retained")]
    return (
        Measure("answered_share", "response_status", _given("first_contact_minutes")),
        Measure("words_only", "words_only", _words_only),
        Measure("silent_over_24_hours", "longest_silence_hours", _silent_over_24_hours),
        *(Measure(f"answered_within_{m}_minutes", "response_status", _within(m)) for m in (15, 60, 240, 1440, 4320)),
        *(
            Measure(column, column, _number(column))
            for column in (*_SHARES, *_MEANS, *_OUTCOMES, *by_horizon, *declared)
        ),
    )


def never_failed_measures(horizons_days: Sequence[int]) -> tuple[Measure, ...]:
    """The outcomes of customers who never met a failure, at their index dates."""
    names = (
        *_OUTCOMES,
        *(f"{stem}_{h}d" for h in horizons_days for stem in ("returned_within", "spend", "retained")),
    )
    return tuple(Measure(column, column, _number(column)) for column in names)


def measure(mart: pd.DataFrame, never_failed: pd.DataFrame, horizons_days: Sequence[int]) -> list[Row]:
    """Rows of ``measures``: each measure overall, one-way by dimension and by month of opening.

    A measure whose column the exports don't supply gives no row; a cell under ``MINIMUM_CELL`` is suppressed.
    Incidents whose level the exports don't give are a level of their own, so that levels add up to everyone.
    Grain: one row per measure, segment and period.
    """
    declared = [c for c in mart.columns if c.startswith("outcome_")]
    rows = [row for m in incident_measures(horizons_days, declared) for row in _rows(m, mart, mart["cluster_key"])]
    rows += _waiting_times(mart)
    for m in never_failed_measures(horizons_days):
        if m.needs in never_failed and never_failed[m.needs].notna().any():
            values = m.values(never_failed)
            rows.append(_row(m.id, "population=never_failed", "", _summaries(values, never_failed["customer_key"])))
    return rows


def _rows(m: Measure, mart: pd.DataFrame, clusters: pd.Series) -> Iterator[Row]:
    if m.needs not in mart or not mart[m.needs].notna().any():
        return
    values = m.values(mart)
    yield _row(m.id, "", "", _summaries(values, clusters))
    for dimension in (*(d for d in DIMENSIONS if d in mart), "opened_month"):
        for level, summary in _by_level(values, clusters, _levels(mart, dimension)).iterrows():
            segment, period = ("", level) if dimension == "opened_month" else (f"{dimension}={level}", "")
            yield _row(m.id, segment, str(period), summary)


def _levels(mart: pd.DataFrame, dimension: str) -> pd.Series:
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
    mart = mart[mart["response_status"].notna()]
    if mart.empty:
        return []
    answered = mart["first_contact_minutes"].notna()
    hours = (mart["first_contact_minutes"] / 60).astype("float64").where(answered, mart["follow_up_days"] * 24)
    waits = pd.DataFrame({"hours": hours.astype("float64"), "answered": answered, "cluster": mart["cluster_key"]})
    rows = []
    for segment, chosen in _segments(mart):
        rows.append(_median_row("median_first_contact_hours_answered", segment, waits[chosen & answered]))
        rows.append(_median_row("median_first_contact_hours", segment, waits[chosen]))
    return rows


def _segments(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield "", pd.Series(True, index=mart.index)
    for dimension in ("brand", "site_id", "channel", "severity"):
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
