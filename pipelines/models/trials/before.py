"""What of a trial's cases was there before the lots, as columns that arms must have left alike."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import COVARIATES, CovariateKind, Held
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.mart import Col, ColumnName
from pipelines.models.arrays import Floats, Ints
from pipelines.models.ask.opening import declared_covariates, encode
from pipelines.models.drawn.refute import Before
from pipelines.models.facts import Facts
from pipelines.models.question import numbers
from pipelines.models.trials.lots import Lots, column_of

_NUMBERS = (CovariateKind.AMOUNT, CovariateKind.NUMBER)
_LABELS = (CovariateKind.LABEL, CovariateKind.FLAG)
# What several cases share, and might have been drawn by in place of what is said.
_GROUPS: tuple[ColumnName, ...] = (
    Col.CUSTOMER_KEY, Col.EVENT_ID, Col.SITE_ID, Col.BRAND, Col.REGION, Col.CHANNEL, Col.CATEGORY, Col.SEGMENT,
    Col.FIRST_AGENT,
)  # fmt: skip
DAY, WEEK = Col.OPENED_DAY, "opened_week"
_PRECISE = tuple(held.column for held in COVARIATES if held.precise)


def held_columns(facts: Facts, draw: Draw) -> tuple[Held, ...]:
    """What sharpens a trial: columns that usually do, and all that the company declares, less those of the draw."""
    of_draw = {column_of(name) for name in draw.columns}
    own = {name for name, _ in facts.covariates}
    return tuple(
        held
        for held in declared_covariates(facts)
        if held.column not in of_draw and (held.column in _PRECISE or held.column in own)
    )


def held_matrix(chosen: pd.DataFrame, y: Floats, facts: Facts, draw: Draw) -> Floats:
    """Columns to hold, (N, k)."""
    table, terms = encode(chosen, held_columns(facts, draw), y)
    return np.hstack([term.columns(table) for term in terms]) if terms else np.empty((len(chosen), 0))


def before(mart: pd.DataFrame, lots: Lots, facts: Facts, draw: Draw) -> Before:
    """All of it for the cases of a draw, whether their outcome is known or not."""
    chosen = mart.iloc[lots.rows]
    of_draw = {column_of(name) for name in draw.columns}
    recorded = [held for held in declared_covariates(facts) if held.column in chosen and held.column not in of_draw]
    names, columns = _numbers(chosen, [held.column for held in recorded if held.kind in _NUMBERS])
    labels = {
        str(held.column): _codes(chosen[held.column], blanks=True)
        for held in recorded
        if held.kind in _LABELS and chosen[held.column].notna().any()
    }
    own = [held.column for held in recorded if held.kind in _LABELS and held.column not in _GROUPS]
    groups = {
        str(column): _codes(chosen[column], blanks=False)
        for column in (*_GROUPS, *(c for c in own if str(c).startswith("x_")))
        if column in chosen and column not in of_draw and chosen[column].notna().any()
    }
    day = numbers(chosen, Col.OPENED_DAY)
    known_day = np.where(np.isfinite(day), day, 0.0).astype(np.int64)
    if draw.period_hours is None and np.ptp(known_day) > 0:
        week = (known_day + 3) // 7
        groups |= {str(DAY): known_day - known_day.min(), WEEK: week - week.min()}
    return Before(columns, names, labels, known_day, groups)


def _numbers(chosen: pd.DataFrame, names: Sequence[ColumnName]) -> tuple[tuple[str, ...], Floats]:
    """Numbers with blanks at their median, and whether they are blank where some are."""
    columns: dict[str, Floats] = {}
    for name in names:
        values = numbers(chosen, name)
        known = np.isfinite(values)
        if known.any():
            columns[str(name)] = np.where(known, values, np.median(values[known]))
            if not known.all():
                columns[f"{name} unknown"] = (~known).astype(float)
    return tuple(columns), np.column_stack(list(columns.values())) if columns else np.empty((len(chosen), 0))


def _codes(values: pd.Series, *, blanks: bool) -> Ints:
    """Labels as codes; blanks a label of their own, or −1."""
    codes = pd.factorize(values.astype("object").where(values.notna(), None), sort=False)[0].astype(np.int64)
    return np.where(codes < 0, codes.max(initial=-1) + 1, codes) if blanks else codes
