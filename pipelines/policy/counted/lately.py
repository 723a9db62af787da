"""What moved lately: kinds of failure against the year before, and what was given out last week."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.counting import Clock, Standing, Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.catalog.thresholds import FALSE_RISING_SHARE, MINIMUM_CELL, USUAL_QUANTILES, USUAL_WEEKS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import SeasonShows
from pipelines.contracts.messages.counted import NoneTheYearBefore, OneOfManyKinds, ShorterThanYear
from pipelines.contracts.messages.lacking import NoDatedCompensation, NoKindOfFailure
from pipelines.contracts.messages.populations import DatedCompensation, Occasions
from pipelines.contracts.segments import segment
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.measure import Measured
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.counted.rates import dispersion, rate_ratio
from pipelines.policy.mart import is_true

BLOCK_DAYS, BLOCKS = 28.0, 13


@dataclass(frozen=True)
class Moved:
    """The latest count of one kind beside those before it: their ratio with limits, and the p-value of no change."""

    ratio: float
    low: float
    high: float
    now: float
    usually: float
    usual: tuple[float, float]
    p_value: float

    @property
    def alone(self) -> Standing:
        """Where the ratio lies if nothing else had been looked at."""
        return Standing.ABOVE if self.low > 1 else Standing.BELOW if self.high < 1 else Standing.UNCLEAR


def rising_rows(mart: pd.DataFrame, company: Company) -> Iterator[Contrasted]:
    """Rate of the last 28 days ÷ rate of the 13 times 28 days before, per kind; overdispersed Poisson limits.

    Grain: one row per kind of failure.
    """
    where = Contrasted(
        Change.RATE_AGAINST_YEAR_BEFORE,
        clock=Clock.KNOWN_NOW,
        within_days=BLOCK_DAYS,
        population=Occasions(),
        unit=Unit.RATIO,
    )
    named = mart[mart[Col.CATEGORY].notna()]
    if named.empty or np.ceil(mart[Col.FOLLOW_UP_DAYS].max()) < BLOCK_DAYS * (BLOCKS + 1):
        yield refused(where, NoKindOfFailure() if named.empty else ShorterThanYear())
        return
    where = replace(where, period=company.days(0.0, BLOCK_DAYS), caveats=(SeasonShows(),))
    blocks = {str(kind): counts.to_numpy("float64") for kind, counts in _blocks(named).iterrows()}
    found = {kind: against_before(counts) for kind, counts in blocks.items()}
    standing = _judged_together({kind: moved for kind, moved in found.items() if moved is not None})
    for kind, counts in blocks.items():
        row = replace(where, segment=segment(Col.CATEGORY, kind), n=int(counts.sum()))
        moved = found[kind]
        if moved is not None:
            row = _with_change(row, moved, *standing[kind])
        yield shown(row) if moved is not None or int(counts.sum()) < MINIMUM_CELL else refused(row, NoneTheYearBefore())


def _with_change(row: Contrasted, moved: Moved, standing: Standing, *reasons: Reason) -> Contrasted:
    return replace(
        row,
        estimate=moved.ratio,
        ci_low=moved.low,
        ci_high=moved.high,
        observed=moved.now,
        expected=moved.usually,
        usual_low=moved.usual[0],
        usual_high=moved.usual[1],
        standing=standing,
        reasons=reasons,
    )


def _judged_together(found: Mapping[str, Moved]) -> dict[str, tuple[Standing, *tuple[Reason, ...]]]:
    """Where each kind stands when as many as there are were looked at (Benjamini and Hochberg 1995)."""
    q = dict(zip(found, stats.false_discovery_control([m.p_value for m in found.values()]), strict=True))
    return {kind: _standing(moved, q[kind], len(found)) for kind, moved in found.items()}


def _standing(moved: Moved, q_value: float, kinds: int) -> tuple[Standing, *tuple[Reason, ...]]:
    if moved.alone is not Standing.UNCLEAR and q_value > FALSE_RISING_SHARE:
        return Standing.UNCLEAR, OneOfManyKinds(kinds)
    return (moved.alone,)


def _blocks(named: pd.DataFrame) -> pd.DataFrame:
    """Occasions per kind (rows) and block of 28 days before the cut (columns, the latest first)."""
    event = named[Col.EVENT_ID].where(is_true(named, Col.MASS_EVENT))
    occasion = ("event " + event.astype("object")).where(
        event.notna(), "incident " + named[Col.INCIDENT_ID].astype("object")
    )
    youngest = named.groupby([named[Col.CATEGORY].astype(str), occasion.rename("occasion")])[Col.FOLLOW_UP_DAYS].max()
    block = np.floor(youngest / BLOCK_DAYS)
    table = pd.DataFrame(block.groupby(level=0).value_counts().unstack(fill_value=0))
    return table.reindex(columns=np.arange(BLOCKS + 1, dtype="float64"), fill_value=0)


def against_before(counts: np.ndarray) -> Moved | None:
    """How the latest of these counts compares with the others; None for too few, or none before."""
    now, before = float(counts[0]), counts[1:]
    if counts.sum() < MINIMUM_CELL or before.sum() == 0:
        return None
    phi = dispersion(before, np.full(len(before), before.mean()), 1)
    ratio, low, high = rate_ratio(now / phi, float(before.sum()) / phi, 1.0, float(len(before)))
    usual = tuple(float(q) for q in np.quantile(before, USUAL_QUANTILES))
    p_value = _p_value(now / phi, float(before.sum()) / phi)
    return Moved(ratio, low, high, now, float(before.mean()), (usual[0], usual[1]), p_value)


def _p_value(now: float, before: float) -> float:
    """Two-sided, against a steady rate: now | total is binomial; counts may be fractions."""
    share = 1.0 / (1.0 + BLOCKS)
    as_many = float(stats.beta.cdf(share, now, before + 1)) if now > 0 else 1.0
    as_few = float(stats.beta.sf(share, now + 1, before))
    return min(1.0, 2.0 * min(as_many, as_few))


def given_out_row(company: Company) -> Measured:
    """Face value issued in the week before the cut beside the 26 weeks before it."""
    row = Measured(
        Topic.MONEY,
        Measure.COMPENSATION_GIVEN_OUT,
        clock=Clock.KNOWN_NOW,
        population=DatedCompensation(),
        unit=Unit.MONEY_PER_WEEK,
    )
    row = company.with_target(row)
    paid = company.compensations
    if not {"issued_at", "face_amount"} <= set(paid.columns) or not paid["issued_at"].notna().any():
        return refused(row, NoDatedCompensation())
    issued = pd.to_datetime(paid["issued_at"], utc=True)
    week = np.ceil((company.cut - issued) / pd.Timedelta(days=7))
    sums = paid["face_amount"].astype("float64").groupby(week).sum()
    sums = sums.reindex(np.arange(1.0, USUAL_WEEKS + 2), fill_value=0.0)
    low, high = (float(q) for q in sums.loc[2.0:].quantile(list(USUAL_QUANTILES)))
    return shown(
        replace(
            row,
            period=company.days(0.0, 7.0),
            estimate=float(sums.loc[1.0]),
            n=int((week == 1).sum()),
            usual_low=low,
            usual_high=high,
            verdict=Verdict.COUNTED,
        )
    )
