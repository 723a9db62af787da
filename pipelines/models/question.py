"""A question put to the data: one outcome, one treatment, the contrasts wanted, and the rows that can answer."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.catalog import Outcome
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.family import Family
from pipelines.models.patterns import Sample
from pipelines.models.refusal import NotEstimableError
from pipelines.models.terms import Term

FEWEST_EVENTS = 10
FEWEST_ROWS = 30


@dataclass(frozen=True)
class Aim:
    """What the rows of one question have in common: the key columns of ``effects`` that don't vary, and the unit."""

    outcome: Outcome
    horizon_days: int | None
    treatment: str
    estimand: str
    population: str
    baseline: str
    family: Family
    estimator: str = "g_computation"
    segment: str = ""

    @property
    def scale(self) -> float:
        """Points per 100 for shares and counts; the outcome's own unit otherwise."""
        return 100.0 if self.outcome.kind in ("binary", "count") else 1.0

    @property
    def unit(self) -> str:
        """The unit of estimate and interval."""
        return "per 100 customers" if self.scale == 100.0 else self.outcome.unit


@dataclass(frozen=True)
class Level:
    """One contrast by name."""

    contrast: str
    level_from: str
    level_to: str


@dataclass(frozen=True)
class Contrast:
    """A contrast as scenarios (table → replaced columns) and, per row, whom it moves and who is already there."""

    level: Level
    to: Callable[[Table], Table]
    base: Callable[[Table], Table]
    moved: Flags
    there: Flags


@dataclass(frozen=True)
class Point:
    """One point of a curve: its place, the scenario there, and how many incidents lie near."""

    x: float
    to: Callable[[Table], Table]
    n_near: int


@dataclass(frozen=True)
class Question:
    """Rows, terms and contrasts, ready to be fitted. ``rows`` are positions in the mart; ``curve_level`` hangs it."""

    aim: Aim
    sample: Sample
    rows: Ints
    treatment: tuple[Term, ...]
    covariates: tuple[Term, ...]
    contrasts: tuple[Contrast, ...]
    curve: tuple[Point, ...] = ()
    curve_level: Level | None = None
    x_unit: str = ""


def unchanged(table: Table) -> Table:
    """The scenario in which everything stays as it was."""
    return {}


def outcome_column(outcome: Outcome, horizon_days: int | None) -> str:
    """The mart column of an outcome at a horizon."""
    return outcome.column.format(h=horizon_days)


def numbers(mart: pd.DataFrame, column: str) -> Floats:
    """A column as floats; flags become 0 and 1, missing becomes NaN, an absent column is all missing."""
    if column not in mart:
        return np.full(len(mart), np.nan)
    return np.asarray(mart[column].astype(float), dtype=float)


def flags(mart: pd.DataFrame, column: str) -> Flags:
    """A flag column; missing and absent count as no."""
    return np.asarray(numbers(mart, column) == 1.0)


def cluster_codes(mart: pd.DataFrame, rows: Ints) -> Ints:
    """Cluster codes 0…G−1 of some rows; a missing key is refused, because it would pose as one more cluster."""
    keys = mart["cluster_key"].iloc[rows]
    if keys.isna().any():
        raise NotEstimableError(
            "Some incidents carry no cluster key, so shared shocks can't be told apart. Map cluster_id in incidents."
        )
    codes, levels = pd.factorize(keys, sort=True)
    if len(levels) < 2:
        raise NotEstimableError(
            "All incidents belong to one cluster, so chance can't be told from effect. Add incidents of other "
            "customers or events."
        )
    return np.asarray(codes, dtype=np.int64)


def refuse_thin(y: Floats, binary: bool) -> None:
    """Refuse a sample whose outcome hardly varies."""
    rows, events = len(y), int(np.count_nonzero(y > 0))
    if rows < 2 * FEWEST_ROWS:
        raise NotEstimableError(
            f"Only {rows} incidents have a known treatment and a fully followed outcome; at least {2 * FEWEST_ROWS} "
            "are needed. Add older incidents or more of the history."
        )
    if binary and min(events, rows - events) < FEWEST_EVENTS:
        raise NotEstimableError(
            f"The outcome happened {events} times in {rows} incidents; at least {FEWEST_EVENTS} with and without it "
            "are needed. Add older incidents or more of the history."
        )
    if float(np.ptp(y)) == 0.0:
        raise NotEstimableError("The outcome is the same for every incident, so nothing can move it.")


def refuse_thin_sides(contrast: Contrast, y: Floats, binary: bool) -> None:
    """Refuse a contrast with too few incidents or events among those it moves or those already there."""
    for side, who in ((contrast.moved, "to be changed"), (contrast.there, "already treated so")):
        rows, events = int(side.sum()), int(np.count_nonzero(y[side] > 0))
        if rows < FEWEST_ROWS:
            raise NotEstimableError(f"Incidents {who}: {rows}; at least {FEWEST_ROWS} are needed for a comparison.")
        if binary and min(events, rows - events) < FEWEST_EVENTS:
            raise NotEstimableError(
                f"Incidents {who}: the outcome happened {events} times in {rows}; at least {FEWEST_EVENTS} with and "
                "without it are needed for a comparison."
            )
