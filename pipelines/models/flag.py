"""Yes-or-no treatments: the five actions, the olive branch and the repair, each given the others; the on-time flag.

Actions are asked of answered incidents with speed and the other actions held; unknown is a level of its own, and means
are taken over incidents in which it is known.
"""

import numpy as np
import pandas as pd

from pipelines.models.arrays import Table
from pipelines.models.covariates import declared_covariates, encode
from pipelines.models.facts import Facts
from pipelines.models.held import ACTIONS, NO, UNKNOWN, YES, action_codes, held_actions, held_speed, reached
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Question,
    make_sample,
    numbers,
    outcome_column,
    refuse_thin,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError
from pipelines.models.terms import Linear, Term

YES_OR_NO = Level("yes_or_no", "no", "yes")


def flag_levels() -> tuple[Level, ...]:
    """The only contrast: yes against no."""
    return (YES_OR_NO,)


def shown(table: Table) -> Table:
    """The scenario "in every case"."""
    return {"given": np.ones_like(table["given"])}


def withheld(table: Table) -> Table:
    """The scenario "in no case"."""
    return {"given": np.zeros_like(table["given"])}


def ask_flag(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one yes-or-no treatment; raises :class:`NotEstimableError` with the reason."""
    y, code = numbers(mart, outcome_column(aim.outcome, aim.horizon_days)), action_codes(mart, aim.treatment)
    inside = np.isfinite(y)
    if aim.treatment in ACTIONS:
        inside &= reached(mart)
    else:
        inside &= code != UNKNOWN
    rows = np.flatnonzero(inside)
    refuse_thin(y[rows], aim.outcome.kind)
    if min(np.sum(code[rows] == YES), np.sum(code[rows] == NO)) < FEWEST_ROWS:
        done, left = np.sum(code[rows] == YES), np.sum(code[rows] == NO)
        raise NotEstimableError(
            f"Done in {done} incidents, left undone in {left}; at least {FEWEST_ROWS} each are needed."
        )
    chosen = mart.iloc[rows]
    table, covariates = encode(chosen, declared_covariates(facts), y[rows])
    held, terms = _held(chosen, aim.treatment, facts)
    given, unknown = (code[rows] == YES).astype(float), (code[rows] == UNKNOWN).astype(float)
    return Question(
        aim=aim,
        sample=make_sample(mart, rows, {"given": given, "unknown": unknown, **table, **held}, y[rows]),
        rows=rows,
        treatment=(Linear("given"),),
        covariates=(*covariates, *terms, *((Linear("unknown"),) if unknown.sum() >= FEWEST_ROWS else ())),
        base=withheld,
        contrasts=(Contrast(YES_OR_NO, shown, moved=code[rows] == NO, there=code[rows] == YES),),
        members=1.0 - unknown,
        dose="given",
    )


def _held(mart: pd.DataFrame, treatment: str, facts: Facts) -> tuple[Table, tuple[Term, ...]]:
    if treatment not in ACTIONS:
        return {}, ()
    (speed, speed_terms), (actions, action_terms) = held_speed(mart, facts), held_actions(mart, treatment)
    return speed | actions, (*speed_terms, *action_terms)
