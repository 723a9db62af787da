"""How every question opens: which incidents can answer it, and how many are left out for which reason."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import Held
from pipelines.contracts.mart import HorizonCol
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import Gate, LeftOut, LeftOutCount
from pipelines.models.arrays import Flags, Floats, Ints, Table
from pipelines.models.ask.covariates import declared_covariates, encode
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Term
from pipelines.models.question import Aim, numbers, refuse_thin
from pipelines.models.refusal import NotEstimableError

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
    for gate, stays in (*_outcome_gates(mart, aim, y), *gates):
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


def _outcome_gates(mart: pd.DataFrame, aim: Aim, y: Floats) -> tuple[Gated, Gated]:
    """Too young to be judged; else not known, as of customers who aren't on file or didn't answer."""
    days = aim.horizon_days
    followed = np.full(len(mart), np.nan) if days is None else numbers(mart, HorizonCol.FOLLOWED.at(days))
    young = ~np.isfinite(y) & (followed == 0.0)
    return (Gate.TOO_YOUNG, ~young), (Gate.OUTCOME_UNKNOWN, np.isfinite(y))
