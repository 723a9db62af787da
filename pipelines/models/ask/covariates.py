"""What is adjusted for: a declared list of columns known before the first contact, turned into design terms.

Anything that comes later is refused as a bad control; ``contracts.mart`` says which stage a column belongs to.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from pipelines.contracts.catalog import covariates as catalog
from pipelines.contracts.catalog.covariates import UNKNOWN, CovariateGroup, CovariateKind, Held, design_column
from pipelines.contracts.catalog.estimation import Covariate
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, FEWEST_ON_A_SIDE
from pipelines.contracts.mart import Col, Stage, of_stage
from pipelines.errors import EstimationError
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.facts import Facts
from pipelines.models.fit.patterns import snap
from pipelines.models.fit.terms import Levels, Linear, Term, spline_or_line
from pipelines.models.refusal import BadControls

GRID_BINS = 40
SPLINE_KNOTS = 4
MONTHS_WITH_SEASON = 6
UNKNOWN_LEVEL, ALL_OTHERS = "unknown", "all others"

ALLOWED = frozenset(of_stage(Stage.HISTORY, Stage.OPENING)) - {Col.ASSIGNMENT, Col.ROOT_CAUSE}


def declared_covariates(facts: Facts, besides: Sequence[Col] = ()) -> tuple[Held, ...]:
    """The columns held for a profile: the standard ones and its own ``x_…``, less those ``besides``."""
    return tuple(held for held in catalog.declared_covariates(facts.covariates) if held.column not in besides)


def group_of(name: str, facts: Facts) -> CovariateGroup:
    """The group of a covariate by a column of the design; ``TREATMENT`` when it isn't on the declared list."""
    groups = {str(held.column): held.group for held in declared_covariates(facts)}
    column = Covariate.OPENED_MONTH if name in SEASON else design_column(name).covariate
    return groups.get(str(column), CovariateGroup.TREATMENT)


SEASON = (Covariate.OPENED_MONTH_SIN, Covariate.OPENED_MONTH_COS)


def refuse_bad_controls(columns: Sequence[str]) -> None:
    """Raise :class:`EstimationError` when a column isn't fixed before the first contact."""
    bad = sorted(c for c in columns if c not in ALLOWED and not c.startswith("x_"))
    if bad:
        raise EstimationError(BadControls(tuple(bad)))


def encode(mart: pd.DataFrame, covariates: Sequence[Held], y: Floats) -> tuple[Table, tuple[Term, ...]]:
    """Gridded columns and terms of the covariates that the mart really holds; a missing value is its own level."""
    refuse_bad_controls([c.column for c in covariates])
    table: Table = {}
    terms: list[Term] = []
    for covariate in covariates:
        if covariate.column in mart and mart[covariate.column].notna().any():
            columns, new = _ENCODERS[covariate.kind](covariate.column, mart[covariate.column], y)
            table |= columns
            terms += new
    return table, tuple(terms)


Encoded = tuple[Table, list[Term]]


def _enough(rows: Flags, y: Floats) -> bool:
    """Enough cases, on both sides of a yes-or-no outcome, for a coefficient of its own."""
    if rows.sum() < FEWEST_INCIDENTS:
        return False
    events = int(np.count_nonzero(y[rows] > 0))
    return len(np.unique(y)) > 2 or min(events, int(rows.sum()) - events) >= FEWEST_ON_A_SIDE


def _label(name: str, values: pd.Series, y: Floats) -> Encoded:
    found, names = pd.factorize(values.astype("object").where(values.notna(), UNKNOWN_LEVEL).astype(str), sort=True)
    largest_first = np.argsort(-np.bincount(found), kind="stable")
    own = [int(level) for level in largest_first if _enough(found == level, y)]
    code = np.full(len(names), float(len(own)))
    code[own] = np.arange(len(own))
    coded = code[found]
    labels = [str(names[level]) for level in own] + ([ALL_OTHERS] if _enough(coded == len(own), y) else [])
    if len(labels) < 2:
        return {}, []
    coded = np.where(coded >= len(labels), 0.0, coded)
    return {name: coded}, [Levels(name, tuple(range(1, len(labels))), tuple(labels[1:]))]


def _amount(name: str, values: pd.Series, y: Floats) -> Encoded:
    return _spline(name, np.log1p(np.maximum(np.asarray(values.astype(float)), 0.0)), y)


def _number(name: str, values: pd.Series, y: Floats) -> Encoded:
    return _spline(name, np.asarray(values.astype(float)), y)


def _spline(name: str, number: Floats, y: Floats) -> Encoded:
    known = np.isfinite(number)
    table, terms = _unknown(name, ~known, y)
    if known.sum() < FEWEST_INCIDENTS or np.ptp(number[known]) == 0:
        return table, terms
    centred = (number[known] - np.median(number[known])) / np.std(number[known])
    gridded = snap(centred, GRID_BINS)
    filled = np.zeros(len(number))
    filled[known] = gridded
    return {name: filled} | table, [spline_or_line(name, gridded, SPLINE_KNOTS), *terms]


def _unknown(name: str, unknown: Flags, y: Floats) -> Encoded:
    if not (_enough(unknown, y) and _enough(~unknown, y)):
        return {}, []
    own = f"{name}{UNKNOWN}"
    return {own: unknown.astype(float)}, [Linear(own)]


def _month(name: str, values: pd.Series, y: Floats) -> Encoded:
    text = values.astype(str)
    year, month = text.str[:4].to_numpy(dtype=float), text.str[5:7].to_numpy(dtype=float)
    table, terms = _spline(name, year * 12 + month, y)
    if len(np.unique(month)) < MONTHS_WITH_SEASON:
        return table, terms
    angle = 2 * np.pi * month / 12
    season: Table = {Covariate.OPENED_MONTH_SIN: np.sin(angle), Covariate.OPENED_MONTH_COS: np.cos(angle)}
    return table | season, [*terms, *(Linear(s) for s in season)]


_ENCODERS: dict[CovariateKind, Callable[[str, pd.Series, Floats], Encoded]] = {
    CovariateKind.LABEL: _label,
    CovariateKind.FLAG: _label,
    CovariateKind.AMOUNT: _amount,
    CovariateKind.NUMBER: _number,
    CovariateKind.MONTH: _month,
}
