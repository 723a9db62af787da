"""How every question opens: which incidents can answer it, how many are left out why, and what is adjusted for.

Adjusted for is a declared list of columns known before the first contact, turned into design terms. Anything that comes
later is refused as a bad control; ``contracts.mart`` says which stage a column belongs to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.canonical import COVARIATE_PREFIX
from pipelines.contracts.catalog import covariates as catalog
from pipelines.contracts.catalog.covariates import UNKNOWN, CovariateGroup, CovariateKind, Held, design_column
from pipelines.contracts.catalog.estimation import Covariate
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, FEWEST_ON_A_SIDE
from pipelines.contracts.mart import Col, HorizonCol, Stage, of_stage
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import Gate, LeftOut, LeftOutCount
from pipelines.errors import EstimationError
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.facts import Facts
from pipelines.models.fit.patterns import snap
from pipelines.models.fit.terms import ALL_OTHERS, UNKNOWN_LEVEL, Levels, Linear, Term, spline_or_line
from pipelines.models.question import Aim, numbers, refuse_thin
from pipelines.models.refusal import BadControls, NotEstimableError

GRID_BINS = 40
SPLINE_KNOTS = 4
MONTHS_WITH_SEASON = 6

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
    bad = sorted(c for c in columns if c not in ALLOWED and not c.startswith(COVARIATE_PREFIX))
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
    return bool(_enough_of_each(rows.astype(np.int64), y, 2)[1])


def _enough_of_each(level: Ints, y: Floats, levels: int) -> Flags:
    """The same for every code of ``level`` at once: (levels,)."""
    size, events = np.bincount(level, minlength=levels), np.bincount(level, y > 0, levels)
    if len(np.unique(y)) > 2:
        return np.asarray(size >= FEWEST_INCIDENTS)
    return np.asarray((size >= FEWEST_INCIDENTS) & (np.minimum(events, size - events) >= FEWEST_ON_A_SIDE))


def _label(name: str, values: pd.Series, y: Floats) -> Encoded:
    coded, found = pd.factorize(values)
    names, place = np.unique([*map(str, found), UNKNOWN_LEVEL], return_inverse=True)
    level = place[coded]
    enough = _enough_of_each(level, y, len(names))
    size = np.bincount(level, minlength=len(names))
    own = [int(at) for at in np.argsort(-size, kind="stable") if enough[at]]
    code = np.full(len(names), float(len(own)))
    code[own] = np.arange(len(own))
    others = code[level] == len(own)
    labels = [str(names[at]) for at in own] + ([ALL_OTHERS] if _enough(others, y) else [])
    if len(labels) < 2:
        return {}, []
    kept = np.where(code[level] >= len(labels), 0.0, code[level])
    return {name: kept}, [Levels(name, tuple(range(1, len(labels))), tuple(labels[1:]))]


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
    if values.isna().all():
        return {}, []
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


# Why incidents are left out, and those that stay.
Gated = tuple[Gate, Flags]


@dataclass(frozen=True)
class Opening:
    """Incidents that passed every gate: their positions ``rows`` in the mart, ``chosen`` the mart there, the outcome.

    ``table`` and ``covariates`` are what is adjusted for; ``left_out`` counts incidents by the first gate they fail.
    """

    rows: Ints
    chosen: pd.DataFrame
    y: Floats
    table: Table
    covariates: tuple[Term, ...]
    left_out: tuple[tuple[Gate, int], ...]


def open_question(
    mart: pd.DataFrame, aim: Aim, facts: Facts, *gates: Gated, covariates: Sequence[Held] | None = None
) -> Opening:
    """Pass the mart through the gates, the outcome's first; refused where too little is left.

    ``covariates``: what to adjust for, everything declared when not given.
    """
    y = numbers(mart, aim.outcome.column_at(aim.horizon_days))
    inside, left_out = np.ones(len(mart), dtype=bool), []
    for gate, stays in (*outcome_gates(mart, aim, y), *gates):
        left_out.append((gate, int(np.sum(inside & ~stays))))
        inside &= stays
    rows = np.flatnonzero(inside)
    counted = tuple((gate, n) for gate, n in left_out if n)
    try:
        refuse_thin(y[rows], aim.outcome.kind)
    except NotEstimableError as refusal:
        raise NotEstimableError(*refusal.reasons, *_said(counted)) from refusal
    chosen = mart.iloc[rows]
    table, terms = encode(chosen, declared_covariates(facts) if covariates is None else covariates, y[rows])
    return Opening(rows, chosen, y[rows], table, terms, counted)


def _said(left_out: tuple[tuple[Gate, int], ...]) -> tuple[Reason, ...]:
    return (LeftOut(tuple(LeftOutCount(n, gate) for gate, n in left_out)),) if left_out else ()


def outcome_gates(mart: pd.DataFrame, aim: Aim, y: Floats) -> tuple[Gated, Gated]:
    """Too young to be judged; else not known, as of customers who aren't on file or didn't answer."""
    days = aim.horizon_days
    followed = np.full(len(mart), np.nan) if days is None else numbers(mart, HorizonCol.FOLLOWED.at(days))
    young = ~np.isfinite(y) & (followed == 0.0)
    return (Gate.TOO_YOUNG, ~young), (Gate.OUTCOME_UNKNOWN, np.isfinite(y))
