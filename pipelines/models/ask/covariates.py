"""What is adjusted for: a declared list of columns known before the first contact, turned into design terms.

Anything that comes later is refused as a bad control; ``contracts.mart`` says which stage a column belongs to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col, ColumnName, Named, Stage, of_stage
from pipelines.errors import EstimationError
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.facts import Facts
from pipelines.models.fit.patterns import snap
from pipelines.models.fit.terms import Levels, Linear, Term, spline_or_line

Kind = Literal["label", "flag", "amount", "number", "month"]
Group = Literal["failure", "channel", "place", "customer", "history"]

GRID_BINS = 40
SPLINE_KNOTS = 4
FEWEST_ROWS = 30
FEWEST_ON_A_SIDE = 5


@dataclass(frozen=True)
class Covariate:
    """One column to adjust for. ``amount`` is read on a log scale, ``month`` as a trend with a season."""

    column: ColumnName
    kind: Kind
    group: Group


_DECLARED = (
    Covariate(Col.SEVERITY, "label", "failure"),
    Covariate(Col.LOSS_AMOUNT, "amount", "failure"),
    Covariate(Col.CATEGORY, "label", "failure"),
    Covariate(Col.FAULT, "label", "failure"),
    Covariate(Col.DETECTED_BY, "label", "failure"),
    Covariate(Col.MASS_EVENT, "flag", "failure"),
    Covariate(Col.DAYS_TO_DEPARTURE, "number", "failure"),
    Covariate(Col.CHANNEL, "label", "channel"),
    Covariate(Col.PUBLIC_COMPLAINT, "flag", "channel"),
    Covariate(Col.OPENED_AT_NIGHT, "flag", "channel"),
    Covariate(Col.OPENED_ON_WEEKEND, "flag", "channel"),
    Covariate(Col.OPENED_MONTH, "month", "channel"),
    Covariate(Col.SITE_LOAD_24H, "amount", "channel"),
    Covariate(Col.REGION, "label", "place"),
    Covariate(Col.BRAND, "label", "place"),
    Covariate(Col.SITE_ID, "label", "place"),
    Covariate(Col.SEGMENT, "label", "customer"),
    Covariate(Col.LOYALTY_TIER, "label", "customer"),
    Covariate(Col.TENURE_DAYS, "amount", "customer"),
    Covariate(Col.EARLIER_INCIDENTS, "amount", "customer"),
    Covariate(Col.DAYS_SINCE_EARLIER_INCIDENT, "amount", "customer"),
    Covariate(Col.EARLIER_APOLOGIES, "amount", "customer"),
    Covariate(Col.EARLIER_SCORE, "number", "customer"),
    Covariate(Col.ORDERS_365D, "amount", "history"),
    Covariate(Col.EARLIER_SPEND_365D, "amount", "history"),
)

ALLOWED = frozenset(of_stage(Stage.HISTORY, Stage.OPENING)) - {Col.ASSIGNMENT, Col.ROOT_CAUSE}


def declared_covariates(facts: Facts) -> tuple[Covariate, ...]:
    """The list for a profile: the standard columns and its own ``x_…`` columns."""
    own = (Covariate(Named(n), "number" if k == "number" else "label", "failure") for n, k in facts.covariates)
    return (*_DECLARED, *own)


def group_of(name: str, facts: Facts) -> str:
    """The group of a covariate by its term's source or column name; "treatment" when it isn't on the declared list."""
    source = name.partition("=")[0].partition("~")[0].split(" ")[0]
    groups = {str(c.column): str(c.group) for c in declared_covariates(facts)}
    return groups.get(source, "treatment")


def refuse_bad_controls(columns: Sequence[str]) -> None:
    """Raise :class:`EstimationError` when a column isn't fixed before the first contact."""
    bad = sorted(c for c in columns if c not in ALLOWED and not c.startswith("x_"))
    if bad:
        raise EstimationError(
            f"models: {', '.join(bad)} can change after the company's first contact, so adjusting for it would hide "
            "or invent an effect. Take it off the list of covariates."
        )


def encode(mart: pd.DataFrame, covariates: Sequence[Covariate], y: Floats) -> tuple[Table, tuple[Term, ...]]:
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
    if rows.sum() < FEWEST_ROWS:
        return False
    events = int(np.count_nonzero(y[rows] > 0))
    return len(np.unique(y)) > 2 or min(events, int(rows.sum()) - events) >= FEWEST_ON_A_SIDE


def _label(name: str, values: pd.Series, y: Floats) -> Encoded:
    found, names = pd.factorize(values.astype("object").where(values.notna(), "unknown").astype(str), sort=True)
    largest_first = np.argsort(-np.bincount(found), kind="stable")
    own = [int(level) for level in largest_first if _enough(found == level, y)]
    code = np.full(len(names), float(len(own)))
    code[own] = np.arange(len(own))
    coded = code[found]
    labels = [str(names[level]) for level in own] + (["all others"] if _enough(coded == len(own), y) else [])
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
    if known.sum() < FEWEST_ROWS or np.ptp(number[known]) == 0:
        return table, terms
    centred = (number[known] - np.median(number[known])) / np.std(number[known])
    gridded = snap(centred, GRID_BINS)
    filled = np.zeros(len(number))
    filled[known] = gridded
    return {name: filled} | table, [spline_or_line(name, gridded, SPLINE_KNOTS), *terms]


def _unknown(name: str, unknown: Flags, y: Floats) -> Encoded:
    if not (_enough(unknown, y) and _enough(~unknown, y)):
        return {}, []
    return {f"{name} unknown": unknown.astype(float)}, [Linear(f"{name} unknown")]


def _month(name: str, values: pd.Series, y: Floats) -> Encoded:
    text = values.astype(str)
    year, month = text.str[:4].to_numpy(dtype=float), text.str[5:7].to_numpy(dtype=float)
    table, terms = _spline(name, year * 12 + month, y)
    if len(np.unique(month)) < 6:
        return table, terms
    angle = 2 * np.pi * month / 12
    season = {f"{name} sin": np.sin(angle), f"{name} cos": np.cos(angle)}
    return table | season, [*terms, *(Linear(s) for s in season)]


_ENCODERS: dict[Kind, Callable[[str, pd.Series, Floats], Encoded]] = {
    "label": _label, "flag": _label, "amount": _amount, "number": _number, "month": _month,
}  # fmt: skip
