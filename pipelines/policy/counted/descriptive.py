"""Descriptive measures: what happened, counted. No adjustment, no claim about causes, no grade."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import stdtrit
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.measures import (
    BY_HORIZON,
    MEASURES,
    Measure,
    MeasureFamily,
    MeasureId,
    answered_within,
    of_outcome,
)
from pipelines.contracts.catalog.treatments import SPEED_LADDER_MINUTES
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col, ColumnName
from pipelines.contracts.messages.counted import MedianNotReached, NoUpperLimit, OneCluster
from pipelines.contracts.messages.populations import NeverFailed
from pipelines.contracts.segments import EVERYONE, NEVER_FAILED, segment
from pipelines.contracts.tables.measure import Measured
from pipelines.models.arrays import Floats, Ints
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import share_limits

DIMENSIONS = (
    Col.BRAND, Col.SITE_ID, Col.REGION, Col.CHANNEL, Col.CATEGORY, Col.SEVERITY, Col.SEGMENT, Col.LOYALTY_TIER,
    Col.COMPENSATION_KIND, Col.RESPONSE_STATUS,
)  # fmt: skip
WAITED_BY = (Col.BRAND, Col.SITE_ID, Col.CHANNEL, Col.SEVERITY)
# Nothing given has no form, so its missing isn't unknown.
MISSING_IS_KNOWN = (Col.COMPENSATION_KIND,)
UNKNOWN = "unknown"
SILENT_HOURS = 24
Values = Callable[[pd.DataFrame], pd.Series]
# Where a row of a level stands: its segment or its period.
Place = Callable[[Measured, str], Measured]
Z95 = float(stats.norm.ppf(0.975))


@dataclass(frozen=True)
class Mean:
    """A mean or share: ``values`` gives one number per row, missing outside the measure's population.

    It is counted where the mart knows ``needs``.
    """

    measure: MeasureId
    unit: Unit
    needs: ColumnName
    values: Values

    def known_in(self, mart: pd.DataFrame) -> bool:
        """Whether the exports say it of any row."""
        return self.needs in mart and bool(mart[self.needs].notna().any())

    @property
    def row(self) -> Measured:
        """A row of it, without its numbers."""
        return Measured(Topic.DESCRIPTIVE, self.measure, unit=self.unit)


def _number(column: ColumnName) -> Values:
    return lambda mart: mart[column].astype("float64")


def _answered(mart: pd.DataFrame) -> pd.Series:
    """1 where a person answered, 0 where nobody did."""
    return mart[Col.FIRST_CONTACT_MINUTES].notna().astype("float64")


def _words_only(mart: pd.DataFrame) -> pd.Series:
    """1 where an answered customer got words alone; missing for those nobody answered."""
    answered = (mart[Col.RESPONSE_STATUS] == "answered").to_numpy(dtype=bool, na_value=False)
    return mart[Col.WORDS_ONLY].astype("float64").where(answered)


def _silent_over_24_hours(mart: pd.DataFrame) -> pd.Series:
    """1 where the longest silence passed a day; missing while an open case may still get there."""
    hours = mart[Col.LONGEST_SILENCE_HOURS].astype("float64")
    may_grow = (mart[Col.SILENCE_CENSORED].astype("float64") == 1) & (hours <= SILENT_HOURS)
    return (hours > SILENT_HOURS).astype("float64").where(hours.notna() & ~may_grow)


def _told_first(mart: pd.DataFrame) -> pd.Series:
    """1 where the company spoke before the customer did."""
    minutes = mart[Col.PROACTIVE_NOTICE_MINUTES].astype("float64")
    return (minutes > 0).astype("float64").where(minutes.notna())


def _minutes_told_first(mart: pd.DataFrame) -> pd.Series:
    """Minutes by which the company spoke first; missing where it didn't."""
    minutes = mart[Col.PROACTIVE_NOTICE_MINUTES].astype("float64")
    return minutes.where(minutes > 0)


def _within(minutes: int) -> Values:
    """1 where a person answered within ``minutes``; missing while the case is too young to tell."""

    def values(mart: pd.DataFrame) -> pd.Series:
        old_enough = mart[Col.FOLLOW_UP_DAYS] * 1440 >= minutes
        return (mart[Col.FIRST_CONTACT_MINUTES] <= minutes).astype("float64").where(old_enough)

    return values


_COMPUTED: dict[str, Mean] = {
    str(mean.measure): mean
    for mean in (
        Mean(Measure.ANSWERED_SHARE, Measure.ANSWERED_SHARE.unit, Col.RESPONSE_STATUS, _answered),
        Mean(Measure.WORDS_ONLY, Measure.WORDS_ONLY.unit, Col.WORDS_ONLY, _words_only),
        Mean(
            Measure.SILENT_OVER_24_HOURS,
            Measure.SILENT_OVER_24_HOURS.unit,
            Col.LONGEST_SILENCE_HOURS,
            _silent_over_24_hours,
        ),
        Mean(Measure.TOLD_FIRST, Measure.TOLD_FIRST.unit, Col.PROACTIVE_NOTICE_MINUTES, _told_first),
        Mean(
            Measure.MINUTES_TOLD_FIRST,
            Measure.MINUTES_TOLD_FIRST.unit,
            Col.PROACTIVE_NOTICE_MINUTES,
            _minutes_told_first,
        ),
        *(
            Mean(answered_within(m), MeasureFamily.ANSWERED_WITHIN.unit, Col.RESPONSE_STATUS, _within(m))
            for m in SPEED_LADDER_MINUTES
        ),
    )
}
_COLUMNS = tuple(Mean(m, m.unit, m.column, _number(m.column)) for m in MEASURES.values() if m.column is not None)


def incident_means(company: Company) -> tuple[Mean, ...]:
    """Every mean and share over incidents; the profile's own outcomes come last."""
    return (*_COMPUTED.values(), *_COLUMNS, *_by_horizon(company), *_declared(company))


def _by_horizon(company: Company) -> Iterator[Mean]:
    for days in company.facts.horizons_days:
        for family, by_horizon in BY_HORIZON.items():
            column = by_horizon.at(days)
            yield Mean(family.at(days), family.unit, column, _number(column))


def _declared(company: Company) -> Iterator[Mean]:
    for outcome in company.facts.declared_outcomes:
        measure, column = of_outcome(outcome.id)
        unit = Unit.SHARE_OF_INCIDENTS if outcome.kind == "binary" else Unit.OWN
        yield Mean(measure, unit, column, _number(column))


def values_of(measure: MeasureId, mart: pd.DataFrame) -> pd.Series:
    """One value per row of a computed share, missing where the exports don't say what it needs."""
    mean = _COMPUTED[measure]
    if not mean.known_in(mart):
        return pd.Series(float("nan"), index=mart.index)
    return mean.values(mart).where(mart[mean.needs].notna())


@dataclass(frozen=True, slots=True)
class Summary:
    """How many values, their mean with its cluster-robust standard error, and from how many clusters.

    ``share``: all values of the measure are 0 or 1.
    """

    n: int = 0
    mean: float = float("nan")
    std_error: float = float("nan")
    clusters: int = 0
    share: bool = False


@dataclass(frozen=True)
class Groups:
    """Rows by level and, within each, by cluster: the same for every measure.

    ``level`` and ``part`` (N,): codes of a row's level and of its cluster within it, −1 where either is unknown;
    ``level_of`` (P,): the level of each part.
    """

    labels: tuple[str, ...]
    level: Ints
    part: Ints
    level_of: Ints

    @classmethod
    def of(cls, levels: pd.Series, clusters: pd.Series) -> "Groups":
        """Of one level and one cluster per row."""
        level, labels = pd.factorize(levels, sort=True)
        cluster = pd.factorize(clusters)[0]
        known = (level >= 0) & (cluster >= 0)
        pairs, found = np.unique(level[known] * (cluster.max(initial=0) + 1) + cluster[known], return_inverse=True)
        part = np.full(len(level), -1, dtype=np.int64)
        part[known] = found
        return cls(tuple(map(str, labels)), level, part, pairs // (cluster.max(initial=0) + 1))

    def summaries(self, values: Floats) -> dict[str, Summary]:
        """Per level of some value: linearised means of ``values`` (N,), clusters as primary units."""
        known = np.isfinite(values) & (self.part >= 0)
        y, level, part = values[known], self.level[known], self.part[known]
        levels, parts = len(self.labels), len(self.level_of)
        n = np.bincount(level, minlength=levels)
        mean = np.bincount(level, y, levels) / np.maximum(n, 1)
        sums = np.bincount(part, y - mean[level], parts)
        clusters = np.bincount(self.level_of[np.bincount(part, minlength=parts) > 0], minlength=levels)
        squares = np.bincount(self.level_of, sums**2, levels)
        errors = np.sqrt(squares * clusters / np.maximum(clusters - 1, 1)) / np.maximum(n, 1)
        share = bool(np.isin(y, [0.0, 1.0]).all())
        return {
            self.labels[i]: Summary(int(n[i]), float(mean[i]), float(errors[i]), int(clusters[i]), share)
            for i in np.flatnonzero(n)
        }


def _summary(values: pd.Series, clusters: pd.Series) -> Summary:
    """Of all values together."""
    summaries = Groups.of(_everyone(values), clusters).summaries(values.to_numpy(dtype="float64", na_value=np.nan))
    return summaries.get(EVERYONE, Summary())


def descriptive_rows(mart: pd.DataFrame, never_failed: pd.DataFrame, company: Company) -> list[Measured]:
    """Each measure overall, one-way by dimension and by month of opening; outcomes of the never-failed beside.

    A measure whose column the exports don't supply gives no row; a cell of too few cases is suppressed. Incidents whose
    level the exports don't give are a level of their own, so that levels add up to everyone.
    Grain: one row per measure, segment and period.
    """
    groups = tuple(_groups(mart))
    rows = [row for mean in incident_means(company) for row in _rows(mean, mart, groups)]
    rows += _waiting_times(mart)
    for mean in (*_COLUMNS, *_by_horizon(company)):
        if mean.known_in(never_failed):
            row = replace(mean.row, segment=NEVER_FAILED, population=NeverFailed())
            rows.append(_summarised(row, _summary(mean.values(never_failed), never_failed[Col.CUSTOMER_KEY])))
    return rows


def _rows(mean: Mean, mart: pd.DataFrame, groups: Sequence[tuple[Place, Groups]]) -> Iterator[Measured]:
    if not mean.known_in(mart):
        return
    values = mean.values(mart).to_numpy(dtype="float64", na_value=np.nan)
    for place, grouped in groups:
        for level, summary in grouped.summaries(values).items():
            yield _summarised(place(mean.row, level), summary)


def _groups(mart: pd.DataFrame) -> Iterator[tuple[Place, Groups]]:
    """All incidents, one-way by dimension, and by month of opening; and where a row of each level stands."""
    clusters = mart[Col.CLUSTER_KEY]
    yield (lambda row, _: row), Groups.of(_everyone(mart), clusters)
    for dimension in (d for d in DIMENSIONS if d in mart):
        yield partial(_in_segment, dimension), Groups.of(levels(mart, dimension), clusters)
    yield (lambda row, month: replace(row, period=month)), Groups.of(levels(mart, Col.OPENED_MONTH), clusters)


def _in_segment(dimension: Col, row: Measured, level: str) -> Measured:
    return replace(row, segment=segment(dimension, level))


def _everyone(frame: pd.DataFrame | pd.Series) -> pd.Series:
    return pd.Series(EVERYONE, index=frame.index)


def levels(mart: pd.DataFrame, dimension: Col) -> pd.Series:
    """The level of each incident; where the exports give it for some, the others are ``UNKNOWN``."""
    found = mart[dimension].astype("object")
    known = found.notna()
    return found.where(known, UNKNOWN) if known.any() and dimension not in MISSING_IS_KNOWN else found


def _summarised(row: Measured, summary: Summary) -> Measured:
    mean, low, high = interval(summary) if summary.n else (None, None, None)
    reasons = (OneCluster(),) if low is None else ()
    return shown(replace(row, estimate=mean, ci_low=low, ci_high=high, n=summary.n, reasons=reasons))


def interval(summary: Summary) -> tuple[float, float | None, float | None]:
    """95 % interval: Wilson's at the clustered error for shares, t with clusters − 1 for means; none on one cluster."""
    if summary.clusters < 2:
        return summary.mean, None, None
    if summary.share:
        return (summary.mean, *share_limits(summary.mean, summary.std_error, summary.n, summary.clusters))
    half = float(stdtrit(summary.clusters - 1, 0.975)) * summary.std_error
    return summary.mean, summary.mean - half, summary.mean + half


def _waiting_times(mart: pd.DataFrame) -> list[Measured]:
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
    for name, chosen in _segments(mart):
        rows.append(_median(Measure.MEDIAN_FIRST_CONTACT_HOURS_ANSWERED, name, waits[chosen & answered]))
        rows.append(_median(Measure.MEDIAN_FIRST_CONTACT_HOURS, name, waits[chosen]))
    return rows


def _segments(mart: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield EVERYONE, pd.Series(True, index=mart.index)
    for dimension in WAITED_BY:
        found = levels(mart, dimension)
        for level in sorted(found.dropna().unique()):
            yield segment(dimension, level), found == level


def _median(measure: Measure, name: str, waits: pd.DataFrame) -> Measured:
    row = Measured(Topic.DESCRIPTIVE, measure, segment=name, unit=measure.unit, n=len(waits))
    hidden = shown(row)
    if hidden.suppressed:
        return hidden
    if not waits["answered"].any():
        return refused(row, MedianNotReached())
    curve = SurvfuncRight(waits["hours"].to_numpy(), waits["answered"].to_numpy(dtype="float64"))
    median = float(waits["hours"].median() if waits["answered"].all() else curve.quantile(0.5))
    if not np.isfinite(median):
        return refused(row, MedianNotReached())
    low, high = _median_interval(curve, _design_effect((waits["hours"] <= median), waits["cluster"]))
    reasons = (NoUpperLimit(),) if high is None else ()
    return replace(row, estimate=median, ci_low=low, ci_high=high, reasons=reasons)


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
    summary = _summary(early.astype("float64"), clusters)
    independent = summary.mean * (1 - summary.mean) / summary.n
    return max(1.0, summary.std_error**2 / independent) if independent > 0 else 1.0
