"""What is adjusted for: a declared list of columns known before the first contact, turned into design terms.

Anything that comes later is refused as a bad control; ``contracts.mart`` says which stage a column belongs to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pipelines.contracts.mart import HISTORY, OPENING
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

    column: str
    kind: Kind
    group: Group


_DECLARED = (
    Covariate("severity", "label", "failure"),
    Covariate("loss_amount", "amount", "failure"),
    Covariate("category", "label", "failure"),
    Covariate("fault", "label", "failure"),
    Covariate("detected_by", "label", "failure"),
    Covariate("mass_event", "flag", "failure"),
    Covariate("days_to_departure", "number", "failure"),
    Covariate("channel", "label", "channel"),
    Covariate("public_complaint", "flag", "channel"),
    Covariate("opened_at_night", "flag", "channel"),
    Covariate("opened_on_weekend", "flag", "channel"),
    Covariate("opened_month", "month", "channel"),
    Covariate("site_load_24h", "amount", "channel"),
    Covariate("region", "label", "place"),
    Covariate("brand", "label", "place"),
    Covariate("site_id", "label", "place"),
    Covariate("segment", "label", "customer"),
    Covariate("loyalty_tier", "label", "customer"),
    Covariate("tenure_days", "amount", "customer"),
    Covariate("earlier_incidents", "amount", "customer"),
    Covariate("days_since_earlier_incident", "amount", "customer"),
    Covariate("earlier_apologies", "amount", "customer"),
    Covariate("earlier_score", "number", "customer"),
    Covariate("orders_365d", "amount", "history"),
    Covariate("earlier_spend_365d", "amount", "history"),
)

ALLOWED = frozenset(c.name for c in (*HISTORY, *OPENING)) - {"assignment", "root_cause"}


def declared_covariates(facts: Facts) -> tuple[Covariate, ...]:
    """The list for a profile: the standard columns and its own ``x_…`` columns."""
    own = (Covariate(n, "number" if k == "number" else "label", "failure") for n, k in facts.covariates)
    return (*_DECLARED, *own)


def group_of(name: str, facts: Facts) -> str:
    """The group of a covariate by its term's source or column name; "treatment" when it isn't on the declared list."""
    source = name.partition("=")[0].partition("~")[0].split(" ")[0]
    groups = {c.column: c.group for c in declared_covariates(facts)}
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
