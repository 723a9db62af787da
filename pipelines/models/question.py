"""A question put to the data: one outcome, one treatment, the contrasts wanted, and the rows that can answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf, At, Baseline, ContrastKind, Estimand, Estimator, TreatmentId
from pipelines.contracts.catalog.outcomes import Outcome, OutcomeKind
from pipelines.contracts.catalog.thresholds import FEWEST_EVENTS, FEWEST_INCIDENTS, LEAST_CROSSING_SHARE
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.mart import Col, ColumnName
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import (
    AllInOneCluster,
    Gate,
    KeptIn,
    NoClusterKey,
    OutcomeConstant,
    Side,
    SideTooFewEvents,
    SideTooSmall,
    TooFewEvents,
    TooFewIncidents,
)
from pipelines.contracts.messages.grounds import CrossedKindOfIncident, KindOfIncident, OfForm
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.fit.family import Family
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.terms import Term
from pipelines.models.refusal import NotEstimableError

PER_100 = 100.0


@dataclass(frozen=True)
class Aim:
    """What the rows of one question have in common: the key columns of ``effects`` that don't vary, and the unit."""

    outcome: Outcome
    horizon_days: int | None
    treatment: TreatmentId
    estimand: Estimand
    population: AskedOf
    baseline: Baseline
    family: Family
    estimator: Estimator = Estimator.G_COMPUTATION
    segment: str = ""

    @property
    def scale(self) -> float:
        """Points per 100 for shares and counts; the outcome's own unit otherwise."""
        return PER_100 if self.outcome.unit == Unit.PER_100_CUSTOMERS else 1.0

    @property
    def unit(self) -> Unit | str:
        """The unit of estimate and interval."""
        return self.outcome.unit


@dataclass(frozen=True)
class Level:
    """One contrast by name: between named levels, numbers of the treatment's unit, or arms as the company has them."""

    contrast: ContrastKind
    level_from: At | str
    level_to: At | str


# What the treatment is set to: from the columns of a table to those it replaces.
Scenario: TypeAlias = Callable[[Table], Table]


@dataclass(frozen=True)
class Contrast:
    """A scenario against the question's base and, per row, whom it moves and who is already there."""

    level: Level
    to: Scenario
    moved: Flags
    there: Flags


@dataclass(frozen=True)
class Point:
    """One point of a curve: its place, the scenario there, and how many incidents lie near."""

    x: float
    to: Scenario
    n_near: int


@dataclass(frozen=True)
class Stratum:
    """One kind of incident by its labels, for one form of compensation or any, and how many of them there are."""

    labels: tuple[tuple[str, str], ...]
    incidents: int
    form: Form | None = None

    @property
    def name(self) -> str:
        """``channel=web;fault=customer``, after the form where there is one."""
        kind = ";".join(f"{column}={label}" for column, label in self.labels)
        return f"{self.form}:{kind}" if self.form else kind

    @property
    def said(self) -> Reason:
        """The kind of incident as part of a reason."""
        (column, level), *other = self.labels
        kind = CrossedKindOfIncident(column, level, *other[0]) if other else KindOfIncident(column, level)
        return OfForm(self.form, kind) if self.form else kind


@dataclass(frozen=True)
class Question:
    """Rows, terms and contrasts, ready to be fitted.

    ``rows`` are positions in the mart; ``base`` is what every contrast is against; the curve hangs on ``curve_level``;
    ``members`` weighs the rows that the means are taken over; ``dose`` names the column of the table that carries the
    treatment, ``binned`` the treatment as steps for the sensitivity fit; ``left_out`` counts those that can't answer,
    ``never_treated`` those among them of a kind in which the treatment never happens; ``kept`` counts
    incidents that stay in though they may be doubted.
    """

    aim: Aim
    sample: Sample
    rows: Ints
    treatment: tuple[Term, ...]
    covariates: tuple[Term, ...]
    base: Scenario
    contrasts: tuple[Contrast, ...]
    members: Floats
    dose: str
    binned: tuple[Term, ...] = ()
    curve: tuple[Point, ...] = ()
    curve_level: Level | None = None
    x_unit: Unit | None = None
    left_out: tuple[tuple[Gate, int], ...] = ()
    never_treated: tuple[Stratum, ...] = ()
    kept: tuple[tuple[KeptIn, int], ...] = ()


def subset(question: Question, keep: Flags) -> Question:
    """The same question to fewer rows."""
    sample = question.sample
    second = None if sample.second is None else np.unique(sample.second[keep], return_inverse=True)[1].astype(np.int64)
    return replace(
        question,
        sample=Sample(
            table={name: values[keep] for name, values in sample.table.items()},
            y=sample.y[keep],
            cluster=np.unique(sample.cluster[keep], return_inverse=True)[1].astype(np.int64),
            weight=sample.weight[keep],
            second=second,
            cell=None if sample.cell is None else np.unique(sample.cell[keep], return_inverse=True)[1].astype(np.int64),
            within=tuple(cells.of(keep) for cells in sample.within),
        ),
        rows=question.rows[keep],
        members=question.members[keep],
        contrasts=tuple(replace(c, moved=c.moved[keep], there=c.there[keep]) for c in question.contrasts),
    )


def unchanged(table: Table) -> Table:
    """The scenario in which everything stays as it was."""
    return {}


def numbers(mart: pd.DataFrame, column: ColumnName) -> Floats:
    """A column as floats; flags become 0 and 1, missing becomes NaN, an absent column is all missing."""
    if column not in mart:
        return np.full(len(mart), np.nan)
    return np.asarray(mart[column].astype(float), dtype=float)


def flags(mart: pd.DataFrame, column: ColumnName) -> Flags:
    """A flag column; missing and absent count as no."""
    return np.asarray(numbers(mart, column) == 1.0)


def make_sample(mart: pd.DataFrame, rows: Ints, table: Table, y: Floats, by: ColumnName = Col.CLUSTER_KEY) -> Sample:
    """The sample of some rows of the mart, clustered ``by`` a column, and by customer where that cuts across it."""
    cluster = _cluster_codes(mart[by].iloc[rows])
    weight = np.ones(len(rows))
    return Sample(table, y, cluster, weight, _crossing_customers(mart[Col.CUSTOMER_KEY].iloc[rows], cluster))


def _cluster_codes(keys: pd.Series) -> Ints:
    """A missing key is refused, because it would pose as one more cluster."""
    if keys.isna().any():
        raise NotEstimableError(NoClusterKey())
    codes, levels = pd.factorize(keys, sort=True)
    if len(levels) < 2:
        raise NotEstimableError(AllInOneCluster())
    return np.asarray(codes, dtype=np.int64)


def _crossing_customers(keys: pd.Series, cluster: Ints) -> Ints | None:
    codes = pd.factorize(keys, sort=True)[0].astype(np.int64)
    codes = np.where(codes < 0, codes.max() + 1 + np.arange(len(codes)), codes)
    codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    pairs = pd.DataFrame({"customer": codes, "cluster": cluster}).drop_duplicates()
    crossing = pairs["customer"].value_counts()
    share = np.isin(codes, crossing.index[crossing > 1]).mean()
    return codes if share >= LEAST_CROSSING_SHARE else None


def refuse_thin(y: Floats, kind: OutcomeKind) -> None:
    """Refuse a sample whose outcome hardly varies."""
    if len(y) < 2 * FEWEST_INCIDENTS:
        raise NotEstimableError(TooFewIncidents(len(y), 2 * FEWEST_INCIDENTS))
    if not _enough_events(y, kind):
        raise NotEstimableError(TooFewEvents(int(np.count_nonzero(y > 0)), len(y), FEWEST_EVENTS))
    if float(np.ptp(y)) == 0.0:
        raise NotEstimableError(OutcomeConstant())


def refuse_thin_sides(contrast: Contrast, y: Floats, kind: OutcomeKind) -> None:
    """Refuse a contrast with too few incidents or events among those it moves or those already there."""
    for rows, side in ((contrast.moved, Side.MOVED), (contrast.there, Side.THERE)):
        incidents, events = int(rows.sum()), int(np.count_nonzero(y[rows] > 0))
        if incidents < FEWEST_INCIDENTS:
            raise NotEstimableError(SideTooSmall(side, incidents, FEWEST_INCIDENTS))
        if not _enough_events(y[rows], kind):
            raise NotEstimableError(SideTooFewEvents(side, events, incidents, FEWEST_EVENTS))


def enough_sides(contrast: Contrast, question: Question) -> bool:
    """Whether both sides of a contrast can be compared."""
    try:
        refuse_thin_sides(contrast, question.sample.y, question.aim.outcome.kind)
    except NotEstimableError:
        return False
    return True


def _enough_events(y: Floats, kind: OutcomeKind) -> bool:
    events = int(np.count_nonzero(y > 0))
    without = len(y) - events if kind == OutcomeKind.BINARY else FEWEST_EVENTS
    return kind in (OutcomeKind.SCORE, OutcomeKind.DURATION) or min(events, without) >= FEWEST_EVENTS
